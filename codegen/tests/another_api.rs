//! Other APIs: from OpenAPI files and an `api.json` to clients that compile without warnings and make calls.

#[path = "another/client.rs"]
mod client;
#[path = "another/described.rs"]
mod described;

use described::{described, written_to};

#[test]
fn what_is_particular_to_an_api_is_in_what_it_becomes() {
    let harbour = described("harbour");
    let api = &harbour.files["desk-sdk/src/generated/api.rs"];
    for part in ["\"https://api.harbour.example\"", "separator: Some(\":\")", "code: \"error.code\"", "by_page: true"] {
        assert!(api.contains(part), "{part} is not in {api}");
    }
    assert!(!harbour.files.values().any(|text| text.contains("orgId") || text.contains("Desk.")));
}

#[test]
fn scopes_of_other_kinds_are_read() {
    let harbour = described("harbour");
    let operation = |id: &str| &harbour.spec.operation(id).expect("it is there").operation;
    assert_eq!(operation("list_ships").scopes, [["read:ships"]]);
    assert_eq!(operation("announce_visit").scopes, [["write:ships", "write:berths"]]);
    assert_eq!(operation("close_berth").scopes, [["write:berths"], ["admin:ships"]]);
    let scopes = &harbour.files["desk-sdk/src/generated/scopes.rs"];
    assert!(scopes.contains("/// `write:berths`\npub const WRITE_BERTHS: Scope = Scope::new(0, 0b10);"), "{scopes}");
    let ledger = described("ledger");
    let scopes = &ledger.files["desk-sdk/src/generated/scopes.rs"];
    assert!(scopes.contains("pub const ENTRIES_READ: Scope = Scope::new(1, 0b1);"), "{scopes}");
}

#[test]
fn lists_are_walked_as_their_pages_are_asked_for() {
    let harbour = described("harbour");
    let lists = &harbour.files["spec/lists.tsv"];
    for line in [
        "list_ships\tindex\t\t\t1\t50\titems\tuid\n",
        "list_berths\tindex\t\t\t1\t\titems\t\n",
        "read_log\twhole\t\t\t\t\t\tuid\n",
    ] {
        assert!(lists.contains(line), "{line:?} is not in {lists}");
    }
    let ledger = described("ledger");
    let lists = &ledger.files["spec/lists.tsv"];
    assert!(lists.contains("entries\ttime\tbooked_at\tnewest\t0\t2\trows\tno\n"), "{lists}");
    let errors = |id: &str| harbour.spec.operation(id).expect("it is there").operation.error_in_success;
    assert!(errors("announce_visit") && !errors("list_ships"));
}

/// Builds much, so `.ci/run` runs it on its own.
#[test]
#[ignore = "it compiles three crates: cargo test --package desk-codegen --test another_api -- --ignored"]
fn clients_of_other_apis_compile_without_warnings_and_make_calls() {
    for name in ["beacon", "harbour", "ledger"] {
        let folder = written_to(name, &described(name));
        client::compiles(&folder);
        client::calls(&folder);
    }
}
