//! Generates desk-sdk.
//!
//! Four stages, all in memory; reading and writing files is up to the caller:
//!
//! 1. [`import`]: the API's OpenAPI files → the files of `spec/upstream`.
//! 2. [`load`]: the files of `spec/` → a checked [`spec`], local additions and corrections applied.
//! 3. [`model`]: the spec → what is emitted: Rust names, aliases, merged and shared types.
//! 4. [`emit`]: the model → the files of `desk-sdk/src/generated`, and `spec/index.tsv`.
//!
//! Between the first and the second, [`review`] tells which notes of an import are news.
//! The [`lock`] has the names that everything public has had so far: `load` reads it, `model` follows it, and `emit`
//! writes it with what is new.
//! Two models are compared by [`diff`], which knows what is public in the generated crate from [`surface`].

pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod import;
pub mod load;
pub mod lock;
pub mod model;
mod near;
pub mod new_operation;
pub mod openapi;
pub mod review;
pub mod surface;
mod visible;

pub use desk_spec as spec;

pub use self::emit::docs::{code, marked};
pub use self::near::near;
pub use self::visible::visible;

use std::collections::BTreeMap;

/// Texts by their path from the project's root, parts separated by `/`.
pub type Files = BTreeMap<String, String>;

/// Where `import` writes.
pub const UPSTREAM: &str = "spec/upstream";

/// Where people write.
pub const LOCAL: &str = "spec/local";

/// Where people write what is true of the API as a whole.
pub const API: &str = "spec/local/api.json";

/// Where people write examples of calls, one file for each operation that has one.
pub const EXAMPLES: &str = "spec/local/examples";
