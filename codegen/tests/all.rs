//! All tests of the generator but those that compile what it makes, in one program: linking takes longer than most of
//! them.

mod common;
#[path = "common/random_spec.rs"]
mod random_spec;

mod about;
mod api;
mod diff;
mod diff_everything;
mod emit;
mod hostile;
mod import_files;
mod import_forms;
mod import_honest;
mod import_offers;
mod import_operations;
mod import_regressions;
mod import_review;
mod import_told;
mod import_types;
mod leftovers;
mod load_local;
mod load_mistakes;
mod load_mutations;
mod load_regressions;
mod load_was;
mod lock;
mod lock_by_hand;
mod lock_file;
mod model_aliases;
mod model_enums;
mod model_names;
mod model_regressions;
mod model_timelines;
mod model_types;
mod model_united;
mod new_operation;
mod openapi_document;
mod openapi_round_trip;
mod openapi_types;
mod openapi_validators;
mod readme;
mod spec_format;
mod spec_schema;
mod summaries;
