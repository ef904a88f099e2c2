//! Signing in: one-time links, sessions, tokens. Of secrets only digests are here.

use model::{Digest, Time};
use serde::{Deserialize, Serialize};

use crate::plain::Bind::{Bytes, Maybe, Text};
use crate::{Error, Store};

/// A one-time link.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Link {
    /// For whom; none for the first administrator.
    pub person: Option<String>,
    /// `setup` or `password`.
    pub purpose: String,
    /// Until when.
    pub expires: Time,
}

/// A session of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// To name it on a screen.
    pub id: String,
    /// Whose.
    pub person: String,
    /// Token of its forms.
    #[serde(skip_serializing)]
    pub form: String,
    /// What the browser called itself.
    pub agent: String,
    /// Since when.
    pub begun: Time,
    /// When it was last used.
    pub seen: Time,
}

/// A token for a program of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// To name it on a screen.
    pub id: String,
    /// Whose.
    pub person: String,
    /// What it is for, in their words.
    pub label: String,
    /// `read` or `write`.
    pub scope: String,
    /// Since when.
    pub begun: Time,
}

impl Store {
    /// Keeps a one-time link; those before for the same person and purpose no longer count.
    pub async fn put_link(&self, secret: &Digest, of: &Link, at: Time) -> Result<(), Error> {
        let at = at.to_string();
        let void = "update link set used = ?3 where person is ?1 and purpose = ?2 and used is null";
        self.change("void links", void, &[Maybe(of.person.as_deref()), Text(&of.purpose), Text(&at)]).await?;
        let insert = "insert into link (digest, person, purpose, expires) values (?, ?, ?, ?)";
        let expires = of.expires.to_string();
        let binds = [Bytes(&secret.0), Maybe(of.person.as_deref()), Text(&of.purpose), Text(&expires)];
        self.change("keep a link", insert, &binds).await?;
        Ok(())
    }

    /// The link of that secret, if it can still be used.
    pub async fn link(&self, secret: &Digest, at: Time) -> Result<Option<Link>, Error> {
        let select = "select person, purpose, expires from link where digest = ? and used is null and expires > ?";
        self.first("look for a link", select, &[Bytes(&secret.0), Text(&at.to_string())]).await
    }

    /// Uses a link up; false if somebody else did.
    pub async fn use_link(&self, secret: &Digest, at: Time) -> Result<bool, Error> {
        let update = "update link set used = ?2 where digest = ?1 and used is null and expires > ?2";
        Ok(self.change("use a link", update, &[Bytes(&secret.0), Text(&at.to_string())]).await? == 1)
    }

    /// Begins a session.
    pub async fn begin_session(&self, secret: &Digest, of: &Session) -> Result<(), Error> {
        let insert = "insert into session (digest, id, person, form, agent, begun, seen) values (?, ?, ?, ?, ?, ?, ?)";
        let (begun, seen) = (of.begun.to_string(), of.seen.to_string());
        let binds =
            [Bytes(&secret.0), Text(&of.id), Text(&of.person), Text(&of.form), Text(&of.agent), Text(&begun), Text(&seen)];
        self.change("begin a session", insert, &binds).await?;
        Ok(())
    }

    /// The session of that secret, if it has not been ended.
    pub async fn session(&self, secret: &Digest) -> Result<Option<Session>, Error> {
        let select = "select id, person, form, agent, begun, seen from session where digest = ? and ended is null";
        self.first("look for a session", select, &[Bytes(&secret.0)]).await
    }

    /// Notes that a session was used.
    pub async fn touch_session(&self, id: &str, at: Time) -> Result<(), Error> {
        self.change("touch a session", "update session set seen = ?2 where id = ?1", &[Text(id), Text(&at.to_string())]).await?;
        Ok(())
    }

    /// The sessions of a person that were not ended, the latest first.
    pub async fn sessions(&self, person: &str) -> Result<Vec<Session>, Error> {
        let select =
            "select id, person, form, agent, begun, seen from session where person = ? and ended is null order by seen desc";
        self.list("list sessions", select, &[Text(person)]).await
    }

    /// Ends a session of a person.
    pub async fn end_session(&self, person: &str, id: &str, at: Time) -> Result<bool, Error> {
        let update = "update session set ended = ?3 where person = ?1 and id = ?2 and ended is null";
        Ok(self.change("end a session", update, &[Text(person), Text(id), Text(&at.to_string())]).await? == 1)
    }

    /// Keeps a token.
    pub async fn put_token(&self, secret: &Digest, of: &Token) -> Result<(), Error> {
        let insert = "insert into token (digest, id, person, label, scope, begun) values (?, ?, ?, ?, ?, ?)";
        let begun = of.begun.to_string();
        let binds = [Bytes(&secret.0), Text(&of.id), Text(&of.person), Text(&of.label), Text(&of.scope), Text(&begun)];
        self.change("keep a token", insert, &binds).await?;
        Ok(())
    }

    /// The token of that secret, if it has not been ended.
    pub async fn token(&self, secret: &Digest) -> Result<Option<Token>, Error> {
        let select = "select id, person, label, scope, begun from token where digest = ? and ended is null";
        self.first("look for a token", select, &[Bytes(&secret.0)]).await
    }

    /// The tokens of a person that were not ended.
    pub async fn tokens(&self, person: &str) -> Result<Vec<Token>, Error> {
        let select = "select id, person, label, scope, begun from token where person = ? and ended is null order by begun";
        self.list("list tokens", select, &[Text(person)]).await
    }

    /// Ends a token of a person.
    pub async fn end_token(&self, person: &str, id: &str, at: Time) -> Result<bool, Error> {
        let update = "update token set ended = ?3 where person = ?1 and id = ?2 and ended is null";
        Ok(self.change("end a token", update, &[Text(person), Text(id), Text(&at.to_string())]).await? == 1)
    }
}
