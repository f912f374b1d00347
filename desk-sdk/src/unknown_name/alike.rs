//! Similar names.

/// Names less similar than this are considered unrelated.
const ALIKE: f64 = 0.6;

/// A shorter part of a name is meaningless.
const SHORTEST_PART: usize = 4;

/// No name is longer, so longer ones are not compared.
const LONGEST: usize = 100;

/// The known name that was probably meant, if one is close.
pub(super) fn likely(name: &str, known: &[&'static str]) -> Option<&'static str> {
    ranked(name, known).into_iter().next().filter(|(alike, _)| *alike >= ALIKE).map(|(_, known)| known)
}

/// Known names, most similar first.
pub(super) fn nearest_first(name: &str, known: &[&'static str]) -> Vec<&'static str> {
    ranked(name, known).into_iter().map(|(_, known)| known).collect()
}

/// Known names with their similarity, from 0 to 1, most similar first.
fn ranked(name: &str, known: &[&'static str]) -> Vec<(f64, &'static str)> {
    let comparable = name.chars().nth(LONGEST).is_none();
    let wanted = folded(name);
    let alike = |known: &str| {
        let known = folded(known);
        let near = if comparable { strsim::normalized_damerau_levenshtein(&wanted, &known) } else { 0.0 };
        // A part of a name is close to it, whatever its length; among several, the shortest is closest.
        let part = wanted.len() >= SHORTEST_PART && known.contains(&wanted);
        if part { near.max(ALIKE + near / 100.0) } else { near }
    };
    let mut ranked: Vec<_> = known.iter().map(|known| (alike(known), *known)).collect();
    // Equally similar names keep their order.
    ranked.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    ranked
}

/// A name without the differences between naming conventions.
pub(crate) fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_likely_meant() {
        let known = ["departmentIds", "from", "include", "limit", "sortBy"];
        for (name, expected) in [
            ("department_ids", Some("departmentIds")),
            ("DepartmentIDs", Some("departmentIds")),
            ("departmentId", Some("departmentIds")),
            ("sort-by", Some("sortBy")),
            ("sort", Some("sortBy")),
            ("limti", Some("limit")),
            ("inculde", Some("include")),
            ("page", None),
            ("departm", Some("departmentIds")),
            ("clud", Some("include")),
            ("lim", Some("limit")),
            ("ent", None),
            ("", None),
        ] {
            assert_eq!(likely(name, &known), expected, "{name}");
        }
        assert_eq!(likely(&"limit".repeat(1000), &known), None);
        assert_eq!(likely("limit", &[]), None);
    }
}
