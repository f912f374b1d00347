//! What was likely meant by a name that nothing has.

/// How alike two names are where one is taken for a slip of the other.
const ALIKE: f64 = 0.7;

/// Of the known names, the one that is most like this, if any is like it at all.
pub fn near<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let rated = known.into_iter().map(|known| (strsim::normalized_damerau_levenshtein(known, name), known));
    rated.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(likeness, _)| *likeness >= ALIKE).map(|(_, known)| known)
}
