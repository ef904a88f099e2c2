//! Which lines speak to us: the groups of our product token merged, or else those of `*` (RFC 9309 §2.2.1).

use std::time::Duration;

use robotstxt::RobotsParseHandler;

/// A longer pause than this is no pause but a refusal to say so.
const MAX_DELAY: f64 = 30.0 * 86_400.0;

/// Collects what the parser reports.
#[derive(Debug)]
pub(super) struct Groups {
    token: String,
    /// Whom the lines at hand speak to.
    audience: Audience,
    /// Whether the lines at hand still name agents: the first rule ends that, other records do not (RFC 9309 §2.2.4).
    naming: bool,
    ours: Group,
    everyones: Group,
    named: bool,
    /// After the end of the file: the group that counts.
    pub(super) matching: Group,
    pub(super) sitemaps: Vec<String>,
}

/// Rules as written: whether it allows, its line, its path.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) rules: Vec<(bool, u32, String)>,
    pub(super) crawl_delay: Option<Duration>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Audience {
    us: bool,
    everyone: bool,
}

impl Groups {
    pub(super) fn new(agent: &str) -> Self {
        Self {
            token: product_token(agent).to_ascii_lowercase(),
            audience: Audience::default(),
            naming: false,
            ours: Group::default(),
            everyones: Group::default(),
            named: false,
            matching: Group::default(),
            sitemaps: Vec::new(),
        }
    }

    fn rule(&mut self, allow: bool, line: u32, path: &str) {
        self.naming = false;
        // An empty path is no rule: `Disallow:` allows everything by forbidding nothing.
        if !path.is_empty() {
            self.for_audience(|group| group.rules.push((allow, line, path.to_owned())));
        }
    }

    fn for_audience(&mut self, mut tell: impl FnMut(&mut Group)) {
        if self.audience.us {
            tell(&mut self.ours);
        }
        if self.audience.everyone {
            tell(&mut self.everyones);
        }
    }
}

impl RobotsParseHandler for Groups {
    fn handle_robots_start(&mut self) {}

    fn handle_robots_end(&mut self) {
        let counts = if self.named { &mut self.ours } else { &mut self.everyones };
        self.matching = std::mem::take(counts);
    }

    fn handle_user_agent(&mut self, _line: u32, agent: &str) {
        if !self.naming {
            self.audience = Audience::default();
        }
        self.naming = true;
        let token = product_token(agent);
        self.audience.everyone |= agent == "*" || agent.starts_with("* ");
        if !token.is_empty() && token.eq_ignore_ascii_case(&self.token) {
            self.audience.us = true;
            self.named = true;
        }
    }

    fn handle_allow(&mut self, line: u32, path: &str) {
        self.rule(true, line, path);
    }

    fn handle_disallow(&mut self, line: u32, path: &str) {
        self.rule(false, line, path);
    }

    fn handle_sitemap(&mut self, _line: u32, url: &str) {
        self.sitemaps.push(url.to_owned());
    }

    fn handle_unknown_action(&mut self, _line: u32, action: &str, value: &str) {
        let delay = value.parse::<f64>().ok().filter(|seconds| (0.0..=MAX_DELAY).contains(seconds));
        if let Some(seconds) = delay.filter(|_| action.eq_ignore_ascii_case("crawl-delay")) {
            let delay = Duration::from_secs_f64(seconds);
            self.for_audience(|group| group.crawl_delay = group.crawl_delay.max(Some(delay)));
        }
    }
}

/// The letters, `_` and `-` that an agent's name starts with (RFC 9309 §2.2.1).
fn product_token(agent: &str) -> &str {
    let end = agent.find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '_' | '-'))).unwrap_or(agent.len());
    &agent[..end]
}
