//! Counts the attributes of the fullest tag, without knowing where tags really start.
//!
//! The tokenizer compares each attribute with all before it, so a tag of 50,000 attributes takes more than a second. What is a
//! tag depends on scripts, comments and foreign content; to be fooled by none of them, every `<letter` counts as a possible
//! start, and all possible starts are followed at once: a state machine over states, each with its highest count.

/// States of a tag after its `<letter` (WHATWG HTML 13.2.5.8 and 13.2.5.32 to 40). Quoted ends and slashes act like `Before`.
const NAME_OF_TAG: usize = 0;
const BEFORE: usize = 1;
const NAME: usize = 2;
const AFTER: usize = 3;
const EQUALS: usize = 4;
const DOUBLE: usize = 5;
const SINGLE: usize = 6;
const BARE: usize = 7;
const STATES: usize = 8;

/// At most how many attributes one tag of this markup can have; never too low. Stops counting beyond `enough`.
pub(crate) fn most(html: &str, enough: u32) -> u32 {
    let bytes = html.as_bytes();
    let mut live: [Option<u32>; STATES] = [None; STATES];
    let mut most = 0;
    let mut at = 0;
    while at < bytes.len() && most <= enough {
        if live == [None; STATES] {
            match html[at..].find('<') {
                Some(gap) => at += gap,
                None => break,
            }
        }
        // `at` is a character boundary here only if no state was live; ASCII bytes decide everything either way.
        let start = starts_tag(&bytes[at..]);
        let mut next: [Option<u32>; STATES] = [None; STATES];
        for (state, count) in live.iter().enumerate() {
            if let Some(count) = *count
                && let Some((to, added)) = step(state, bytes[at])
            {
                next[to] = next[to].max(Some(count + added));
                most = most.max(count + added);
            }
        }
        if start {
            next[NAME_OF_TAG] = next[NAME_OF_TAG].max(Some(0));
        }
        live = next;
        at += 1;
        if live == [None; STATES] {
            while !html.is_char_boundary(at) {
                at += 1;
            }
        }
    }
    most
}

fn starts_tag(rest: &[u8]) -> bool {
    match rest {
        [b'<', b'/', letter, ..] => letter.is_ascii_alphabetic(),
        [b'<', letter, ..] => letter.is_ascii_alphabetic(),
        _ => false,
    }
}

/// Where a byte leads and how many attributes begin with it; `None` when the tag ends.
fn step(state: usize, byte: u8) -> Option<(usize, u32)> {
    let space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c');
    Some(match (state, byte) {
        (DOUBLE, b'"') | (SINGLE, b'\'') => (BEFORE, 0),
        (DOUBLE | SINGLE, _) => (state, 0),
        (_, b'>') => return None,
        (NAME_OF_TAG, b'/') => (BEFORE, 0),
        (NAME_OF_TAG, _) => (if space { BEFORE } else { NAME_OF_TAG }, 0),
        (EQUALS, b'"') => (DOUBLE, 0),
        (EQUALS, b'\'') => (SINGLE, 0),
        (EQUALS, _) => (if space { EQUALS } else { BARE }, 0),
        (BARE, _) => (if space { BEFORE } else { BARE }, 0),
        (NAME | AFTER, b'=') => (EQUALS, 0),
        (BEFORE | NAME | AFTER, b'/') => (BEFORE, 0),
        (NAME | AFTER, _) if space => (AFTER, 0),
        (BEFORE, _) if space => (BEFORE, 0),
        (NAME, _) => (NAME, 0),
        (_, _) => (NAME, 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, most_attributes: u32) {
        assert_eq!(most(html, 1000), most_attributes, "{html}");
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
    fn counting_stops_when_it_is_enough() {
        let bomb = format!("<a {}>", (0..5000).map(|n| format!("x{n} ")).collect::<String>());
        assert_eq!(most(&bomb, 100), 101);
        assert_eq!(most(&bomb, 10_000), 5000);
    }
}
