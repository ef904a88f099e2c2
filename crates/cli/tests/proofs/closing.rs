//! A survey whose every exchange closes a segment, killed again and again: the next start repairs what was left, and then
//! everything is sealed and signed, with a record for each row.

use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, Instant};

use ::archive::segments;

use crate::crash::{Chance, seed};
use crate::program::{Program, empty, end};
use crate::{archive, city, ledger};

#[tokio::test(flavor = "multi_thread")]
async fn three_kills_while_closing_lose_no_record() {
    prove("peers/closing", 3).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: cargo xtask crash --closing"]
async fn many_kills_while_closing_lose_no_record() {
    let kills = std::env::var("PORTOLAN_KILLS").map_or(200, |text| text.parse().unwrap());
    prove("peers/closing-long", kills).await;
}

async fn prove(name: &'static str, kills: usize) {
    let folder = empty(name);
    let served = city::serve(12).await;
    // No segment is young enough to get a second exchange.
    let changes = [("segment_minutes", "0".to_owned()), ("pages", "12".to_owned())];
    let program = Program::copied(&folder, &served, 0.01, &changes);
    std::fs::write(folder.join("portals.csv"), city::LIST).unwrap();
    let (key, seed) = (folder.join("key"), seed());
    program.output(&folder, &["--key", &key.display().to_string(), "key", "init", "--name", "thrown-away"]);

    let began = Instant::now();
    let undisturbed = end(&mut program.begin(&folder.join("undisturbed"))).await;
    assert!(undisturbed.success(), "{undisturbed}\n{}", program.told());
    let longest = began.elapsed();
    println!("seed {seed}; undisturbed: {:.2} s", longest.as_secs_f64());

    let mut torment = Torment { program, key, chance: Chance::new(seed), longest, tally: Tally::default() };
    let mut number = 0;
    while torment.tally.kills < kills {
        number += 1;
        torment.survey(&folder.join(format!("killed-{number}")), kills).await;
    }
    let Tally { kills, open, torn, bytes, empty, behind, rows, faults } = torment.tally;
    println!(
        "{kills} kills in {number} surveys: {open} segments left open, {torn} of them torn ({bytes} bytes set aside), {empty} without a record taken away; \
         {behind} judgings left unsealed and sealed by the next; {rows} rows looked up, {} faults",
        faults.len()
    );
    assert!(faults.is_empty(), "\n{}\n{}", faults.join("\n"), torment.program.told());
}

/// What kills left behind.
#[derive(Default)]
struct Tally {
    kills: usize,
    /// Segments without an entry in the log.
    open: usize,
    torn: usize,
    /// Bytes that were set aside.
    bytes: u64,
    /// Segments that were begun and had no whole record: taken away.
    empty: usize,
    /// Judgings that were in the ledger and not in the archive.
    behind: usize,
    rows: usize,
    faults: Vec<String>,
}

struct Torment {
    program: Program,
    key: PathBuf,
    chance: Chance,
    /// How long a survey takes that nobody disturbs.
    longest: Duration,
    tally: Tally,
}

impl Torment {
    /// One survey, killed and resumed until it ends.
    async fn survey(&mut self, data: &Path, kills: usize) {
        loop {
            let child = match ledger::read(data).await {
                Some(ledger) if ledger.finished > 0 => return,
                Some(_) => self.program.resume(data),
                None => self.program.begin(data),
            };
            let killed = self.tally.kills < kills && self.live(child).await;
            if !killed {
                return;
            }
            // Before there is a log, there is nothing to repair.
            if data.join("archive/log.jsonl").metadata().is_ok_and(|log| log.len() > 0) {
                self.tally.kills += 1;
                self.repair(data).await;
            }
        }
    }

    /// Lets a process live for a while; whether it was killed before its end.
    async fn live(&mut self, mut child: Child) -> bool {
        let most = usize::try_from(self.longest.as_micros()).unwrap();
        let life = Duration::from_micros(self.chance.below(most) as u64);
        let began = Instant::now();
        while began.elapsed() < life {
            if let Some(status) = child.try_wait().unwrap() {
                if !status.success() {
                    self.tally.faults.push(format!("a survey ended with {status}"));
                }
                return false;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        child.kill().unwrap();
        !child.wait().unwrap().success()
    }

    /// The next start after a kill, and what must hold then.
    async fn repair(&mut self, data: &Path) {
        let before = ledger::read(data).await.unwrap_or_default().records;
        let archive = data.join("archive");
        self.seal(data);
        let mut said = self.program.ended(data, &["verify", &data.display().to_string()]);
        let unsealed = |said: &str| {
            said.lines().filter(|line| line.starts_with("fault\t")).all(|line| line.starts_with("fault\trow judging "))
        };
        if said.0 == Some(6) && unsealed(&said.1) {
            // Judged, and killed before its rows were in the archive: the survey's next start puts them there.
            self.tally.behind += 1;
            let resumed = end(&mut self.program.resume(data)).await;
            if !resumed.success() {
                self.tally.faults.push(format!("a resumed survey ended with {resumed}"));
            }
            self.seal(data);
            said = self.program.ended(data, &["verify", &data.display().to_string()]);
        }
        if said.0 != Some(0) {
            self.tally.faults.push(format!("kill {}, {}: {:?}\n{}", self.tally.kills, data.display(), said.0, said.1));
        }
        let rows = ledger::read(data).await.unwrap_or_default().records;
        let lost = before.iter().filter(|row| !rows.contains(row)).count();
        if lost > 0 {
            self.tally.faults.push(format!("the ledger lost {lost} rows"));
        }
        self.tally.rows += rows.len();
        self.tally.faults.extend(archive::read(&archive).faults(&archive, &rows));
    }

    /// Repairs and signs, and counts what was repaired.
    fn seal(&mut self, data: &Path) {
        let key = self.key.display().to_string();
        let (code, _, told) = self.program.ended(data, &["--key", &key, "seal"]);
        if code != Some(0) {
            self.tally.faults.push(format!("`portolan seal` ended with {code:?}: {told}"));
        }
        self.tally.empty += told.lines().filter(|line| line.contains(": taken away, it had no whole record")).count();
        for segment in segments(&data.join("archive")).unwrap() {
            if segment.metadata().unwrap().len() == 0 {
                self.tally.faults.push(format!("an empty segment was left: {}", segment.display()));
            }
        }
        // NAME: sealed with 4 whole records; 0 unfinished bytes set aside
        for (_, repaired) in told.lines().filter_map(|line| line.split_once(".warc.gz: sealed with ")) {
            let mut numbers = repaired.split(' ').filter_map(|word| word.parse::<u64>().ok());
            let (records, bytes) = (numbers.next().unwrap(), numbers.next().unwrap());
            self.tally.open += 1;
            self.tally.torn += usize::from(bytes > 0);
            self.tally.bytes += bytes;
            if records == 0 {
                self.tally.faults.push(format!("a segment without a record was sealed: {told}"));
            }
        }
    }
}
