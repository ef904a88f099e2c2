//! As many portals at once as there are countries, each at the real pace: how much longer than politeness asks for, and
//! how much memory.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use testkit::synthetic::{Shape, portals};

use crate::program::{Program, empty};
use crate::{archive, ledger};

/// Seconds between requests to one host: the shipped pace.
const DELAY: f64 = 2.0;
/// Times the bound that politeness sets.
const MOST_TIME: f64 = 1.15;
/// Bytes.
const MOST_MEMORY: u64 = 1 << 30;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes a quarter of an hour: cargo xtask simulate"]
async fn many_portals_take_as_long_as_politeness_asks_and_no_longer() {
    let number = |name: &str, usual: usize| std::env::var(name).map_or(usual, |text| text.parse().unwrap());
    let (count, pages) = (number("PORTOLAN_PORTALS", 193), number("PORTOLAN_PAGES", 400));
    let folder = empty("simulate");
    let served = testkit::serve_apart(portals(count, |portal| (shape(portal, pages), latency(portal)))).await;
    // Made-up pages say the same again and again; here they must count all the same.
    let endless = u32::MAX.to_string();
    let changes = [("dull", endless.clone()), ("per_shape", endless), ("pages", pages.to_string())];
    let program = Program::copied(&folder, &served, DELAY, &changes);
    std::fs::write(folder.join("portals.csv"), list(count)).unwrap();

    let (data, began) = (folder.join("data"), Instant::now());
    let used = watch(program.begin(&data)).await;
    let wall = began.elapsed();

    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    served.log.all().into_iter().for_each(|request| *asked.entry(request.host).or_default() += 1);
    let bounds = (1..=count).map(|portal| {
        let requests = asked.get(&host(portal)).copied().unwrap_or_default();
        (bound(requests, portal), requests, portal)
    });
    let (bound_by_requests, requests, slowest) = bounds.max().unwrap();
    let bound_by_pages = (1..=count).map(|portal| bound(pages, portal)).max().unwrap();
    let ledger = ledger::read(&data).await.unwrap();
    let held = archive::read(&data.join("archive"));
    let faults = held.faults(&data.join("archive"), &ledger.records);
    let (gap, whom) = held.smallest_gap().unwrap();
    let ratio = |bound: Duration| wall.as_secs_f64() / bound.as_secs_f64();

    println!("portals {count}, budget {pages} pages each, latency 50 to 400 ms, pages of 10 to 30 kB");
    println!("requests                   {} in all, {requests} to the busiest host ({})", served.log.count(), host(slowest));
    println!(
        "captures                   {} in all, {} of the least",
        ledger.captured.values().sum::<u32>(),
        ledger.captured.values().min().unwrap()
    );
    println!("wall clock                 {:.1} s", wall.as_secs_f64());
    println!("bound by requests          {:.1} s, {:.3} times", bound_by_requests.as_secs_f64(), ratio(bound_by_requests));
    println!("bound by pages alone       {:.1} s, {:.3} times", bound_by_pages.as_secs_f64(), ratio(bound_by_pages));
    println!("peak memory                {} MiB", used.peak >> 20);
    println!(
        "CPU                        {:.1} s, and {:.1} s ready to run without getting any",
        used.cpu.as_secs_f64(),
        used.waited.as_secs_f64()
    );
    println!("least gap in the archive   {:.6} s ({whom}); tolerance 0", gap.as_secs_f64());
    println!("archive                    {} segments, {} rows, {} faults", held.segments, ledger.records.len(), faults.len());

    assert!(used.success, "{}", program.told());
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!((ledger.finished, ledger.captured.len()), (count, count));
    assert!(ledger.captured.values().all(|captured| *captured as usize >= pages), "{:?}", ledger.captured);
    assert!(ratio(bound_by_requests) <= MOST_TIME);
    assert!(used.peak < MOST_MEMORY);
    assert!(gap >= Duration::from_secs_f64(DELAY));
}

/// Pages of 10 to 30 kB, with as many again as the budget, so that no portal runs dry.
fn shape(portal: usize, pages: usize) -> Shape {
    Shape { pages: 2 * pages, links: 20, bytes: 10_000 + portal * 7919 % 20_000 }
}

/// 50 to 400 ms.
fn latency(portal: usize) -> Duration {
    Duration::from_millis(50 + (portal as u64 * 37) % 351)
}

/// The time that the pace alone takes.
fn bound(requests: usize, portal: usize) -> Duration {
    Duration::from_secs_f64(requests as f64 * DELAY) + latency(portal)
}

fn host(portal: usize) -> String {
    format!("city-{portal:03}.example")
}

fn list(count: usize) -> String {
    let mut list = "id,city,country,home,hosts,languages,notes\n".to_owned();
    for portal in 1..=count {
        let _ = writeln!(list, "city-{portal:03},City {portal},GB,https://{}/,,en,made up", host(portal));
    }
    list
}

/// What a process used.
struct Used {
    success: bool,
    /// Largest resident set, in bytes.
    peak: u64,
    cpu: Duration,
    /// Time that its threads were ready to run and the machine was busy with others. Of threads that still live.
    waited: Duration,
}

/// Waits for a process and looks what the system counts of it. What it used within the last moments is not seen.
async fn watch(mut child: Child) -> Used {
    let mut used = Used { success: false, peak: 0, cpu: Duration::ZERO, waited: Duration::ZERO };
    let process = Path::new("/proc").join(child.id().to_string());
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return Used { success: status.success(), ..used };
        }
        let status = std::fs::read_to_string(process.join("status")).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        used.peak = peak.map_or(used.peak, |kibibytes| kibibytes << 10);
        let stat = std::fs::read_to_string(process.join("stat")).unwrap_or_default();
        let after_name: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        if let (Some(user), Some(system)) = (after_name.get(11), after_name.get(12)) {
            // In hundredths of a second on Linux.
            used.cpu = Duration::from_millis(10 * (user.parse::<u64>().unwrap() + system.parse::<u64>().unwrap()));
        }
        used.waited = used.waited.max(waited(&process));
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// The second number of `schedstat`, in nanoseconds, of all threads.
fn waited(process: &Path) -> Duration {
    let threads = std::fs::read_dir(process.join("task")).into_iter().flatten().flatten();
    let told = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("schedstat")).ok());
    let waits = told.filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    Duration::from_nanos(waits.sum())
}
