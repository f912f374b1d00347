//! What is wrong on the wire is noticed: requests by the server, answers by the SDK.
//!
//! Each of these calls every operation. `cargo test --package desk-smoke -- --ignored` runs those that a usual run leaves out.

use std::collections::BTreeSet;

use crate::between::{Sent, answers, requests};
use axum::body::Bytes;
use axum::http::{HeaderValue, Method};
use desk_sdk::by_name::read_answer;
use desk_sdk::{Body, Kind, Operation, Parameter, ParameterPlace, Risk, operations};
use desk_smoke::{Report, Selection, Silent, Target, run};
use serde_json::{Value, json};

async fn smoke(target: &Target) -> Report {
    let selection =
        Selection { risks: vec![Risk::Safe, Risk::Write, Risk::Outbound, Risk::Destructive], modules: BTreeSet::new() };
    run(target, &selection, &mut Silent).await.unwrap()
}

/// The operations that fail when requests are altered so.
async fn failing(alter: impl Fn(&mut Sent) + Send + Sync + 'static) -> BTreeSet<&'static str> {
    let (target, _between) = requests(alter).await;
    failed(&smoke(&target).await)
}

fn failed(report: &Report) -> BTreeSet<&'static str> {
    report.failures.iter().map(|failure| failure.operation).collect()
}

/// The ids of operations of which something holds.
fn those(hold: impl Fn(&Operation) -> bool) -> BTreeSet<&'static str> {
    operations().filter(|operation| hold(operation)).map(|operation| operation.id).collect()
}

fn query(operation: &Operation) -> impl Iterator<Item = &'static Parameter> {
    operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Query)
}

fn has_json(operation: &Operation) -> bool {
    matches!(operation.body, Body::Json { .. } | Body::Whole { .. })
}

#[tokio::test]
#[ignore = "calls every operation once more"]
async fn what_passes_unaltered_does_not_fail() {
    assert_eq!(failing(|_| {}).await, BTreeSet::new());
    let (target, _between) = answers(|_| {}).await;
    assert_eq!(failed(&smoke(&target).await), BTreeSet::new());
}

#[tokio::test]
#[ignore = "calls every operation once more"]
async fn a_missing_organization() {
    let failing = failing(|sent| drop(sent.headers.remove("orgid"))).await;
    assert_eq!(failing, those(|operation| operation.organization));
}

#[tokio::test]
#[ignore = "calls every operation once more"]
async fn a_wrong_name_of_a_query_parameter() {
    let failing = failing(|sent| sent.query.iter_mut().for_each(|(name, _)| name.push('s'))).await;
    // Beside a file, a document may travel in the query.
    let document = |operation: &Operation| matches!(operation.body, Body::Json { document_parameter: Some(_), .. });
    let has_query = |operation: &Operation| query(operation).next().is_some() || document(operation);
    assert_eq!(failing, those(|operation| has_query(operation) && !operation.undocumented_query));
}

#[tokio::test]
#[ignore = "calls every operation once more"]
async fn a_list_repeated_instead_of_separated_by_commas() {
    let lists = those(|operation| {
        query(operation)
            .any(|parameter| matches!(parameter.field.kind, Kind::List(_)) && !parameter.field.name.is_empty())
    });
    let altered = |sent: &mut Sent| {
        // A list of one value looks the same both ways, so it gets a second one.
        let is_list = |name: &str| {
            operations().any(|operation| {
                query(operation)
                    .any(|parameter| parameter.field.name == name && matches!(parameter.field.kind, Kind::List(_)))
            })
        };
        let twice = sent.query.iter().filter(|(name, _)| is_list(name)).cloned().collect::<Vec<_>>();
        sent.query.extend(twice);
    };
    let failing = failing(altered).await;
    assert!(failing.is_superset(&lists), "not noticed: {:?}", lists.difference(&failing));
}

#[tokio::test]
#[ignore = "calls every operation once more"]
async fn a_path_of_another_edition() {
    let failing = failing(|sent| sent.path = sent.path.replacen("/api/", "/api/v0/", 1)).await;
    assert_eq!(failing, those(|_| true));
}

#[tokio::test]
async fn another_method() {
    assert_eq!(failing(|sent| sent.method = Method::OPTIONS).await, those(|_| true));
}

#[tokio::test]
#[ignore = "calls every operation once more"]
async fn another_scheme_of_the_token() {
    let altered = |sent: &mut Sent| {
        let token = sent.headers["authorization"].to_str().unwrap().replace("Zoho-oauthtoken", "Token");
        sent.headers.insert("authorization", HeaderValue::try_from(token).unwrap());
    };
    assert_eq!(failing(altered).await, those(|_| true));
}

