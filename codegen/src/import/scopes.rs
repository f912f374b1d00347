//! `security` → the scope requirement: alternatives of all-of sets.

use indexmap::IndexMap;

/// A list under one `security` object means any one of its scopes. The exception is the search
/// scope: if it is in the list, it is needed in addition to one of the others. Several objects are
/// alternatives.
pub(super) fn of(security: &[IndexMap<String, Vec<String>>]) -> Vec<Vec<String>> {
    let mut alternatives: Vec<Vec<String>> = Vec::new();
    for list in security.iter().flat_map(IndexMap::values) {
        let (search, others): (Vec<_>, Vec<_>) = list.iter().cloned().partition(|scope| is_search(scope));
        let sets = match others.is_empty() {
            true => vec![search],
            false => others.into_iter().map(|other| [vec![other], search.clone()].concat()).collect(),
        };
        for set in sets {
            if !set.is_empty() && !alternatives.contains(&set) {
                alternatives.push(set);
            }
        }
    }
    alternatives
}

fn is_search(scope: &str) -> bool {
    scope.eq_ignore_ascii_case("Desk.search.READ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requirement(lists: &[&[&str]]) -> Vec<Vec<String>> {
        let object = |list: &&[&str]| {
            IndexMap::from([("oauth".to_owned(), list.iter().map(|scope| (*scope).to_owned()).collect())])
        };
        of(&lists.iter().map(object).collect::<Vec<_>>())
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
}
