//! Makes a text one that the parser can bear. Charset and size of the file are the fetcher's business.

use std::borrow::Cow;

/// Bytes of a line that are read: below the parser's own limit, at which it would count letters as bytes and panic.
const MAX_LINE: usize = 8 * 1024;

/// The same text, line for line, without what the parser cannot bear: a mark, endless lines, and percent signs that
/// start no triplet, which it would swallow together with what follows.
pub(super) fn tame(text: &str) -> String {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let lines = text.split_inclusive(['\n', '\r']).map(|line| {
        let end = line.trim_end_matches(['\n', '\r']).len();
        let kept = line.floor_char_boundary(end.min(MAX_LINE));
        let (body, ending) = (&line[..kept], &line[end..]);
        (escape(body), ending)
    });
    lines.fold(String::with_capacity(text.len()), |tamed, (body, ending)| tamed + &body + ending)
}

fn escape(line: &str) -> Cow<'_, str> {
    let stray = |at: &usize| crate::key::triplet(&line.as_bytes()[at + 1..]).is_none();
    let mut marks = line.match_indices('%').map(|(at, _)| at).filter(stray).peekable();
    if marks.peek().is_none() {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + 8);
    let mut from = 0;
    for at in marks {
        out.push_str(&line[from..at]);
        out.push_str("%25");
        from = at + 1;
    }
    Cow::Owned(out + &line[from..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_number_and_lose_only_their_tail() {
        let long = format!("a: {}\r\nb: /100%-x%2f%\n", "é".repeat(20_000));
        let tamed = tame(&long);
        assert_eq!(tamed.lines().count(), 2);
        assert!(tamed.lines().next().unwrap().len() <= MAX_LINE);
        assert_eq!(tamed.lines().nth(1), Some("b: /100%25-x%2f%25"));
    }
}
