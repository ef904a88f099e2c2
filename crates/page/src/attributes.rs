//! Counts the attributes of the fullest tag, without knowing where tags really start.
//!
//! The tokenizer compares each attribute with all before it, so a tag of 50,000 attributes takes more than a second. What is a
//! tag depends on scripts, comments and foreign content; to be fooled by none of them, every `<letter` counts as a possible
//! start, and all possible starts are followed at once: a state machine over states, each with its highest count.

/// States of a tag after its `<letter` (WHATWG HTML 13.2.5.8 and 13.2.5.32 to 40). Quoted ends and slashes act like `BEFORE`.
const TAG: usize = 0;
const BEFORE: usize = 1;
const NAME: usize = 2;
const AFTER: usize = 3;
const EQUALS: usize = 4;
const DOUBLE: usize = 5;
const SINGLE: usize = 6;
const BARE: usize = 7;
/// Not in a tag.
const OUT: usize = 8;

/// Where each state leads on: white space, `/`, `>`, `=`, `"`, `'`, anything else.
const NEXT: [[usize; 7]; 8] = [
    [BEFORE, BEFORE, OUT, TAG, TAG, TAG, TAG],
    [BEFORE, BEFORE, OUT, NAME, NAME, NAME, NAME],
    [AFTER, BEFORE, OUT, EQUALS, NAME, NAME, NAME],
    [AFTER, BEFORE, OUT, EQUALS, NAME, NAME, NAME],
    [EQUALS, BARE, OUT, BARE, DOUBLE, SINGLE, BARE],
    [DOUBLE, DOUBLE, DOUBLE, DOUBLE, BEFORE, DOUBLE, DOUBLE],
    [SINGLE, SINGLE, SINGLE, SINGLE, SINGLE, BEFORE, SINGLE],
    [BEFORE, BARE, OUT, BARE, BARE, BARE, BARE],
];

/// The column of `NEXT` for each byte.
const COLUMN: [u8; 256] = {
    let mut column = [6; 256];
    column[b' ' as usize] = 0;
    column[b'\t' as usize] = 0;
    column[b'\n' as usize] = 0;
    column[b'\r' as usize] = 0;
    column[0x0c] = 0;
    column[b'/' as usize] = 1;
    column[b'>' as usize] = 2;
    column[b'=' as usize] = 3;
    column[b'"' as usize] = 4;
    column[b'\'' as usize] = 5;
    column
};

/// At most how many attributes one tag of this markup can have; never too low.
pub(crate) fn most(html: &str) -> u32 {
    let bytes = html.as_bytes();
    let mut most = 0;
    let mut at = 0;
    while let Some(start) = next_tag(html, at) {
        let (count, end) = alone(bytes, start + 1);
        most = most.max(count);
        at = end;
    }
    most
}

/// Where the next `<letter` or `</letter` begins.
fn next_tag(html: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while !html.is_char_boundary(at) {
        at += 1;
    }
    loop {
        at += html.get(at..)?.find('<')?;
        if starts_tag(&html.as_bytes()[at..]) {
            return Some(at);
        }
        at += 1;
    }
}

fn starts_tag(rest: &[u8]) -> bool {
    matches!(rest, [b'<', letter, ..] | [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic())
}

/// Follows a tag until it ends or another one may start within it, which is how all but odd pages go.
fn alone(bytes: &[u8], from: usize) -> (u32, usize) {
    let (mut state, mut count) = (TAG, 0);
    for (at, &byte) in bytes.iter().enumerate().skip(from) {
        if byte == b'<' && starts_tag(&bytes[at..]) {
            let mut live = [None; OUT];
            live[state] = Some(count);
            return together(bytes, at, live, count);
        }
        let next = NEXT[state][COLUMN[byte as usize] as usize];
        if next == OUT {
            return (count, at + 1);
        }
        count += u32::from(next == NAME && matches!(state, BEFORE | AFTER));
        state = next;
    }
    (count, bytes.len())
}

/// Follows several possible tags, of those in the same state only the fullest, until all have ended.
fn together(bytes: &[u8], from: usize, mut live: [Option<u32>; OUT], mut most: u32) -> (u32, usize) {
    for (at, &byte) in bytes.iter().enumerate().skip(from) {
        let mut next = [None; OUT];
        for (state, count) in live.iter().enumerate() {
            let Some(count) = *count else { continue };
            let to = NEXT[state][COLUMN[byte as usize] as usize];
            if to != OUT {
                let count = count + u32::from(to == NAME && matches!(state, BEFORE | AFTER));
                most = most.max(count);
                next[to] = next[to].max(Some(count));
            }
        }
        if byte == b'<' && starts_tag(&bytes[at..]) {
            next[TAG] = next[TAG].max(Some(0));
        }
        if next == [None; OUT] {
            return (most, at + 1);
        }
        live = next;
    }
    (most, bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, most_attributes: u32) {
        assert_eq!(most(html), most_attributes, "{html}");
    }

    #[test]
    fn attributes_are_counted_in_every_spelling() {
        check("<a>", 0);
        check("<a x>", 1);
        check("<a x=1 y='2 3' z=\"4 > 5\" q>", 4);
        check("<a x = 1 y>", 2);
        check("<a/x/y=\"\"z>", 3);
        check("<a =x>", 1);
        // The name of an end tag counts as well.
        check("</a x y>", 3);
    }

    #[test]
    fn text_and_comparisons_count_nothing() {
        check("many words in a text > with 1 < 2 of them", 0);
        check("<p>ö</p>é<b x>", 1);
    }

    #[test]
    fn a_tag_hidden_behind_a_script_or_a_quote_is_still_counted() {
        check("<script>a<b \"</script><i x y z>", 3);
        check("<script>a<b c=\"</script><i x y z>", 3);
        check("<a x='<i p q r>", 3);
        check("<svg><style><![CDATA[<i p q r s>]]></style>", 4);
    }

    #[test]
    fn the_fullest_tag_counts() {
        let bomb: String = (0..5000).map(|n| format!("x{n} ")).collect();
        check(&format!("<b y><a {bomb}><i y>"), 5000);
        check(&format!("<b y='<a {bomb}"), 5000);
    }
}
