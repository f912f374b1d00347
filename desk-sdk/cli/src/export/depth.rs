//! Lists that are longer than what Desk gives by index.

use desk_sdk::by_name::resources;
use desk_sdk::{Error, MissingScopes, Operation, Scope, WalkError, operation};

use super::error::{ExportError, root};
use super::settings::Settings;
use super::source::Source;
use super::walk;

/// Whether a list is longer than what Desk gives by index.
pub(super) fn is_too_deep(error: &Error) -> bool {
    matches!(root(error), Error::Walk(WalkError::TooDeep { .. }))
}

/// How much an operation gives, and what reads more than that; none if it gives any number of records.
pub(super) fn told(source: &Source, with: &'static Operation, lacks: Option<&MissingScopes>) -> Option<String> {
    let other = other(source).filter(|_| with.id == source.list.id && !walk::is_by_time(with))?;
    let needs = match lacks {
        Some(missing) => sets(&missing.missing),
        None => scopes_beyond(other, with),
    };
    let (with, other) = (with.id, other.id);
    Some(match needs {
        Some(needs) => {
            format!("{with} gives at most some 5,000 records; {other} reads any number and needs {needs}")
        }
        None => format!("{with} gives at most some 5,000 records; {other} reads any number"),
    })
}

/// How much an operation gives, if nothing else gives the rest.
pub(super) fn nothing_else(with: &Operation) -> String {
    format!("{} gives at most some 5,000 records, and no other operation is known that reads the rest", with.id)
}

/// The error for a list that cannot be read further.
pub(super) fn error(source: &Source, with: &'static Operation, settings: &Settings) -> ExportError {
    let (name, to) = (&source.name, settings.to.display());
    let way = match (told(source, with, None), resource_of(source)) {
        (Some(told), Some(resource)) => format!(
            "{told}. To read all, export --resources {resource} to a new folder with a token that has the scope. An \
             export goes on with the operation that it was begun with, so --resume does not help"
        ),
        _ => format!("{}, so --resume does not help", nothing_else(with)),
    };
    ExportError::TooDeep(format!(
        "{name} cannot be read further: {way}. What was read is in {to}; other resources can still be exported there, \
         named with --resources"
    ))
}

/// Another operation that reads any number of the same records.
fn other(source: &Source) -> Option<&'static Operation> {
    source.by_time.or_else(|| {
        let resource = resources().iter().find(|resource| resource.operation == source.list.id)?;
        operation(resource.by_time?)
    })
}

fn resource_of(source: &Source) -> Option<&'static str> {
    resources().iter().find(|resource| resource.operation == source.list.id).map(|resource| resource.name)
}

/// The scopes that an operation needs beyond those of another one.
fn scopes_beyond(operation: &Operation, other: &Operation) -> Option<String> {
    let known: Vec<&[Scope]> = if other.scopes.is_empty() { vec![&[]] } else { other.scopes.to_vec() };
    let pairs = operation.scopes.iter().flat_map(|set| known.iter().map(move |known| beyond(set, known)));
    sets(&[pairs.min_by_key(Vec::len)?])
}

/// The scopes of a set that another set lacks.
pub(super) fn beyond(set: &[Scope], other: &[Scope]) -> Vec<Scope> {
    set.iter().filter(|scope| !other.contains(scope)).copied().collect()
}

/// Sets of which one is enough, for people; none if nothing is needed.
pub(super) fn sets(sets: &[Vec<Scope>]) -> Option<String> {
    let set = |set: &Vec<Scope>| set.iter().map(Scope::to_string).collect::<Vec<_>>().join(" and ");
    let told: Vec<String> = sets.iter().map(set).collect();
    (!told.is_empty() && told.iter().all(|set| !set.is_empty())).then(|| told.join(", or "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::settings::Wanted;
    use crate::export::source::sources;

    #[test]
    fn what_reads_any_number_is_named_with_the_scope_it_needs() {
        let of = |name: &str| sources(&Wanted::Resources(vec![name.to_owned()]), &[], false).unwrap().remove(0);
        let tickets = of("tickets");
        let told = told(&tickets, tickets.list, None).unwrap();
        assert_eq!(
            told,
            "get_tickets gives at most some 5,000 records; search_tickets reads any number and needs Desk.search.READ"
        );
        assert_eq!(super::told(&tickets, tickets.by_time.unwrap(), None), None);
        let roles = of("roles");
        assert_eq!(super::told(&roles, roles.list, None), None);
    }
}
