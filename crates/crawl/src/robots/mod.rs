//! What a robots.txt allows (RFC 9309). Fetching it, and what follows when that fails, is the fetcher's business.
//!
//! The parser is robotstxt's, fed with text that it can bear; groups and matching are ours.

mod groups;
mod pattern;
mod text;

use std::time::Duration;

use groups::Groups;
use pattern::{Pattern, comparable};

/// The rules of one robots.txt for one agent.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Most octets first, Allow before Disallow of as many: the first that matches decides (RFC 9309 §2.2.2).
    rules: Vec<Rule>,
    crawl_delay: Option<Duration>,
    sitemaps: Vec<String>,
}

/// Whether a path may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it may.
    pub allowed: bool,
    /// The line of the rule that decided, from 1; none if no rule matched.
    pub line: Option<u32>,
}

#[derive(Debug, Clone)]
struct Rule {
    allow: bool,
    line: u32,
    pattern: Pattern,
}

impl Rules {
    /// Reads the rules for an agent, told by its product token in any case (`portolan` of `Portolan/1.0`), or else
    /// those for `*`. Never fails: what is no rule is skipped (RFC 9309 §2.2).
    pub fn parse(text: &str, agent: &str) -> Self {
        let mut groups = Groups::new(agent);
        robotstxt::parse_robotstxt(&text::tame(text), &mut groups);
        let group = groups.matching;
        let mut rules: Vec<_> =
            group.rules.into_iter().map(|(allow, line, path)| Rule { allow, line, pattern: Pattern::new(&path) }).collect();
        rules.sort_by_key(|rule| (std::cmp::Reverse(rule.pattern.octets()), !rule.allow, rule.line));
        Self { rules, crawl_delay: group.crawl_delay, sitemaps: groups.sitemaps }
    }

    /// Whether a path with its query may be asked for.
    pub fn verdict(&self, path_and_query: &str) -> Verdict {
        if path_and_query == "/robots.txt" {
            return Verdict { allowed: true, line: None };
        }
        let path = comparable(path_and_query, false);
        let deciding = self.rules.iter().find(|rule| rule.pattern.matches(&path));
        Verdict { allowed: deciding.is_none_or(|rule| rule.allow), line: deciding.map(|rule| rule.line) }
    }

    /// The pause between requests that the group asks for. Not in the RFC, but polite.
    pub fn crawl_delay(&self) -> Option<Duration> {
        self.crawl_delay
    }

    /// Sitemaps as written, whatever group they stand in (RFC 9309 §2.2.4).
    pub fn sitemaps(&self) -> &[String] {
        &self.sitemaps
    }
}

#[cfg(test)]
mod tests;
