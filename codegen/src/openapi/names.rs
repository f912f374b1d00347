//! What the types are called in the document.

use std::collections::{BTreeMap, HashSet};

use crate::spec::Spec;

/// The key of each type among the document's schemas.
pub(super) struct Names<'a>(BTreeMap<&'a str, String>);

impl<'a> Names<'a> {
    /// Keys that OpenAPI allows, and that differ by more than case: generators make files of them.
    pub(super) fn new(spec: &'a Spec) -> Self {
        let mut names: Vec<&str> = spec.types.keys().map(String::as_str).collect();
        names.sort_unstable();
        let mut taken = HashSet::new();
        Self(names.into_iter().map(|name| (name, key(name, &mut taken))).collect())
    }

    /// Every type with its key, sorted.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, &str)> {
        self.0.iter().map(|(name, key)| (*name, key.as_str()))
    }

    /// A reference to a type.
    pub(super) fn reference(&self, name: &str) -> String {
        format!("#/components/schemas/{}", self.0.get(name).map_or(name, String::as_str))
    }
}

fn key(name: &str, taken: &mut HashSet<String>) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let plain: String = name.chars().map(|c| if allowed(c) { c } else { '_' }).collect();
    let numbered = (2_u32..).map(|number| format!("{plain}_{number}"));
    let mut free = std::iter::once(plain.clone()).chain(numbered);
    free.find(|key| taken.insert(key.to_lowercase())).unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Scalar, Schema};

    #[test]
    fn keys_are_plain_and_differ_by_more_than_case() {
        let types = ["a.B", "a.b", "a.c d", "a.c_d", "a.b_2"].map(|name| (name.to_owned(), Schema::scalar(Scalar::Id)));
        let spec = Spec { types: types.into_iter().collect(), ..Spec::default() };
        let names = Names::new(&spec);
        let keys: Vec<_> = names.iter().collect();
        let expected =
            [("a.B", "a.B"), ("a.b", "a.b_2"), ("a.b_2", "a.b_2_2"), ("a.c d", "a.c_d"), ("a.c_d", "a.c_d_2")];
        assert_eq!(keys, expected);
    }
}
