//! The operations as JSON.

use serde_json::{Value, json};

use super::{lookup, schema};
use crate::catalogue::{AnswerKind, Entry};
use crate::error::Result;
use crate::generated::{ENTRIES, Family, families};
use crate::operation::Paging;
use crate::scope::Scope;

/// All enabled operations as a JSON list, aliases included, family by family.
///
/// | key | content |
/// | --- | --- |
/// | `id`, `summary` | its name, and what it does, in a sentence |
/// | `family`, `module` | the cargo feature and the API module it belongs to |
/// | `method`, `path` | its request |
/// | `risk` | `safe`, `write`, `outbound` or `destructive` |
/// | `scopes` | alternative sets: every scope of one set is required; if empty, any token will do |
/// | `organization` | whether it needs an organization, which the client adds |
/// | `paging` | `first` index, largest page (`maximum`), default page size (`default`), `key` of the records; or null |
/// | `deprecated` | whether its use is discouraged |
/// | `alias_of`, `aliases` | the operation that it is an alias of, or null; its other names |
/// | `answer` | `json`, `empty` or `file` |
/// | `arguments` | a JSON Schema (draft 2020-12) of what [`Client::invoke`](crate::Client::invoke) accepts |
///
/// In the schema, `x-in` says where an argument goes: `path`, `query`, `header` or `body`. A record that occurs several
/// times, or within itself, is defined in the schema's own `$defs`. The schema gives one form for each argument, and
/// anything that matches it is accepted; `invoke` accepts a little more, such as ids as numbers, and fields of a record
/// within `body`.
pub fn catalogue() -> Value {
    listed().map(|(family, entry)| described(family, entry)).collect()
}

/// One operation of the [`catalogue`], named as for [`Client::invoke`](crate::Client::invoke).
///
/// # Errors
///
/// [`Error::UnknownOperation`](crate::Error::UnknownOperation).
pub fn catalogue_of(operation: &str) -> Result<Value> {
    let id = lookup::known_entry(operation)?.operation.id;
    let found = listed().find(|(_, entry)| entry.operation.id == id);
    Ok(found.map(|(family, entry)| described(family, entry)).unwrap_or_default())
}

/// The enabled operations with their families.
fn listed() -> impl Iterator<Item = (&'static Family, &'static Entry)> {
    let families = families().iter().filter(|family| family.enabled);
    families
        .zip(ENTRIES)
        .flat_map(|(family, modules)| modules.iter().copied().flatten().map(move |entry| (family, entry)))
}

fn described(family: &Family, entry: &Entry) -> Value {
    let operation = entry.operation;
    let scopes: Vec<Vec<String>> =
        operation.scopes.iter().map(|set| set.iter().map(Scope::to_string).collect()).collect();
    json!({
        "id": operation.id,
        "summary": operation.summary,
        "family": family.name,
        "module": operation.module,
        "method": operation.method.as_str(),
        "path": operation.path,
        "risk": operation.risk.to_string(),
        "scopes": scopes,
        "organization": operation.organization,
        "paging": operation.paging.map(|Paging { first, maximum, default, key, .. }| {
            json!({ "first": first, "maximum": maximum, "default": default, "key": key })
        }),
        "deprecated": operation.deprecated,
        "alias_of": operation.alias_of,
        "aliases": operation.aliases,
        "answer": match entry.answer {
            AnswerKind::Json(_) => "json",
            AnswerKind::Empty => "empty",
            AnswerKind::Bytes => "file",
        },
        "arguments": schema::arguments(operation),
    })
}
