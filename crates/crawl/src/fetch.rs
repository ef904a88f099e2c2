//! Asks for a URL and brings back what came.
