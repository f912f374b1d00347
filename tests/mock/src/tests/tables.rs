//! The tables in `seed/data`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::seed::{self, Act, Collection};
use crate::spec;

/// Routes that a later spec has.
const AWAITED: [&str; 1] = ["GET /api/v1/tickets/{}/History"];

/// Every route of the spec, with its method.
fn routes() -> BTreeSet<String> {
    let spec = spec::built_in().unwrap();
    let operations = spec.operations.iter().map(|listed| &listed.operation);
    operations.map(|operation| format!("{} {}", operation.method, operation.route())).collect()
}

fn collections() -> Vec<Collection> {
    seed::as_written().collections
}

#[test]
fn routes_and_names_are_known() {
    let routes = routes();
    let spec = spec::built_in().unwrap();
    let paths: BTreeSet<String> = spec.operations.iter().map(|listed| listed.operation.path.clone()).collect();
    let collections = collections();
    let names: Vec<&str> = collections.iter().map(|form| form.name.as_str()).collect();
    let mut seen = BTreeSet::new();
    for form in &collections {
        for (route, act) in &form.routes {
            let known = routes.contains(route) || AWAITED.contains(&route.as_str());
            assert!(known, "{}: the spec has no {route}", form.name);
            assert!(seen.insert(route), "{route} stands twice");
            let of = match act {
                Act::List { of, .. } | Act::Remove { of, .. } | Act::Restore { of, .. } => of.as_slice(),
                _ => &[],
            };
            assert!(of.iter().all(|name| names.contains(&name.as_str())), "{route}");
        }
        for prefix in form.at.keys() {
            let known = paths.iter().chain(&routes).any(|path| path.contains(prefix.as_str()));
            assert!(known, "{}: {prefix}", form.name);
        }
        let related = (form.include.values().flat_map(|include| &include.from))
            .chain(form.counts.values().map(|count| &count.of))
            .chain(form.mirrors.values().map(|(other, _)| other));
        for name in related {
            assert!(names.contains(&name.as_str()), "{}: {name}", form.name);
        }
        assert!(form.always.iter().all(|word| form.include.contains_key(word)), "{}", form.name);
        // Those that are within others stand behind them, so that none is within itself.
        let before = collections.iter().take_while(|other| other.name != form.name);
        for field in &form.within {
            assert!(before.clone().any(|other| other.named.contains_key(field)), "{}: {field}", form.name);
        }
    }
}

#[test]
fn records_hold_known_fields_and_ids_that_are_there() {
    let collections = collections();
    let has = |form: &Collection, id: &str| form.records.iter().any(|record| record["id"] == id);
    for form in &collections {
        assert!(form.records.len() >= 4 || form.routes.len() < 5, "{} has few records", form.name);
        for record in &form.records {
            for (field, value) in record {
                let timed = [&form.created, &form.modified, &form.numbered];
                let known = form.defaults.contains_key(field)
                    || field == "id"
                    || [&form.within, &form.indexed, &form.internal].into_iter().any(|names| names.contains(field))
                    || timed.into_iter().flatten().any(|name| name == field)
                    || form.made.contains_key(field);
                assert!(known, "{}: {field}", form.name);
                let named = collections.iter().find(|other| other.named.contains_key(field));
                let Some(other) = named else { continue };
                let ids: Vec<&str> = match value {
                    Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
                    value => value.as_str().into_iter().collect(),
                };
                for id in ids {
                    assert!(has(other, id), "{} {}: {field} is {id}", form.name, record["id"]);
                }
            }
        }
    }
}

#[test]
fn every_ticket_has_comments_and_threads() {
    let collections = collections();
    let form = |name: &str| collections.iter().find(|form| form.name == name).unwrap();
    for ticket in &form("tickets").records {
        for name in ["comments", "threads"] {
            assert!(form(name).records.iter().any(|record| record.get("ticketId") == ticket.get("id")), "{ticket:?}");
        }
    }
}
