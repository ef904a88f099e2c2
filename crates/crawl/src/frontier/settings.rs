//! What a run may use, and in which order it looks.

use std::time::Duration;

use model::Date;

/// How the frontier of one run behaves.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontierSettings {
    /// Which URL comes first.
    pub order: Order,
    /// What the run may use.
    pub budget: Budget,
    /// Share of visits chosen by chance among all that wait, 0 to 1.
    pub explore_share: f32,
    /// Seed of every choice by chance.
    pub seed: u64,
    /// Pages of one shape, after which it must keep bringing signals; a third of it in a row without one close it before.
    pub per_shape: u32,
    /// Pages of one outside host, at least 1.
    pub service_pages: u32,
    /// Hops on an outside host beyond the page that the city links to.
    pub service_hops: u16,
    /// Clicks from the home page.
    pub max_depth: u16,
    /// URLs known at a time; further ones without promise are refused, and all beyond twice as many.
    pub max_waiting: usize,
    /// Queries to the portal's own search form.
    pub searches: u32,
    /// The day of the run: what dates in URLs are measured against.
    pub day: Date,
    /// Hosts, with all below them, that are never visited although links to them matter.
    pub recorded_hosts: Vec<String>,
}

/// Which URL comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// What promises most of what is still unproven.
    BestFirst,
    /// What was found first, for comparison.
    BreadthFirst,
}

/// What a run may use of a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Pages that come. Misses, sitemaps and the probe are none, but see [`Budget::attempts`].
    pub pages: u32,
    /// Bytes on the wire; what is under way when it is reached still counts.
    pub bytes: u64,
    /// Wall clock.
    pub time: Duration,
}

impl Budget {
    /// Visits of any kind: twice as many as pages, so that a site of misses ends too.
    pub fn attempts(&self) -> u32 {
        self.pages.saturating_mul(2)
    }

    /// Pages kept for site search and what it finds, until the first query or [`open_reserve`](crate::Frontier::open_reserve).
    pub fn reserve(&self) -> u32 {
        (self.pages / 10).min(20)
    }

    /// Sitemap files, those at usual places included.
    pub fn sitemaps(&self) -> u32 {
        (self.pages / 10).clamp(5, 20)
    }
}
