//! The metadata of all operations, against the spec itself.

use std::collections::BTreeMap;
use std::path::Path;

use desk_sdk::auth::DataCentre;
use desk_sdk::{Risk, families, operation, operations};

/// `spec/index.tsv` by id: method, path, scopes, risk, family, module, alias of.
fn index() -> BTreeMap<String, Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/index.tsv");
    let text = std::fs::read_to_string(path).expect("the index is there");
    let rows = text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    rows.map(|mut row| (row.remove(0), row)).collect()
}

#[test]
fn every_listed_operation_is_in_the_sdk_as_the_spec_says() {
    let index = index();
    assert!(!index.is_empty());
    assert_eq!(operations().count(), index.len());
    for operation in operations() {
        let row = &index[operation.id];
        let scopes: Vec<String> = operation
            .scopes
            .iter()
            .map(|set| set.iter().map(ToString::to_string).collect::<Vec<_>>().join("+").to_lowercase())
            .collect();
        assert_eq!(row[2].to_lowercase(), scopes.join(" "), "{operation}");
        assert_eq!(row[3], if operation.doubtful_scopes { "scopes" } else { "" }, "{operation}");
        assert_eq!(row[4], operation.risk.to_string(), "{operation}");
        assert_eq!(row[7], operation.alias_of.unwrap_or_default(), "{operation}");
        assert_eq!(row[8], operation.inferred.join(" "), "{operation}");
        if operation.alias_of.is_none() {
            assert_eq!((row[0].as_str(), row[1].as_str()), (operation.method.as_str(), operation.path), "{operation}");
            assert_eq!(row[6], operation.module, "{operation}");
        }
    }
}

#[test]
fn aliases_know_what_they_stand_for() {
    let pairs: Vec<_> = operations().filter_map(|operation| Some((operation.id, operation.alias_of?))).collect();
    let expected = [
        ("get_session_analytics_2", "get_session_analytics"),
        ("get_direct_assignment_rule_target", "get_dar_target"),
        ("get_template_message", "get_canned_message"),
        ("get_template_messages", "get_canned_messages"),
    ];
    for pair in expected {
        assert!(pairs.contains(&pair), "{pair:?} in {pairs:?}");
    }
    assert_eq!(pairs.len(), expected.len());
    for (alias, real) in pairs {
        assert!(operation(real).is_some_and(|real| real.aliases.contains(&alias)), "{alias}");
    }
}

#[test]
fn no_method_hides_what_a_call_may_do() {
    let destroys = |id: &str| operation(id).map(|operation| operation.risk);
    assert_eq!(destroys("get_pin_removal"), Some(Risk::Destructive));
    assert_eq!(destroys("delete_ticket"), Some(Risk::Destructive));
    assert_eq!(destroys("get_template_language"), Some(Risk::Safe));
    assert_eq!(destroys("create_ticket"), Some(Risk::Write));
    assert_eq!(destroys("get_whats_app_phonenumber_otp"), Some(Risk::Outbound));
    assert_eq!(destroys("send_reply"), Some(Risk::Outbound));
}

#[test]
fn every_family_is_enabled_in_full() {
    assert!(families().iter().all(|family| family.enabled));
    assert!(families().iter().any(|family| family.default) && families().iter().any(|family| !family.default));
}

/// The generator has no part of the SDK, and the SDK reads no file: each has the addresses for itself.
#[test]
fn the_spec_names_the_data_centres_that_the_sdk_knows() {
    let api = include_str!("../../../../spec/local/api.json");
    let api: serde_json::Value = serde_json::from_str(api).expect("the file is JSON");
    let known = DataCentre::all().map(|centre| [centre.code().to_owned(), centre.desk_url(), centre.accounts_url()]);
    let told = api["data_centres"].as_array().expect("a list").iter();
    let told = told.map(|centre| ["code", "server", "accounts"].map(|key| centre[key].as_str().expect(key).to_owned()));
    assert_eq!(told.collect::<Vec<_>>(), known.collect::<Vec<_>>());
}
