//! Opening, sharing and losing a ledger.

#![expect(clippy::unwrap_used, reason = "helpers of tests, which may")]

use std::path::{Path, PathBuf};

use model::{Digest, Time};
use serde_json::json;
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use store::{Error, NewSurvey, Store, SurveyId};

fn file(dir: &Path) -> PathBuf {
    dir.join("ledger.db")
}

async fn open(dir: &Path) -> Result<Store, Error> {
    Store::open(&format!("sqlite:{}", file(dir).display())).await
}

async fn create(dir: &Path) -> Store {
    Store::open_or_create(&format!("sqlite://{}", file(dir).display())).await.unwrap()
}

/// A connection of somebody else.
async fn stranger(dir: &Path) -> SqliteConnection {
    SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(file(dir))).await.unwrap()
}

async fn begin(store: &Store) -> SurveyId {
    let new = NewSurvey {
        campaign: "c".to_owned(),
        started: Time::from_micros(0).unwrap(),
        tool: "t".to_owned(),
        rulebook: Digest([0; 32]),
        settings: json!({}),
        seed: 1,
    };
    store.begin_survey(&new).await.unwrap()
}

#[tokio::test]
async fn an_address_that_is_none_and_a_file_that_is_not_there_are_named() {
    for address in ["ledger.db", "postgres://localhost/x", "sqlite:", "sqlite::memory:"] {
        let said = Store::open(address).await.unwrap_err().to_string();
        assert!(said.starts_with(&format!("`{address}` is not a ledger")), "{said}");
    }
    let dir = tempfile::tempdir().unwrap();
    let said = open(dir.path()).await.unwrap_err().to_string();
    assert_eq!(said, format!("there is no ledger `{}`: a survey creates it", file(dir.path()).display()));
    assert!(!file(dir.path()).exists());
}

#[tokio::test]
async fn a_directory_on_the_way_is_created() {
    let dir = tempfile::tempdir().unwrap();
    let deep = dir.path().join("a b/ü?#");
    begin(&create(&deep).await).await;
    assert_eq!(open(&deep).await.unwrap().surveys().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_alone_and_said_to_be_damaged() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(file(dir.path()), "x".repeat(5000)).unwrap();
    let error = open(dir.path()).await.unwrap_err();
    assert!(matches!(error, Error::Corrupt { .. }), "{error:?}");
    assert!(error.to_string().contains("keep it, put back a copy or survey into a new one"), "{error}");
    assert_eq!(std::fs::read(file(dir.path())).unwrap().len(), 5000);
}

#[tokio::test]
async fn a_damaged_page_is_reported_when_it_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let store = create(dir.path()).await;
    for _ in 0..500 {
        begin(&store).await;
    }
    store.close().await;
    let mut bytes = std::fs::read(file(dir.path())).unwrap();
    let end = bytes.len();
    bytes[8192..end].fill(0xee);
    std::fs::write(file(dir.path()), bytes).unwrap();
    let failed = match open(dir.path()).await {
        Ok(store) => store.surveys().await.unwrap_err(),
        Err(error) => error,
    };
    assert!(matches!(failed, Error::Corrupt { .. }), "{failed:?}");
}

#[tokio::test]
async fn a_ledger_of_a_newer_version_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path()).await.close().await;
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (999, 'later', 1, x'00', 0)";
    sqlx::query(newer).execute(&mut stranger(dir.path()).await).await.unwrap();
    let error = open(dir.path()).await.unwrap_err();
    assert!(matches!(error, Error::Foreign { .. }), "{error:?}");
}

#[tokio::test]
async fn only_one_process_surveys_into_a_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (create(dir.path()).await, create(dir.path()).await);
    let lease = one.lease().unwrap();
    let said = two.lease().unwrap_err().to_string();
    let expect = format!(
        "the ledger `{}` is in use by another survey (process {}): wait for it or stop it",
        file(dir.path()).display(),
        std::process::id()
    );
    assert_eq!(said, expect);
    assert_eq!(two.surveys().await.unwrap(), [], "reading needs no lease");
    drop(lease);
    two.lease().unwrap();
}

#[tokio::test]
async fn a_transaction_that_was_never_committed_leaves_no_trace() {
    let dir = tempfile::tempdir().unwrap();
    let store = create(dir.path()).await;
    begin(&store).await;
    let mut killed = stranger(dir.path()).await;
    sqlx::raw_sql("begin immediate; update survey set campaign = 'lost'; insert into survey select 9, campaign, started, finished, tool, rulebook, settings, seed from survey")
        .execute(&mut killed)
        .await
        .unwrap();
    drop(killed);
    drop(store);
    let store = open(dir.path()).await.unwrap();
    let surveys = store.surveys().await.unwrap();
    assert_eq!(surveys.len(), 1);
    assert_eq!(surveys[0].begun.campaign, "c");
    begin(&store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_are_not_held_up_by_a_writer_and_see_only_what_is_committed() {
    let dir = tempfile::tempdir().unwrap();
    let store = create(dir.path()).await;
    begin(&store).await;
    let mut writer = stranger(dir.path()).await;
    sqlx::raw_sql("begin immediate; update survey set campaign = 'soon'").execute(&mut writer).await.unwrap();
    let readers: Vec<_> = (0..16)
        .map(|_| {
            tokio::spawn({
                let store = store.clone();
                async move { store.surveys().await.unwrap() }
            })
        })
        .collect();
    for reader in readers {
        assert_eq!(reader.await.unwrap()[0].begun.campaign, "c");
    }
    sqlx::raw_sql("commit").execute(&mut writer).await.unwrap();
    assert_eq!(store.surveys().await.unwrap()[0].begun.campaign, "soon");
}

#[tokio::test]
async fn what_was_concluded_cannot_be_edited() {
    let dir = tempfile::tempdir().unwrap();
    let store = create(dir.path()).await;
    let survey = begin(&store).await;
    let mut someone = stranger(dir.path()).await;
    let seed = format!(
        "insert into run values (1, {}, 'p', '{{}}', '{{}}', 'running', null, 0, null); \
         insert into judging values (1, 1, zeroblob(32), 0, 't', 0, '{{}}'); \
         insert into finding values (1, 1, '234', 'absent', null, 'low', ''); \
         insert into evidence values (1, 1, 1, null, 'u', '', '', '', null, null, 'title', 1.0, '[]', null); \
         insert into record values (1, 'r', 'response', 's', 0, 1, zeroblob(32)); \
         insert into capture values (1, 1, 'k', 'u', 200, '', 0, 0, 0, null, null, null, 1, null)",
        survey.0
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(seed)).execute(&mut someone).await.unwrap();
    for table in ["capture", "judging", "finding", "evidence"] {
        for change in [format!("delete from {table}"), format!("update {table} set rowid = rowid")] {
            let change = if table == "evidence" { change.replace("rowid", "rank") } else { change };
            let said = sqlx::raw_sql(sqlx::AssertSqlSafe(change)).execute(&mut someone).await.unwrap_err().to_string();
            assert!(said.contains("insert-only"), "{table}: {said}");
        }
    }
}
