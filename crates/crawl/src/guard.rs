//! Which addresses may be asked at all.
