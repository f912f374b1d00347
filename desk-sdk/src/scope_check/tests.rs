use crate::generated::scopes::*;
use crate::operation::Operation;
use crate::scope::ScopeSet;

static ANY_OF: Operation =
    Operation { scopes: &[&[AGENTS_READ], &[BASIC_READ], &[SETTINGS_READ]], ..Operation::of("") };
static ALL_OF: Operation =
    Operation { scopes: &[&[TASKS_READ, SEARCH_READ], &[ACTIVITIES_TASKS_READ, SEARCH_READ]], ..Operation::of("") };
static FREE: Operation = Operation::of("");

#[test]
fn one_alternative_is_enough_and_needs_all_of_its_scopes() {
    assert!(ScopeSet::parse("Desk.basic.READ").allow(&ANY_OF));
    assert!(!ScopeSet::parse("Desk.tickets.READ").allow(&ANY_OF));
    assert!(ScopeSet::parse("Desk.activities.READ Desk.search.READ").allow(&ALL_OF));
    assert!(!ScopeSet::parse("Desk.tasks.READ").allow(&ALL_OF));
    assert!(!ScopeSet::parse("Desk.search.READ").allow(&ALL_OF));
    assert!(ScopeSet::parse("").allow(&FREE));
}

#[test]
fn the_smallest_sets_that_would_do() {
    let missing = |granted: &str, operation: &Operation| ScopeSet::parse(granted).missing(operation);
    assert_eq!(missing("", &ANY_OF), [[AGENTS_READ], [BASIC_READ], [SETTINGS_READ]]);
    assert_eq!(missing("Desk.tasks.READ", &ALL_OF), [[SEARCH_READ]]);
    assert_eq!(missing("Desk.search.READ", &ALL_OF), [[TASKS_READ], [ACTIVITIES_TASKS_READ]]);
    assert!(missing("Desk.basic.READ", &ANY_OF).is_empty());
}
