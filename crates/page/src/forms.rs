//! Forms, their fields and what each field is called.

use model::{Field, Form, Region};
use url::Url;

use crate::build::hash;
use crate::element::Element;
use crate::layer::collapse;
use crate::links::resolve;
use crate::tag::Tag;

/// Fields and buttons of one form beyond this are left out.
const MAX_FIELDS: usize = 300;

/// The forms of a page while it is read.
#[derive(Default)]
pub(crate) struct Forms {
    list: Vec<Draft>,
    max: usize,
    /// The form that controls belong to now.
    current: Option<usize>,
    /// How many elements with the role of a search are open.
    searching: u32,
    labels: Vec<Label>,
    open_label: Option<usize>,
    /// What the open button is called other than by its text.
    button_name: String,
    /// The last heading met and its region.
    heading: Option<(String, Region)>,
}

struct Draft {
    form: Form,
    id: u64,
    legend: String,
    fields: Vec<FieldDraft>,
}

struct FieldDraft {
    field: Field,
    id: u64,
    /// The label it stands in.
    label: Option<usize>,
    labelled_by: Vec<u64>,
    /// The other names it has, best first.
    names: [String; 3],
    /// A select whose value is only the first option's so far.
    undecided: bool,
}

struct Label {
    target: u64,
    text: String,
}

impl Forms {
    pub(crate) fn new(max: usize) -> Self {
        Self { max, ..Self::default() }
    }

    /// A form begins.
    pub(crate) fn open(&mut self, element: &Element<'_>, base: &Url, region: Region) {
        self.current = None;
        if self.list.len() >= self.max {
            return;
        }
        let action = element.word("action").and_then(|action| resolve(base, action)).unwrap_or_else(|| base.clone());
        let form = Form {
            action,
            post: element.is("method", "post"),
            name: text_of(element, "aria-label"),
            search: self.searching > 0 || element.is("role", "search"),
            fields: Vec::new(),
            buttons: Vec::new(),
            region,
        };
        self.current = Some(self.list.len());
        self.list.push(Draft { form, id: element.word("id").map_or(0, hash), legend: String::new(), fields: Vec::new() });
        if let Some(draft) = self.list.last_mut()
            && draft.form.name.is_empty()
            && let Some((heading, _)) = self.heading.as_ref().filter(|(_, place)| *place == region)
        {
            draft.form.name.clone_from(heading);
        }
    }

    /// The form ends. One that is empty by then was pushed aside by a table: the controls that follow are its own.
    pub(crate) fn close(&mut self) {
        let empty = self.current().is_some_and(|draft| draft.fields.is_empty() && draft.form.buttons.is_empty());
        if !empty {
            self.current = None;
        }
    }

    /// An element with the role of a search begins.
    pub(crate) fn search(&mut self) {
        self.searching += 1;
    }

    /// It ends.
    pub(crate) fn end_search(&mut self) {
        self.searching = self.searching.saturating_sub(1);
    }

    /// An input, select or textarea.
    pub(crate) fn field(&mut self, element: &Element<'_>) {
        let kind = match element.tag {
            Tag::Select => "select".to_owned(),
            Tag::TextArea => "textarea".to_owned(),
            _ => element.word("type").map_or_else(|| "text".to_owned(), str::to_ascii_lowercase),
        };
        if matches!(kind.as_str(), "submit" | "button" | "image" | "reset") {
            let name = ["value", "aria-label", "alt", "title"].map(|name| text_of(element, name));
            return self.push_button(name.into_iter().find(|name| !name.is_empty()).unwrap_or_default());
        }
        let label = self.open_label;
        let owner = element.word("form").map(hash);
        let Some(draft) = self.owner(owner) else { return };
        if draft.fields.len() >= MAX_FIELDS {
            return;
        }
        let required = element.attr("required").is_some() || element.is("aria-required", "true");
        let value = element.attr("value").unwrap_or_default().chars().take(500).collect();
        let name = element.attr("name").unwrap_or_default().to_owned();
        draft.fields.push(FieldDraft {
            undecided: kind == "select",
            field: Field { name, kind, label: String::new(), value, required },
            id: element.word("id").map_or(0, hash),
            label,
            labelled_by: element.attr("aria-labelledby").unwrap_or_default().split_ascii_whitespace().take(8).map(hash).collect(),
            names: ["aria-label", "placeholder", "title"].map(|name| text_of(element, name)),
        });
    }

    /// An option of the last select: the first counts, unless one is selected.
    pub(crate) fn option(&mut self, element: &Element<'_>) {
        let selected = element.attr("selected").is_some();
        let Some(field) = self.current().and_then(|draft| draft.fields.last_mut()).filter(|field| field.undecided) else {
            return;
        };
        if selected || field.field.value.is_empty() {
            field.field.value = element.attr("value").unwrap_or_default().chars().take(500).collect();
        }
        field.undecided &= !selected;
    }

    /// A label begins.
    pub(crate) fn label(&mut self, element: &Element<'_>) {
        if self.labels.len() < self.max * 20 {
            self.open_label = Some(self.labels.len());
            self.labels.push(Label { target: element.word("for").map_or(0, hash), text: String::new() });
        }
    }

    /// The label ends with this text.
    pub(crate) fn end_label(&mut self, text: String) {
        if let Some(label) = self.open_label.take() {
            self.labels[label].text = text;
        }
    }

    /// The legend of a group ends; the first is the form's.
    pub(crate) fn legend(&mut self, text: String) {
        if let Some(draft) = self.current()
            && draft.legend.is_empty()
        {
            draft.legend = text;
        }
    }

