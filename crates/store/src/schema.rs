//! The migrations, compiled in. A published one is never edited: its checksum is in every ledger.

use std::borrow::Cow;

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Every migration, oldest first.
pub(crate) fn migrator() -> Migrator {
    let scripts = [
        (1, "ledger", include_str!("../migrations/0001_ledger.sql")),
        (2, "proof", include_str!("../migrations/0002_proof.sql")),
        (3, "ingest", include_str!("../migrations/0003_ingest.sql")),
        (4, "payload", include_str!("../migrations/0004_payload.sql")),
        (5, "review", include_str!("../migrations/0005_review.sql")),
        (6, "message", include_str!("../migrations/0006_message.sql")),
    ];
    let migration = |(version, name, script): (i64, &'static str, &'static str)| {
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, script.into_sql_str(), false)
    };
    Migrator::with_migrations(scripts.into_iter().map(migration).collect())
}
