//! Names that are alike.

/// Names that are less alike than this are different things.
const ALIKE: f64 = 0.6;

/// A part of a name that is shorter tells nothing.
const SHORTEST_PART: usize = 4;

/// No name is longer; what is longer is not compared.
const LONGEST: usize = 100;

/// The known name that was likely meant, if one is near.
pub(super) fn likely(name: &str, known: &[&'static str]) -> Option<&'static str> {
    ranked(name, known).into_iter().next().filter(|(alike, _)| *alike >= ALIKE).map(|(_, known)| known)
}

/// Known names, the most alike first.
pub(super) fn nearest_first(name: &str, known: &[&'static str]) -> Vec<&'static str> {
    ranked(name, known).into_iter().map(|(_, known)| known).collect()
}

/// Known names with how alike they are, from 0 to 1, the most alike first.
fn ranked(name: &str, known: &[&'static str]) -> Vec<(f64, &'static str)> {
    let comparable = name.chars().nth(LONGEST).is_none();
    let wanted = folded(name);
    let alike = |known: &str| {
        let known = folded(known);
        let near = if comparable { strsim::normalized_damerau_levenshtein(&wanted, &known) } else { 0.0 };
        // A part of a name is near to it, whatever its length; of several, to the shortest.
        let part = wanted.len() >= SHORTEST_PART && known.contains(&wanted);
        if part { near.max(ALIKE + near / 100.0) } else { near }
    };
    let mut ranked: Vec<_> = known.iter().map(|known| (alike(known), *known)).collect();
    // The order stays for names that are equally alike.
    ranked.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    ranked
}

/// A name without what tells the ways of writing apart.
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
