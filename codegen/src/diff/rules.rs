//! What two sets of rules refuse of the same value.

use std::collections::BTreeSet;

use crate::spec::Rules;

/// What is refused now, or no longer, in words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) more: Vec<String>,
    pub(super) less: Vec<String>,
    /// What is assumed if the value is left out.
    pub(super) default: Option<String>,
}

impl Difference {
    /// Compares the rules of a value, or those of a list's elements.
    pub(super) fn between(old: &Rules, new: &Rules) -> Self {
        let mut difference = Self::default();
        difference.values(old, new);
        difference.least("at least", old.minimum, new.minimum);
        difference.most("at most", old.maximum, new.maximum);
        difference.least("characters: at least", old.min_length, new.min_length);
        difference.most("characters: at most", old.max_length, new.max_length);
        difference.least("elements: at least", old.min_items, new.min_items);
        difference.most("elements: at most", old.max_items, new.max_items);
        for (what, old, new) in
            [("no duplicates", old.unique, new.unique), ("only the server sets it", old.read_only, new.read_only)]
        {
            difference.flag(what, old, new);
        }
        for (what, old, new) in [
            ("a leading `-`", old.descending, new.descending),
            ("two date-times with a comma", old.time_range, new.time_range),
        ] {
            difference.flag(what, new, old);
        }
        if old.prefix != new.prefix {
            match &new.prefix {
                Some(prefix) => difference.more.push(format!("starts with `{prefix}`")),
                None => difference.less.push("starts with anything".to_owned()),
            }
        }
        if old.default != new.default {
            let shown =
                |rules: &Rules| rules.default.as_ref().map_or("nothing".to_owned(), |value| format!("`{value}`"));
            difference.default = Some(format!("defaults to {}, not {}", shown(new), shown(old)));
        }
        difference
    }

    /// The values and words that are let through. A list that is open, or empty, refuses nothing.
    fn values(&mut self, old: &Rules, new: &Rules) {
        let limited = |rules: &Rules| !rules.values.is_empty() && !rules.open;
        let all = |rules: &Rules| -> BTreeSet<String> { rules.values.iter().chain(&rules.words).cloned().collect() };
        let (before, now) = (all(old), all(new));
        let listed = |values: Vec<&String>| {
            let shown: Vec<String> = values.iter().take(SHOWN).map(|value| format!("`{value}`")).collect();
            let more = values.len().saturating_sub(SHOWN);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{}{more}", shown.join(", "))
        };
        match (limited(old), limited(new)) {
            (false, true) => self.more.push(format!("only {}", listed(now.iter().collect()))),
            (true, false) => self.less.push("values that are not listed".to_owned()),
            // What an open list lacks is reported, and the words of what is no list are exceptions from its kind.
            (false, false) if old.words == new.words => {}
            _ => {
                let (gone, come): (Vec<_>, Vec<_>) =
                    (before.difference(&now).collect(), now.difference(&before).collect());
                if !gone.is_empty() {
                    self.more.push(format!("not {}", listed(gone)));
                }
                if !come.is_empty() {
                    self.less.push(format!("also {}", listed(come)));
                }
            }
        }
    }

    fn least<N: PartialOrd + std::fmt::Display>(&mut self, what: &str, old: Option<N>, new: Option<N>) {
        match (old, new) {
            (Some(old), Some(new)) if new > old => self.more.push(format!("{what} {new}, not {old}")),
            (Some(old), Some(new)) if new < old => self.less.push(format!("{what} {new}, not {old}")),
            (None, Some(new)) => self.more.push(format!("{what} {new}")),
            (Some(old), None) => self.less.push(format!("no longer {what} {old}")),
            _ => {}
        }
    }

    fn most<N: PartialOrd + std::fmt::Display>(&mut self, what: &str, old: Option<N>, new: Option<N>) {
        match (old, new) {
            (Some(old), Some(new)) if new < old => self.more.push(format!("{what} {new}, not {old}")),
            (Some(old), Some(new)) if new > old => self.less.push(format!("{what} {new}, not {old}")),
            (None, Some(new)) => self.more.push(format!("{what} {new}")),
            (Some(old), None) => self.less.push(format!("no longer {what} {old}")),
            _ => {}
        }
    }

    /// A rule that refuses where it is set.
    fn flag(&mut self, what: &str, old: bool, new: bool) {
        match (old, new) {
            (false, true) => self.more.push(what.to_owned()),
            (true, false) => self.less.push(format!("no longer {what}")),
            _ => {}
        }
    }
}

/// How many values are named.
const SHOWN: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(old: &Rules, new: &Rules) -> (Vec<String>, Vec<String>) {
        let Difference { more, less, .. } = Difference::between(old, new);
        (more, less)
    }

    fn listing(values: &[&str], open: bool) -> Rules {
        Rules { values: values.iter().map(|value| (*value).to_owned()).collect(), open, ..Rules::default() }
    }

    #[test]
    fn a_narrower_rule_refuses_more_and_a_wider_one_less() {
        let at_most = |maximum, max_length| Rules { maximum, max_length, ..Rules::default() };
        let narrower = refused(&at_most(Some(100), None), &at_most(Some(50), Some(255)));
        assert_eq!(narrower.0, ["at most 50, not 100", "characters: at most 255"]);
        assert!(narrower.1.is_empty());
        let wider = refused(&at_most(Some(50), Some(255)), &at_most(Some(100), None));
        assert_eq!(wider.1, ["at most 100, not 50", "no longer characters: at most 255"]);
        let unique = Rules { unique: true, minimum: Some(1), ..Rules::default() };
        assert_eq!(refused(&unique, &Rules::default()).1, ["no longer at least 1", "no longer no duplicates"]);
    }

    #[test]
    fn an_open_list_of_values_refuses_nothing() {
        assert_eq!(refused(&listing(&["a", "b"], false), &listing(&["b", "c"], false)).0, ["not `a`"]);
        assert_eq!(refused(&listing(&["a"], false), &listing(&["a", "c"], false)).1, ["also `c`"]);
        assert_eq!(refused(&listing(&["a"], true), &listing(&["b"], true)), (vec![], vec![]));
        assert_eq!(refused(&listing(&["a"], true), &listing(&["a"], false)).0, ["only `a`"]);
        assert_eq!(refused(&listing(&["a"], false), &listing(&[], false)).1, ["values that are not listed"]);
    }

    #[test]
    fn what_is_taken_by_default_refuses_nothing() {
        let with = |value: i64| Rules { default: Some(value.into()), ..Rules::default() };
        let difference = Difference::between(&with(10), &with(20));
        assert_eq!(difference.default.as_deref(), Some("defaults to `20`, not `10`"));
        assert!(difference.more.is_empty() && difference.less.is_empty());
    }
}
