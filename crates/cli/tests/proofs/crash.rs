//! A survey that is killed again and again ends as one that was left alone: nothing kept is asked for again, no row is
//! without bytes, no pace is broken, the findings are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant, SystemTime};

use model::{Finding, Time};
use testkit::{Log, Served};

use crate::program::{Program, empty, end};
use crate::{archive, city, ledger};

/// How a survey is tormented.
struct Plan {
    name: &'static str,
    pages: usize,
    kills: usize,
    /// Seconds between requests to one host.
    delay: f64,
    /// Requests of the longest life.
    longest: usize,
    /// One of so many lives is counted by time instead, and so ends while starting, replaying or judging too.
    timed: usize,
    seed: u64,
}

/// Visits under way at once, and requests that one may take: robots.txt, a redirect, the page.
const MOST_LOST: usize = 4 * 3;

#[tokio::test(flavor = "multi_thread")]
async fn three_kills_cost_a_survey_nothing() {
    let plan = Plan { name: "peers/crash", pages: 30, kills: 3, delay: 0.04, longest: 14, timed: usize::MAX, seed: seed() };
    prove(plan).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: cargo xtask crash"]
async fn many_kills_cost_a_survey_nothing() {
    let kills = std::env::var("PORTOLAN_KILLS").map_or(50, |text| text.parse().unwrap());
    prove(Plan { name: "peers/crash-long", pages: 120, kills, delay: 0.25, longest: 12, timed: 2, seed: seed() }).await;
}

/// What is compared: the lines that people read, and the findings with all their evidence.
#[derive(Debug, PartialEq)]
pub(crate) struct Concluded {
    lines: Vec<String>,
    findings: Vec<Finding>,
}

/// The findings of a finished survey, without the numbers they have in its ledger.
pub(crate) async fn concluded(program: &Program, data: &Path) -> Concluded {
    let text = program.output(data, &["findings", "--format", "jsonl"]);
    let unnumbered = |line: &str| {
        let mut row: serde_json::Value = serde_json::from_str(line).unwrap();
        row.as_object_mut().unwrap().remove("finding");
        row.to_string()
    };
    let findings = ledger::read(data).await.unwrap().findings;
    assert_eq!(findings.len(), text.lines().count());
    Concluded { lines: text.lines().map(unnumbered).collect(), findings }
}

/// Surveys from beginning to end without disturbance.
pub(crate) async fn undisturbed(program: &Program, data: &Path) -> Concluded {
    let status = end(&mut program.begin(data)).await;
    assert!(status.success(), "{status}\n{}", program.told());
    concluded(program, data).await
}

async fn prove(plan: Plan) {
    let folder = empty(plan.name);
    let served = city::serve(plan.pages).await;
    let changes = [("dull", "1000".to_owned()), ("pages", plan.pages.to_string())];
    let program = Program::copied(&folder, &served, plan.delay, &changes);
    std::fs::write(folder.join("portals.csv"), city::LIST).unwrap();
    let reference = undisturbed(&program, &folder.join("undisturbed")).await;
    let asked = city::asked(&served.log, 0);
    println!("seed {}; undisturbed: {} requests, {} findings", plan.seed, asked.len(), reference.findings.len());
    println!(
        "{:<10} {:>5} {:>8} {:>8} {:>8} {:>5} {:>9}  findings",
        "survey", "kills", "requests", "repeated", "segments", "torn", "least gap"
    );
    let mut torment =
        Torment { chance: Chance::new(plan.seed), plan, served, program, twice: repeated(&asked), kills: 0, faults: Vec::new() };
    let mut number = 0;
    while torment.kills < torment.plan.kills {
        number += 1;
        torment.survey(&folder.join(format!("killed-{number}")), &reference).await;
    }
    println!("{} kills in {number} surveys, {} faults", torment.kills, torment.faults.len());
    assert!(torment.faults.is_empty(), "\n{}\n{}", torment.faults.join("\n"), torment.program.told());
}

/// What goes on over all surveys of a proof.
struct Torment {
    plan: Plan,
    served: Served,
    program: Program,
    chance: Chance,
    /// What an undisturbed survey asks for twice itself.
    twice: BTreeSet<String>,
    kills: usize,
    faults: Vec<String>,
}

impl Torment {
    /// One survey, killed and resumed until it ends.
    async fn survey(&mut self, data: &Path, reference: &Concluded) {
        let (first, kills_before) = (self.served.log.count(), self.kills);
        let mut kept = ledger::Ledger::default();
        let mut began = first;
        loop {
            let child = match ledger::read(data).await {
                Some(_) => self.program.resume(data),
                None => self.program.begin(data),
            };
            let killed = self.live(child).await;
            let fresh: Vec<String> = city::asked(&self.served.log, began);
            let again = fresh.iter().filter(|url| kept.committed.contains(*url) && !self.twice.contains(*url));
            self.faults.extend(again.map(|url| format!("kept before kill {} and asked for again: {url}", self.kills)));
            began = self.served.log.count();
            if !killed {
                break;
            }
            self.kills += 1;
            let now = ledger::read(data).await.unwrap_or_default();
            self.inspect(data, first, &kept, &now);
            kept = now;
        }
        self.finish(data, first, self.kills - kills_before, reference).await;
    }

    /// Lets a process live for a while, or to its end if all kills are done; whether it was killed.
    async fn live(&mut self, mut child: Child) -> bool {
        if self.kills == self.plan.kills {
            let status = end(&mut child).await;
            self.judge_end(status);
            return false;
        }
        let moment = self.chance.moment(&self.plan);
        let (began, before) = (Instant::now(), self.served.log.count());
        let mut reached = None;
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                self.judge_end(status);
                return false;
            }
            if self.served.log.count() - before >= moment.requests {
                reached.get_or_insert_with(Instant::now);
            }
            if reached.is_some_and(|at| at.elapsed() >= moment.later) || began.elapsed() >= moment.at_most {
                break;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // What was sent before the kill may still be on its way through the server.
        tokio::time::sleep(Duration::from_millis(50)).await;
        true
    }

    fn judge_end(&mut self, status: std::process::ExitStatus) {
        if !status.success() {
            self.faults.push(format!("a survey ended with {status}"));
        }
    }

    /// What must hold right after a kill.
    fn inspect(&mut self, data: &Path, first: usize, before: &ledger::Ledger, now: &ledger::Ledger) {
        let lost_rows = before.committed.difference(&now.committed);
        self.faults.extend(lost_rows.map(|url| format!("the ledger lost {url}")));
        let held = archive::read(&data.join("archive"));
        self.faults.extend(held.faults(&data.join("archive"), &now.records));
        let asked: BTreeSet<String> = city::asked(&self.served.log, first).into_iter().collect();
        let open = asked.difference(&now.committed).count();
        if open > MOST_LOST {
            self.faults.push(format!("{open} requests were made and not kept, more than {MOST_LOST}"));
        }
        for (host, at) in last_asked(&self.served.log, first) {
            // Half of the delay: the server notes a request later than it was sent.
            let at_least = at.plus(Duration::from_secs_f64(self.plan.delay / 2.0));
            if now.paces.get(&host).is_none_or(|next| *next < at_least) {
                self.faults.push(format!("`{host}` was asked at {at}, and its pace was not written down before"));
            }
        }
    }

    /// What must hold when a survey has come to its end.
    async fn finish(&mut self, data: &Path, first: usize, kills: usize, reference: &Concluded) {
        let archive = data.join("archive");
        let (held, rows) = (archive::read(&archive), ledger::read(data).await.unwrap_or_default().records);
        self.faults.extend(held.faults(&archive, &rows));
        let (gap, whom) = held.smallest_gap().unwrap_or_default();
        if gap < Duration::from_secs_f64(self.plan.delay) {
            self.faults.push(format!("`{whom}` was asked again after {gap:?}"));
        }
        let same = concluded(&self.program, data).await == *reference;
        if !same {
            self.faults.push(format!("{} has other findings than an undisturbed survey", data.display()));
        }
        let asked = city::asked(&self.served.log, first);
        let repeats = asked.len() - asked.iter().collect::<BTreeSet<_>>().len();
        let name = data.file_name().unwrap().to_string_lossy();
        println!(
            "{name:<10} {kills:>5} {:>8} {repeats:>8} {:>8} {:>5} {:>6} ms  {}",
            asked.len(),
            held.segments,
            held.torn,
            gap.as_millis(),
            if same { "same" } else { "OTHER" }
        );
    }
}

/// When a process is killed: `later` after it has made so many requests, or after `at_most` whatever it does.
struct Moment {
    requests: usize,
    later: Duration,
    at_most: Duration,
}

/// A generator (splitmix64) that a printed seed repeats.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 1) as usize % limit.max(1)
    }

    fn moment(&mut self, plan: &Plan) -> Moment {
        let delay = (plan.delay * 1e6) as usize;
        let later = Duration::from_micros(self.below(delay) as u64);
        if self.below(plan.timed) == 0 {
            let at_most = Duration::from_micros(self.below(delay * plan.longest / 4) as u64);
            return Moment { requests: usize::MAX, later, at_most };
        }
        Moment { requests: 1 + self.below(plan.longest), later, at_most: Duration::from_secs(60) }
    }
}

/// Another seed for each run, told in the output.
pub(crate) fn seed() -> u64 {
    let given = std::env::var("PORTOLAN_SEED").ok().map(|text| text.parse().unwrap());
    given.unwrap_or_else(|| u64::try_from(now().micros()).unwrap())
}

fn now() -> Time {
    Time::from_system(SystemTime::now()).unwrap()
}

/// What stands in a list more than once.
fn repeated(asked: &[String]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    asked.iter().filter(|url| !seen.insert(*url)).cloned().collect()
}

/// When each host was asked last, as the server saw it.
fn last_asked(log: &Log, from: usize) -> BTreeMap<String, Time> {
    let now = now();
    let at = |at: Instant| Time::from_micros(now.micros() - i64::try_from(at.elapsed().as_micros()).unwrap()).unwrap();
    log.all().into_iter().skip(from).map(|asked| (asked.host, at(asked.at))).collect()
}
