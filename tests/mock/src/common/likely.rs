//! Finds the name that was probably meant.

/// How similar a name must be to count as meant; 1 is identical.
const ALIKE: f64 = 0.8;

/// No known name is longer, so longer names are not compared.
const LONGEST: usize = 100;

/// The known name most similar to the given one, if any.
pub(crate) fn likely<'n>(known: impl IntoIterator<Item = &'n str>, given: &str) -> Option<&'n str> {
    if given.chars().nth(LONGEST).is_some() {
        return None;
    }
    let given = given.to_lowercase();
    let rated = known.into_iter().map(|name| (strsim::jaro_winkler(&name.to_lowercase(), &given), name));
    let best = rated.max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(likeness, _)| *likeness >= ALIKE).map(|(_, name)| name)
}

/// The end of a sentence about an unknown name: `; perhaps limit is meant`, or empty.
pub(crate) fn hint<'n>(known: impl IntoIterator<Item = &'n str>, given: &str) -> String {
    likely(known, given).map(|name| format!("; perhaps {name} is meant")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_and_a_stranger_is_not() {
        let known = ["limit", "from", "sortBy"];
        assert_eq!(likely(known, "limt"), Some("limit"));
        assert_eq!(likely(known, "SORTBY"), Some("sortBy"));
        assert_eq!(likely(known, "colour"), None);
        assert_eq!(likely(known, &"limit".repeat(1000)), None);
        assert_eq!(hint(known, "form"), "; perhaps from is meant");
        assert_eq!(hint([], "from"), "");
    }
}
