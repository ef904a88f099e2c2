//! Everything that a campaign hands out, as plain rows: filled by whoever has the ledger and the scores, written by the formats.

use serde::{Deserialize, Serialize};

use crate::columns::table;
use crate::tidy::Answer;

/// A campaign or a release of it, as rows. Each export is made of one of these and of nothing else.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    /// What the book is about.
    pub campaign: Campaign,
    /// Cities in the order of their keys.
    pub cities: Vec<City>,
    /// Indicators in the order of the instrument.
    pub indicators: Vec<Indicator>,
    /// A score for each city and round.
    pub scores: Vec<Score>,
    /// Final answers with their evidence.
    pub finals: Vec<Final>,
    /// What A and B answered.
    pub pairs: Vec<Pair>,
    /// Where they differ, with rulings.
    pub discrepancies: Vec<Discrepancy>,
    /// How far assessors agree.
    pub agreement: Vec<Agreement>,
    /// How good the proposals were.
    pub machine: Vec<Quality>,
    /// Every answer from every source, one a row.
    pub answers: Vec<Answer>,
    /// What the book rests on.
    pub manifest: Vec<Proof>,
}

table! {
    /// The campaign that a file is about.
    Campaign("campaign") {
        key: String, Text, "Key of the campaign";
        name: String, Text, "Its name";
        edition: String, Text, "Edition of the instrument";
        instrument: String, Text, "Name of the instrument";
        release: Option<u32>, Whole, "Number of the release; empty if this is no release";
        status: String, Text, "released, or internal: not for publishing";
        made: String, Moment, "When the rows were taken from the ledger";
        made_by: String, Text, "Name and version of the program";
    }
}

table! {
    /// A city of the campaign in one round.
    City("cities") {
        key: String, Text, "Row key: portal/round";
        campaign: String, Text, "Key of the campaign";
        portal: String, Text, "Key of the portal";
        city: String, Text, "Name of the city";
        country: String, Text, "ISO 3166 code of the country";
        round: u32, Whole, "Round, from 1; a re-opened city has a further one";
        status: String, Text, "Where the city stands";
        home: String, Link, "Home address of the portal";
        signed_by: String, Text, "Pseudonym of who signed the city off";
        signed: String, Moment, "When it was signed off";
    }
}

table! {
    /// An indicator of the instrument.
    Indicator("indicators") {
        code: String, Text, "Code of the indicator";
        criterion: String, Text, "Its criterion";
        title: String, Text, "Its title";
        question: String, Text, "The question that assessors answer";
        scope: String, Text, "portal: on the portal or what it links to; any: any channel";
    }
}

table! {
    /// The score of a city in one round.
    Score("scores") {
        key: String, Text, "Row key: portal/round";
        campaign: String, Text, "Key of the campaign";
        portal: String, Text, "Key of the portal";
        city: String, Text, "Name of the city";
        round: u32, Whole, "Round, from 1";
        status: String, Text, "Where the city stands; only a released one is ranked";
        total: Option<u32>, Whole, "Indicators with yes";
        denominator: Option<u32>, Whole, "Indicators that the score is a share of";
        score: Option<f64>, Number, "total / denominator, from 0 to 1";
        band: String, Text, "Band of the edition";
        rank: Option<u32>, Whole, "Rank; equal scores have an equal rank";
        mark: String, Text, "Why the city is not ranked or not comparable";
    }
}

table! {
    /// A final answer with its best evidence.
    Final("evidence") {
        key: String, Text, "Row key: portal/round/code";
        campaign: String, Text, "Key of the campaign";
        portal: String, Text, "Key of the portal";
        city: String, Text, "Name of the city";
        round: u32, Whole, "Round, from 1";
        status: String, Text, "Where the city stands";
        code: String, Text, "Code of the indicator";
        criterion: String, Text, "Its criterion";
        title: String, Text, "Its title";
        answer: String, Answer, "yes or no";
        by: String, Text, "agreed: both slots said so; ruled: a reviewer did";
        url: String, Text, "Where the evidence was captured";
        quote: String, Text, "The words that were pointed at";
        captured: String, Moment, "When it was captured";
        digest: String, Text, "Digest of the captured bytes";
        record: String, Text, "WARC-Record-ID of the capture";
        trace: String, Link, "Where the chain from score to bytes is shown";
        rests_on: String, Text, "UUIDs of the decisions or of the ruling, separated by spaces";
        signed: String, Moment, "When the city was signed off";
    }
}

table! {
    /// What A and B answered to one indicator, side by side.
    Pair("a_and_b") {
        key: String, Text, "Row key: portal/round/code";
        base_a: String, Text, "Version of slot A's answer that this row was made of";
        base_b: String, Text, "Version of slot B's answer that this row was made of";
        campaign: String, Text, "Key of the campaign";
        portal: String, Text, "Key of the portal";
        city: String, Text, "Name of the city";
        round: u32, Whole, "Round, from 1";
        status: String, Text, "Where the city stands";
        code: String, Text, "Code of the indicator";
        criterion: String, Text, "Its criterion";
        title: String, Text, "Its title";
        same: bool, Flag, "1 if both answered the same";
        answer_a: String, Answer, "What slot A answered";
        answer_b: String, Answer, "What slot B answered";
        reason_a: String, Text, "Reason code of A";
        reason_b: String, Text, "Reason code of B";
        note_a: String, Text, "In A's words";
        note_b: String, Text, "In B's words";
        url_a: String, Text, "Where A points";
        url_b: String, Text, "Where B points";
        quote_a: String, Text, "The words that A points at";
        quote_b: String, Text, "The words that B points at";
        assessor_a: String, Text, "Pseudonym of A";
        assessor_b: String, Text, "Pseudonym of B";
        at_a: String, Moment, "When A decided";
        at_b: String, Moment, "When B decided";
    }
}

