//! From the model to files: the generated part of desk-sdk, `spec/index.tsv` and `spec/lists.tsv`.
//!
//! Each emitter produces one kind of file.

mod api;
mod before;
mod by_hand;
mod called;
pub(crate) mod custom;
mod discovery;
pub(crate) mod docs;
mod family;
mod features;
mod index;
pub(crate) mod inputs;
mod links;
mod lists;
pub(crate) mod methods;
mod metrics;
mod notes;
mod operation_table;
mod operations;
mod origins;
pub(crate) mod parameters;
mod resources;
mod root;
mod routes;
pub(crate) mod rust_types;
mod scopes;
mod setters;
pub mod smoke;
mod snapshot;
mod source;
mod tables;
pub(crate) mod types;
mod users;
mod uses;

pub use self::by_hand::changed_by_hand;
use crate::Files;
use crate::lock::LOCK;
use crate::model::{Model, module_name};
use crate::spec::Spec;

/// The folder that holds nothing but generated files.
pub const GENERATED: &str = "desk-sdk/src/generated";

/// The table of all operations, for people to read.
pub const INDEX: &str = "spec/index.tsv";

/// How all records of each list are read, for people.
pub const LISTS: &str = "spec/lists.tsv";

/// The manifest whose list of features follows the families.
pub const MANIFEST: &str = "desk-sdk/Cargo.toml";

/// The spec that is built into the local server.
pub const SNAPSHOT: &str = "tests/mock/src/spec.json";

/// Where the scopes of each operation come from, for the program `desk`.
pub const ORIGINS: &str = "desk-sdk/cli/src/scopes/origins.tsv";

/// What code calls each operation, for the program `desk`.
pub const CALLED: &str = "desk-sdk/cli/src/audit/names.tsv";

/// Setters whose names do not follow from those of their values, for the examples of the program `desk`.
pub const SETTERS: &str = "desk-sdk/cli/src/guide/setters.tsv";

/// All generated files. `manifest` is the current content of the manifest.
///
/// # Errors
///
/// If the manifest has no place for the features, or if the output is not valid Rust, which is a bug.
pub fn emit(spec: &Spec, model: &Model, manifest: &str) -> Result<Files, String> {
    let mut files = Files::new();
    files.insert(INDEX.to_owned(), index::emit(spec, model));
    files.insert(LISTS.to_owned(), lists::emit(model));
    files.insert(LOCK.to_owned(), model.lock.to_string());
    files.insert(ORIGINS.to_owned(), origins::emit(model));
    files.insert(CALLED.to_owned(), called::emit(model));
    files.insert(SETTERS.to_owned(), setters::emit(model));
    files.insert(MANIFEST.to_owned(), features::emit(manifest, model)?);
    files.insert(SNAPSHOT.to_owned(), snapshot::emit(spec)?);
    files.insert(format!("{GENERATED}/api.rs"), api::emit(&model.api)?);
    files.insert(format!("{GENERATED}/scopes.rs"), scopes::emit(spec, model)?);
    files.insert(format!("{GENERATED}/routes.rs"), routes::emit(model));
    files.insert(format!("{GENERATED}/resources.rs"), resources::emit(model)?);
    files.insert(format!("{GENERATED}/metrics.rs"), metrics::emit(model)?);
    files.insert(format!("{GENERATED}/uses.rs"), uses::emit(model)?);
    files.insert(format!("{GENERATED}/mod.rs"), root::emit(model)?);
    let names = operations::Names::of(model);
    for family in &model.families {
        let folder = format!("{GENERATED}/{}", family.family.name);
        files.insert(format!("{folder}/mod.rs"), family::emit(family)?);
        for (module, list) in &family.modules {
            files
                .insert(format!("{folder}/{}.rs", module_name(module)), operations::emit(model, &names, module, list)?);
        }
    }
    for (path, text) in types::emit(model, &names)? {
        files.insert(format!("{GENERATED}/types/{path}"), text);
    }
    Ok(files)
}
