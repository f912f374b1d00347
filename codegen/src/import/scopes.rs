//! `security` → the scope requirement: alternatives of all-of sets.

use indexmap::IndexMap;

use crate::api::{ListMeans, Scopes};

/// A list under one `security` object means any one of its scopes, or all of them, by the API's grammar. Scopes that are
/// needed in addition to others are needed with each of them. Several objects are alternatives.
pub(super) fn of(security: &[IndexMap<String, Vec<String>>], grammar: &Scopes) -> Vec<Vec<String>> {
    let mut alternatives: Vec<Vec<String>> = Vec::new();
    for list in security.iter().flat_map(IndexMap::values) {
        let is_beside = |scope: &str| grammar.in_addition.iter().any(|beside| grammar.same(beside, scope));
        let (beside, others): (Vec<_>, Vec<_>) = list.iter().cloned().partition(|scope| is_beside(scope));
        let sets = match (grammar.list_means, others.is_empty()) {
            (ListMeans::All, _) => vec![list.clone()],
            (ListMeans::Any, true) => vec![beside],
            (ListMeans::Any, false) => others.into_iter().map(|other| [vec![other], beside.clone()].concat()).collect(),
        };
        for set in sets {
            if !set.is_empty() && !alternatives.contains(&set) {
                alternatives.push(set);
            }
        }
    }
    alternatives
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grammar() -> Scopes {
        let written: serde_json::Value = serde_json::from_str(include_str!("../../../spec/local/api.json")).unwrap();
        serde_json::from_value(written["scopes"].clone()).unwrap()
    }

    fn requirement(lists: &[&[&str]]) -> Vec<Vec<String>> {
        let object = |list: &&[&str]| {
            IndexMap::from([("oauth".to_owned(), list.iter().map(|scope| (*scope).to_owned()).collect())])
        };
        of(&lists.iter().map(object).collect::<Vec<_>>(), &grammar())
    }

    #[test]
    fn a_list_means_any_one_of_its_scopes() {
        assert_eq!(
            requirement(&[&["Desk.agents.READ", "Desk.basic.READ"]]),
            [["Desk.agents.READ"], ["Desk.basic.READ"]]
        );
    }

    #[test]
    fn search_is_needed_as_well_as_one_of_the_others() {
        let expected = [["Desk.tasks.READ", "Desk.search.READ"], ["Desk.calls.READ", "Desk.search.READ"]];
        assert_eq!(requirement(&[&["Desk.tasks.READ", "Desk.search.READ", "Desk.calls.READ"]]), expected);
        assert_eq!(requirement(&[&["Desk.search.READ"]]), [["Desk.search.READ"]]);
    }

    #[test]
    fn several_objects_are_alternatives_without_repetition() {
        let expected = [["Desk.contracts.READ"], ["Desk.settings.READ"]];
        assert_eq!(requirement(&[&["Desk.contracts.READ", "Desk.settings.READ"], &["Desk.settings.READ"]]), expected);
        assert!(requirement(&[]).is_empty());
    }

    #[test]
    fn a_list_means_all_of_its_scopes_where_the_grammar_says_so() {
        let grammar = Scopes { list_means: ListMeans::All, in_addition: Vec::new(), ..grammar() };
        let list = IndexMap::from([("oauth".to_owned(), vec!["a".to_owned(), "b".to_owned()])]);
        assert_eq!(of(&[list], &grammar), [["a", "b"]]);
    }
}