    /// A button begins.
    pub(crate) fn button(&mut self, element: &Element<'_>) {
        let names = ["aria-label", "title", "value"].map(|name| text_of(element, name));
        self.button_name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    }

    /// The button ends with this text.
    pub(crate) fn end_button(&mut self, text: String) {
        let name = std::mem::take(&mut self.button_name);
        self.push_button(if text.is_empty() { name } else { text });
    }

    /// A heading ends.
    pub(crate) fn heading(&mut self, text: String, region: Region) {
        self.heading = Some((text, region));
    }

    /// The forms; `named` gives the text of the element with an id of this hash.
    pub(crate) fn finish(self, named: impl Fn(u64) -> Option<String>) -> Vec<Form> {
        let labels = self.labels;
        let finish_field = |draft: FieldDraft| {
            let by_id = labels.iter().find(|label| draft.id != 0 && label.target == draft.id && !label.text.is_empty());
            let around = draft.label.map(|index| &labels[index]).filter(|label| !label.text.is_empty());
            let label = by_id.or(around).map(|label| label.text.clone());
            let referred = || {
                let texts: Vec<String> = draft.labelled_by.iter().filter_map(|id| named(*id)).collect();
                (!texts.is_empty()).then(|| texts.join(" "))
            };
            let other = || draft.names.iter().find(|name| !name.is_empty()).cloned();
            Field { label: label.or_else(referred).or_else(other).unwrap_or_default(), ..draft.field }
        };
        let finish_form = |mut draft: Draft| {
            draft.form.fields = draft.fields.into_iter().map(finish_field).collect();
            if !draft.legend.is_empty() {
                draft.form.name = draft.legend;
            }
            draft.form
        };
        self.list.into_iter().map(finish_form).collect()
    }

    fn current(&mut self) -> Option<&mut Draft> {
        self.list.get_mut(self.current?)
    }

    /// The form named by a control's `form` attribute, or the one it stands in.
    fn owner(&mut self, id: Option<u64>) -> Option<&mut Draft> {
        let index = match id {
            Some(id) => self.list.iter().position(|draft| draft.id == id)?,
            None => self.current?,
        };
        self.list.get_mut(index)
    }

    fn push_button(&mut self, name: String) {
        if let Some(draft) = self.current()
            && draft.form.buttons.len() < MAX_FIELDS
        {
            draft.form.buttons.push(name);
        }
    }
}

fn text_of(element: &Element<'_>, name: &str) -> String {
    element.attr(name).map(collapse).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::fixture::page;

    /// The labels of all fields.
    fn check(html: &str, labels: &[&str]) {
        let forms = page(html).forms;
        let found: Vec<&str> = forms.iter().flat_map(|form| &form.fields).map(|field| field.label.as_str()).collect();
        assert_eq!(found, labels, "{html}");
    }

    #[test]
    fn a_field_is_called_by_the_best_name_it_has() {
        check("<form><label for=a>Name</label><input id=a placeholder=x></form>", &["Name"]);
        check(
            "<form><label>Street <input></label><input aria-label=City><input placeholder=Zip><input title=Date><input></form>",
            &["Street", "City", "Zip", "Date", ""],
        );
        check("<p id=l>Reason</p><form><textarea aria-labelledby='l nowhere'></textarea></form>", &["Reason"]);
        check("<form hidden><label for=a>Hidden name</label><input id=a></form>", &["Hidden name"]);
    }

    #[test]
    fn a_form_tells_where_and_how_it_sends() {
        let page = page(
            "<h2>Report a fault</h2><form action=/send method=POST><input type=Email name=m required><input type=hidden name=t value=1>\
             <select name=s><option value=a>A<option value=b selected>B</select><input type=submit value=Send><button>Reset</button></form>",
        );
        let form = &page.forms[0];
        assert_eq!((form.action.path(), form.post, form.name.as_str()), ("/send", true, "Report a fault"));
        let fields: Vec<_> =
            form.fields.iter().map(|f| (f.name.as_str(), f.kind.as_str(), f.value.as_str(), f.required)).collect();
        assert_eq!(fields, [("m", "email", "", true), ("t", "hidden", "1", false), ("s", "select", "b", false)]);
        assert_eq!(form.buttons, ["Send", "Reset"]);
    }

    #[test]
    fn a_form_is_named_by_its_legend_or_the_heading_of_its_own_region() {
        assert_eq!(page("<form><fieldset><legend>Contact us</legend></fieldset></form>").forms[0].name, "Contact us");
        assert_eq!(page("<main><h1>News</h1></main><footer><form></form></footer>").forms[0].name, "");
    }

    #[test]
    fn a_search_is_told_by_its_landmark() {
        let search = |html: &str| page(html).forms[0].search;
        assert!(search("<form role=search></form>"));
        assert!(search("<div role=search><form></form></div>"));
        assert!(search("<search><form></form></search>"));
        assert!(!search("<search></search><div role=search></div><form></form>"));
    }

    #[test]
    fn a_form_pushed_aside_by_a_table_keeps_its_fields() {
        let page = page("<table><form action=/s><tr><td><input name=q><input type=submit value=Go></form></table>");
        assert_eq!((page.forms[0].fields.len(), page.forms[0].buttons.len()), (1, 1));
    }

    #[test]
    fn a_field_can_belong_to_a_form_elsewhere() {
        assert_eq!(page("<form id=f></form><p><input form=f name=q></p>").forms[0].fields[0].name, "q");
    }
}
