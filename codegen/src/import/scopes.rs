//! A list of scopes → the scope requirement: alternatives of all-of sets.

/// A list under one security scheme means any one of its scopes. The exception is the search scope: if it is in the
/// list, it is needed in addition to one of the others. Without a scope, any token will do: one empty set.
pub(super) fn of(list: &[&str]) -> Vec<Vec<String>> {
    let (search, others): (Vec<&str>, Vec<&str>) = list.iter().partition(|scope| is_search(scope));
    let set = |scopes: Vec<&str>| scopes.into_iter().map(str::to_owned).collect::<Vec<_>>();
    match others.is_empty() {
        true => vec![set(search)],
        false => others.into_iter().map(|other| set([vec![other], search.clone()].concat())).collect(),
    }
}

/// What meets both requirements: each set of one with each of the other.
pub(super) fn both(one: &[Vec<String>], other: &[Vec<String>]) -> Vec<Vec<String>> {
    let join = |a: &Vec<String>, b: &Vec<String>| {
        let new = b.iter().filter(|scope| !a.contains(scope)).cloned();
        a.iter().cloned().chain(new).collect()
    };
    one.iter().flat_map(|a| other.iter().map(move |b| join(a, b))).collect()
}

fn is_search(scope: &str) -> bool {
    scope.eq_ignore_ascii_case("Desk.search.READ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_means_any_one_of_its_scopes() {
        assert_eq!(of(&["Desk.agents.READ", "Desk.basic.READ"]), [["Desk.agents.READ"], ["Desk.basic.READ"]]);
        assert_eq!(of(&[]), [[""; 0]]);
    }

    #[test]
    fn search_is_needed_as_well_as_one_of_the_others() {
        let expected = [["Desk.tasks.READ", "Desk.search.READ"], ["Desk.calls.READ", "Desk.search.READ"]];
        assert_eq!(of(&["Desk.tasks.READ", "Desk.search.READ", "Desk.calls.READ"]), expected);
        assert_eq!(of(&["Desk.search.READ"]), [["Desk.search.READ"]]);
    }

    #[test]
    fn two_requirements_are_both_met_by_each_pair() {
        let (one, other) = (of(&["a", "b"]), of(&["b", "c"]));
        assert_eq!(both(&one, &other), [vec!["a", "b"], vec!["a", "c"], vec!["b"], vec!["b", "c"]]);
        assert_eq!(both(&one, &of(&[])), one);
    }
}
