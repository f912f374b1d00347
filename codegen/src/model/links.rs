//! Where links to the pages of records are found, or how they are made.

use std::collections::{BTreeMap, BTreeSet};

use super::field_path;
use super::{Record, Type};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::load::{Evidence, Known, Link, Loaded, Page, Site};
use crate::near;

/// The links of records, and where they start.
#[derive(Debug, Default)]
pub struct Links {
    /// By the record's name and the page: records that have neither field nor pattern are missing.
    pub records: BTreeMap<String, BTreeMap<Page, Source>>,
    pub sites: BTreeMap<Page, Site>,
    /// The record that knows an organization's name in addresses.
    pub portal: Option<Portal>,
}

/// What a record knows about the pages of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portal {
    /// The record.
    pub record: String,
    /// The field with the name, in Rust and on the wire.
    pub name: [String; 2],
    /// The field with the host, likewise.
    pub host: [String; 2],
}

/// Where a link to one kind of page comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The field that holds it, by wire name.
    pub field: Option<String>,
    /// How it is made if the field is empty.
    pub pattern: Option<Pattern>,
}

/// How a link is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// What follows the site's address, with the record's fields in braces.
    pub text: String,
    /// Whether nobody says so.
    pub inferred: bool,
}

/// What stands for the language of the help center that a program chooses, since the record does not say.
const LOCALE: &str = "portal.locale";

/// The name of the organization in addresses, in the path of a site.
const PORTAL: &str = "{portal}";

pub(super) fn find(loaded: &Loaded, records: &[Record], diagnostics: &mut Diagnostics) -> Links {
    let mut links = Links::default();
    for (site, location) in &loaded.sites {
        check_site(site, location, diagnostics);
        if links.sites.insert(site.page, site.clone()).is_some() {
            let problem = format!("the {} pages have a site already", site.page);
            diagnostics.push(Diagnostic::new(location.join("page"), problem, "keep one of them"));
        }
        if let Some(known) = &site.organization {
            links.portal = portal(records, known, &location.join("organization"), diagnostics);
        }
    }
    // What is said of a single record comes before what is said of all.
    let mut of_one = BTreeSet::new();
    for (link, location) in &loaded.links {
        if let (Some(field), Some(name), None) = (&link.field, &link.record, &link.pattern)
            && let Some(record) = field_path::record(records, name, &location.join("record"), diagnostics)
        {
            held(&mut links, vec![record], link.page, field, location, diagnostics);
            of_one.insert((name.as_str(), field.as_str()));
        }
    }
    for (link, location) in &loaded.links {
        match (&link.field, &link.record, &link.pattern) {
            (Some(_), Some(_), None) => {}
            (Some(field), None, None) => {
                let others = field_path::answered(records)
                    .filter(|record| !of_one.contains(&(record.name.as_str(), field.as_str())));
                held(&mut links, others.collect(), link.page, field, location, diagnostics);
            }
            (None, Some(record), Some(pattern)) => {
                let at = location.join("record");
                let Some(record) = field_path::record(records, record, &at, diagnostics) else { continue };
                check_pattern(records, record, pattern, &location.join("pattern"), diagnostics);
                made(&mut links, record, link, pattern, location, diagnostics);
            }
            _ => {
                let help = "give a `field` that holds the link, with a `record` if it does so in that one only, or a `record` and its `pattern`";
                diagnostics.push(Diagnostic::new(location.clone(), "it does not say where the link is found", help));
            }
        }
    }
    links
}

/// The record that knows an organization's name in addresses.
fn portal(records: &[Record], known: &Known, location: &Location, diagnostics: &mut Diagnostics) -> Option<Portal> {
    let record = field_path::record(records, &known.record, &location.join("record"), diagnostics)?;
    let mut text = |key: &str, wire: &String| {
        let found = record.fields.iter().find(|field| field.wire == *wire && field.ty == Type::Text);
        if found.is_none() {
            let wires = record.fields.iter().map(|field| field.wire.as_str()).filter(|known| known != wire);
            let help = near(wire, wires)
                .map_or("use the field's wire name".to_owned(), |near| format!("did you mean {near}?"));
            let problem = format!("{} has no text {wire}", record.name);
            diagnostics.push(Diagnostic::new(location.join(key), problem, help));
        }
        found.map(|field| [field.rust.clone(), field.wire.clone()])
    };
    let (name, host) = (text("name", &known.name), text("host", &known.host));
    Some(Portal { record: record.name.clone(), name: name?, host: host? })
}

