//! Undoes content codings under limits.
