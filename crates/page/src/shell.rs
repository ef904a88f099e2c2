//! Whether a page is an empty shell that a script has to fill.

/// Fewer visible characters than this, next to scripts, are no page.
const THIN: usize = 300;

/// What is known of a page that bears on it.
pub(crate) struct Signs<'p> {
    /// The text layer.
    pub(crate) text: &'p str,
    /// How many scripts there are.
    pub(crate) scripts: u32,
    /// Whether an element that a script is to fill stayed empty.
    pub(crate) empty_root: bool,
    /// What the page says to browsers without scripts.
    pub(crate) without_script: &'p str,
}

/// Whether the page needs a script to show its content.
pub(crate) fn is_shell(signs: &Signs<'_>) -> bool {
    let visible = signs.text.chars().filter(|c| !c.is_whitespace()).take(4 * THIN).count();
    if signs.scripts == 0 {
        return false;
    }
    let asks = || asks_for_script(signs.text) || asks_for_script(signs.without_script);
    visible < THIN || (visible < 4 * THIN && signs.empty_root) || (visible < 2 * THIN && asks())
}

fn asks_for_script(text: &str) -> bool {
    text.to_ascii_lowercase().contains("javascript")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(visible: usize, scripts: u32, empty_root: bool, without_script: &str, shell: bool) {
        let text = "x ".repeat(visible);
        assert_eq!(is_shell(&Signs { text: &text, scripts, empty_root, without_script }), shell);
    }

    #[test]
    fn little_text_is_a_shell_only_with_scripts() {
        check(299, 1, false, "", true);
        check(299, 0, false, "", false);
        check(300, 9, false, "", false);
    }

    #[test]
    fn an_empty_root_or_a_plea_for_scripts_needs_less_proof() {
        check(500, 1, true, "", true);
        check(500, 1, false, "Please enable JavaScript", true);
        check(5000, 1, true, "Please enable JavaScript", false);
    }
}
