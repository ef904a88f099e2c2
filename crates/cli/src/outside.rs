//! What the review application asks of the rest of the program.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use model::{Code, Portal};
use report::import::{Refused, Sheets};
use review::{Doing, Outside};
use store::{Campaign, CaptureId, RunId, SurveyId};
use survey::{Event, Gatherer, Ground, Reach, Stop, Survey};
use tokio::process::Command;
use url::Url;

use crate::commands::read_sheet;
use crate::commands::survey::new_survey;
use crate::config::Raw;
use crate::{portals, seals};

/// Messages of a survey kept for whoever watches.
const TOLD: usize = 200;

/// The rest of the program.
pub(crate) struct Rest {
    pub(crate) data: PathBuf,
    pub(crate) key: Option<PathBuf>,
    pub(crate) raw: Raw,
    pub(crate) ground: Arc<Ground>,
    pub(crate) gatherer: Gatherer,
    /// How to reach portals; the error says what is missing.
    pub(crate) reach: Result<Reach, String>,
    pub(crate) under_way: Mutex<HashMap<i64, Watched>>,
    /// One pack of a release is made at a time.
    pub(crate) packing: tokio::sync::Mutex<()>,
}

/// A survey under way.
pub(crate) struct Watched {
    stop: Stop,
    told: Arc<Mutex<VecDeque<String>>>,
    ended: Arc<AtomicBool>,
}

impl Rest {
    fn watched<T>(&self, survey: SurveyId, look: impl FnOnce(&Watched) -> T) -> Option<T> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).get(&survey.0).map(look)
    }

    fn routed(&self) -> bool {
        self.reach.as_ref().is_ok_and(|reach| !reach.routes.is_empty())
    }

    async fn begin(&self, campaign: &Campaign, portals: Vec<Portal>) -> anyhow::Result<SurveyId> {
        let reach = self.reach.clone().map_err(anyhow::Error::msg)?;
        let ground = &self.ground;
        let new = new_survey(campaign.id.clone(), ground.digest, &self.raw, &portals, 1);
        let survey = ground.store.begin_survey(&new).await?;
        let walking = Survey::open(Ground::clone(ground), survey, self.raw.survey(1), reach).await?;
        let (stop, told) = (Stop::default(), Arc::new(Mutex::new(VecDeque::new())));
        let ended = Arc::new(AtomicBool::new(false));
        let watched = Watched { stop: stop.clone(), told: Arc::clone(&told), ended: Arc::clone(&ended) };
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).insert(survey.0, watched);
        let (data, key) = (self.data.clone(), self.key.clone());
        tokio::spawn(async move {
            let words = Arc::clone(&told);
            let tell = Arc::new(move |event: Event| push(&words, line(event)));
            let how = match Box::pin(walking.walk(portals, &stop, tell)).await {
                Ok(outcomes) => format!("the survey ended: {} portal(s)", outcomes.len()),
                Err(error) => format!("the survey cannot go on: {:#}", anyhow::Error::from(error)),
            };
            push(&told, Some(how));
            ended.store(true, Ordering::Release);
            if let Err(error) = sign(&data, key.as_deref()) {
                push(&told, Some(format!("not signed: {error:#}")));
            }
        });
        Ok(survey)
    }

    /// The audit pack of a release, made when it is first asked for.
    async fn pack(&self, campaign: &str, release: u32) -> anyhow::Result<PathBuf> {
        let _turn = self.packing.lock().await;
        let name: String = campaign.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let folder = self.data.join("packs").join(format!("{name}-{release}"));
        if folder.join("manifest.txt").exists() {
            return Ok(folder);
        }
        self.gatherer.close().await?;
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        let mut command = self.program()?;
        let (what, out) = (format!("{campaign}/{release}"), folder.as_os_str());
        command.arg("pack").arg(what).arg("--out").arg(out);
        let done = command.output().await?;
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        anyhow::ensure!(done.status.success(), "the pack cannot be made: {}", said.trim());
        Ok(folder)
    }

    /// This program as a child: what others check with, and nothing that it meets can stop the application.
    fn program(&self) -> anyhow::Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("--data").arg(&self.data).stdin(Stdio::null());
        if let Some(key) = &self.key {
            command.arg("--key").arg(key);
        }
        command.kill_on_drop(true);
        Ok(command)
    }

    async fn walked(&self, campaign: &str, release: u32, portal: &str, code: &Code) -> anyhow::Result<(String, bool)> {
        let folder = self.pack(campaign, release).await?;
        let mut command = self.program()?;
        command.arg("verify").arg(&folder).arg("--score").arg(format!("{portal}/{code}"));
        let done = command.output().await?;
        let (page, said) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        let page = if page.trim().is_empty() { said } else { page };
        Ok((page.into_owned(), done.status.success()))
    }
}