table! {
    /// An indicator on which the slots differ, with the ruling.
    Discrepancy("discrepancies") {
        key: String, Text, "Row key: portal/round/code";
        base: String, Text, "Version of the ruling that this row was made of";
        campaign: String, Text, "Key of the campaign";
        portal: String, Text, "Key of the portal";
        city: String, Text, "Name of the city";
        round: u32, Whole, "Round, from 1";
        status: String, Text, "open, or ruled";
        path: String, Text, "within or over the threshold of the campaign";
        code: String, Text, "Code of the indicator";
        criterion: String, Text, "Its criterion";
        title: String, Text, "Its title";
        answer_a: String, Answer, "What slot A answered";
        reason_a: String, Text, "Reason code of A";
        note_a: String, Text, "In A's words";
        answer_b: String, Answer, "What slot B answered";
        reason_b: String, Text, "Reason code of B";
        note_b: String, Text, "In B's words";
        ruling: String, Answer, "The ruling; empty while there is none";
        ruling_reason: String, Text, "Its reason code";
        ruling_note: String, Text, "In the reviewer's words";
        reviewer: String, Text, "Pseudonym of the reviewer";
        ruled: String, Moment, "When it was ruled";
    }
}

table! {
    /// How far assessors agree, over all or over a part: what each answered alone, before anybody ruled.
    Agreement("agreement") {
        key: String, Text, "Row key: what is counted over";
        campaign: String, Text, "Key of the campaign";
        round: Option<u32>, Whole, "Round; empty for all";
        status: String, Text, "released or internal";
        over: String, Text, "all, city, criterion, indicator, language, assist or pair";
        part: String, Text, "Which of these";
        pairs: u32, Whole, "Pairs of answers compared";
        same: u32, Whole, "Pairs of which both say the same";
        percent: Option<f64>, Number, "same / pairs, in percent";
        percent_low: Option<f64>, Number, "Lower end of its interval at 95 % (Wilson), in percent";
        percent_high: Option<f64>, Number, "Upper end of its interval, in percent";
        ac1: Option<f64>, Number, "Gwet's AC1";
        kappa: Option<f64>, Number, "Cohen's kappa; empty where it is undefined";
        alpha: Option<f64>, Number, "Krippendorff's alpha; empty where it is undefined";
        prevalence: Option<f64>, Number, "Answers of either assessor that are yes, of all, in percent";
        note: String, Text, "What to keep in mind, or why a number is missing";
    }
}

table! {
    /// How good the machine's proposals were against final answers, over all or over a part.
    Quality("machine_quality") {
        key: String, Text, "Row key: what is counted over";
        campaign: String, Text, "Key of the campaign";
        round: Option<u32>, Whole, "Round; empty for all";
        status: String, Text, "released or internal";
        over: String, Text, "all, criterion, indicator, language, assist or band (of confidence)";
        part: String, Text, "Which of these";
        answers: u32, Whole, "Final answers compared";
        hits: u32, Whole, "Proposed present, final yes";
        false_alarms: u32, Whole, "Proposed present, final no";
        misses: u32, Whole, "Proposed absent, final yes";
        rejections: u32, Whole, "Proposed absent, final no";
        undetermined: u32, Whole, "Proposed neither";
        precision: Option<f64>, Number, "hits / (hits + false alarms): precision of the verdict";
        precision_low: Option<f64>, Number, "Lower end of its interval at 95 % (Wilson)";
        precision_high: Option<f64>, Number, "Upper end of its interval";
        passages: Option<u32>, Whole, "Proposed passages that assessors saw";
        kept: Option<u32>, Whole, "Those that an assessor kept";
        evidence_precision: Option<f64>, Number, "kept / passages";
        replaced: Option<f64>, Number, "Right proposals of yes of which no passage was kept, of those that assessors saw";
        unaided: Option<u32>, Whole, "Yes that assessors found who were shown nothing of the machine";
        recall: Option<f64>, Number, "Those for which the machine had a passage too, of unaided; empty if nobody worked unaided";
        recall_low: Option<f64>, Number, "Lower end of its interval at 95 % (Wilson)";
        recall_high: Option<f64>, Number, "Upper end of its interval";
        note: String, Text, "What to keep in mind, or why a number is missing";
    }
}

table! {
    /// Something that the book rests on, with its digest where it has one.
    Proof("manifest") {
        key: String, Text, "What it is: release, checkpoint, rulebook, policy, file";
        campaign: String, Text, "Key of the campaign";
        round: Option<u32>, Whole, "Round; empty for all";
        status: String, Text, "released or internal";
        name: String, Text, "Its name";
        value: String, Text, "What it says";
        digest: String, Text, "Its digest";
    }
}

table! {
    /// An indicator that one slot of one city is asked.
    Asked("assessment") {
        key: String, Text, "Row key: portal/round/code/slot";
        base: String, Text, "Version of the answer that this row was made of; empty while there is none";
        campaign: String, Text, "Key of the campaign";
        portal: String, Text, "Key of the portal";
        city: String, Text, "Name of the city";
        round: u32, Whole, "Round, from 1";
        status: String, Text, "open or answered";
        slot: String, Text, "A, B or C";
        code: String, Text, "Code of the indicator";
        criterion: String, Text, "Its criterion";
        title: String, Text, "Its title";
        question: String, Text, "The question";
        answer: String, Answer, "yes, no, unclear or blocked";
        reason: String, Text, "Reason code of the campaign's list";
        note: String, Text, "In your own words";
        url: String, Text, "Address of the page that shows it";
        quote: String, Text, "Words on that page";
        trail: String, Text, "Where you looked, one address a line; a no needs one";
    }
}
