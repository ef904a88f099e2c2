//! URLs that lead nowhere.
