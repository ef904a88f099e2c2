//! When a host may be asked again.
