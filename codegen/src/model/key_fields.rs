//! The fields by which people recognise a record: those that people chose, or else those that a rule finds.

use std::collections::{BTreeMap, BTreeSet};

use super::Record;
use super::field_path;
use super::types::Type;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::load::{KeyFields, Loaded};

/// The key fields by the record's name: paths of wire names, with spaces between those that are shown as one.
pub type Keys = BTreeMap<String, Vec<String>>;

/// Fields that name a thing, the most telling first.
const NAMES: [&str; 7] = ["subject", "title", "name", "displayName", "displayLabel", "label", "fullName"];

/// Fields with an address of a person.
const ADDRESSES: [&str; 3] = ["email", "emailId", "emailAddress"];

/// The key fields of all records that have any. A record that lists others has those of the records in it.
pub(super) fn find(
    loaded: &Loaded,
    records: &[Record],
    listings: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Keys {
    let mut keys: Keys = field_path::answered(records).map(|record| (record.name.clone(), by_rule(record))).collect();
    let mut chosen = BTreeSet::new();
    for (entry, location) in &loaded.key_fields {
        let at = location.join("record");
        let Some(record) = field_path::record(records, &entry.record, &at, diagnostics) else { continue };
        if !chosen.insert(entry.record.as_str()) {
            let problem = format!("{} has key fields already", record.name);
            diagnostics.push(Diagnostic::new(at, problem, "keep one of them"));
            continue;
        }
        if listings.contains_key(&record.name) {
            let help = match listed(records, listings, record) {
                Some(listed) => format!("name {}, whose key fields it has", listed.name),
                None => "remove the entry: what it lists has no type, so its fields are not known".to_owned(),
            };
            diagnostics.push(Diagnostic::new(at, format!("{} lists records", record.name), help));
            continue;
        }
        check(records, record, entry, location, diagnostics);
        keys.insert(record.name.clone(), entry.fields.clone());
    }
    for record in field_path::answered(records).filter(|record| listings.contains_key(&record.name)) {
        let listed = listed(records, listings, record);
        let of_listed = listed.and_then(|listed| keys.get(&listed.name)).cloned().unwrap_or_default();
        keys.insert(record.name.clone(), of_listed);
    }
    keys.retain(|_, fields| !fields.is_empty());
    keys
}

/// The type of the records that a record lists.
fn listed<'m>(records: &'m [Record], listings: &BTreeMap<String, String>, record: &Record) -> Option<&'m Record> {
    let wire = listings.get(&record.name)?;
    let field = record.fields.iter().find(|field| field.wire == *wire)?;
    match &field.ty {
        Type::List(of) => match **of {
            Type::Record(id) => Some(&records[id.0]),
            _ => None,
        },
        _ => None,
    }
}

fn check(records: &[Record], record: &Record, entry: &KeyFields, location: &Location, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for (index, field) in entry.fields.iter().enumerate() {
        let at = location.join("fields").join(index.to_string());
        let mut fail = |problem: String, help: String| diagnostics.push(Diagnostic::new(at.clone(), problem, help));
        if field.split(' ').any(str::is_empty) {
            let help = "write wire names, with a single space between those that are shown as one";
            fail(format!("{field:?} is not a field"), help.to_owned());
            continue;
        }
        for path in field.split(' ') {
            if !seen.insert(path) {
                fail(format!("{path} is named twice"), "remove one of them".to_owned());
            } else if let Err((problem, help)) = field_path::check(records, record, path) {
                fail(problem, help);
            }
        }
    }
    if entry.fields.is_empty() {
        let help = "name the fields that people look for, or remove the entry";
        diagnostics.push(Diagnostic::new(location.join("fields"), "no fields are named", help));
    }
}

/// For a record that nobody chose for: its id, its name, for a person the address, and its status.
fn by_rule(record: &Record) -> Vec<String> {
    let has = |wire: &str| record.fields.iter().any(|field| field.wire == wire && field_path::is_plain(&field.ty));
    let first = |wires: &[&str]| wires.iter().find(|wire| has(wire)).map(|wire| (*wire).to_owned());
    let person = has("firstName") && has("lastName");
    let name = if person && !has("subject") { Some("firstName lastName".to_owned()) } else { first(&NAMES) };
    let address = if person { first(&ADDRESSES) } else { None };
    [first(&["id"]), name.or_else(|| own_name(record)), address, first(&["status"])].into_iter().flatten().collect()
}

/// A name that says whose it is, such as `productName`, if it is the only one.
fn own_name(record: &Record) -> Option<String> {
    let mut names =
        record.fields.iter().filter(|field| field.wire.ends_with("Name") && field_path::is_plain(&field.ty));
    let only = names.next()?;
    names.next().is_none().then(|| only.wire.clone())
}
