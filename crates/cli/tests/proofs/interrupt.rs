//! A survey that a person interrupts stops cleanly, says how to go on, and goes on.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::crash::{concluded, undisturbed};
use crate::program::{Program, empty, end, interrupt};
use crate::{archive, city, ledger};

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_survey_says_how_to_resume_and_loses_nothing() {
    let folder = empty("peers/interrupt");
    let served = city::serve(20).await;
    let program = Program::copied(&folder, &served, 0.04, &[("dull", "1000".to_owned()), ("pages", "20".to_owned())]);
    std::fs::write(folder.join("portals.csv"), city::LIST).unwrap();
    let reference = undisturbed(&program, &folder.join("undisturbed")).await;
    let asked = city::asked(&served.log, 0);

    let (data, first) = (folder.join("interrupted"), served.log.count());
    let mut child = program.begin(&data);
    while served.log.count() < first + asked.len() / 2 {
        assert_eq!(child.try_wait().unwrap(), None, "{}", program.told());
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    interrupt(&child);
    assert_eq!(end(&mut child).await.code(), Some(5), "{}", program.told());
    assert!(program.told().contains("`portolan survey --resume` goes on"), "{}", program.told());
    let kept = ledger::read(&data).await.unwrap();
    let asked_so_far: BTreeSet<String> = city::asked(&served.log, first).into_iter().collect();
    assert!(asked_so_far.len() < asked.len());
    assert_eq!(asked_so_far.difference(&kept.committed).collect::<Vec<_>>(), Vec::<&String>::new(), "asked for and not kept");

    assert!(end(&mut program.resume(&data)).await.success(), "{}", program.told());
    let mut all = city::asked(&served.log, first);
    let mut expected = asked;
    all.sort();
    expected.sort();
    assert_eq!(all, expected, "both halves together ask what one survey asks");
    assert_eq!(concluded(&program, &data).await, reference);
    let held = archive::read(&data.join("archive"));
    assert_eq!((held.segments, held.torn), (2, 0));
    assert_eq!(held.faults(&data.join("archive"), &kept.records), Vec::<String>::new());
}
