//! Sends a host elsewhere, as the operator said.
