//! The politeness receipt of a run, computed from WARC records alone: whoever has the archive can compute it again,
//! without the ledger and without us.

mod count;
mod robots;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use model::{HostReceipt, Purpose, Receipt, RobotsReceipt, Time};
use serde_json::Value;
use url::Url;

use crate::exchange::Metadata;
use crate::fields::{REVISIT, RawRecord};
use crate::scan::{scan, segments};
use crate::{Error, http, read};
use count::Asked;

/// What a run asked of whom, from all segments of an archive. A run that left no record gives a receipt without hosts.
pub fn receipt(dir: &Path, run: i64) -> Result<Receipt, Error> {
    let receipt = Receipt { run, ..Receipt::default() };
    let mut found = Found { dir: dir.to_owned(), receipt, ..Found::default() };
    for (number, segment) in segments(dir)?.iter().enumerate() {
        let name = segment.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.pending.clear();
        for record in scan(segment)? {
            match record {
                Ok(record) => found.take(record, number, &name),
                Err(error @ Error::Torn { .. }) if found.receipt.segments.last() == Some(&name) => {
                    found
                        .receipt
                        .remarks
                        .push(format!("{error}: its writer was stopped there, and what it had not kept is not counted."));
                }
                Err(Error::Torn { .. }) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(found.finish())
}

/// What was found so far.
#[derive(Default)]
struct Found {
    dir: PathBuf,
    receipt: Receipt,
    /// Response and request whose metadata has not come yet.
    pending: Vec<RawRecord>,
    /// Exchanges in the order of the archive.
    asked: Vec<(String, Asked)>,
    robots: BTreeMap<String, Vec<RobotsReceipt>>,
    /// Host and reason of each visit that brought no page.
    misses: BTreeMap<u64, (String, String)>,
}

impl Found {
    fn take(&mut self, record: RawRecord, segment: usize, name: &str) {
        match (record.kind(), self.pending.len()) {
            ("response" | REVISIT, _) => self.pending = vec![record],
            ("request", 1) => self.pending.push(record),
            ("metadata", waiting) => {
                let joined = waiting == 2 && record.concurrent_to() == self.pending.first().map(RawRecord::id);
                let known = if joined { self.exchange(&record, segment) } else { self.miss(&record) };
                if known.is_some() && self.receipt.segments.last().is_none_or(|last| last != name) {
                    self.receipt.segments.push(name.to_owned());
                }
                self.pending.clear();
            }
            _ => self.pending.clear(),
        }
    }

    /// Takes an exchange over; none if it is not one of this run.
    fn exchange(&mut self, metadata: &RawRecord, segment: usize) -> Option<()> {
        let more: Metadata = serde_json::from_slice(&metadata.block).ok()?;
        let visit = self.ours(&more.about)?;
        let [response, request] = self.pending.as_slice() else { return None };
        let url = Url::parse(response.field("WARC-Target-URI")?).ok()?;
        let host = url.host_str()?.to_owned();
        let (head, body) = http::split(&response.block);
        let (status, headers) = http::parse_response(head)?;
        let agent = http::parse_request(&request.block)?.get("user-agent").unwrap_or_default().to_owned();
        let sent = response.date()?;
        let bytes = more.original.as_ref().map_or(body.len() as u64, |original| original.bytes);
        if more.purpose == Purpose::Robots {
            let plain = (200..300).contains(&status) && headers.get("content-encoding").is_none();
            let mut file = body.to_vec();
            if let (true, Some(original), Some(payload)) = (plain, &more.original, response.payload_digest()) {
                match read::body(&self.dir, original, payload) {
                    Ok(body) => file = body,
                    Err(error) => self.receipt.remarks.push(format!("{url} is not quoted: {error}.")),
                }
            }
            self.robots.entry(host.clone()).or_default().push(RobotsReceipt {
                url: url.to_string(),
                at: sent,
                status,
                digest: response.payload_digest(),
                record: response.id().to_owned(),
                lines: if plain { robots::spoken_to(&String::from_utf8_lossy(&file), &agent) } else { Vec::new() },
            });
        }
        if let Some(reason) = more.about["miss"].as_str() {
            self.misses.insert(visit, (host.clone(), reason.to_owned()));
        }
        self.asked.push((host, Asked { sent, done: more.done, status, bytes, visit, segment }));
        if !agent.is_empty() && !self.receipt.agents.contains(&agent) {
            self.receipt.agents.push(agent);
        }
        Some(())
    }

    /// Takes a URL over that brought no exchange; none if it is not one of this run.
    fn miss(&mut self, record: &RawRecord) -> Option<()> {
        let block: Value = serde_json::from_slice(&record.block).ok()?;
        let visit = self.ours(&block["about"])?;
        let reason = block["about"]["miss"].as_str()?.to_owned();
        let host = Url::parse(record.field("WARC-Target-URI")?).ok()?.host_str()?.to_owned();
        self.misses.insert(visit, (host, reason));
        Some(())
    }

    /// The visit's number, if it is one of this run.
    fn ours(&mut self, about: &Value) -> Option<u64> {
        (about["run"].as_i64() == Some(self.receipt.run)).then_some(())?;
        if let Some(portal) = about["portal"].as_str() {
            portal.clone_into(&mut self.receipt.portal);
        }
        about["visit"].as_u64()
    }

    fn finish(self) -> Receipt {
        let Self { mut receipt, asked, mut robots, misses, .. } = self;
        let mut by_host: BTreeMap<String, Vec<Asked>> = BTreeMap::new();
        let all: Vec<Asked> = asked.iter().map(|(_, asked)| asked.clone()).collect();
        for (host, asked) in asked {
            by_host.entry(host).or_default().push(asked);
        }
        for (host, _) in misses.values() {
            by_host.entry(host.clone()).or_default();
        }
        let mut set_back = false;
        for (host, asked) in by_host {
            let of_host = misses.values().filter(|(at, _)| *at == host).map(|(_, reason)| reason.as_str());
            let (traffic, jumps) = count::traffic(&asked, of_host);
            if jumps > 0 {
                set_back = true;
                receipt.remarks.push(set_back_at(&host, jumps, &asked));
            }
            let robots = robots.remove(&host).unwrap_or_default();
            receipt.hosts.push(HostReceipt { host, traffic, robots });
        }
        let (total, jumps) = count::traffic(&all, misses.values().map(|(_, reason)| reason.as_str()));
        if jumps > 0 && !set_back {
            receipt.remarks.push(set_back_at("one host and another", jumps, &all));
        }
        receipt.total = total;
        receipt.contact = receipt.agents.iter().find_map(|agent| contact(agent));
        receipt
    }
}

fn set_back_at(host: &str, jumps: usize, asked: &[Asked]) -> String {
    let day = asked.iter().map(|asked| asked.sent).min().map(|time: Time| time.date().to_string()).unwrap_or_default();
    let often = if jumps == 1 { "once".to_owned() } else { format!("{jumps} times") };
    format!(
        "Between requests to {host} the clock of the machine that asked was set back ({often}, on or after {day}). \
         The shortest times and the number at once are taken before and after that, never across it."
    )
}

/// The page that an agent names, as in `Portolan/1.0 (+https://portolan.example/about)`.
fn contact(agent: &str) -> Option<String> {
    let (_, after) = agent.split_once("+http")?;
    let end = after.find([')', ';', ',', ' ']).unwrap_or(after.len());
    Some(format!("http{}", &after[..end]))
}
