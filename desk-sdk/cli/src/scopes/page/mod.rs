//! The picture: one page for a browser that needs nothing else.
//!
//! It works without its script, which only filters, sorts and moves by keyboard.

mod families;
mod overview;
mod usage;

pub use self::usage::Usage;

use std::collections::{BTreeMap, BTreeSet};

use desk_sdk::{Operation, Risk, Scope};

use super::entry::Entry;
use super::text::html;
use super::words::count;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

const RISKS: [Risk; 4] = [Risk::Safe, Risk::Write, Risk::Outbound, Risk::Destructive];

/// A page with these operations by family, against the scopes they need. With a program's usage, what it uses is marked,
/// and what its token lacks is on top.
pub fn page(title: &str, entries: &[&Entry], usage: Option<&Usage>) -> String {
    let title = html(title);
    let mut families: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        families.entry(entry.family()).or_default().push(entry);
    }
    let found = usage.map(|usage| usage.html()).unwrap_or_default();
    let overview = overview::html(&families, usage);
    let controls = controls(entries, usage);
    let sections: String = families.iter().map(|(family, entries)| families::html(family, entries, usage)).collect();
    let summary = summary(entries, usage);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<header>\n<h1>{title}</h1>\n{summary}</header>\n<main>\n{found}{overview}{controls}\
         <div id=\"families\">\n{sections}</div>\n<p id=\"nothing\" hidden>No operation is like that.</p>\n</main>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

/// How many operations there are, of each risk: with a program's usage, of those that it uses.
fn summary(entries: &[&Entry], usage: Option<&Usage>) -> String {
    let of_use = |entry: &&&Entry| usage.is_none_or(|usage| usage.uses(entry.operation));
    let counted: Vec<&&Entry> = entries.iter().filter(of_use).collect();
    let text = match usage {
        Some(_) => format!("It uses {} of {}.", counted.len(), count(entries.len(), "operation")),
        None => {
            let scopes: BTreeSet<Scope> = counted.iter().flat_map(|entry| scopes(entry.operation)).collect();
            format!("{} and {}.", count(counted.len(), "operation"), count(scopes.len(), "scope"))
        }
    };
    let with = |risk: Risk| counted.iter().filter(|entry| entry.operation.risk == risk).count();
    let risks = RISKS.map(|risk| format!("<li class=\"risk {risk}\">{} {risk}</li>\n", with(risk)));
    format!("<p>{text}</p>\n<ul class=\"risks\" aria-label=\"Operations by risk\">\n{}</ul>\n", risks.concat())
}

fn controls(entries: &[&Entry], usage: Option<&Usage>) -> String {
    let risks = RISKS.map(|risk| {
        format!("<label><input type=\"checkbox\" name=\"risk\" value=\"{risk}\" checked> <span class=\"risk {risk}\">{risk}</span></label>\n")
    });
    let methods: BTreeSet<&str> = entries.iter().map(|entry| entry.operation.method.as_str()).collect();
    let methods: String = methods.iter().map(|method| format!("<option>{method}</option>\n")).collect();
    let used = match usage {
        Some(_) => "<label><input type=\"checkbox\" id=\"used\" checked> Only what is used</label>\n",
        None => "",
    };
    format!(
        "<form id=\"controls\" role=\"search\" hidden>\n\
         <label class=\"find\">Find <input id=\"find\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" \
         placeholder=\"name, path or scope\"> <kbd>/</kbd></label>\n\
         <label>Method <select id=\"method\"><option value=\"\">all</option>\n{methods}</select></label>\n\
         <label>Sort by <select id=\"sort\"><option value=\"name\">name</option><option value=\"risk\">risk</option>\
         <option value=\"path\">path</option><option value=\"scope\">scope</option></select></label>\n\
         <fieldset><legend>Risk</legend>\n{}</fieldset>\n{used}\
         <button type=\"reset\">Show all</button>\n<output id=\"shown\" aria-live=\"polite\"></output>\n</form>\n",
        risks.concat()
    )
}

/// The scopes that an operation names, in the order of the description, each once.
fn scopes(operation: &Operation) -> Vec<Scope> {
    let mut named = Vec::new();
    for scope in operation.scopes.iter().copied().flatten() {
        if !named.contains(scope) {
            named.push(*scope);
        }
    }
    named
}

/// Areas, each once, sorted as people look for them.
fn in_order(areas: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut areas: Vec<&str> = areas.collect();
    areas.sort_by_key(|area| area.to_lowercase());
    areas.dedup();
    areas
}

/// An area without its product, if that is Desk.
fn short(area: &str) -> &str {
    area.strip_prefix("Desk.").unwrap_or(area)
}

#[cfg(test)]
mod tests;
