//! What people decided is refused to be changed or taken away by the database itself, whoever asks.

use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};
use store::Store;

/// Tables that only grow.
const GROWING: [&str; 21] = [
    "adjudication",
    "added",
    "assignment",
    "audit",
    "capture",
    "comparison",
    "decision",
    "evidence",
    "finding",
    "ingest",
    "inspection",
    "judging",
    "manual_capture",
    "message",
    "policy",
    "rebuttal",
    "release",
    "reopening",
    "sign_off",
    "slot_seal",
    "text_layer",
];

#[tokio::test]
async fn rows_that_only_grow_can_be_neither_changed_nor_taken_away() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.sqlite");
    let store = Store::open_or_create(&format!("sqlite:{}", path.display())).await.unwrap();
    store.close().await;
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    // What a row refers to is not what is tested here.
    sqlx::query("pragma foreign_keys = off").execute(&mut connection).await.unwrap();
    sqlx::query("pragma ignore_check_constraints = on").execute(&mut connection).await.unwrap();
    for table in GROWING {
        let columns = sqlx::query(AssertSqlSafe(format!("select name, type from pragma_table_info('{table}')")));
        let columns = columns.fetch_all(&mut connection).await.unwrap();
        let column = |at: usize| -> String { columns[at].get("name") };
        let values: Vec<&str> = columns
            .iter()
            .map(|column| match column.get("type") {
                "BLOB" | "blob" => "zeroblob(32)",
                "INTEGER" | "integer" | "REAL" | "real" => "1",
                _ => "'{}'",
            })
            .collect();
        let insert = format!("insert into \"{table}\" values ({})", values.join(", "));
        sqlx::query(AssertSqlSafe(insert)).execute(&mut connection).await.unwrap_or_else(|error| panic!("{table}: {error}"));
        let last = column(columns.len() - 1);
        for statement in [format!("update \"{table}\" set \"{last}\" = \"{last}\""), format!("delete from \"{table}\"")] {
            let refused = sqlx::query(AssertSqlSafe(statement.clone())).execute(&mut connection).await.unwrap_err();
            assert!(refused.to_string().contains("insert-only"), "{statement}: {refused}");
        }
        let count = sqlx::query(AssertSqlSafe(format!("select count(*) as n from \"{table}\"")));
        assert_eq!(count.fetch_one(&mut connection).await.unwrap().get::<i64, _>("n"), 1, "{table}");
    }
}
