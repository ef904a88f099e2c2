//! What a sitemap lists.
