//! What holds for any input.

mod common;

use common::desk;
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
