//! Operations that are one: equal in method and path, names of path parameters aside.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::load::{ListedOperation, Spec};
use crate::spec::{Answer, Kind, Method, Operation, Place, Schema};

/// An operation with the ids that stand for it as well.
#[derive(Debug)]
pub(super) struct Merged<'a> {
    pub(super) listed: &'a ListedOperation,
    /// The operation with what its twins add.
    pub(super) operation: Operation,
    pub(super) aliases: Vec<&'a ListedOperation>,
}

/// Finds the duplicates. What twins do not agree on is merged where that is possible; what
/// remains different is said in `notes`.
pub(super) fn merge<'a>(spec: &'a Spec, notes: &mut Vec<String>) -> Vec<Merged<'a>> {
    let mut routes: IndexMap<(Method, String), Vec<&ListedOperation>> = IndexMap::new();
    for listed in &spec.operations {
        let operation = &listed.operation;
        routes.entry((operation.method, operation.route())).or_default().push(listed);
    }
    routes.into_values().map(|twins| one(twins, notes)).collect()
}

fn one<'a>(twins: Vec<&'a ListedOperation>, notes: &mut Vec<String>) -> Merged<'a> {
    let ids: BTreeMap<&str, usize> =
        twins.iter().enumerate().map(|(i, twin)| (twin.operation.id.as_str(), i)).collect();
    let chosen = twins.iter().find_map(|twin| ids.get(twin.operation.alias_of.as_deref()?).copied());
    let plain = twins.iter().position(|twin| !has_number(&twin.operation.id));
    let real = twins[chosen.or(plain).unwrap_or(0)];
    let mut operation = real.operation.clone();
    let aliases: Vec<_> = twins.into_iter().filter(|twin| twin.operation.id != real.operation.id).collect();
    for alias in &aliases {
        combine(&mut operation, &alias.operation, notes);
    }
    Merged { listed: real, operation, aliases }
}

fn has_number(id: &str) -> bool {
    id.ends_with(|c: char| c.is_ascii_digit())
}

fn combine(real: &mut Operation, twin: &Operation, notes: &mut Vec<String>) {
    let mut note = |what: &str| notes.push(format!("{} stands for {}, but {what}", real.id, twin.id));
    if real.scopes != twin.scopes {
        note("their scopes differ; those of the former count");
    }
    if real.risk != twin.risk {
        note("their risks differ; the higher one counts");
    }
    if real.organization != twin.organization {
        note("only one takes the organization; the former counts");
    }
    if real.body != twin.body {
        note("their bodies differ; the former's counts");
    }
    if twin.paging.is_some() && real.paging != twin.paging {
        note("their paging differs; the former's counts");
    }
    if real.undocumented_query != twin.undocumented_query || real.deprecated != twin.deprecated {
        note("only one is deprecated or takes undocumented parameters; the former counts");
    }
    for known in real.parameters.iter().filter(|known| known.required && known.place != Place::Path) {
        if !twin.parameters.iter().any(|other| other.name == known.name && other.place == known.place) {
            note(&format!("only the former has the parameter {}, which it needs", known.name));
        }
    }
    real.error_in_success |= twin.error_in_success;
    let new: Vec<_> = twin.errors.iter().filter(|status| !real.errors.contains(status)).copied().collect();
    real.errors.extend(new);
    real.risk = real.risk.max(twin.risk);
    let mut mine: Vec<_> =
        real.parameters.iter().filter(|p| p.place == Place::Path).map(|p| p.schema.clone()).collect();
    mine.sort_by_key(|schema| format!("{schema:?}"));
    let mut theirs: Vec<_> =
        twin.parameters.iter().filter(|p| p.place == Place::Path).map(|p| p.schema.clone()).collect();
    theirs.sort_by_key(|schema| format!("{schema:?}"));
    if mine != theirs {
        note("the types of their path parameters differ; the former's count");
    }
    for parameter in twin.parameters.iter().filter(|parameter| parameter.place != Place::Path) {
        match real.parameters.iter().find(|known| known.name == parameter.name && known.place == parameter.place) {
            Some(known) if known.schema == parameter.schema && known.required == parameter.required => {}
            Some(_) => note(&format!("parameter {} differs; the former's counts", parameter.name)),
            None => {
                let mut parameter = parameter.clone();
                parameter.required = false;
                real.parameters.push(parameter);
            }
        }
    }
    for (status, answer) in &twin.answers {
        match (real.answers.get_mut(status), answer) {
            (None, answer) => {
                real.answers.insert(*status, answer.clone());
            }
            (Some(known), answer) if known == answer => {}
            (Some(Answer::Json(known)), Answer::Json(other)) => {
                *known = Schema::new(Kind::Union(vec![known.clone(), other.clone()]));
            }
            (Some(_), _) => note(&format!("the kinds of their answers under {status} differ; the former's counts")),
        }
    }
}
