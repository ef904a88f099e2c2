//! Where the processor time of a survey goes: by the spans around its stages, and by the threads of the ledger.
//!
//! Only `bench` switches it on. Otherwise a span costs one look at a flag.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use tracing::Subscriber;
use tracing::span::Id;
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

/// Processor time by stage, of all threads.
static SPENT: Mutex<BTreeMap<&'static str, Duration>> = Mutex::new(BTreeMap::new());

thread_local! {
    /// What the thread's clock showed when the stage under way began. Stages do not nest.
    static BEGAN: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Measures the spans of [`survey::STAGES`].
pub(crate) struct Stages;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Stages {
    fn on_enter(&self, _: &Id, _: Context<'_, S>) {
        BEGAN.set(now(ClockId::ThreadCPUTime));
    }

    fn on_exit(&self, id: &Id, context: Context<'_, S>) {
        let took = now(ClockId::ThreadCPUTime).saturating_sub(BEGAN.get());
        if let Some(span) = context.span(id) {
            *SPENT.lock().unwrap_or_else(PoisonError::into_inner).entry(span.name()).or_default() += took;
        }
    }
}

/// Processor time since the process began by stage, the longest first, and what remains.
pub(crate) fn profile() -> Vec<(&'static str, Duration)> {
    let mut profile: Vec<_> = SPENT.lock().unwrap_or_else(PoisonError::into_inner).clone().into_iter().collect();
    profile.push(("ledger", threads_named("sqlx-sqlite")));
    let told: Duration = profile.iter().map(|(_, time)| *time).sum();
    profile.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    profile.push(("start, fetch, rest", now(ClockId::ProcessCPUTime).saturating_sub(told)));
    profile
}

fn now(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Processor time of the threads alive whose name starts so; zero where the system does not tell (Linux does).
fn threads_named(start: &str) -> Duration {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten().map(|thread| thread.path());
    let named = threads.filter(|path| std::fs::read_to_string(path.join("comm")).is_ok_and(|name| name.starts_with(start)));
    // The first number of `schedstat` is the time on a processor in nanoseconds.
    let nanos =
        named.filter_map(|path| std::fs::read_to_string(path.join("schedstat")).ok()?.split(' ').next()?.parse::<u64>().ok());
    Duration::from_nanos(nanos.sum())
}
