//! The areas that scopes name, and what each operation needs as areas and bits.

use std::collections::BTreeSet;

use crate::spec::Spec;

/// One required scope, split into its parts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    /// Product and area, as written: `Desk.tickets`.
    pub area: String,
    /// What it permits: `READ`.
    pub verb: String,
}

impl Scope {
    /// Splits `Desk.tickets.READ`.
    pub fn parse(text: &str) -> Self {
        let (area, verb) = text.rsplit_once('.').unwrap_or((text, ""));
        Self { area: area.to_owned(), verb: verb.to_owned() }
    }

    /// The name of its constant: `TICKETS_READ`; the product is omitted if it is Desk.
    pub fn constant(&self) -> String {
        let area = self.area.strip_prefix("Desk.").unwrap_or(&self.area);
        super::naming::shouty(&format!("{area}.{}", self.verb).replace('.', "_"))
    }
}

/// Every scope that an operation names, sorted.
pub(super) fn all(spec: &Spec) -> BTreeSet<Scope> {
    let texts = spec.operations.iter().flat_map(|listed| listed.operation.scopes.iter().flatten());
    texts.map(|text| Scope::parse(text)).collect()
}
