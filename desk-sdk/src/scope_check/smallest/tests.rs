use std::collections::BTreeSet;

use super::*;
use crate::generated::scopes::*;

static AGENTS: Operation =
    Operation { id: "agents", scopes: &[&[AGENTS_READ], &[BASIC_READ], &[SETTINGS_READ]], ..Operation::of("") };
static RULES: Operation =
    Operation { id: "rules", scopes: &[&[AUTOMATIONS_READ], &[SETTINGS_READ]], ..Operation::of("") };
static SEARCH: Operation = Operation { id: "search", scopes: &[&[TASKS_READ, SEARCH_READ]], ..Operation::of("") };
static READS: Operation = Operation { id: "reads", scopes: &[&[TICKETS_READ]], ..Operation::of("") };
static WRITES: Operation = Operation { id: "writes", scopes: &[&[TICKETS_WRITE]], ..Operation::of("") };
static CREATES: Operation = Operation { id: "creates", scopes: &[&[TICKETS_CREATE]], ..Operation::of("") };
static UPDATES: Operation = Operation { id: "updates", scopes: &[&[TICKETS_UPDATE]], ..Operation::of("") };
static REMOVES: Operation =
    Operation { id: "removes", scopes: &[&[TICKETS_ALL], &[TICKETS_READ, TICKETS_WRITE]], ..Operation::of("") };
static FREE: Operation = Operation::of("");

fn smallest(operations: &[&Operation], prefer: Prefer) -> Vec<Scope> {
    SmallestScopes::of(operations, prefer).scopes()
}

#[test]
fn one_scope_may_serve_several_operations() {
    assert_eq!(smallest_scopes([&AGENTS, &RULES, &FREE]), [SETTINGS_READ]);
    assert_eq!(smallest_scopes([&AGENTS]), [AGENTS_READ]);
    assert_eq!(smallest_scopes([&SEARCH, &RULES]).len(), 3);
    assert!(smallest_scopes([&FREE]).is_empty());
    // A broader scope that one of them needs in any case serves the others.
    assert_eq!(smallest_scopes([&CREATES, &UPDATES, &WRITES]), [TICKETS_WRITE]);
    assert_eq!(smallest_scopes([&READS, &CREATES, &REMOVES]), [TICKETS_ALL]);
    // But nothing broader is chosen than what operations ask for.
    assert_eq!(smallest_scopes([&CREATES, &UPDATES]), [TICKETS_CREATE, TICKETS_UPDATE]);
}

#[test]
fn where_several_would_do_one_can_choose_and_is_told() {
    assert_eq!(smallest(&[&AGENTS, &SEARCH], Prefer::Narrow), [AGENTS_READ, SEARCH_READ, TASKS_READ]);
    assert_eq!(smallest(&[&AGENTS, &SEARCH], Prefer::Broad), [SEARCH_READ, SETTINGS_READ, TASKS_READ]);
    let explained = SmallestScopes::of([&AGENTS, &SEARCH], Prefer::Narrow);
    assert_eq!(explained.reasons[0].instead, [BASIC_READ, SETTINGS_READ]);
    assert_eq!(explained.reasons[1].operations, ["search"]);
    assert!(explained.reasons[1].instead.is_empty() && explained.certain);
    assert!(explained.to_string().starts_with("Desk.agents.READ for agents; or instead, Desk.basic.READ or "));
    assert_eq!(SmallestScopes::of([&FREE], Prefer::Narrow).to_string(), "no scope is needed");
}

#[test]
fn what_is_granted_already_need_not_be_asked_for() {
    let beside = |granted: &str, operations: &[&Operation]| {
        SmallestScopes::beside(&ScopeSet::parse(granted), operations, Prefer::Narrow).scopes()
    };
    assert_eq!(beside("Desk.basic.READ", &[&AGENTS, &RULES]), [AUTOMATIONS_READ]);
    assert_eq!(beside("Desk.search.READ", &[&SEARCH]), [TASKS_READ]);
    assert_eq!(beside("Desk.tickets.CREATE", &[&WRITES, &UPDATES]), [TICKETS_UPDATE]);
    assert!(beside("Desk.tickets.ALL", &[&WRITES, &READS, &REMOVES]).is_empty());
}

#[test]
fn the_set_allows_whatever_it_was_made_for() {
    let all: Vec<_> = crate::operations().collect();
    for prefer in [Prefer::Narrow, Prefer::Broad] {
        for few in all.chunks(40).chain([all.as_slice()]) {
            let smallest = SmallestScopes::of(few, prefer);
            assert!(smallest.certain, "the search was cut short for {} operations", few.len());
            let granted = ScopeSet::from(smallest.scopes());
            let refused: Vec<_> = few.iter().filter(|operation| !granted.allow(operation)).collect();
            assert!(refused.is_empty(), "{refused:?}");
            // Each scope is needed, and its reason names operations that fail without it.
            for reason in &smallest.reasons {
                let without = granted.without(&reason.scope.to_string());
                let lost: Vec<_> =
                    few.iter().filter(|operation| !without.allow(operation)).map(|operation| operation.id).collect();
                assert!(!lost.is_empty());
                assert_eq!(reason.operations, lost, "{reason:?}");
            }
        }
    }
}

/// Tries every set of scopes that the operations name, from the smallest on.
#[test]
fn no_smaller_set_would_do() {
    let all: Vec<_> = crate::operations().filter(|operation| !operation.scopes.is_empty()).collect();
    let made = [&REMOVES, &WRITES, &CREATES, &UPDATES, &READS, &AGENTS, &SEARCH, &RULES];
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below as u64).unwrap_or_default()
    };
    for round in 0..400 {
        let count = 1 + next(5);
        let few: Vec<&Operation> =
            (0..count).map(|_| if round % 2 == 0 { made[next(made.len())] } else { all[next(all.len())] }).collect();
        let named: BTreeSet<Scope> =
            few.iter().flat_map(|operation| operation.scopes.iter().copied().flatten()).copied().collect();
        let named: Vec<Scope> = named.into_iter().collect();
        if named.len() > 12 {
            continue;
        }
        let sets = (0..1_u32 << named.len()).map(|bits| -> Vec<Scope> {
            named.iter().enumerate().filter(|(index, _)| bits & (1 << index) != 0).map(|(_, scope)| *scope).collect()
        });
        let allows = |set: &Vec<Scope>| {
            let granted = ScopeSet::from(set.as_slice());
            few.iter().all(|operation| granted.allow(operation))
        };
        let sets: Vec<Vec<Scope>> = sets.filter(allows).collect();
        let least = sets.iter().map(Vec::len).min();
        let breadth = |set: &Vec<Scope>| set.iter().map(|scope| scope.breadth()).sum::<u64>();
        let breadths = sets.iter().filter(|set| Some(set.len()) == least).map(breadth);
        let (narrow, broad) = (smallest(&few, Prefer::Narrow), smallest(&few, Prefer::Broad));
        assert_eq!((Some(narrow.len()), Some(broad.len())), (least, least), "{few:?}");
        assert_eq!(Some(breadth(&narrow)), breadths.clone().min(), "{few:?}");
        assert_eq!(Some(breadth(&broad)), breadths.max(), "{few:?}");
    }
}
