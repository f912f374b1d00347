//! Operations that are the same: equal in method and path, ignoring the names of path parameters.

use crate::lock::{BlockKind, Lock};
use crate::spec::{Answer, Kind, ListedOperation, Operation, ParameterPlace, Schema, Spec};

/// An operation with the ids of its duplicates.
#[derive(Debug)]
pub(super) struct Merged<'a> {
    pub(super) listed: &'a ListedOperation,
    /// The operation, with what its duplicates add.
    pub(super) operation: Operation,
    pub(super) aliases: Vec<&'a ListedOperation>,
}

/// Something in which an operation and its duplicate differ, and which of them counts.
#[derive(Debug)]
pub(super) struct Disagreement<'a> {
    pub(super) real: &'a str,
    pub(super) twin: &'a str,
    pub(super) what: String,
}

/// Finds the duplicates, whatever the order of files and operations. One that has stood for the others so far still does.
/// Where they disagree, they are merged if possible; remaining differences go to `notes`.
pub(super) fn merge<'a>(spec: &'a Spec, lock: &Lock, notes: &mut Vec<Disagreement<'a>>) -> Vec<Merged<'a>> {
    let standing = |id: &str| lock.block(BlockKind::Operation, id).map_or(2, |block| usize::from(block.twin));
    let mut one = |mut twins: Vec<usize>| {
        twins.sort_by_key(|index| standing(&spec.operations[*index].operation.id));
        let mut twins = twins.into_iter().map(|index| &spec.operations[index]);
        let listed = twins.next()?;
        let mut operation = listed.operation.clone();
        let aliases: Vec<_> = twins.collect();
        for alias in &aliases {
            let (real, twin) = (listed.operation.id.as_str(), alias.operation.id.as_str());
            let mut note = |what: &str| notes.push(Disagreement { real, twin, what: what.to_owned() });
            combine(&mut operation, &alias.operation, &mut note);
        }
        Some(Merged { listed, operation, aliases })
    };
    let mut routes = spec.routes();
    routes.sort_by_cached_key(|twins| {
        let ListedOperation { module, operation } = &spec.operations[twins[0]];
        (module, &operation.path, operation.method, &operation.id)
    });
    routes.into_iter().filter_map(&mut one).collect()
}

fn combine(real: &mut Operation, twin: &Operation, note: &mut dyn FnMut(&str)) {
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
    for known in real.parameters.iter().filter(|known| known.required && known.place != ParameterPlace::Path) {
        if !twin.parameters.iter().any(|other| other.name == known.name && other.place == known.place) {
            note(&format!("only the former has the parameter `{}`, which it needs", known.name));
        }
    }
    real.error_in_success |= twin.error_in_success;
    let new: Vec<_> = twin.errors.iter().filter(|status| !real.errors.contains(status)).copied().collect();
    real.errors.extend(new);
    real.risk = real.risk.max(twin.risk);
    let mut mine: Vec<_> =
        real.parameters.iter().filter(|p| p.place == ParameterPlace::Path).map(|p| p.schema.clone()).collect();
    mine.sort_by_key(|schema| format!("{schema:?}"));
    let mut theirs: Vec<_> =
        twin.parameters.iter().filter(|p| p.place == ParameterPlace::Path).map(|p| p.schema.clone()).collect();
    theirs.sort_by_key(|schema| format!("{schema:?}"));
    if mine != theirs {
        note("the types of their path parameters differ; the former's count");
    }
    for parameter in twin.parameters.iter().filter(|parameter| parameter.place != ParameterPlace::Path) {
        match real.parameters.iter().find(|known| known.name == parameter.name && known.place == parameter.place) {
            Some(known) if known.schema == parameter.schema && known.required == parameter.required => {}
            Some(_) => note(&format!("parameter `{}` differs; the former's counts", parameter.name)),
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
