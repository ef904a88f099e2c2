//! `fit`: factors of signals and cuts of bands, fitted to confirmed decisions.

use indicator::{Fitted, Rulebook};
use score::fit::{CHANCES, Fit, InBand, Measure, Sample, Weighing, fit};

use crate::args::FitArgs;
use crate::config::Config;
use crate::decisions::{self, Decision};
use crate::exit::{Exit, Fault};
use crate::say;

/// Signals told of those that changed most.
const TOLD: usize = 12;

/// Fits, writes the file, and reports.
pub(crate) fn run(config: &Config, args: &FitArgs) -> anyhow::Result<Exit> {
    let book = &config.book;
    let decisions = decisions::read(&args.decisions, book)?;
    let need = |decision: &Decision| book.need(&decision.code).expect("decisions are on codes of the instrument");
    let samples: Vec<Sample> = decisions.iter().map(|decision| sample(decision, need(decision))).collect();
    let now = weighing(&book.fitted);
    let found = fit(&samples, &now).map_err(|few| {
        let hint = "confirm more proposals, or write some from labelled answers with `portolan evaluate --decisions`";
        Fault::configuration(few.to_string(), hint)
    })?;
    let text = fitted(&found.weighing).to_toml(&comments(&decisions, book));
    std::fs::write(&args.out, text).map_err(|error| {
        Fault::usage(format!("`{}` cannot be written: {error}", args.out.display()), "name another file with --out")
    })?;
    report(&found, &now);
    say::note(format_args!(
        "written to {0}; it counts once it lies as instruments/{1}/fitted.toml in the folder given with --config",
        args.out.display(),
        book.instrument.edition
    ));
    Ok(Exit::Done)
}

/// What a decision says of each signal, in shares of what the rule needs.
fn sample(decision: &Decision, need: f32) -> Sample {
    let share = |(name, worth): &(String, f32)| (name.clone(), f64::from(*worth) / f64::from(need));
    Sample { shares: decision.signals.iter().map(share).collect(), accepted: decision.accepted }
}

fn weighing(fitted: &Fitted) -> Weighing {
    let hundredths = |value: f32| (f64::from(value) * 100.0).round() / 100.0;
    let factors = fitted.factors.iter().map(|(name, factor)| (name.clone(), hundredths(*factor))).collect();
    Weighing { factors, medium: hundredths(fitted.medium), high: hundredths(fitted.high) }
}

#[expect(clippy::cast_possible_truncation, reason = "hundredths between 0.1 and 10 are exact enough as single floats")]
fn fitted(weighing: &Weighing) -> Fitted {
    let factors = weighing.factors.iter().map(|(name, factor)| (name.clone(), *factor as f32)).collect();
    Fitted { factors, medium: weighing.medium as f32, high: weighing.high as f32 }
}

fn comments(decisions: &[Decision], book: &Rulebook) -> Vec<String> {
    let accepted = decisions.iter().filter(|decision| decision.accepted).count();
    let dates = || decisions.iter().map(|decision| decision.date);
    let span = match (dates().min(), dates().max()) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (first, _) => first.map(|day| day.to_string()).unwrap_or_default(),
    };
    vec![
        format!(
            "Fitted for {} by `portolan fit` to {} decisions of {span}: {accepted} accepted, {} rejected.",
            book.instrument.edition,
            decisions.len(),
            decisions.len() - accepted
        ),
        "Factors multiply what a signal is worth; bands begin at so many times the worth that a rule needs.".to_owned(),
    ]
}

fn report(found: &Fit, now: &Weighing) {
    if !found.telling {
        say::out("the worth of pages told nothing of what was accepted: nothing is changed");
    }
    let row =
        |name: &str, measure: &Measure| vec![name.to_owned(), format!("{:.4}", measure.brier), format!("{:.4}", measure.unseen)];
    let head = ["", "Brier score", "on decisions not fitted to"].map(str::to_owned).to_vec();
    say::table(&[head, row("before", &found.before), row("after", &found.after)]);
    if found.after.unseen > found.before.unseen {
        say::out("on decisions that it did not see the fit is no better than what is there: keep what is there");
    }
    say::out("");
    let mut rows = vec![["band", "begins at", "decisions", "predicted", "accepted"].map(str::to_owned).to_vec()];
    for (when, measure, cuts) in [("before", &found.before, now), ("after", &found.after, &found.weighing)] {
        let bands = [("high", Some(cuts.high)), ("medium", Some(cuts.medium)), ("low", None)];
        rows.extend(
            bands.into_iter().zip(measure.bands.iter().rev()).map(|((name, begins), band)| in_band(when, name, begins, band)),
        );
    }
    say::table(&rows);
    say::out(format_args!("bands begin where the chance is {} and {}", CHANCES.0, CHANCES.1));
    say::out("");
    changed(found, now);
}

fn in_band(when: &str, name: &str, begins: Option<f64>, band: &InBand) -> Vec<String> {
    let share = |share: f64| if band.count == 0 { "-".to_owned() } else { format!("{share:.3}") };
    let begins = begins.map_or_else(|| "-".to_owned(), |cut| format!("{cut:.2}"));
    vec![format!("{name} {when}"), begins, band.count.to_string(), share(band.predicted), share(band.accepted)]
}

/// What changed most, by ratio.
fn changed(found: &Fit, now: &Weighing) {
    let of = |weighing: &Weighing, name: &str| weighing.factors.get(name).copied().unwrap_or(1.0);
    let mut changes: Vec<(f64, &str, usize)> = found
        .fired
        .iter()
        .map(|(name, fired)| ((of(&found.weighing, name) / of(now, name)).ln().abs(), name.as_str(), *fired))
        .filter(|(change, ..)| *change > 0.0)
        .collect();
    changes.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let mut rows = vec![["signal", "factor before", "after", "decisions"].map(str::to_owned).to_vec()];
    rows.extend(changes.into_iter().take(TOLD).map(|(_, name, fired)| {
        let factor = |weighing| format!("{:.2}", of(weighing, name));
        vec![name.to_owned(), factor(now), factor(&found.weighing), fired.to_string()]
    }));
    say::table(&rows);
}
