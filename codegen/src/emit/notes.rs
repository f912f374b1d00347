//! Notes on parameters, without what the signature or another sentence already says.

use crate::model::Type;
use crate::spec::Rules;

/// How the note's author put it, and how the docs do. The description has a schema and a text; the notes call the
/// latter prose.
const WORDING: &[(&str, &str)] = &[
    ("by the prose", "according to the documentation"),
    ("the prose", "the documentation"),
    ("prose and pattern: ", ""),
    ("prose: ", ""),
    ("prose ", "the documentation "),
    ("left out: ", "defaults to "),
    ("needed for ", "required for "),
];

/// How a list is written, which is not the caller's concern: a setter takes a list.
const JOINED: &[&str] = &[
    "comma separated by the prose, explode is true",
    "comma separated by the prose",
    "comma separated ids",
    "comma separated",
];

/// What the documentation can say about a parameter besides its note.
pub(super) struct Known<'a> {
    pub(super) ty: &'a Type,
    pub(super) rules: &'a Rules,
    pub(super) inner: &'a Rules,
    /// What the server takes by default.
    pub(super) default: Option<&'a str>,
}

/// What is left of a note; nothing if all of it is known.
pub(super) fn rest(note: &str, known: &Known<'_>) -> Option<String> {
    let clauses: Vec<_> = note.split("; ").filter_map(|clause| known.clause(clause)).collect();
    (!clauses.is_empty()).then(|| clauses.join("; "))
}

impl Known<'_> {
    fn clause(&self, clause: &str) -> Option<String> {
        if self.is_time(clause) || self.is_order(clause) || self.is_values(clause) {
            return None;
        }
        let clause = if matches!(self.ty, Type::List(_)) { self.unjoined(clause) } else { clause.to_owned() };
        let clause = self.without_default(&clause);
        (!clause.is_empty()).then(|| reworded(clause))
    }

    /// Whether a clause describes the form of a time range.
    fn is_time(&self, clause: &str) -> bool {
        let ranges = *self.ty == Type::TimeRange || self.rules.time_range || self.inner.time_range;
        ranges && (clause.contains("date-times") || clause.contains("yyyy-MM-ddT"))
    }

    /// Whether a clause describes how to sort, and says nothing about an order that is not already known.
    fn is_order(&self, clause: &str) -> bool {
        let sorted = self.rules.descending || self.inner.descending;
        let minus = clause.contains("sorts descending") || clause.contains("for descending");
        let ascending = matches!(clause, "ascending" | "ascending by default");
        sorted && (ascending || minus && (self.default.is_some() || !clause.contains("default")))
    }

    /// Whether a clause names values that are listed.
    fn is_values(&self, clause: &str) -> bool {
        let named = clause.trim_start_matches("the ").strip_prefix("prose also names ");
        let listed = |word: &str| self.rules.values.iter().chain(&self.inner.values).any(|value| value == word);
        named.is_some_and(|named| named.split([',', ' ']).filter(|word| !matches!(*word, "" | "and")).all(listed))
    }

    /// A clause about a list, without how it is written and without elements that are listed.
    fn unjoined(&self, clause: &str) -> String {
        let Some((before, after)) = JOINED.iter().find_map(|form| clause.split_once(form)) else {
            return clause.to_owned();
        };
        let after = if self.inner.values.is_empty() { after } else { after.split(':').next().unwrap_or_default() };
        let beside = [' ', ',', ':'];
        let (before, after) = (before.trim_end_matches("prose: ").trim_end_matches(beside), after.trim_matches(beside));
        [before, after].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// A clause without the default at its end.
    fn without_default<'c>(&self, clause: &'c str) -> &'c str {
        let Some(default) = self.default else { return clause };
        let before = clause.strip_suffix(default).and_then(|before| before.strip_suffix("default "));
        before.map_or(clause, |before| match before.ends_with("says ") {
            true => clause,
            false => before.trim_end_matches([' ', ',']),
        })
    }
}

fn reworded(clause: &str) -> String {
    let mut clause = clause.to_owned();
    for (theirs, ours) in WORDING {
        // Only at the start are these words a phrase that is replaced on its own.
        if let Some(rest) = clause.strip_prefix(theirs) {
            clause = format!("{ours}{rest}");
        } else if theirs.ends_with("the prose") {
            clause = clause.replace(theirs, ours);
        }
    }
    clause
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Rules;

    fn shown(note: &str, ty: &Type, rules: &Rules, inner: &Rules, default: Option<&str>) -> String {
        rest(note, &Known { ty, rules, inner, default }).unwrap_or_default()
    }

    fn values(values: &[&str]) -> Rules {
        Rules { values: values.iter().map(|value| (*value).to_owned()).collect(), ..Rules::default() }
    }

    #[test]
    fn how_a_list_is_written_is_left_out() {
        let (ids, plain) = (Type::List(Box::new(Type::Id)), Rules::default());
        for (note, expected) in [
            ("comma separated", ""),
            ("comma separated ids, up to 50", "up to 50"),
            ("assignee ids, comma separated", "assignee ids"),
            ("comma separated by the prose, explode is true", ""),
            ("comma separated; the prose says at most 50", "the documentation says at most 50"),
            ("agent ids or the word Unassigned; comma separated", "agent ids or the word Unassigned"),
            ("comma separated: A, B", "A, B"),
        ] {
            assert_eq!(shown(note, &ids, &plain, &plain, None), expected, "{note}");
        }
        let listed = values(&["A", "B"]);
        assert_eq!(shown("comma separated, up to 5: A, B", &ids, &plain, &listed, None), "up to 5");
        assert_eq!(shown("comma separated; the prose also names A and B", &ids, &plain, &listed, None), "");
        assert_eq!(shown("prose also names C", &ids, &plain, &listed, None), "the documentation also names C");
        assert_eq!(shown("ids, comma separated", &Type::Text, &plain, &plain, None), "ids, comma separated");
    }

    #[test]
    fn what_the_rules_say_is_not_repeated() {
        let plain = Rules::default();
        let sorted = Rules { descending: true, ..Rules::default() };
        let range = Rules { time_range: true, ..Rules::default() };
        for (note, rules, default, expected) in [
            ("ascending; a leading - sorts descending", &sorted, None, ""),
            ("a leading - sorts descending, which is the default order", &sorted, Some("-time"), ""),
            ("a leading - sorts descending", &plain, None, "a leading - sorts descending"),
            ("default 10", &plain, Some("10"), ""),
            ("start index, default 1", &plain, Some("1"), "start index"),
            ("the prose says default 1000", &plain, Some("1000"), "the documentation says default 1000"),
            ("default 10", &plain, Some("50"), "default 10"),
            ("prose and pattern: also two date-times, comma separated", &range, None, ""),
            ("left out: all users", &plain, None, "defaults to all users"),
            ("mandatory by the prose", &plain, None, "mandatory according to the documentation"),
        ] {
            assert_eq!(shown(note, &Type::Text, rules, &plain, default), expected, "{note}");
        }
        assert_eq!(shown("two UTC date-times, from and to", &Type::TimeRange, &plain, &plain, None), "");
    }
}
