//! The order of visits.