/// A field that holds the link, in those of these records that have it.
fn held(
    links: &mut Links,
    records: Vec<&Record>,
    page: Page,
    wire: &str,
    location: &Location,
    diagnostics: &mut Diagnostics,
) {
    let has = |record: &Record| record.fields.iter().any(|field| field.wire == wire);
    let having: Vec<&Record> = records.iter().copied().filter(|record| has(record)).collect();
    if having.is_empty() {
        let wires = records.iter().flat_map(|record| &record.fields).map(|field| field.wire.as_str());
        let help = match near(wire, wires) {
            Some(known) => format!("did you mean {known}?"),
            None => "use the field's wire name, or remove the entry".to_owned(),
        };
        let problem = match records.as_slice() {
            [only] => format!("{} has no field {wire}", only.name),
            _ => format!("no record has a field {wire}"),
        };
        diagnostics.push(Diagnostic::new(location.join("field"), problem, help));
    }
    for record in having {
        let source = links.records.entry(record.name.clone()).or_default().entry(page).or_default();
        if let Some(other) = source.field.replace(wire.to_owned()) {
            let problem = format!("{} has {other} and {wire} for the same page", record.name);
            diagnostics.push(Diagnostic::new(location.join("field"), problem, "keep the one that is right"));
        }
    }
}

fn made(
    links: &mut Links,
    record: &Record,
    link: &Link,
    pattern: &str,
    location: &Location,
    diagnostics: &mut Diagnostics,
) {
    if !links.sites.contains_key(&link.page) {
        let help = format!("add the site of {} pages to `sites`", link.page);
        diagnostics.push(Diagnostic::new(location.join("page"), "nothing says where these pages are", help));
    }
    let source = links.records.entry(record.name.clone()).or_default().entry(link.page).or_default();
    let pattern = Pattern { text: pattern.to_owned(), inferred: link.evidence == Evidence::Inferred };
    if source.pattern.replace(pattern).is_some() {
        let problem = format!("{} has a pattern for this page already", record.name);
        diagnostics.push(Diagnostic::new(location.join("pattern"), problem, "keep one of them"));
    }
}

/// A pattern must end up below its site, whatever the values are.
fn check_pattern(
    records: &[Record],
    record: &Record,
    pattern: &str,
    location: &Location,
    diagnostics: &mut Diagnostics,
) {
    let mut fail = |problem: String, help: String| diagnostics.push(Diagnostic::new(location.clone(), problem, help));
    let Some(parts) = parts(pattern) else {
        return fail(format!("{pattern:?} has a brace without its pair"), "write fields as {id}".to_owned());
    };
    let literal: String = parts.iter().map(|(text, field)| if *field { "value" } else { text }).collect();
    if !is_path(&literal) || pattern.starts_with('/') || !parts.iter().any(|(_, field)| *field) {
        let help = "write a relative path with the record's fields in braces, such as tickets/{id}";
        fail(format!("{pattern:?} is not a pattern of a link"), help.to_owned());
    }
    for (name, _) in parts.iter().filter(|(name, field)| *field && *name != LOCALE) {
        if let Err((problem, help)) = field_path::check(records, record, name) {
            fail(problem, help);
        }
    }
}

fn check_site(site: &Site, location: &Location, diagnostics: &mut Diagnostics) {
    for (key, path) in [("shared", &site.shared), ("own", &site.own)] {
        let literal = path.replace(PORTAL, "portal");
        if !is_path(&literal) || !path.starts_with('/') || !path.ends_with('/') || literal.contains('#') {
            let help = "begin and end it with /, and write {portal} for the organization's name";
            diagnostics.push(Diagnostic::new(location.join(key), format!("{path:?} is not a path"), help));
        }
    }
    if !site.shared.contains(PORTAL) {
        let help = "write {portal} where the organization's name stands";
        let problem = "the shared path does not say whose pages they are";
        diagnostics.push(Diagnostic::new(location.join("shared"), problem, help));
    }
}

fn is_path(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '#');
    text.chars().all(allowed) && !text.contains("//") && !text.contains("..")
}

/// The parts of a pattern, each with whether it is a field; none if braces do not match.
fn parts(pattern: &str) -> Option<Vec<(&str, bool)>> {
    let (mut parts, mut rest) = (Vec::new(), pattern);
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        parts.extend([(before, false), (name, true)]);
        rest = after;
    }
    parts.push((rest, false));
    let matched = parts.iter().all(|(text, _)| !text.contains(['{', '}']));
    matched.then_some(parts)
}
