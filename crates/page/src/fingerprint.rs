//! A simhash of visible words: pages that differ in few bits say nearly the same.

use model::{Block, Region};

/// Eight bytes at a time, each mixed in as a number: fixed for ever, since fingerprints are compared across versions.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
    let (eights, rest) = bytes.as_chunks::<8>();
    let whole = eights.iter().fold(bytes.len() as u64, |hash, eight| mix(hash ^ u64::from_le_bytes(*eight)));
    mix(whole ^ number(rest))
}

fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// The fingerprint of a page: of its content where it has some, so that pages don't look alike for their furniture.
pub(crate) fn of(text: &str, blocks: &[Block]) -> u64 {
    let main = blocks.iter().filter(|block| block.region == Region::Main);
    let of_main = simhash(main.map(|block| &text[block.start as usize..block.end as usize]));
    if of_main == 0 { simhash([text].into_iter()) } else { of_main }
}

/// The simhash (Charikar 2002) of the words of some texts; digits count as one word, so that a clock doesn't matter. 0 for none.
fn simhash<'t>(texts: impl Iterator<Item = &'t str>) -> u64 {
    // How often each bit was set, as binary numbers standing upright: plane `n` holds digit `n` of all 64 counts.
    let mut planes = [0_u64; 32];
    let mut words = 0_u64;
    for text in texts {
        for word in Words(text) {
            let digits = word.bytes().all(|byte| byte.is_ascii_digit());
            let hash = if digits { hash(b"0") } else { hash(word.as_bytes()) };
            add(&mut planes, hash);
            words += 1;
        }
    }
    let count = |bit: usize| planes.iter().rev().fold(0, |count, plane| 2 * count + ((plane >> bit) & 1));
    (0..64).fold(0, |hash, bit| hash | (u64::from(2 * count(bit) > words) << bit))
}

/// The words of a text: letters and digits in a row.
struct Words<'t>(&'t str);

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let start = ends(self.0, |c: char| !c.is_alphanumeric());
        let rest = &self.0[start..];
        let (word, after) = rest.split_at(ends(rest, char::is_alphanumeric));
        self.0 = after;
        (!word.is_empty()).then_some(word)
    }
}

/// Where the first character stands that does not fit; most are ASCII, which takes no decoding.
fn ends(text: &str, fits: impl Fn(char) -> bool) -> usize {
    let ascii = text.bytes().take_while(|byte| byte.is_ascii() && fits(char::from(*byte))).count();
    match text.as_bytes().get(ascii) {
        Some(byte) if !byte.is_ascii() => ascii + text[ascii..].find(|c: char| !fits(c)).unwrap_or(text.len() - ascii),
        _ => ascii,
    }
}

/// Counts one more for each bit that is set: binary addition in all columns at once.
fn add(planes: &mut [u64; 32], hash: u64) {
    let mut carry = hash;
    for plane in planes {
        (*plane, carry) = (*plane ^ carry, *plane & carry);
        if carry == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(one: &str, other: &str) -> u32 {
        (simhash([one].into_iter()) ^ simhash([other].into_iter())).count_ones()
    }

    #[test]
    fn a_clock_changes_nothing_and_another_text_much() {
        let page = "The office for building permits is open on weekdays, today is the 12 of March 2024, please bring your papers";
        assert_eq!(distance(page, &page.replace("12", "13").replace("2024", "2025")), 0);
        assert!(distance(page, "Pay water bills and parking tickets online with a card at any hour without queueing") > 10);
    }

    #[test]
    fn one_word_more_changes_few_bits() {
        let page = "apply ".to_owned() + &(0..200).map(|n| format!("word{n} ")).collect::<String>();
        assert!(distance(&page, &(page.clone() + "extra")) <= 6);
    }

    #[test]
    fn nothing_has_no_fingerprint() {
        assert_eq!(simhash(std::iter::empty()), 0);
    }
}
