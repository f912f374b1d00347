//! What an update says in the changelog.

use desk_codegen::diff::{Change, Kind, Level};

use super::changelog::Entries;
use crate::diff::{self, Page};

/// An entry for each thing that users of the crate notice; what only the docs show is counted.
pub(super) fn of(page: &Page) -> Entries {
    let noticed = |change: &Change| change.rust > Level::Documentation;
    let mut entries = Entries {
        changed: diff::changes(page, |change| noticed(change) && !is_new(change.kind) && !is_gone(change.kind)),
        added: diff::changes(page, |change| noticed(change) && is_new(change.kind)),
        removed: diff::changes(page, |change| noticed(change) && is_gone(change.kind)),
    };
    entries.changed.extend(diff::effects(page));
    let docs = page.changes.iter().filter(|change| change.rust == Level::Documentation).count();
    if docs > 0 {
        let things = if docs == 1 { "one place".to_owned() } else { format!("{docs} places") };
        entries.changed.push(format!("Docs and tables follow the API's description in {things}."));
    }
    entries
}

fn is_new(kind: Kind) -> bool {
    use Kind::{
        AliasAdded, FamilyAdded, FieldAdded, OperationAdded, ParameterAdded, ScopeAdded, TypeAdded, ValueAdded,
    };
    matches!(
        kind,
        AliasAdded | FamilyAdded | FieldAdded | OperationAdded | ParameterAdded | ScopeAdded | TypeAdded | ValueAdded
    )
}

fn is_gone(kind: Kind) -> bool {
    use Kind::{
        AliasRemoved, FamilyRemoved, FieldRemoved, OperationRemoved, ParameterRemoved, ScopeRemoved, TypeRemoved,
        ValueRemoved,
    };
    matches!(
        kind,
        AliasRemoved
            | FamilyRemoved
            | FieldRemoved
            | OperationRemoved
            | ParameterRemoved
            | ScopeRemoved
            | TypeRemoved
            | ValueRemoved
    )
}
