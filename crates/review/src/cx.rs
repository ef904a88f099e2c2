//! One request: who asks, for what, in which language.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Duty, Time};
use serde_json::{Value, json};
use store::{Act, Assignment, Campaign, Person, Session};
use url::Url;

use crate::app::App;
use crate::city::City;
use crate::reply::Refusal;
use crate::upload::Upload;
use crate::words::{Fill, Words};

/// One request, admitted: whoever holds this may do what its route asks for.
#[derive(Clone)]
pub(crate) struct Cx {
    pub(crate) app: Arc<App>,
    /// Who asks.
    pub(crate) who: Option<Person>,
    /// By which session; none for programs.
    pub(crate) session: Option<Session>,
    pub(crate) words: &'static Words,
    /// Path as asked for, without `/api/v1`.
    pub(crate) path: String,
    /// Path of the page from which it was asked for; that of the request if the browser does not say.
    pub(crate) from: String,
    /// Parameters of the path.
    pub(crate) params: BTreeMap<String, String>,
    /// Fields of the query or of what was sent.
    pub(crate) fields: Vec<(String, String)>,
    /// Files that were sent.
    pub(crate) files: Arc<Vec<Upload>>,
    /// Names what was sent, so that the same once more does nothing.
    pub(crate) once: String,
    /// Whether the answer is JSON.
    pub(crate) json: bool,
    /// Where the request comes from.
    pub(crate) address: String,
    /// What the browser calls us.
    pub(crate) host: String,
    /// What the browser calls itself.
    pub(crate) agent: String,
    pub(crate) now: Time,
    /// The slot in the path.
    pub(crate) slot: Option<Assignment>,
    /// The campaign in the path.
    pub(crate) campaign: Option<Arc<Campaign>>,
    /// The city in the path.
    pub(crate) city: Option<City>,
    /// What was refused, while the page that it was sent from is shown once more.
    pub(crate) returned: Option<Arc<Returned>>,
}

/// What was sent and refused.
pub(crate) struct Returned {
    /// The path that it was sent to.
    pub(crate) to: String,
    pub(crate) fields: Vec<(String, String)>,
    /// Fields with what is wrong with each.
    pub(crate) wrong: Vec<(String, String)>,
}

impl Cx {
    /// Who asks. The route has seen to it that there is somebody.
    pub(crate) fn me(&self) -> &Person {
        self.who.as_ref().expect("the route needs a person")
    }

    pub(crate) fn has(&self, duties: &[Duty]) -> bool {
        self.who.as_ref().is_some_and(|who| who.duties.iter().any(|duty| duties.contains(duty)))
    }

    /// The slot in the path.
    pub(crate) fn slot(&self) -> &Assignment {
        self.slot.as_ref().expect("the route has a slot in its path")
    }

    /// The campaign in the path, or of its slot or city.
    pub(crate) fn campaign(&self) -> &Campaign {
        self.campaign.as_deref().expect("the route has a campaign in its path")
    }

    /// The city in the path, or of its slot.
    pub(crate) fn city(&self) -> &City {
        self.city.as_ref().expect("the route has a city in its path")
    }

    /// A parameter of the path.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }

    /// The first field of that name, without blanks around it; empty if there is none.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.trim())
    }

    /// Every field of that name that is not empty.
    pub(crate) fn fields<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(own, value)| own == name && !value.trim().is_empty()).map(|(_, value)| value.trim())
    }

    /// What was typed into a field of a form that was refused.
    pub(crate) fn typed(&self, name: &str) -> Option<&str> {
        let fields = self.returned.iter().flat_map(|back| &back.fields);
        fields.into_iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether that was chosen in a form that was refused.
    pub(crate) fn chose(&self, name: &str, value: &str) -> bool {
        self.returned.iter().flat_map(|back| &back.fields).any(|(own, chosen)| own == name && chosen == value)
    }

    /// What is wrong with a field of a form that was refused.
    pub(crate) fn fault(&self, name: &str) -> Option<&str> {
        let wrong = self.returned.iter().flat_map(|back| &back.wrong);
        wrong.into_iter().find(|(own, _)| own == name).map(|(_, what)| what.as_str())
    }

    /// How the application is reached from outside: as it was told, else as the browser says.
    pub(crate) fn home(&self) -> Option<Url> {
        self.app.origin.clone().or_else(|| Url::parse(&format!("http://{}/", self.host)).ok())
    }

    /// The text of that key.
    pub(crate) fn t(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// The text of that key, filled in.
    pub(crate) fn f(&self, key: &str, with: &[(&'static str, Fill<'_>)]) -> String {
        self.words.fill(key, with)
    }

    /// A field is wrong, for a reason whose text has that key.
    pub(crate) fn wrong(&self, field: &str, key: &str) -> Refusal {
        Refusal::field(field, self.t(key))
    }

    /// Notes in the audit log what was done.
    pub(crate) async fn audit(&self, action: &str, object: &str, detail: Value) -> Result<(), Refusal> {
        let person = self.who.as_ref().map_or(String::new(), |who| who.id.clone());
        let act = Act { at: self.now, person, action: action.to_owned(), object: object.to_owned(), detail };
        Ok(self.app.store.audit(&act, bind).await?)
    }
}

/// The digest of a row of the audit log: over its predecessor's and its own content as canonical JSON (RFC 8785).
pub(crate) fn bind(previous: &model::Digest, act: &Act) -> model::Digest {
    archive::digest(archive::canonical(&json!({ "previous": previous, "act": act })).as_bytes())
}
