//! Folding: the one form in which pages and terms are compared. Each folded byte knows where it came from.
//!
//! NFKD with the marks of Latin, Greek, Cyrillic, Hebrew and Arabic removed, lower case, Arabic letter forms unified,
//! all digits as ASCII, hyphens, underscores and apostrophes as spaces. Marks of other scripts (kana voicing, Indic vowels) stay,
//! since they tell words apart.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// A folded text with the way back.
#[derive(Debug, Default, Clone)]
pub(crate) struct Folded {
    /// The folded text.
    pub(crate) text: String,
    /// For each byte of `text`, and for its end, the byte offset in the original.
    origin: Vec<u32>,
}

impl Folded {
    /// The byte range in the original that became this range of the folded text.
    pub(crate) fn original(&self, start: usize, end: usize) -> (usize, usize) {
        (self.origin[start] as usize, self.origin[end] as usize)
    }

    /// The folded text of a byte range of the original.
    pub(crate) fn between(&self, original: &std::ops::Range<usize>) -> &str {
        let at = |offset: usize| self.origin.partition_point(|&from| (from as usize) < offset).min(self.text.len());
        &self.text[at(original.start)..at(original.end)]
    }
}

/// Folds a text.
pub(crate) fn fold(text: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len() + 1) };
    let nfkd = DecomposingNormalizerBorrowed::new_nfkd();
    for (at, c) in text.char_indices() {
        let from = u32::try_from(at).unwrap_or(u32::MAX);
        if c.is_ascii() {
            folded.text.push(simple_ascii(c));
            folded.origin.push(from);
            continue;
        }
        for part in nfkd.normalize_iter(std::iter::once(c)) {
            if is_dropped(part) {
                continue;
            }
            match part {
                'ß' | 'ẞ' => push_all(&mut folded, "ss", from),
                'æ' | 'Æ' => push_all(&mut folded, "ae", from),
                'œ' | 'Œ' => push_all(&mut folded, "oe", from),
                'þ' | 'Þ' => push_all(&mut folded, "th", from),
                // Burmese: a dot below is typed before or after the mark that kills the vowel.
                '\u{1037}' if folded.text.ends_with('\u{103a}') => {
                    folded.text.truncate(folded.text.len() - '\u{103a}'.len_utf8());
                    folded.text.push_str("\u{1037}\u{103a}");
                    folded.origin.extend(std::iter::repeat_n(from, part.len_utf8()));
                }
                _ => part.to_lowercase().filter(|c| !is_dropped(*c)).for_each(|c| push(&mut folded, simple(c), from)),
            }
        }
    }
    folded.origin.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
    folded
}

fn push(folded: &mut Folded, c: char, from: u32) {
    folded.text.push(c);
    folded.origin.extend(std::iter::repeat_n(from, c.len_utf8()));
}

fn push_all(folded: &mut Folded, letters: &str, from: u32) {
    letters.chars().for_each(|c| push(folded, c, from));
}

/// One ASCII character to its plain form; most text is of these.
fn simple_ascii(c: char) -> char {
    match c {
        '-' | '_' | '\t' | '\r' | '\n' | '\'' | '`' => ' ',
        _ => c.to_ascii_lowercase(),
    }
}

/// One character to its plain form.
fn simple(c: char) -> char {
    match c {
        _ if c.is_ascii() => simple_ascii(c),
        '\u{2010}'..='\u{2015}' | '\u{a0}' | '\u{2212}' => ' ',
        // An elided article is a word of its own, in text (l'eau) as in a path (l-eau).
        '\u{2018}' | '\u{2019}' | '\u{02bb}' | '\u{02bc}' | '\u{5f3}' | '\u{55a}' => ' ',
        '\u{5f4}' => '"',
        'ς' => 'σ',
        'ı' => 'i',
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ə' => 'e',
        // Arabic: alef wasla, alef maksura, teh marbuta, Farsi yeh and kaf, waw and yeh that carried a hamza lose it by NFKD.
        'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' | 'ہ' | 'ە' => 'ه',
        'ک' => 'ك',
        '\u{1210}'..='\u{1217}'
        | '\u{1280}'..='\u{1287}'
        | '\u{12d0}'..='\u{12d7}'
        | '\u{1220}'..='\u{1227}'
        | '\u{1340}'..='\u{1347}' => ethiopic(c),
        _ => digit(c).unwrap_or(c),
    }
}

/// Ethiopic letters that sound alike are written for each other in Amharic: each to the more usual one of the same vowel.
fn ethiopic(c: char) -> char {
    let (row, usual) = match u32::from(c) & !7 {
        row @ (0x1210 | 0x1280) => (row, 0x1200),
        0x12d0 => (0x12d0, 0x12a0),
        0x1220 => (0x1220, 0x1230),
        _ => (0x1340, 0x1338),
    };
    char::from_u32(usual + u32::from(c) - row).unwrap_or(c)
}

