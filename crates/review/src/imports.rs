//! Sheets that were sent and not taken in yet: kept in memory for a while, for whoever sent them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use model::Digest;
use report::import::Sheets;
use report::import::mapping::{Across, Mapping, Source};
use report::import::preview::{Held, Known};

use crate::own::Own;

/// Sheets kept at most, over all people; the oldest goes first.
const KEPT: usize = 16;

/// A sheet that somebody sent for a slot of theirs.
pub(crate) struct Sent {
    /// Names it.
    pub(crate) id: String,
    /// The slot that it is for.
    pub(crate) slot: String,
    /// What its sender calls the file.
    pub(crate) name: String,
    /// Digest of its bytes.
    pub(crate) digest: Digest,
    pub(crate) sheets: Sheets,
    /// What its columns are taken for, until somebody says otherwise.
    pub(crate) mapping: Mapping,
}

/// Sheets that wait to be taken in.
#[derive(Default)]
pub(crate) struct Waiting(Mutex<VecDeque<Arc<Sent>>>);

impl Waiting {
    pub(crate) fn put(&self, sent: Sent) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back(Arc::new(sent));
    }

    /// The sheet of that name, if it is for that slot.
    pub(crate) fn get(&self, id: &str, slot: &str) -> Option<Arc<Sent>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|sent| sent.id == id && sent.slot == slot).cloned()
    }

    pub(crate) fn drop(&self, id: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|sent| sent.id != id);
    }
}

/// The key of a row of a form.
pub(crate) fn key(own: &Own, code: &model::Code) -> String {
    format!("{}/{}/{code}/{:?}", own.slot.portal, own.slot.round, own.slot.slot)
}

/// What the ledger has of a slot, and nothing of any other.
pub(crate) fn known(own: &Own) -> Known {
    let mut known = Known::default();
    let name = own.city_name();
    known.city(&own.slot.portal, [name.as_str()]);
    for code in &own.codes {
        known.code(code.as_str());
        let base = own.decisions.get(code).map(|one| one.id.clone()).unwrap_or_default();
        known.held(&own.slot.portal, code.as_str(), Held { key: key(own, code), base });
    }
    known
}

/// What the columns of a sheet look like. A sheet that names no city is taken for the one of the slot.
pub(crate) fn guessed(own: &Own, sheets: &Sheets) -> Option<Mapping> {
    let known = known(own);
    let mut mapping = Mapping::guess(sheets, |head| known.is_code(head), |head| known.is_city(head))?;
    if mapping.city == Source::Nowhere && mapping.key == Source::Nowhere && mapping.across != Across::Cities {
        mapping.city = Source::Always(own.slot.portal.clone());
    }
    Some(mapping)
}

/// The headers of the row that a mapping takes for the header.
pub(crate) fn heads(sheets: &Sheets, mapping: &Mapping) -> Vec<String> {
    let sheet = sheets.sheets.iter().find(|sheet| sheet.name == mapping.sheet);
    let row = sheet.and_then(|sheet| sheet.rows.iter().find(|row| row.number == mapping.header));
    let heads = row.into_iter().flat_map(|row| &row.cells).map(|cell| cell.value.text().trim().to_owned());
    heads.filter(|head| !head.is_empty()).collect()
}
