//! Labelled answers, and how a run's findings compare with them.

use std::collections::BTreeMap;
use std::path::Path;

use indicator::Rulebook;
use model::{Answer, Code, Date, Finding};
use serde::Deserialize;
use url::Url;

use crate::decisions::Decision;
use crate::exit::Fault;

/// Labels of one site, judged by hand.
#[derive(Debug, Deserialize)]
pub(crate) struct Labels {
    /// The language of the site.
    #[serde(default)]
    pub(crate) language: String,
    labels: BTreeMap<Code, Label>,
}

#[derive(Debug, Deserialize)]
struct Label {
    verdict: Verdict,
    #[serde(default)]
    evidence: Vec<Labelled>,
    /// There are more valid pages than listed.
    #[serde(default)]
    many: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Present,
    Lead,
    Absent,
    Live,
}

#[derive(Debug, Deserialize)]
struct Labelled {
    path: String,
    /// The host, if it is not the city's own.
    #[serde(default)]
    host: Option<String>,
}

/// How one finding compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Compared {
    pub(crate) code: Code,
    pub(crate) verdict: &'static str,
    pub(crate) answer: String,
    pub(crate) mark: Mark,
    /// The first three evidence pages.
    pub(crate) pages: Vec<String>,
}

/// What a comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Present, with a labelled page among the first three.
    Hit,
    /// Present; not a labelled page, but more pages are valid than were labelled: a person must look.
    HitUnlabelled,
    /// Present, on the wrong pages.
    WrongPage,
    /// Present by the labels, and not proposed.
    Missed,
    /// Absent by the labels, and proposed.
    FalseFind,
    /// Absent by the labels, and not proposed.
    Right,
    /// A lead by the labels, and called absent.
    LostLead,
    /// A lead by the labels, and proposed as present.
    LeadAsPresent,
    /// Cannot be decided from saved pages.
    Left,
}

impl Mark {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::HitUnlabelled => "hit?",
            Self::WrongPage => "wrong page",
            Self::Missed => "missed",
            Self::FalseFind => "FALSE",
            Self::Right => "right",
            Self::LostLead => "LOST LEAD",
            Self::LeadAsPresent => "lead as present",
            Self::Left => "",
        }
    }
}

/// Reads a file of labels.
pub(crate) fn read(file: &Path) -> anyhow::Result<Labels> {
    let hint =
        "labels are JSON: {\"labels\": {\"219\": {\"verdict\": \"present\", \"evidence\": [{\"path\": \"budget/index.html\"}]}}}";
    let wrong = |error: &dyn std::fmt::Display| Fault::configuration(format!("`{}`: {error}", file.display()), hint);
    let text = std::fs::read_to_string(file).map_err(|error| wrong(&error))?;
    Ok(serde_json::from_str(&text).map_err(|error| wrong(&error))?)
}

impl Labels {
    /// Compares every labelled code, in the order of the findings.
    pub(crate) fn compare(&self, findings: &[Finding]) -> Vec<Compared> {
        let labelled = findings.iter().filter_map(|finding| Some((finding, self.labels.get(&finding.code)?)));
        labelled.map(|(finding, label)| label.compare(finding)).collect()
    }
}

impl Labels {
    /// What the labels say of the pages that findings propose as present. An unlabelled page where more are valid than
    /// were labelled says nothing, and neither does a label that saved pages cannot decide.
    pub(crate) fn decisions(&self, findings: &[Finding], date: Date, book: &Rulebook) -> Vec<Decision> {
        let mut decisions = Vec::new();
        for finding in findings.iter().filter(|finding| finding.answer == Answer::Present) {
            let Some(label) = self.labels.get(&finding.code).filter(|label| label.verdict != Verdict::Live) else { continue };
            for evidence in &finding.evidence {
                let labelled = Url::parse(&evidence.url).is_ok_and(|url| label.evidence.iter().any(|labelled| labelled.is(&url)));
                let accepted = labelled && label.verdict == Verdict::Present;
                if accepted || !(label.many && label.verdict == Verdict::Present) {
                    decisions.push(Decision::new(&finding.code, evidence, accepted, date, book));
                }
            }
        }
        decisions
    }
}

