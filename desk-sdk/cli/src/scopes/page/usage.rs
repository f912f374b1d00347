//! What a program uses, and what its token lacks.

use std::collections::BTreeMap;

use desk_sdk::{ExcessScopes, MissingScopes, Operation, Scope, ScopeReport, ScopeSet, organization_discovery};

use crate::scopes::text::html as text;
use crate::scopes::words::all_of;

/// What a program uses, marked on the page.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// Where each operation is used, by its id, such as `src/main.rs:12:5`.
    places: BTreeMap<&'static str, Vec<String>>,
    missing: Vec<MissingScopes>,
    in_doubt: Vec<MissingScopes>,
    to_add: Vec<Scope>,
    excess: Option<ExcessScopes>,
    /// Whether it is good enough, in a sentence.
    conclusion: Option<String>,
    /// Errors, warnings, and what else is to be known.
    notes: [Vec<String>; 3],
}

/// The heads of these, and how they look.
const NOTES: [(&str, &str); 3] = [("Errors", " missing"), ("Warnings", " perhaps"), ("Notes", "")];

impl Usage {
    /// Operations with the places where they are used.
    pub fn new(places: BTreeMap<&'static str, Vec<String>>) -> Self {
        Self { places, ..Self::default() }
    }

    /// Compares what is used with what is granted. A scope that is there to find the organization is not too much.
    #[must_use]
    pub fn granted(self, granted: &ScopeSet) -> Self {
        let used: Vec<&'static Operation> = self.places.keys().filter_map(|id| desk_sdk::operation(id)).collect();
        let report = ScopeReport::new(&used, granted.clone());
        let excess = granted.excess(used.iter().copied().chain([organization_discovery()]));
        let compared = Self::compared(self.places, &report, &excess);
        Self { conclusion: self.conclusion, notes: self.notes, ..compared }
    }

    pub(in crate::scopes) fn compared(
        places: BTreeMap<&'static str, Vec<String>>,
        report: &ScopeReport,
        excess: &ExcessScopes,
    ) -> Self {
        let (missing, in_doubt) = (report.missing.clone(), report.in_doubt.clone());
        let (to_add, excess) = (report.to_add(), Some(excess.clone()));
        Self { places, missing, in_doubt, to_add, excess, ..Self::default() }
    }

    /// Says on top whether it is good enough.
    #[must_use]
    pub fn conclusion(self, conclusion: impl Into<String>) -> Self {
        Self { conclusion: Some(conclusion.into()), ..self }
    }

    /// Adds what is not good enough.
    #[must_use]
    pub fn error(self, note: impl Into<String>) -> Self {
        self.with(0, note.into())
    }

    /// Adds what somebody should look at, such as what could not be seen.
    #[must_use]
    pub fn warning(self, note: impl Into<String>) -> Self {
        self.with(1, note.into())
    }

    /// Adds what is good to know.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        self.with(2, note.into())
    }

    fn with(mut self, kind: usize, note: String) -> Self {
        self.notes[kind].push(note);
        self
    }

    pub(super) fn uses(&self, operation: &Operation) -> bool {
        self.places(operation).is_some()
    }

    pub(super) fn places(&self, operation: &Operation) -> Option<&[String]> {
        let ids = std::iter::once(&operation.id).chain(operation.aliases);
        ids.filter_map(|id| self.places.get(id)).map(Vec::as_slice).next()
    }

    pub(super) fn lacks(&self, operation: &Operation) -> bool {
        self.missing.iter().chain(&self.in_doubt).any(|missing| missing.operation.id == operation.id)
    }

    /// What a reviewer has to know first.
    pub(super) fn html(&self) -> String {
        let mut parts = vec!["<h2 id=\"found\">What it needs, and what it has</h2>\n".to_owned()];
        if let Some(conclusion) = &self.conclusion {
            parts.push(format!("<p><strong>{}</strong></p>\n", text(conclusion)));
        }
        for (head, class, lacking) in
            [("Missing", "missing", &self.missing), ("Missing, perhaps", "perhaps", &self.in_doubt)]
        {
            if lacking.is_empty() {
                continue;
            }
            let items: String = lacking.iter().map(item).collect();
            parts.push(format!("<div class=\"notice {class}\"><h3>{head}</h3>\n<ul>\n{items}</ul></div>\n"));
        }
        if !self.to_add.is_empty() {
            parts.push(format!("<p>To add: <code>{}</code></p>\n", text(&all_of(&self.to_add))));
        }
        // What is more than needed stands before the notes, and after what is graver.
        let excess = self.excess.as_ref().map(|excess| self.excess(excess)).unwrap_or_default();
        for ((head, class), notes) in NOTES.into_iter().zip(&self.notes) {
            if head == "Notes" {
                parts.push(excess.clone());
            }
            let items: String = notes.iter().map(|note| format!("<li>{}</li>\n", text(note))).collect();
            if !items.is_empty() {
                parts.push(format!("<div class=\"notice{class}\"><h3>{head}</h3>\n<ul>\n{items}</ul></div>\n"));
            }
        }
        if parts[1..].concat().is_empty() {
            return String::new();
        }
        format!("<section aria-labelledby=\"found\">\n{}</section>\n", parts.concat())
    }

    fn excess(&self, excess: &ExcessScopes) -> String {
        let unneeded = excess.unneeded.iter().map(|scope| format!("<li><code>{}</code></li>\n", text(scope)));
        let broader = excess.broader.iter().map(|(name, enough)| {
            let (name, enough) = (text(name), text(&all_of(enough)));
            format!("<li><code>{name}</code>, where <code>{enough}</code> would do</li>\n")
        });
        let items: String = unneeded.chain(broader).collect();
        let is_exact = self.missing.is_empty() && self.in_doubt.is_empty() && self.notes.iter().all(Vec::is_empty);
        match (items.is_empty(), is_exact) {
            (true, true) => "<p>Its scopes are exactly what it needs.</p>\n".to_owned(),
            (true, false) => String::new(),
            (false, _) => format!("<div class=\"notice\"><h3>More than needed</h3>\n<ul>\n{items}</ul></div>\n"),
        }
    }
}

fn item(missing: &MissingScopes) -> String {
    let sets: Vec<String> = missing.missing.iter().map(|set| all_of(set)).collect();
    let (id, sets) = (text(missing.operation.id), text(&sets.join(", or ")));
    format!("<li><b>{id}</b> needs <code>{sets}</code></li>\n")
}