/// Alters JSON bodies.
fn document(alter: impl Fn(&mut Value) + Send + Sync + 'static) -> impl Fn(&mut Sent) + Send + Sync + 'static {
    move |sent| {
        if let Ok(mut value) = serde_json::from_slice(&sent.body) {
            alter(&mut value);
            sent.body = Bytes::from(value.to_string());
        }
    }
}

#[tokio::test]
async fn a_wrong_name_of_a_field() {
    let rename = |value: &mut Value| {
        if let Value::Object(map) = value {
            *map = std::mem::take(map).into_iter().map(|(name, value)| (name + "s", value)).collect();
        }
    };
    let failing = failing(document(rename)).await;
    let with_fields = those(|operation| matches!(operation.body, Body::Json { fields, .. } if !fields.is_empty()));
    let unnoticed: Vec<_> = with_fields.difference(&failing).collect();
    assert!(unnoticed.is_empty(), "not noticed: {unnoticed:?}");
}

#[tokio::test]
#[ignore = "calls every operation once more"]
async fn numbers_flags_and_lists_as_objects() {
    let spoil = |value: &mut Value| {
        if let Value::Object(map) = value {
            map.values_mut().for_each(|value| *value = json!({ "value": value.clone() }));
        }
    };
    let failing = failing(document(spoil)).await;
    let plain = |kind: Kind| !matches!(kind, Kind::Any | Kind::Map | Kind::Record(_));
    let expected = those(
        |operation| matches!(operation.body, Body::Json { fields, .. } if fields.iter().any(|field| plain(field.kind))),
    );
    let unnoticed: Vec<_> = expected.difference(&failing).collect();
    assert!(unnoticed.is_empty(), "not noticed: {unnoticed:?}");
}

#[tokio::test]
#[ignore = "calls every operation once more"]
async fn a_body_under_another_name_or_none() {
    let other = |sent: &mut Sent| {
        if sent.headers.contains_key("content-type") {
            sent.headers.insert("content-type", HeaderValue::from_static("text/plain"));
        }
    };
    let all = those(|operation| has_json(operation) || matches!(operation.body, Body::Form { .. }));
    let failing_by_type = failing(other).await;
    assert_eq!(all.difference(&failing_by_type).collect::<Vec<_>>(), Vec::<&&str>::new());
    let required = those(|operation| {
        matches!(operation.body, Body::Json { required: true, .. } | Body::Whole { required: true, .. })
    });
    let failing_without = failing(|sent| sent.body = Bytes::new()).await;
    assert_eq!(required.difference(&failing_without).collect::<Vec<_>>(), Vec::<&&str>::new());
}

/// The operations that answer JSON, without those of which every answer was empty.
fn answering_json(target: &Target) -> BTreeSet<&'static str> {
    let Target::Own { desk, .. } = target else { return BTreeSet::new() };
    let full: BTreeSet<String> = desk
        .requests()
        .into_iter()
        .filter(|request| request.status != 204)
        .filter_map(|request| request.operation)
        .collect();
    let is_json = |operation: &Operation| matches!(read_answer(operation.id, b"{"), Some(Err(_)));
    // Requests are recorded under the id that stands for all its aliases.
    let id = |operation: &Operation| operation.alias_of.unwrap_or(operation.id);
    those(|operation| is_json(operation) && full.contains(id(operation)))
}

/// Why operations failed, apart from what was not found because its list could not be read.
fn reasons(report: &Report) -> Vec<&str> {
    let reasons = report.failures.iter().map(|failure| failure.reason.as_str());
    reasons.filter(|reason| !reason.contains("refused with 404")).collect()
}

#[tokio::test]
#[ignore = "calls every operation once more"]
async fn answers_that_break_off_or_are_no_json() {
    for cut in [true, false] {
        let (target, _between) = answers(move |came| {
            if came.is_json() {
                let half = came.body.slice(..came.body.len() / 2);
                came.body = if cut { half } else { Bytes::from_static(b"<html>Sorry</html>") };
            }
        })
        .await;
        let report = smoke(&target).await;
        assert!(reasons(&report).iter().all(|reason| reason.contains("not JSON")), "{report}");
        let failed = failed(&report);
        let unnoticed: Vec<_> = answering_json(&target).into_iter().filter(|id| !failed.contains(id)).collect();
        assert!(unnoticed.is_empty() && are_many(&failed), "not noticed: {unnoticed:?}");
    }
}

/// Whether so many failed that the test tried something: most operations answer JSON.
fn are_many(failed: &BTreeSet<&str>) -> bool {
    failed.len() * 2 > operations().count()
}

/// How many operations answer nothing whose kind is declared, or a list that is empty here.
const UNDECLARED: usize = 20;

/// Puts an object in the place of every single value.
fn spoil(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(spoil),
        Value::Object(map) => map.values_mut().for_each(spoil),
        single => *single = json!({ "odd": [{}] }),
    }
}

#[tokio::test]
async fn answers_with_values_of_another_kind() {
    let (target, _between) = answers(|came| {
        if came.is_json()
            && let Ok(mut value) = serde_json::from_slice(&came.body)
        {
            spoil(&mut value);
            came.body = Bytes::from(value.to_string());
        }
    })
    .await;
    let report = smoke(&target).await;
    assert!(reasons(&report).iter().all(|reason| reason.contains(": expected ")), "{report}");
    let failed = failed(&report);
    let unnoticed: Vec<_> = answering_json(&target).into_iter().filter(|id| !failed.contains(id)).collect();
    // Nobody documents what these answer, or they hold records of records only: no single value has a declared kind.
    assert!(unnoticed.len() <= UNDECLARED && are_many(&failed), "not noticed: {unnoticed:?}");
}