impl Label {
    fn compare(&self, finding: &Finding) -> Compared {
        let present = finding.answer == Answer::Present;
        let urls: Vec<Url> = finding.evidence.iter().take(3).filter_map(|evidence| Url::parse(&evidence.url).ok()).collect();
        let known = urls.iter().any(|url| self.evidence.iter().any(|labelled| labelled.is(url)));
        let mark = match (self.verdict, present) {
            (Verdict::Live, _) => Mark::Left,
            (Verdict::Present, true) if known => Mark::Hit,
            (Verdict::Present, true) if self.many => Mark::HitUnlabelled,
            (Verdict::Present, true) => Mark::WrongPage,
            (Verdict::Present, false) => Mark::Missed,
            (Verdict::Absent, true) => Mark::FalseFind,
            (Verdict::Lead, true) => Mark::LeadAsPresent,
            (Verdict::Lead, false) if finding.answer == Answer::Absent => Mark::LostLead,
            (Verdict::Absent | Verdict::Lead, false) => Mark::Right,
        };
        let verdict = match self.verdict {
            Verdict::Present => "present",
            Verdict::Lead => "lead",
            Verdict::Absent => "absent",
            Verdict::Live => "live",
        };
        Compared {
            code: finding.code.clone(),
            verdict,
            answer: finding.answer.to_string(),
            mark,
            pages: urls.iter().map(|url| url.path().trim_start_matches('/').to_owned()).collect(),
        }
    }
}

impl Labelled {
    /// Whether a URL shows the labelled page.
    fn is(&self, url: &Url) -> bool {
        same(&self.path, url.path()) && self.host.as_deref().is_none_or(|host| url.host_str() == Some(host))
    }
}

/// Whether a saved path and a path on the web are the same page.
fn same(saved: &str, path: &str) -> bool {
    let bare = |path: &str| {
        let path = path.trim_start_matches('/');
        let path = path.strip_suffix("index.html").or_else(|| path.strip_suffix("index.htm")).unwrap_or(path);
        path.strip_suffix(".html").unwrap_or(path).trim_end_matches('/').to_owned()
    };
    bare(saved) == bare(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(verdict: &str, many: bool) -> Labels {
        let evidence = "[{\"path\":\"budget/index.html\"}]";
        let label = format!("{{\"verdict\":\"{verdict}\",\"many\":{many},\"evidence\":{evidence}}}");
        serde_json::from_str(&format!("{{\"labels\":{{\"219\":{label}}}}}")).unwrap()
    }

    fn found(answer: Answer, url: &str) -> Finding {
        let evidence = model::Evidence {
            visit: 1,
            url: url.to_owned(),
            quote: model::Quote::default(),
            place: model::Place::Title,
            worth: 6.0,
            signals: vec![("topic@title".to_owned(), 6.0)],
            chain: None,
        };
        let (code, band, evidence) = (Code::new("219").unwrap(), model::Band::Low, vec![evidence]);
        Finding { code, answer, band, evidence, because: String::new() }
    }

    fn check(verdict: &str, answer: Answer, url: &str, expect: Mark) {
        assert_eq!(labels(verdict, false).compare(&[found(answer, url)])[0].mark, expect);
    }

    #[test]
    fn only_proposed_pages_that_labels_can_tell_become_decisions() {
        let (day, sources) = (Date::new(2026, 11, 23).unwrap(), crate::config::sources(None).unwrap());
        let mut book = Rulebook::load(&sources, "losi-2024").unwrap();
        book.fitted.factors.insert("topic@title".to_owned(), 2.0);
        let told = |verdict: &str, many, answer, url: &str| -> Vec<(bool, f32)> {
            let decisions = labels(verdict, many).decisions(&[found(answer, url)], day, &book);
            decisions.iter().map(|decision| (decision.accepted, decision.signals[0].1)).collect()
        };
        let (labelled, other) = ("https://a.example/budget/", "https://a.example/x");
        assert_eq!(told("present", false, Answer::Present, labelled), [(true, 3.0)]);
        assert_eq!(told("present", false, Answer::Present, other), [(false, 3.0)]);
        assert_eq!(told("present", true, Answer::Present, other), []);
        assert_eq!(told("absent", true, Answer::Present, other), [(false, 3.0)]);
        assert_eq!(told("lead", false, Answer::Present, labelled), [(false, 3.0)]);
        assert_eq!(told("live", false, Answer::Present, labelled), []);
        assert_eq!(told("present", false, Answer::Absent, labelled), []);
    }

    #[test]
    fn a_hit_needs_a_labelled_page() {
        check("present", Answer::Present, "https://a.example/budget/", Mark::Hit);
        check("present", Answer::Present, "https://a.example/budgetary/", Mark::WrongPage);
        check("present", Answer::Absent, "https://a.example/budget/", Mark::Missed);
    }

    #[test]
    fn a_lead_must_not_be_called_absent() {
        check("lead", Answer::Absent, "https://a.example/x", Mark::LostLead);
        check("lead", Answer::Undetermined(model::Why::Lead), "https://a.example/x", Mark::Right);
        check("absent", Answer::Present, "https://a.example/x", Mark::FalseFind);
    }
}
