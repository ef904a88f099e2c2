//! People who review: who they are, what they may do, and which cities they have to do with.

use model::{Duty, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::plain::Bind::{Maybe, Number, Text};
use crate::plain::change_in;
use crate::{Error, Store};

/// A person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Pseudonym, which stands for them everywhere.
    pub id: String,
    /// Name; empty once erased.
    pub name: String,
    /// Hash of the password (PHC string); none until they chose one.
    #[serde(skip_serializing)]
    pub password: Option<String>,
    /// Language, text size, theme, shortcuts.
    pub preferences: Value,
    /// Since when.
    pub begun: Time,
    /// Since when no longer.
    pub ended: Option<Time>,
    /// What they may do now.
    pub duties: Vec<Duty>,
}

/// A city that a person has to do with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interest {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub person: String,
    /// Key of the portal.
    pub portal: String,
    /// In their words.
    pub note: String,
    /// Since when.
    pub declared: Time,
}

/// A person with what they may do; all of them without a pseudonym.
const SELECT: &str = "select p.*, (select json_group_array(d.duty) from duty d where d.person = p.id and d.revoked is null) as \
                      duties from person p where ?1 is null or p.id = ?1 order by p.id";

impl Store {
    /// Takes a person in. Fails if the pseudonym is taken.
    pub async fn put_person(&self, id: &str, name: &str, at: Time) -> Result<bool, Error> {
        let insert = "insert into person (id, name, preferences, begun) values (?, ?, '{}', ?) on conflict do nothing";
        Ok(self.change("take a person in", insert, &[Text(id), Text(name), Text(&at.to_string())]).await? == 1)
    }

    /// Takes people in with their duties: pseudonym, name, duties. All of them or, if a pseudonym is taken, nobody; that one is
    /// returned.
    pub async fn invite(&self, people: &[(String, String, Vec<Duty>)], by: &str, at: Time) -> Result<Option<String>, Error> {
        let failed = self.failed("take people in");
        let mut tx = self.begin().await.map_err(&failed)?;
        let at = at.to_string();
        for (id, name, duties) in people {
            let insert = "insert into person (id, name, preferences, begun) values (?, ?, '{}', ?) on conflict do nothing";
            if change_in(&mut tx, insert, &[Text(id), Text(name), Text(&at)]).await.map_err(&failed)? == 0 {
                return Ok(Some(id.clone()));
            }
            for duty in duties {
                let give = "insert into duty (person, duty, given, \"by\") values (?, ?, ?, ?) on conflict do nothing";
                change_in(&mut tx, give, &[Text(id), Text(duty.as_str()), Text(&at), Text(by)]).await.map_err(&failed)?;
            }
        }
        tx.commit().await.map_err(&failed)?;
        Ok(None)
    }

    /// The person of that pseudonym.
    pub async fn person(&self, id: &str) -> Result<Option<Person>, Error> {
        self.first("read a person", SELECT, &[Text(id)]).await
    }

    /// Everybody, by pseudonym.
    pub async fn people(&self) -> Result<Vec<Person>, Error> {
        self.list("list people", SELECT, &[Maybe(None)]).await
    }

    /// Changes the name of a person; an empty one erases it.
    pub async fn rename_person(&self, id: &str, name: &str) -> Result<u64, Error> {
        self.change("rename a person", "update person set name = ?2 where id = ?1", &[Text(id), Text(name)]).await
    }

    /// Changes the preferences of a person.
    pub async fn set_preferences(&self, id: &str, preferences: &Value) -> Result<u64, Error> {
        let update = "update person set preferences = ?2 where id = ?1";
        self.change("keep preferences", update, &[Text(id), Text(&preferences.to_string())]).await
    }

    /// Gives a person a password, and ends all sessions but one.
    pub async fn set_password(&self, id: &str, hash: &str, but: Option<&str>, at: Time) -> Result<(), Error> {
        let failed = self.failed("keep a password");
        let mut tx = self.begin().await.map_err(&failed)?;
        let binds = [Text(id), Text(hash)];
        change_in(&mut tx, "update person set password = ?2 where id = ?1", &binds).await.map_err(&failed)?;
        let at = at.to_string();
        let end = "update session set ended = ?2 where person = ?1 and ended is null and id is not ?3";
        change_in(&mut tx, end, &[Text(id), Text(&at), Maybe(but)]).await.map_err(&failed)?;
        tx.commit().await.map_err(&failed)
    }

    /// Lets a person go, or takes them back: who is gone has no session and no token any more.
    pub async fn set_ended(&self, id: &str, ended: bool, at: Time) -> Result<(), Error> {
        let failed = self.failed("let a person go");
        let mut tx = self.begin().await.map_err(&failed)?;
        let at = at.to_string();
        let gone = ended.then_some(at.as_str());
        change_in(&mut tx, "update person set ended = ?2 where id = ?1", &[Text(id), Maybe(gone)]).await.map_err(&failed)?;
        if ended {
            for end in [
                "update session set ended = ?2 where person = ?1 and ended is null",
                "update token set ended = ?2 where person = ?1 and ended is null",
            ] {
                change_in(&mut tx, end, &[Text(id), Text(&at)]).await.map_err(&failed)?;
            }
        }
        tx.commit().await.map_err(&failed)
    }

    /// Makes the duties of a person these; returns whether that changes anything. Sessions end with any change.
    pub async fn set_duties(&self, id: &str, duties: &[Duty], by: &str, at: Time) -> Result<bool, Error> {
        let failed = self.failed("change duties");
        let mut tx = self.begin().await.map_err(&failed)?;
        let at = at.to_string();
        let mut changed = 0;
        for duty in Duty::ALL {
            let binds = [Text(id), Text(duty.as_str()), Text(&at), Text(by)];
            let statement = if duties.contains(&duty) {
                "insert into duty (person, duty, given, \"by\") values (?1, ?2, ?3, ?4) on conflict do nothing"
            } else {
                "update duty set revoked = ?3 where person = ?1 and duty = ?2 and revoked is null and ?4 is not null"
            };
            changed += change_in(&mut tx, statement, &binds).await.map_err(&failed)?;
        }
        if changed > 0 {
            let end = "update session set ended = ?2 where person = ?1 and ended is null";
            change_in(&mut tx, end, &[Text(id), Text(&at)]).await.map_err(&failed)?;
        }
        tx.commit().await.map_err(&failed)?;
        Ok(changed > 0)
    }

    /// What people declared to have to do with, of one person or of all.
    pub async fn interests(&self, person: Option<&str>) -> Result<Vec<Interest>, Error> {
        let select = "select id, person, portal, note, declared from interest where withdrawn is null and (?1 is null or person = ?1) order by id";
        self.list("list interests", select, &[Maybe(person)]).await
    }

    /// Keeps that a person has to do with a city.
    pub async fn declare(&self, person: &str, portal: &str, note: &str, at: Time) -> Result<u64, Error> {
        let insert = "insert into interest (person, portal, note, declared) values (?, ?, ?, ?)";
        self.change("keep an interest", insert, &[Text(person), Text(portal), Text(note), Text(&at.to_string())]).await
    }

    /// Notes that it is over.
    pub async fn withdraw(&self, person: &str, id: i64, at: Time) -> Result<u64, Error> {
        let update = "update interest set withdrawn = ?3 where person = ?1 and id = ?2 and withdrawn is null";
        let binds = [Text(person), Number(id), Text(&at.to_string())];
        self.change("withdraw an interest", update, &binds).await
    }
}
