//! Ids and counts are declared alike, as 64 bits in text or number; the field's name tells them
//! apart.

use heck::ToSnakeCase;

use crate::spec::{Kind, Scalar, Schema};

/// Last words of names that stand for an amount.
const AMOUNTS: &[&str] = &["count", "filesize", "length", "limit", "number", "size", "time", "total"];

/// Whether a name says that it is an id.
fn names_id(name: &str) -> bool {
    let words = name.to_snake_case();
    matches!(words.rsplit('_').next(), Some("id" | "ids" | "zuid"))
}

/// Makes a field that was taken for an id a number, if its name says that it is an amount. One
/// value under a plural (`openTickets`) is an amount as well; in a list those are ids.
/// A number under a name that says id is one.
pub(super) fn settle(name: &str, schema: &mut Schema) {
    if let Kind::List(of) = &mut schema.kind {
        if of.kind == Kind::Scalar(Scalar::Integer) && names_id(name) {
            of.kind = Kind::Scalar(Scalar::Id);
        }
        return;
    }
    if schema.kind == Kind::Scalar(Scalar::Integer) && names_id(name) {
        schema.kind = Kind::Scalar(Scalar::Id);
        (schema.rules.minimum, schema.rules.maximum) = (None, None);
        return;
    }
    if !matches!(schema.kind, Kind::Scalar(Scalar::Id | Scalar::Any)) {
        return;
    }
    let words = name.to_snake_case();
    let last = words.rsplit('_').next().unwrap_or_default();
    let plural = last.ends_with('s') && !last.ends_with("ids") && !last.ends_with("ss") && last != "status";
    if AMOUNTS.contains(&last) || (plural && schema.kind == Kind::Scalar(Scalar::Id)) {
        schema.kind = Kind::Scalar(Scalar::Integer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_amounts_from_ids() {
        for (name, expected) in [
            ("count", Scalar::Integer),
            ("templateUsageCount", Scalar::Integer),
            ("openTickets", Scalar::Integer),
            ("ticketId", Scalar::Id),
            ("agentIds", Scalar::Id),
            ("createdBy", Scalar::Id),
            ("status", Scalar::Id),
            ("zuid", Scalar::Id),
        ] {
            let mut schema = Schema::scalar(if name == "zuid" { Scalar::Integer } else { Scalar::Id });
            settle(name, &mut schema);
            assert_eq!(schema.kind, Kind::Scalar(expected), "{name}");
        }
    }
}
