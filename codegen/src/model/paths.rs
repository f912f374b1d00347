//! Other operations' paths that a text in an operation's path could produce.
//!
//! Where a path fits several templates, the one with a word where the others have a parameter wins, as it does in the
//! service: `/articles/search` is not the article of that name.

use std::collections::{BTreeMap, BTreeSet};

use crate::spec::{Kind, Operation, ParameterPlace, Scalar, Schema, Spec};

/// The templates of all routes, as a tree of their steps. A step is a word in lower case, or `{` for a parameter.
#[derive(Debug, Default)]
pub(super) struct Templates<'s> {
    next: BTreeMap<String, Templates<'s>>,
    /// The templates that end here: those of one route, whose parameters have different names.
    ends: BTreeSet<&'s str>,
}

const PARAMETER: &str = "{";

impl<'s> Templates<'s> {
    pub(super) fn of(spec: &'s Spec) -> Self {
        let mut templates = Self::default();
        for path in spec.operations.iter().map(|listed| listed.operation.path.as_str()) {
            let step = |step: &str| {
                if step.starts_with(PARAMETER) { PARAMETER.to_owned() } else { step.to_ascii_lowercase() }
            };
            let end = path.split('/').fold(&mut templates, |at, word| at.next.entry(step(word)).or_default());
            end.ends.insert(path);
        }
        templates
    }

    /// The templates of other routes that some text in the path parameters of `operation` turns its path into, sorted.
    /// Those that the parameters' own rules exclude (ids are digits, a prefix, a list of values) are left out.
    pub(super) fn others(&self, spec: &Spec, operation: &Operation) -> Vec<String> {
        if !operation.path.contains(PARAMETER) {
            return Vec::new();
        }
        let steps: Vec<&str> = operation.path.split('/').collect();
        let mut found = BTreeSet::new();
        self.reach(&Values { spec, operation }, &steps, false, &mut found);
        found.into_iter().map(str::to_owned).collect()
    }

    /// Follows the steps of a path. The first that differs from a template must be a parameter's: where the template has
    /// the parameter, it does not win.
    fn reach(&self, values: &Values<'_>, steps: &[&str], differs: bool, found: &mut BTreeSet<&'s str>) {
        let Some((step, rest)) = steps.split_first() else {
            found.extend(self.ends.iter().filter(|_| differs));
            return;
        };
        let is_parameter = step.starts_with(PARAMETER);
        for (word, next) in &self.next {
            let differs = match (is_parameter, word == PARAMETER) {
                (true, true) => differs,
                (true, false) if values.may_be(step, word) => true,
                (false, true) if differs => true,
                (false, false) if step.eq_ignore_ascii_case(word) => differs,
                _ => continue,
            };
            next.reach(values, rest, differs, found);
        }
    }
}

/// What an operation's path parameters may be.
struct Values<'a> {
    spec: &'a Spec,
    operation: &'a Operation,
}

impl Values<'_> {
    /// Whether the parameter of this step may be the word.
    fn may_be(&self, step: &str, word: &str) -> bool {
        let Some(name) = step.strip_prefix('{').and_then(|name| name.strip_suffix('}')) else { return false };
        let mut parameters = self.operation.parameters.iter().filter(|known| known.place == ParameterPlace::Path);
        let parameter = parameters.find(|known| known.name == name);
        parameter.is_none_or(|parameter| may_be(self.spec, &parameter.schema, word))
    }
}

/// Whether a value of the type may be this word.
fn may_be(spec: &Spec, schema: &Schema, word: &str) -> bool {
    let Some(schema) = spec.resolve(schema) else { return true };
    let rules = &schema.rules;
    let among = |words: &[String]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    match &schema.kind {
        Kind::Scalar(Scalar::Id | Scalar::Integer | Scalar::Number) => digits || among(&rules.words),
        _ if !rules.values.is_empty() && !rules.open => among(&rules.values) || among(&rules.words),
        _ => {
            let starts = |prefix: &String| word.to_lowercase().starts_with(&prefix.to_lowercase());
            rules.prefix.as_ref().is_none_or(starts)
        }
    }
}
