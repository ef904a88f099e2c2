//! The migrations, compiled in. A published one is never edited: its checksum is in every ledger.

use std::borrow::Cow;

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Every migration, oldest first.
pub(crate) fn migrator() -> Migrator {
    let ledger = include_str!("../migrations/0001_ledger.sql");
    Migrator::with_migrations(vec![Migration::new(
        1,
        Cow::Borrowed("ledger"),
        MigrationType::Simple,
        ledger.into_sql_str(),
        false,
    )])
}
