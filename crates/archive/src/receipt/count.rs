//! Counting and timing of requests. Dates come from a clock that may be set back; what contradicts itself is not
//! measured across.

use std::time::Duration;

use model::{Time, Traffic};

/// Answers that refuse us or ask to slow down.
const REFUSALS: [u16; 4] = [403, 429, 451, 503];

/// Visits are kept soon after they end, though not in strict order: an end that lies so much before that of the visit
/// kept before it was written by a clock that was set back.
const DISORDER: Duration = Duration::from_secs(60);

/// One exchange.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) sent: Time,
    pub(super) done: Time,
    pub(super) status: u16,
    pub(super) bytes: u64,
    pub(super) visit: u64,
    /// Which segment it stands in: order tells something only within one.
    pub(super) segment: usize,
}

/// Start and, where the clock tells it, end of a request.
type Span = (Time, Option<Time>);

/// The figures of exchanges in the order of the archive, and how often the clock was set back between them.
pub(super) fn traffic<'a>(asked: &[Asked], misses: impl Iterator<Item = &'a str>) -> (Traffic, usize) {
    let mut traffic = Traffic {
        requests: asked.len() as u64,
        bytes: asked.iter().map(|asked| asked.bytes).sum(),
        first: asked.iter().map(|asked| asked.sent).min(),
        last: asked.iter().map(|asked| asked.done.max(asked.sent)).max(),
        ..Traffic::default()
    };
    for asked in asked {
        *traffic.statuses.entry(asked.status).or_default() += 1;
        traffic.refusals += u64::from(REFUSALS.contains(&asked.status));
    }
    for reason in misses {
        *traffic.misses.entry(reason.to_owned()).or_default() += 1;
    }
    let stretches = stretches(asked);
    let jumps = stretches.len().saturating_sub(1);
    for mut stretch in stretches {
        stretch.sort_unstable();
        time(&stretch, &mut traffic);
    }
    (traffic, jumps)
}

/// Adds what a stretch without contradiction, by start, says.
fn time(stretch: &[Span], traffic: &mut Traffic) {
    let mut under_way: Vec<Time> = Vec::new();
    let mut ended: Option<Time> = None;
    for (place, (start, end)) in stretch.iter().enumerate() {
        if let Some((before, _)) = place.checked_sub(1).and_then(|before| stretch.get(before)) {
            least(&mut traffic.least_between_starts, between(*before, *start));
        }
        if let Some(ended) = ended {
            least(&mut traffic.least_pause, between(ended, *start));
        }
        ended = ended.max(*end);
        under_way.retain(|end| end > start);
        under_way.push(end.unwrap_or(*start));
        traffic.at_once = traffic.at_once.max(under_way.len() as u64);
    }
}

fn least(known: &mut Option<u64>, new: u64) {
    *known = Some(known.map_or(new, |known| known.min(new)));
}

/// Microseconds from one instant to another, zero if the other is earlier.
fn between(from: Time, to: Time) -> u64 {
    u64::try_from(to.micros() - from.micros()).unwrap_or(0)
}

/// Exchanges cut wherever the clock was set back, in order; at least one stretch if there is an exchange. (A cut behind
/// the last exchange leaves an empty stretch, so that there is always one cut less than there are stretches.)
fn stretches(asked: &[Asked]) -> Vec<Vec<Span>> {
    let mut stretches: Vec<Vec<Span>> = if asked.is_empty() { Vec::new() } else { vec![Vec::new()] };
    let mut cut = false;
    for (place, now) in asked.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| &asked[before]).filter(|before| before.segment == now.segment);
        // Within an exchange the cut is known already.
        let set_back = !cut && before.is_some_and(|before| earlier(before, &asked[place..]));
        if cut || set_back {
            stretches.push(Vec::new());
        }
        let whole = now.done >= now.sent;
        if let Some(last) = stretches.last_mut() {
            last.push((now.sent, whole.then_some(now.done)));
        }
        cut = !whole;
    }
    if cut {
        stretches.push(Vec::new());
    }
    stretches
}

/// Whether what follows says that it came before what stands before it.
fn earlier(before: &Asked, following: &[Asked]) -> bool {
    let Some(now) = following.first() else { return false };
    if before.visit == now.visit {
        // Exchanges of one visit are made one after the other.
        return now.sent < before.done;
    }
    let visit = following.iter().take_while(|asked| asked.visit == now.visit && asked.segment == now.segment);
    visit.last().is_some_and(|last| last.done.plus(DISORDER) < before.done)
}
