//! What belongs to a portal.
