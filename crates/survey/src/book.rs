//! The pace of hosts, written into the ledger before each request.

use crawl::pace::{BoxFuture, PaceBook, PaceError};
use model::HostPace;
use store::{Store, SurveyId};

/// The ledger as the book of paces of one survey.
pub(crate) struct LedgerBook {
    pub(crate) store: Store,
    pub(crate) survey: SurveyId,
}

impl PaceBook for LedgerBook {
    fn reserve(&self, paces: Vec<HostPace>) -> BoxFuture<'_, Result<(), PaceError>> {
        Box::pin(async move { self.store.reserve(self.survey, &paces).await.map_err(|error| PaceError(Box::new(error))) })
    }
}
