//! The pace of hosts, written into the ledger before each request.

use std::sync::OnceLock;

use crawl::pace::{BoxFuture, PaceBook, PaceError};
use model::HostPace;
use store::{Store, SurveyId};

use crate::Error;
use crate::error::chain;

/// The ledger as the book of paces of one survey.
///
/// It remembers that it failed: a request that did not leave for it is no miss of the portal, and none leaves after it.
pub(crate) struct LedgerBook {
    store: Store,
    survey: SurveyId,
    failure: OnceLock<String>,
}

impl LedgerBook {
    pub(crate) fn new(store: Store, survey: SurveyId) -> Self {
        Self { store, survey, failure: OnceLock::new() }
    }

    /// Whether all paces so far could be written down.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.failure.get().map_or(Ok(()), |why| Err(Error::Pace(why.clone())))
    }

    async fn write(&self, paces: Vec<HostPace>) -> Result<(), PaceError> {
        if let Some(why) = self.failure.get() {
            return Err(PaceError(why.as_str().into()));
        }
        self.store.reserve(self.survey, &paces).await.map_err(|error| {
            // The first failure is the one to tell.
            self.failure.set(chain(&error)).ok();
            PaceError(Box::new(error))
        })
    }
}

impl PaceBook for LedgerBook {
    fn reserve(&self, paces: Vec<HostPace>) -> BoxFuture<'_, Result<(), PaceError>> {
        Box::pin(self.write(paces))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use crawl::fetch::{Fetcher, Limits};
    use crawl::pace::PaceRules;
    use crawl::{Budget, FrontierSettings, Order};
    use indicator::{Rulebook, Source};
    use model::{Country, Digest, Portal, Time};
    use store::{NewSurvey, RunState};
    use testkit::hostile::{Behaviour, hostile};

    use super::*;
    use crate::{Ground, Reach, Settings, Stop, Survey};

    fn portal(host: &str) -> Portal {
        let (hosts, languages, notes) = (Vec::new(), Vec::new(), String::new());
        let home = url::Url::parse(&format!("http://{host}/")).unwrap();
        Portal { id: host.to_owned(), city: host.to_owned(), country: Country::new("FR").unwrap(), home, hosts, languages, notes }
    }

    fn fetch() -> crawl::fetch::Settings {
        let pace = PaceRules { delay: Duration::ZERO, longest: Duration::ZERO, stop_after: 3 };
        crawl::fetch::Settings { agent: "Portolan/0.0".to_owned(), contact: None, polite: true, pace, limits: Limits::DEFAULT }
    }

    fn settings(day: Time) -> Settings {
        let frontier = FrontierSettings {
            order: Order::BestFirst,
            budget: Budget { pages: 10, bytes: 1 << 20, time: Duration::from_secs(10) },
            explore_share: 0.0,
            seed: 1,
            per_shape: 10,
            service_pages: 1,
            service_hops: 1,
            max_depth: 3,
            max_waiting: 100,
            searches: 0,
            day: day.date(),
            recorded_hosts: Vec::new(),
        };
        let archive = archive::Settings {
            prefix: "test".to_owned(),
            max_segment: 1 << 20,
            max_age: std::time::Duration::from_secs(900),
            level: 1,
            software: "Portolan/0.0".to_owned(),
        };
        let (page, decode) = (page::Limits::DEFAULT, crawl::decode::DecodeLimits::DEFAULT);
        Settings { portals: 1, width: 1, per_host: 1, frontier, dull: 10, archive, page, decode, pdf: None }
    }

    /// The rulebook that ships.
    fn rules() -> Arc<Rulebook> {
        let config = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config");
        let folders = ["instruments/losi-2024", "lexicons"].map(|folder| std::fs::read_dir(config.join(folder)).unwrap());
        let files = folders.into_iter().flatten().map(|entry| entry.unwrap().path()).chain([config.join("vendors.toml")]);
        let rules = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
        let sources =
            rules.map(|path| Source { text: std::fs::read_to_string(&path).unwrap(), path: path.display().to_string() });
        Arc::new(Rulebook::load(&sources.collect::<Vec<_>>(), "losi-2024").unwrap())
    }

    /// A ledger with one survey.
    async fn ledger(dir: &std::path::Path, name: &str) -> (Store, SurveyId) {
        let store = Store::open_or_create(&format!("sqlite:{}", dir.join(name).display())).await.unwrap();
        let (campaign, tool, settings) = ("test".to_owned(), "Portolan/0.0".to_owned(), serde_json::json!({}));
        let new = NewSurvey { campaign, started: crate::survey::now(), tool, rulebook: Digest([0; 32]), settings, seed: 1 };
        let survey = store.begin_survey(&new).await.unwrap();
        (store, survey)
    }

    #[tokio::test]
    async fn a_pace_that_cannot_be_written_down_fails_the_runs_and_is_no_miss_of_their_portals() {
        let dir = tempfile::tempdir().unwrap();
        let server = hostile(Behaviour::Silent).await;
        let routes = || vec![format!("::{}", server.at).parse().unwrap()];
        let (store, survey) = ledger(dir.path(), "good").await;
        let (archive, tool) = (dir.path().join("archive"), "Portolan/0.0".to_owned());
        let ground = Ground { store: store.clone(), archive, book: rules(), rules: "".into(), digest: Digest([0; 32]), tool };
        let reach = Reach { fetch: fetch(), routes: routes(), trust: Vec::new() };
        let mut walking = Survey::open(ground, survey, settings(crate::survey::now()), reach).await.unwrap();

        let (broken, other) = ledger(dir.path(), "broken").await;
        broken.close().await;
        let paces = Arc::new(LedgerBook::new(broken, other));
        let visitor = Arc::get_mut(&mut walking.visitor).unwrap();
        visitor.fetcher = Fetcher::new(fetch(), routes(), &[], Arc::<LedgerBook>::clone(&paces) as _, vec![], vec![]).unwrap();
        visitor.paces = paces;

        let portals = vec![portal("a.example"), portal("b.example")];
        let error = Box::pin(walking.walk(portals, &Stop::default(), Arc::new(|_| {}))).await.unwrap_err();
        assert!(error.to_string().starts_with("the pace of hosts cannot be written down: cannot reserve"), "{error}");
        assert_eq!(server.connections(), 0, "no request left");
        let runs = store.runs(survey).await.unwrap();
        assert_eq!(runs.len(), 1, "after the first failure no run begins");
        assert_eq!(runs[0].state, RunState::Failed);
        assert!(runs[0].reason.as_ref().unwrap().contains("cannot be written down"), "{:?}", runs[0].reason);
        assert_eq!(store.outcomes(runs[0].id).await.unwrap(), [], "it is no miss of the portal");
        assert_eq!(store.survey(survey).await.unwrap().finished, None, "it can be resumed");
    }
}
