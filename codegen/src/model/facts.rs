//! Which facts about an operation are only guesses.

use std::collections::BTreeSet;

use crate::load::{Evidence, Fact, Loaded};
use crate::spec::{Operation, Schema};

/// What `spec/local` infers about an operation, and about the fields of the types that it reaches.
pub(crate) fn inferred(loaded: &Loaded, operation: &Operation) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = guesses(loaded.operation_facts(&operation.id)).collect();
    let mut seen = BTreeSet::new();
    let mut todo: Vec<&Schema> = operation.schemas().collect();
    while let Some(schema) = todo.pop() {
        schema.walk(&mut |part| {
            let Some(name) = part.name().filter(|name| seen.insert((*name).to_owned())) else { return };
            found.extend(guesses(loaded.type_facts(name)));
            todo.extend(loaded.spec.types.get(name));
        });
    }
    found
}

fn guesses(facts: &[Fact]) -> impl Iterator<Item = String> {
    // A doubt is not a guess in itself: what is doubted is what the description says.
    let guess = |fact: &&Fact| fact.evidence == Evidence::Inferred && fact.about != "doubtful_scopes";
    facts.iter().filter(guess).map(|fact| fact.about.clone())
}
