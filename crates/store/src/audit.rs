//! The audit log: who did what, in order, each row bound to the one before; and what a POST was answered.

use model::{Digest, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::Row as _;

use crate::plain::Bind::{Bytes, Maybe, Number, Text};
use crate::plain::change_in;
use crate::row::digest;
use crate::{Error, Store};

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Act {
    /// When.
    pub at: Time,
    /// Pseudonym; empty for somebody unknown.
    pub person: String,
    /// What.
    pub action: String,
    /// With what.
    pub object: String,
    /// Before, after, why.
    pub detail: Value,
}

/// A row of the audit log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Audited {
    /// From 1, without gaps.
    pub no: i64,
    /// What somebody did.
    #[serde(flatten)]
    pub act: Act,
    /// Digest of the row before, in hexadecimal.
    pub previous: String,
    /// Digest of this row.
    pub digest: String,
}

impl Store {
    /// Adds to the audit log. `bind` makes the digest of a row from that of the row before.
    pub async fn audit(&self, act: &Act, bind: impl Fn(&Digest, &Act) -> Digest + Send) -> Result<(), Error> {
        let failed = self.failed("add to the audit log");
        let mut tx = self.begin().await.map_err(&failed)?;
        let last = sqlx::query("select no, digest from audit order by no desc limit 1").fetch_optional(&mut *tx).await;
        let (no, previous) = match last.map_err(&failed)? {
            Some(row) => (row.try_get::<i64, _>("no").map_err(&failed)? + 1, digest(&row, "digest").map_err(&failed)?),
            None => (1, Digest([0; 32])),
        };
        let own = bind(&previous, act);
        let insert =
            "insert into audit (no, at, person, action, object, detail, previous, digest) values (?, ?, ?, ?, ?, ?, ?, ?)";
        let (at, detail) = (act.at.to_string(), act.detail.to_string());
        let binds = [
            Number(no),
            Text(&at),
            Text(&act.person),
            Text(&act.action),
            Text(&act.object),
            Text(&detail),
            Bytes(&previous.0),
            Bytes(&own.0),
        ];
        change_in(&mut tx, insert, &binds).await.map_err(&failed)?;
        tx.commit().await.map_err(&failed)
    }

    /// Rows of the audit log below a number, the latest first, of one person or of all.
    pub async fn audited(&self, person: Option<&str>, below: i64, most: u32) -> Result<Vec<Audited>, Error> {
        let select = "select * from audit where (?1 is null or person = ?1) and no < ?2 order by no desc limit ?3";
        self.list("read the audit log", select, &[Maybe(person), Number(below), Number(most.into())]).await
    }

    /// Rows of the audit log above a number, the earliest first: for verification and export.
    pub async fn audited_after(&self, no: i64, most: u32) -> Result<Vec<Audited>, Error> {
        let select = "select * from audit where no > ? order by no limit ?";
        self.list("read the audit log", select, &[Number(no), Number(most.into())]).await
    }

    /// As [`Store::audited`], of one action.
    pub async fn audited_as(&self, person: Option<&str>, action: &str, below: i64, most: u32) -> Result<Vec<Audited>, Error> {
        let select =
            "select * from audit where (?1 is null or person = ?1) and action = ?2 and no < ?3 order by no desc limit ?4";
        let binds = [Maybe(person), Text(action), Number(below), Number(most.into())];
        self.list("read the audit log", select, &binds).await
    }

    /// What a POST of this key was answered, with the digest of what was sent then.
    pub async fn answered(&self, person: &str, key: &str) -> Result<Option<Answered>, Error> {
        let select = "select path, sent, answer from answered where person = ? and key = ?";
        self.first("look for an answer", select, &[Text(person), Text(key)]).await
    }

    /// Keeps what a POST was answered.
    pub async fn put_answered(
        &self,
        person: &str,
        key: &str,
        path: &str,
        sent: &Digest,
        answer: &str,
        at: Time,
    ) -> Result<(), Error> {
        let insert =
            "insert into answered (person, key, path, sent, answer, at) values (?, ?, ?, ?, ?, ?) on conflict do nothing";
        let binds = [Text(person), Text(key), Text(path), Bytes(&sent.0), Text(answer), Text(&at.to_string())];
        self.change("keep an answer", insert, &binds).await?;
        Ok(())
    }
}

/// What a POST was answered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Answered {
    /// Where it went.
    pub path: String,
    /// Digest of what was sent, in hexadecimal.
    pub sent: String,
    /// The answer.
    pub answer: String,
}