/// The zeros of the scripts whose digits people write on pages: Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati,
/// Oriya, Tamil, Telugu, Kannada, Malayalam, Thai, Lao, Tibetan, Burmese, Khmer, Mongolian.
const ZEROS: [u32; 17] =
    [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0x1810];

/// The ASCII digit that a digit of another script stands for.
fn digit(c: char) -> Option<char> {
    let zero = ZEROS.into_iter().rev().find(|&zero| zero <= u32::from(c))?;
    char::from_digit(u32::from(c) - zero, 10).filter(|_| u32::from(c) - zero < 10)
}

/// Marks and invisible characters that do not tell words apart.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' // Latin, Greek, Cyrillic
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' // Hebrew points
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' // Arabic marks, tatweel
        | '\u{55b}' | '\u{55c}' | '\u{55e}' // Armenian marks of tone, which stand inside words
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        | '\u{ffff}') // no character at all; the end of a term in a trie
}

/// Whether a character belongs to a script that separates words by spaces.
pub(crate) fn is_spaced_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // A virama or a nukta joins the letters around it: no word ends there.
    (c.is_alphanumeric() || matches!(u32::from(c), 0x900..=0xdff) && !matches!(c, '\u{964}' | '\u{965}' | '\u{970}' | '\u{df4}'))
        && !matches!(u32::from(c),
            0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0x9fff | 0xa960..=0xa97f | 0xf900..=0xfaff | 0x20000..=0x3ffff)
        && !matches!(u32::from(c), 0x3040..=0x30ff | 0x31f0..=0x31ff | 0xff66..=0xff9f)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        assert_eq!(fold(text).text, expect);
    }

    #[test]
    fn case_and_diacritics_go() {
        check("Orçamento Público", "orcamento publico");
        check("ΠΡΟΫΠΟΛΟΓΙΣΜΌΣ", "προυπολογισμοσ");
        check("İstanbul ılık", "istanbul ilik");
        check("Straße", "strasse");
    }

    #[test]
    fn arabic_forms_digits_and_tatweel_are_one() {
        check("الميـــزانية ٢٠٢٦", "الميزانيه 2026");
        check("إلى الأمام", "الي الامام");
    }

    #[test]
    fn digits_of_every_script_are_one() {
        check("২০২৬ २०२६ ๒๐๒๖ ၂၀၂၆ ២០២៦ ໒໐໒໖ ۲۰۲۶", "2026 2026 2026 2026 2026 2026 2026");
    }

    #[test]
    fn hebrew_points_armenian_ligatures_and_georgian_capitals_go() {
        check("תַּקְצִיב", "תקציב");
        check("Երևան ԲՅՈՒՋԵ", "երեւան բյուջե");
        check("ᲑᲘᲣᲯᲔᲢᲘ", "ბიუჯეტი");
    }

    #[test]
    fn letters_of_one_sound_are_one_in_amharic() {
        check("ሐምሌ ኀይል ሠራተኛ ዐዲስ ፀሐይ", "ሀምሌ ሀይል ሰራተኛ አዲስ ጸሀይ");
    }

    #[test]
    fn apostrophes_that_are_letters_are_one_however_they_are_typed() {
        check("soʻrovnoma", "so rovnoma");
        check("so‘rovnoma so'rovnoma", "so rovnoma so rovnoma");
        check("ארנונה׳ חו״ל", "ארנונה  חו\"ל");
        check("Ինչպե՞ս", "ինչպես");
    }

    #[test]
    fn ligatures_and_letters_of_few_languages_are_as_in_addresses() {
        check("Þjónusta Æskulýður ferðamál œuvre", "thjonusta aeskulydur ferdamal oeuvre");
        check("Bələdiyyə", "belediyye");
    }

    #[test]
    fn burmese_marks_are_one_in_either_order() {
        assert_eq!(fold("မြို့နယ်").text, fold("မြို့နယ်").text);
        assert_eq!(fold("ခွင့်").text, fold("ခွင့်").text);
    }

    #[test]
    fn a_word_goes_on_after_a_virama() {
        assert!(is_spaced_letter('\u{9cd}') && is_spaced_letter('\u{94d}') && !is_spaced_letter('।'));
    }

    #[test]
    fn cyrillic_letters_with_marks_are_plain() {
        check("Бюджет посёлка їжак", "бюджет поселка іжак");
    }

    #[test]
    fn vowels_of_indic_and_burmese_words_stay() {
        assert_ne!(fold("কর").text, fold("কারা").text);
        assert_ne!(fold("မြို့").text, fold("မြ").text);
    }

    #[test]
    fn kana_voicing_stays_and_full_width_goes() {
        assert_ne!(fold("バス").text, fold("ハス").text);
        check("２０２６ＡＢＣ", "2026abc");
    }

    #[test]
    fn every_folded_byte_leads_back() {
        let text = "Lei Orçamentária — 2026";
        let folded = fold(text);
        let at = folded.text.find("orcamentaria").unwrap();
        let (start, end) = folded.original(at, at + "orcamentaria".len());
        assert_eq!(&text[start..end], "Orçamentária");
    }
}
