//! Ids and counts are declared alike, as 64 bits in text or number; the field's name tells them
//! apart.

use heck::ToSnakeCase;

use crate::spec::{Kind, Scalar, Schema};

/// Last words of names that stand for an amount.
const AMOUNTS: &[&str] = &["count", "filesize", "length", "limit", "number", "size", "time", "total"];

/// Makes a field that was taken for an id a number, if its name says that it is an amount. One
/// value under a plural (`openTickets`) is an amount as well; in a list those are ids.
pub(super) fn settle(name: &str, schema: &mut Schema) {
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
        ] {
            let mut schema = Schema::scalar(Scalar::Id);
            settle(name, &mut schema);
            assert_eq!(schema.kind, Kind::Scalar(expected), "{name}");
        }
    }
}
