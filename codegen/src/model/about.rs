//! What records and their fields mean, as written down by people.

use std::collections::BTreeMap;

use super::Record;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::load::Loaded;
use crate::near;

/// Sentences for records and fields.
#[derive(Debug, Default)]
pub struct Meanings {
    records: BTreeMap<String, String>,
    /// By record and wire name.
    fields: BTreeMap<(String, String), String>,
    /// By wire name, in any record.
    anywhere: BTreeMap<String, String>,
}

impl Meanings {
    /// What a record is, in a sentence.
    pub fn record(&self, name: &str) -> Option<&str> {
        self.records.get(name).map(String::as_str)
    }

    /// What a field means: in this record, or in any record.
    pub fn field(&self, record: &str, wire: &str) -> Option<&str> {
        let own = self.fields.get(&(record.to_owned(), wire.to_owned()));
        own.or_else(|| self.anywhere.get(wire)).map(String::as_str)
    }
}

/// Matches the written sentences to the existing records; those that match nothing go to `diagnostics`.
pub(super) fn find(loaded: &Loaded, records: &[Record], diagnostics: &mut Diagnostics) -> Meanings {
    let mut finder = Finder { records, meanings: Meanings::default(), diagnostics };
    for (about, location) in &loaded.about {
        finder.entry(about.record.as_deref(), about.text.as_deref(), location);
        for (wire, text) in &about.fields {
            finder.field(about.record.as_deref(), wire, text, &location.join("fields").join(wire));
        }
        if about.text.is_none() && about.fields.is_empty() {
            finder.fail(location.clone(), "it says nothing", "give `text`, `fields` or both");
        }
    }
    finder.meanings
}

struct Finder<'a> {
    records: &'a [Record],
    meanings: Meanings,
    diagnostics: &'a mut Diagnostics,
}

impl Finder<'_> {
    fn fail(&mut self, location: Location, problem: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(location, problem, help));
    }

    fn entry(&mut self, record: Option<&str>, text: Option<&str>, location: &Location) {
        if let Some(name) = record
            && self.records.iter().all(|known| known.name != name)
        {
            let help = match near(name, self.records.iter().map(|record| record.name.as_str())) {
                Some(known) => format!("did you mean {known}?"),
                None => "name a type of desk_sdk::types, by its Rust name".to_owned(),
            };
            self.fail(location.join("record"), format!("there is no record {name}"), help);
        }
        let Some(text) = text else { return };
        let location = location.join("text");
        self.text(text, &location);
        match record {
            None => self.fail(location, "no record has this text", "name the `record`, or give `fields` alone"),
            Some(name) => {
                if self.meanings.records.insert(name.to_owned(), text.to_owned()).is_some() {
                    self.fail(location, format!("{name} has a text already"), "keep one of them");
                }
            }
        }
    }

    fn field(&mut self, record: Option<&str>, wire: &str, text: &str, location: &Location) {
        self.text(text, location);
        let of_record = |known: &&Record| record.is_none_or(|name| known.name == name);
        let candidates: Vec<&Record> = self.records.iter().filter(of_record).collect();
        let mut fields = candidates.iter().flat_map(|record| &record.fields).map(|field| field.wire.as_str());
        if !candidates.is_empty() && !fields.clone().any(|known| known == wire) {
            let help = match near(wire, &mut fields) {
                Some(known) => format!("did you mean {known}?"),
                None => "use the field's wire name, or remove it".to_owned(),
            };
            let problem = match record {
                Some(name) => format!("{name} has no field {wire}"),
                None => format!("no record has a field {wire}"),
            };
            self.fail(location.clone(), problem, help);
        }
        let wire = wire.to_owned();
        let known = match record {
            Some(name) => self.meanings.fields.insert((name.to_owned(), wire), text.to_owned()),
            None => self.meanings.anywhere.insert(wire, text.to_owned()),
        };
        if known.is_some() {
            self.fail(location.clone(), "this field has a text already", "keep one of them");
        }
    }

    fn text(&mut self, text: &str, location: &Location) {
        if text.trim().is_empty() {
            self.fail(location.clone(), "an empty text", "write a line, or leave it out");
        } else if text.contains(['\n', '\r']) {
            self.fail(location.clone(), "a text of several lines", "write it on one line");
        } else if text.matches('`').count() % 2 == 1 {
            self.fail(location.clone(), "a ` without its pair", "code goes between two of them");
        }
    }
}
