//! The screens, one file each: a view that is shown as a page or given as JSON, and what can be done from it.

use crate::route::Route;

pub(crate) mod appeals;
pub(crate) mod assignments;
pub(crate) mod audit;
pub(crate) mod campaigns;
pub(crate) mod cities;
pub(crate) mod city_page;
pub(crate) mod decide;
pub(crate) mod entry;
pub(crate) mod evidence;
pub(crate) mod help;
pub(crate) mod import;
pub(crate) mod inspect;
pub(crate) mod keys;
pub(crate) mod me;
pub(crate) mod messages;
pub(crate) mod people;
pub(crate) mod person;
pub(crate) mod rebuttals;
pub(crate) mod releases;
pub(crate) mod report;
pub(crate) mod rule;
pub(crate) mod rules;
pub(crate) mod sign_in;
pub(crate) mod sign_off;
pub(crate) mod slot;
pub(crate) mod stats;
pub(crate) mod surveys;
pub(crate) mod trace;
pub(crate) mod viewer;
pub(crate) mod watch;
pub(crate) mod work;

/// Routes of every screen.
pub(crate) const ALL: &[&[Route]] = &[
    sign_in::ROUTES,
    entry::ROUTES,
    me::ROUTES,
    help::ROUTES,
    people::ROUTES,
    person::ROUTES,
    campaigns::ROUTES,
    rules::ROUTES,
    assignments::ROUTES,
    surveys::ROUTES,
    work::ROUTES,
    slot::ROUTES,
    import::ROUTES,
    decide::ROUTES,
    evidence::ROUTES,
    viewer::ROUTES,
    rebuttals::ROUTES,
    cities::ROUTES,
    rule::ROUTES,
    inspect::ROUTES,
    sign_off::ROUTES,
    releases::ROUTES,
    report::ROUTES,
    city_page::ROUTES,
    messages::ROUTES,
    appeals::ROUTES,
    trace::ROUTES,
    watch::ROUTES,
    stats::ROUTES,
    audit::ROUTES,
];
