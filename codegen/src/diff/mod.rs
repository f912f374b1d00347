//! What differs between two specs: for those who use the generated crate, and for those who call the API.
//!
//! What it does to the crate is computed from the [surfaces](crate::surface) of both models. Each difference of public
//! items belongs to the change of the spec that explains it; what none explains is a change of its own, so that nothing
//! is left out.

mod answered;
mod api;
mod change;
mod comparison;
mod facets;
mod items;
mod operations;
mod pairs;
mod rules;
mod scopes;
mod sent;
mod tables;
mod types;

pub use self::change::{Change, Effect, EffectKind, ItemChange, Kind, Level, Subject};
use self::comparison::Comparison;
use self::pairs::Types;
use crate::model::Model;

/// All changes, the most important first.
pub fn between(old: &Model, new: &Model) -> Vec<Change> {
    let types = Types::of(old, new);
    let mut comparison = Comparison::new(old, new, &types);
    operations::compare(&mut comparison);
    types::compare(&mut comparison, &types);
    tables::compare(&mut comparison);
    api::compare(&mut comparison);
    comparison.finish()
}

/// The level of all changes together.
pub fn level(changes: &[Change]) -> Level {
    changes.iter().map(|change| change.rust).fold(Level::None, Level::max)
}
