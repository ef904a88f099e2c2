//! How a survey behaves, handed in by value: the committed configuration is the default.

use crawl::FrontierSettings;

/// How a survey behaves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Portals walked at once.
    pub portals: usize,
    /// Visits of one portal under way at once.
    pub width: usize,
    /// Of these, to one host.
    pub per_host: usize,
    /// Budget, order, exploring share and caps of each portal's frontier. Its day and recorded hosts are set by the survey.
    pub frontier: FrontierSettings,
    /// Pages in a row without any signal after which a portal has nothing more to say.
    pub dull: u32,
    /// How segments are written.
    pub archive: archive::Settings,
    /// Limits of reading a page.
    pub page: page::Limits,
    /// Limits of content decoding.
    pub decode: crawl::decode::DecodeLimits,
    /// The program and arguments that turn a PDF into text; none leaves PDF files unread.
    pub pdf: Option<page::pdf::Extractor>,
}
