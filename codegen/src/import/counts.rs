//! Ids, amounts and times are all declared the same way, as 64 bits in text or number; the
//! field's name tells them apart.

use heck::ToSnakeCase;

use crate::spec::{Kind, Scalar, Schema};

/// Last words of names that mean an amount.
const AMOUNTS: &[&str] = &["count", "filesize", "length", "limit", "number", "size", "total"];

/// Last words of names that mean an amount with a fraction.
const FRACTIONS: &[&str] = &["amount", "cost", "costs", "hours", "percentage", "price"];

/// Words before `time` that make it a duration, which can also be written as `00:04`.
const DURATIONS: &[&str] = &["handling", "resolution", "response", "waiting"];

/// Last words of names that mean an id.
const IDS: &[&str] = &["id", "ids", "zuid"];

/// Gives a field declared as text or number the kind that its name suggests.
pub(super) fn settle(name: &str, schema: &mut Schema) {
    if !matches!(&schema.kind, Kind::List(_) | Kind::Scalar(Scalar::Any | Scalar::Id | Scalar::Integer | Scalar::Text))
    {
        return;
    }
    let words = name.to_snake_case();
    let mut words = words.rsplit('_');
    let (last, before) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if let Kind::List(of) = &mut schema.kind {
        if of.kind == Kind::Scalar(Scalar::Integer) && IDS.contains(&last) {
            of.kind = Kind::Scalar(Scalar::Id);
        }
        return;
    }
    if schema.kind == Kind::Scalar(Scalar::Text) && last == "count" {
        schema.kind = Kind::Scalar(Scalar::Integer);
        (schema.rules.min_length, schema.rules.max_length) = (None, None);
    }
    let Kind::Scalar(declared @ (Scalar::Id | Scalar::Integer | Scalar::Any)) = schema.kind else { return };
    let wide = declared == Scalar::Id;
    // A single value with a plural name, such as `openTickets`, is an amount.
    let plural = last.ends_with('s') && !last.ends_with("ss") && last != "status";
    let kind = if IDS.contains(&last) && declared == Scalar::Integer {
        Scalar::Id
    } else if FRACTIONS.contains(&last) {
        Scalar::Number
    } else if last == "time" && DURATIONS.contains(&before) {
        Scalar::Text
    } else if wide && matches!(last, "time" | "date") {
        Scalar::DateTime
    } else if AMOUNTS.contains(&last) || (wide && plural && !IDS.contains(&last)) {
        Scalar::Integer
    } else {
        declared
    };
    if kind != declared && !matches!((declared, kind), (Scalar::Id | Scalar::Any, Scalar::Integer)) {
        (schema.rules.minimum, schema.rules.maximum) = (None, None);
    }
    schema.kind = Kind::Scalar(kind);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_ids_from_amounts_and_times() {
        for (name, declared, expected) in [
            ("count", Scalar::Id, Scalar::Integer),
            ("templateUsageCount", Scalar::Id, Scalar::Integer),
            ("openTickets", Scalar::Id, Scalar::Integer),
            ("sectionsCount", Scalar::Any, Scalar::Integer),
            ("ticketId", Scalar::Id, Scalar::Id),
            ("agentIds", Scalar::Id, Scalar::Id),
            ("createdBy", Scalar::Id, Scalar::Id),
            ("status", Scalar::Id, Scalar::Id),
            ("zuid", Scalar::Integer, Scalar::Id),
            ("activityTime", Scalar::Id, Scalar::DateTime),
            ("expiryDate", Scalar::Id, Scalar::DateTime),
            ("firstResponseTime", Scalar::Id, Scalar::Text),
            ("totalCosts", Scalar::Integer, Scalar::Number),
            ("goodPercentage", Scalar::Integer, Scalar::Number),
            ("from", Scalar::Integer, Scalar::Integer),
        ] {
            let mut schema = Schema::scalar(declared);
            settle(name, &mut schema);
            assert_eq!(schema.kind, Kind::Scalar(expected), "{name}");
        }
    }
}