fn push(told: &Mutex<VecDeque<String>>, line: Option<String>) {
    let Some(line) = line else { return };
    let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
    if told.len() == TOLD {
        told.pop_front();
    }
    told.push_back(line);
}

fn line(event: Event) -> Option<String> {
    match event {
        Event::Started { portal, pages } => Some(format!("{portal}: started, up to {pages} pages")),
        Event::Page { portal, pages, proven, url } => {
            Some(format!("{portal}: page {pages}, {proven} indicators with evidence, {url}"))
        }
        Event::Missed { portal, url, miss, .. } => Some(format!("{portal}: {miss} {url}")),
        Event::Ended { portal, pages, failure } => {
            let failure = failure.map(|failure| format!("; {failure}")).unwrap_or_default();
            Some(format!("{portal}: done, {pages} pages{failure}"))
        }
    }
}

fn sign(data: &Path, key: Option<&Path>) -> anyhow::Result<String> {
    let Some(signer) = seals::signer(key)? else {
        return Ok("sealed, not signed: there is no key. `portolan key init` makes one".to_owned());
    };
    Ok(match seals::sign_by(data, &signer)? {
        Some(size) => format!("checkpoint {size}"),
        None => "everything was signed before".to_owned(),
    })
}

fn told<T, E: Into<anyhow::Error>>(done: Result<T, E>) -> Result<T, String> {
    done.map_err(|error| format!("{:#}", error.into()))
}

impl Outside for Rest {
    fn read_list(&self, text: &str) -> Result<Vec<Portal>, Vec<(u64, String)>> {
        let list = portals::read_text(text, self.routed());
        if list.wrong.is_empty() { Ok(list.portals) } else { Err(list.wrong) }
    }

    fn survey<'a>(&'a self, campaign: &'a Campaign, portals: Vec<Portal>) -> Doing<'a, SurveyId> {
        Box::pin(async move { told(Box::pin(self.begin(campaign, portals)).await) })
    }

    fn stop(&self, survey: SurveyId) {
        self.watched(survey, |watched| watched.stop.ask());
    }

    fn under_way(&self, survey: SurveyId) -> bool {
        self.watched(survey, |watched| !watched.ended.load(Ordering::Acquire)).unwrap_or(false)
    }

    fn told(&self, survey: SurveyId) -> Vec<String> {
        let copy =
            |watched: &Watched| watched.told.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect::<Vec<_>>();
        self.watched(survey, copy).unwrap_or_default()
    }

    fn fetch<'a>(&'a self, run: RunId, url: &'a Url, by: &'a str) -> Doing<'a, CaptureId> {
        Box::pin(async move {
            if !self.routed() {
                crawl::guard::check_url(url).map_err(|why| why.to_string())?;
            }
            told(Box::pin(self.gatherer.fetch(self.reach.clone()?, run, url, by)).await)
        })
    }

    fn layer(&self, capture: CaptureId) -> Doing<'_, ()> {
        Box::pin(async move { told(self.gatherer.layer(capture).await) })
    }

    fn markup(&self, capture: CaptureId) -> Doing<'_, Option<String>> {
        Box::pin(async move { told(self.gatherer.markup(capture).await) })
    }

    fn sheets(&self, file: Vec<u8>) -> Doing<'_, Result<Sheets, Refused>> {
        Box::pin(async move {
            let read = read_sheet::ask(file).await;
            told(read.map_err(|error| error.context("the sheet could not be read")))
        })
    }

    fn sign(&self) -> Doing<'_, String> {
        Box::pin(async move {
            told(self.gatherer.close().await)?;
            told(sign(&self.data, self.key.as_deref()))
        })
    }

    fn walk<'a>(&'a self, campaign: &'a str, release: u32, portal: &'a str, code: &'a Code) -> Doing<'a, (String, bool)> {
        Box::pin(async move { told(self.walked(campaign, release, portal, code).await) })
    }
}
