//! The migrations, compiled in. A published one is never edited: its checksum is in every ledger.

use std::borrow::Cow;

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Every migration, oldest first.
pub(crate) fn migrator() -> Migrator {
    let scripts = [
        ("ledger", include_str!("../migrations/0001_ledger.sql")),
        ("proof", include_str!("../migrations/0002_proof.sql")),
        ("ingest", include_str!("../migrations/0003_ingest.sql")),
    ];
    let migration = |(version, (name, script)): (i64, (&'static str, &'static str))| {
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, script.into_sql_str(), false)
    };
    Migrator::with_migrations((1..).zip(scripts).map(migration).collect())
}
