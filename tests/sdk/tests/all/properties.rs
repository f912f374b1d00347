//! What holds for any input.

use crate::common::desk;
use desk_sdk::analytics::GetAgentStatusMonitoring;
use desk_sdk::{Client, ScopeSet, operations};
use proptest::prelude::*;

/// Scopes as they might be told, most of them nearly right.
fn scope() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "(Desk|desk|DESK)",
        "(tickets|basic|settings|activities|calls|imports|contacts)",
        "(READ|read|CREATE|UPDATE|DELETE|ALL|WRITE|CUSTOM)",
        "\\PC{0,6}",
    ];
    proptest::collection::vec(part, 0..5).prop_map(|parts| parts.join("."))
}

fn allowed(granted: &ScopeSet) -> Vec<&'static str> {
    operations().filter(|operation| granted.allow(operation)).map(|operation| operation.id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn more_scopes_never_allow_less(few in proptest::collection::vec(scope(), 0..6), more in proptest::collection::vec(scope(), 0..6)) {
        let before = allowed(&ScopeSet::new(&few));
        let after = allowed(&ScopeSet::new(few.iter().chain(&more)));
        prop_assert!(before.iter().all(|id| after.contains(id)));
    }

    #[test]
    fn case_and_order_do_not_matter(scopes in proptest::collection::vec("Desk\\.[a-z]{4,9}\\.(READ|ALL|WRITE)", 0..6)) {
        let told = ScopeSet::new(&scopes);
        let otherwise = ScopeSet::parse(&scopes.iter().rev().map(|scope| scope.to_uppercase()).collect::<Vec<_>>().join(","));
        prop_assert_eq!(allowed(&told), allowed(&otherwise));
    }

    #[test]
    fn sets_of_scopes_keep_their_laws(one in proptest::collection::vec(scope(), 0..8), other in proptest::collection::vec(scope(), 0..8)) {
        let (one, other) = (ScopeSet::new(one), ScopeSet::new(other));
        let (both, rest) = (one.union(&other), one.difference(&other));
        prop_assert!(both.covers_all(&one) && both.covers_all(&other));
        prop_assert_eq!(&both, &other.union(&one));
        prop_assert!(rest.union(&other).covers_all(&one));
        prop_assert!(rest.iter().all(|scope| !other.covers_named(scope)));
        prop_assert!(one.difference(&one).is_empty());
        prop_assert_eq!(&ScopeSet::new(one.iter()), &one);
        let json = serde_json::to_string(&one).expect("JSON");
        prop_assert_eq!(&serde_json::from_str::<ScopeSet>(&json).expect("a set"), &one);
        // What covers a set allows whatever it allows.
        if one.covers_all(&other) {
            let allowed = allowed(&one);
            prop_assert!(self::allowed(&other).iter().all(|id| allowed.contains(id)));
        }
    }

    #[test]
    fn nothing_is_lost_without_what_is_too_much(
        scopes in proptest::collection::vec(scope(), 0..8),
        choice in proptest::collection::vec(any::<proptest::sample::Index>(), 1..12),
    ) {
        let all: Vec<_> = operations().collect();
        let used: Vec<_> = choice.iter().map(|index| *index.get(&all)).collect();
        let granted = ScopeSet::new(scopes);
        let excess = granted.excess(&used);
        let kept = ScopeSet::new(granted.iter().filter(|scope| !excess.unneeded.iter().any(|other| other == *scope)));
        let narrower = excess.broader.iter().fold(kept.clone(), |kept, (broad, enough)| {
            kept.without(broad).union(&ScopeSet::from(enough.as_slice()))
        });
        for operation in &used {
            prop_assert_eq!(granted.allow(operation), kept.allow(operation), "{} with {:?}", operation, excess);
            prop_assert_eq!(granted.allow(operation), narrower.allow(operation), "{} with {:?}", operation, excess);
        }
        prop_assert!(kept.excess(&used).unneeded.is_empty());
    }

    #[test]
    fn what_is_missing_would_do(scopes in proptest::collection::vec(scope(), 0..6)) {
        let granted = ScopeSet::new(&scopes);
        for operation in operations().filter(|operation| !granted.allow(operation)) {
            for set in granted.missing(operation) {
                let names = set.iter().map(ToString::to_string).chain(granted.iter().map(str::to_owned));
                prop_assert!(ScopeSet::new(names).allow(operation), "{operation} with {set:?}");
            }
        }
    }
}

#[test]
fn any_text_arrives_as_it_was_set() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let desk = runtime.block_on(desk());
    let client = Client::builder()
        .base_url(desk.url())
        .access_token(desk.token(["Desk.basic.READ"]))
        .organization(desk.organization());
    let client = client.build().expect("a client");
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(128));
    let texts = ("[a-zA-Z_]{1,8}", any::<String>());
    let result = runner.run(&texts, |(name, value)| {
        desk.reset_requests();
        let call = GetAgentStatusMonitoring::new().query(&name, &value);
        runtime.block_on(async { client.get_agent_status_monitoring(call).await }).expect("any parameter is taken");
        let received = desk.requests().pop().expect("a request");
        prop_assert_eq!(received.query_value(&name), Some(value.as_str()));
        Ok(())
    });
    result.expect("for any text");
}
