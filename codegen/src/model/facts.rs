//! What of an operation is no more than a guess.

use std::collections::BTreeSet;

use crate::load::{Evidence, Fact, ListedOperation, Spec};
use crate::spec::Schema;

/// What `spec/local` infers of an operation, and of the fields of the types that it reaches.
pub(super) fn inferred(spec: &Spec, listed: &ListedOperation) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = guesses(&listed.facts).collect();
    let mut seen = BTreeSet::new();
    let mut todo: Vec<&Schema> = listed.operation.schemas().collect();
    while let Some(schema) = todo.pop() {
        schema.walk(&mut |part| {
            let Some(name) = part.name().filter(|name| seen.insert((*name).to_owned())) else { return };
            let Some(known) = spec.types.get(name) else { return };
            found.extend(guesses(&known.facts));
            todo.push(&known.schema);
        });
    }
    found
}

fn guesses(facts: &[Fact]) -> impl Iterator<Item = String> {
    // A doubt is no guess of its own: what is doubted is what the description says.
    let guess = |fact: &&Fact| fact.evidence == Evidence::Inferred && fact.about != "doubtful_scopes";
    facts.iter().filter(guess).map(|fact| fact.about.clone())
}
