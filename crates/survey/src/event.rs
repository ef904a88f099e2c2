//! What a survey tells while it runs, for whoever shows it.

use model::Miss;
use url::Url;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A portal's turn has come.
    Started {
        /// Key of the portal.
        portal: String,
        /// Pages it may use.
        pages: u32,
    },
    /// A visit brought a page.
    Page {
        /// Key of the portal.
        portal: String,
        /// The URL that answered.
        url: Url,
        /// Pages so far.
        pages: u32,
        /// Indicators with a strong page so far.
        proven: usize,
    },
    /// A visit brought nothing.
    Missed {
        /// Key of the portal.
        portal: String,
        /// The URL.
        url: Url,
        /// Why.
        miss: Miss,
        /// What exactly, in words.
        detail: String,
    },
    /// A portal is done.
    Ended {
        /// Key of the portal.
        portal: String,
        /// Pages that came.
        pages: u32,
        /// What failed, if anything did.
        failure: Option<String>,
    },
}
