//! Lines of a robots.txt that name us and say how long to wait, quoted for a reader. What they mean for a fetch is for
//! the crawler to say.

/// `User-agent` and `Crawl-delay` lines of the groups that name this agent, or else of those for everyone.
pub(super) fn spoken_to(text: &str, agent: &str) -> Vec<String> {
    let token = product(agent).to_ascii_lowercase();
    let (mut ours, mut everyones) = (Vec::new(), Vec::new());
    let (mut to_us, mut to_all, mut naming) = (false, false, false);
    for line in text.trim_start_matches('\u{feff}').lines() {
        let plain = line.split('#').next().unwrap_or_default().trim();
        let Some((name, value)) = plain.split_once(':') else { continue };
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        let quoted = match name.as_str() {
            "user-agent" => {
                if !naming {
                    (to_us, to_all) = (false, false);
                }
                naming = true;
                let us = !token.is_empty() && product(value).eq_ignore_ascii_case(&token);
                let all = value == "*";
                (to_us, to_all) = (to_us || us, to_all || all);
                (us, all)
            }
            "crawl-delay" => (to_us, to_all),
            "allow" | "disallow" => {
                naming = false;
                continue;
            }
            _ => continue,
        };
        for (lines, _) in [(&mut ours, quoted.0), (&mut everyones, quoted.1)].into_iter().filter(|(_, quoted)| *quoted) {
            lines.push(plain.to_owned());
        }
    }
    if ours.is_empty() { everyones } else { ours }
}

/// The letters, `_` and `-` that an agent's name starts with (RFC 9309 §2.2.1).
fn product(agent: &str) -> &str {
    let end = agent.find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '_' | '-'))).unwrap_or(agent.len());
    &agent[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, lines: &[&str]) {
        assert_eq!(spoken_to(text, "Portolan/1.0 (+https://portolan.example)"), lines);
    }

    #[test]
    fn the_groups_that_name_us_are_quoted_or_else_those_for_everyone() {
        check("User-agent: *\nCrawl-delay: 10 # please\nDisallow: /a", &["User-agent: *", "Crawl-delay: 10"]);
        check(
            "User-agent: x\nuser-agent: PORTOLAN\nCrawl-delay: 3\nDisallow:\n\nUser-agent: *\nCrawl-delay: 10",
            &["user-agent: PORTOLAN", "Crawl-delay: 3"],
        );
        check("User-agent: portolanbot\nCrawl-delay: 3", &[]);
        check("User-agent: portolan\nDisallow: /b\nUser-agent: y\nCrawl-delay: 9", &["User-agent: portolan"]);
        check("<html>", &[]);
    }
}
