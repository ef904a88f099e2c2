//! Hosts of a run: which of them still answer, and how much each outside one has had.

use std::collections::HashMap;

use model::Miss;

/// Refusals in a row after which a host is left alone.
const BLOCKS: u32 = 3;
/// Failures to reach a host after which it is given up.
const FAILURES: u32 = 2;
/// Timeouts or server errors in a row after which a host is given up.
const SILENCES: u32 = 5;
/// URLs in a row forbidden by robots.txt after which a host is taken to forbid everything.
const FORBIDDEN: u32 = 20;

/// All hosts of a run.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    numbers: HashMap<String, u32>,
    hosts: Vec<HostState>,
}

#[derive(Debug, Default)]
struct HostState {
    blocks: u32,
    failures: u32,
    silences: u32,
    forbidden: u32,
    /// Visits handed out as an outside service.
    served: u32,
    closed: Option<Miss>,
}

impl Hosts {
    pub(super) fn number(&mut self, host: &str) -> u32 {
        if let Some(number) = self.numbers.get(host) {
            return *number;
        }
        let number = u32::try_from(self.hosts.len()).expect("there are no more hosts than entries");
        self.numbers.insert(host.to_owned(), number);
        self.hosts.push(HostState::default());
        number
    }

    /// Why a host is not asked any more.
    pub(super) fn closed(&self, host: u32) -> Option<Miss> {
        self.hosts[host as usize].closed
    }

    pub(super) fn serve(&mut self, host: u32) {
        self.hosts[host as usize].served += 1;
    }

    pub(super) fn served(&self, host: u32) -> u32 {
        self.hosts[host as usize].served
    }

    pub(super) fn answered(&mut self, host: u32) {
        let state = &mut self.hosts[host as usize];
        *state = HostState { served: state.served, closed: state.closed, ..HostState::default() };
    }

    /// Counts a miss; the host is closed when its like came too often. A page that does not exist is an answer.
    pub(super) fn missed(&mut self, host: u32, miss: Miss) {
        let state = &mut self.hosts[host as usize];
        let (count, most, reason) = match miss {
            Miss::Blocked => (&mut state.blocks, BLOCKS, Miss::Stopped),
            Miss::Stopped => (&mut state.blocks, 1, Miss::Stopped),
            // What is forbidden is its address: the next URL of the host has the same.
            Miss::Dns | Miss::Connect | Miss::Tls | Miss::Forbidden => (&mut state.failures, FAILURES, miss),
            Miss::Timeout | Miss::Server => (&mut state.silences, SILENCES, miss),
            Miss::Robots => (&mut state.forbidden, FORBIDDEN, miss),
            Miss::NotFound | Miss::Redirect | Miss::TooLarge | Miss::Malformed | Miss::Budget => {
                return if miss == Miss::NotFound {
                    self.answered(host)
                };
            }
        };
        *count += 1;
        if *count >= most {
            state.closed.get_or_insert(reason);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(misses: &[Miss], expect: Option<Miss>) {
        let mut hosts = Hosts::default();
        let host = hosts.number("x");
        misses.iter().for_each(|miss| hosts.missed(host, *miss));
        assert_eq!(hosts.closed(host), expect, "{misses:?}");
    }

    #[test]
    fn three_blocks_in_a_row_stop_a_host() {
        check(&[Miss::Blocked, Miss::Blocked], None);
        check(&[Miss::Blocked, Miss::Blocked, Miss::NotFound, Miss::Blocked], None);
        check(&[Miss::Blocked, Miss::Blocked, Miss::Blocked], Some(Miss::Stopped));
    }

    #[test]
    fn a_host_that_cannot_be_reached_twice_is_given_up() {
        check(&[Miss::Dns], None);
        check(&[Miss::Connect, Miss::Dns], Some(Miss::Dns));
        check(&[Miss::Tls, Miss::Tls], Some(Miss::Tls));
        check(&[Miss::Forbidden, Miss::Forbidden], Some(Miss::Forbidden));
        check(&[Miss::Timeout; 4], None);
        check(&[Miss::Timeout; 5], Some(Miss::Timeout));
    }

    #[test]
    fn an_answer_in_between_starts_the_count_again() {
        let mut hosts = Hosts::default();
        let host = hosts.number("x");
        hosts.missed(host, Miss::Connect);
        hosts.answered(host);
        hosts.missed(host, Miss::Connect);
        assert_eq!(hosts.closed(host), None);
    }
}
