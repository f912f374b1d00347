//! The rules that remain where a value may be one of several.

use crate::spec::Rules;

/// The rules that hold for either of the two: the wider limit, and the values of both.
pub(super) fn of_either(a: Rules, b: Rules) -> Rules {
    Rules {
        values: either_list(a.values, b.values),
        // Words are allowed in addition to values of the kind, so those of one branch are accepted in the other.
        words: both(a.words, b.words),
        descending: a.descending || b.descending,
        open: a.open || b.open,
        time_range: a.time_range || b.time_range,
        prefix: a.prefix.filter(|prefix| b.prefix.as_ref() == Some(prefix)),
        minimum: a.minimum.zip(b.minimum).map(|(a, b)| a.min(b)),
        maximum: a.maximum.zip(b.maximum).map(|(a, b)| a.max(b)),
        min_length: a.min_length.zip(b.min_length).map(|(a, b)| a.min(b)),
        max_length: a.max_length.zip(b.max_length).map(|(a, b)| a.max(b)),
        min_items: a.min_items.zip(b.min_items).map(|(a, b)| a.min(b)),
        max_items: a.max_items.zip(b.max_items).map(|(a, b)| a.max(b)),
        unique: a.unique && b.unique,
        read_only: a.read_only && b.read_only,
        default: a.default.filter(|default| b.default.as_ref() == Some(default)),
    }
}

/// Without a list on one side, anything is allowed.
fn either_list(a: Vec<String>, b: Vec<String>) -> Vec<String> {
    if a.is_empty() || b.is_empty() { Vec::new() } else { both(a, b) }
}

fn both(mut a: Vec<String>, b: Vec<String>) -> Vec<String> {
    let new: Vec<String> = b.into_iter().filter(|word| !a.contains(word)).collect();
    a.extend(new);
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wider_limit_counts_and_no_limit_is_the_widest() {
        let short = Rules { max_length: Some(10), minimum: Some(1), ..Rules::default() };
        let long = Rules { max_length: Some(50), ..Rules::default() };
        let either = of_either(short, long);
        assert_eq!((either.max_length, either.minimum), (Some(50), None));
    }

    #[test]
    fn values_of_both_unless_one_takes_any() {
        let listed = |values: &[&str]| Rules {
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            ..Rules::default()
        };
        assert_eq!(of_either(listed(&["A"]), listed(&["B", "A"])).values, ["A", "B"]);
        assert!(of_either(listed(&["A"]), listed(&[])).values.is_empty());
    }
}
