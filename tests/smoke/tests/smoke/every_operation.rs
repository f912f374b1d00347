//! Every operation, against the local server as it is.

use std::collections::BTreeSet;

use desk_mock::Contradiction;
use desk_sdk::{Operation, Risk, operation, operations};
use desk_smoke::{Consent, Outcome, Progress, Selection, Silent, Target, run};
use serde_json::Value;

fn up_to(risk: Risk) -> Selection {
    let risks = [Risk::Safe, Risk::Write, Risk::Outbound, Risk::Destructive].into_iter().filter(|one| *one <= risk);
    Selection { risks: risks.collect(), modules: BTreeSet::new() }
}

/// Which operations were called.
#[derive(Default)]
struct Called(BTreeSet<&'static str>);

impl Progress for Called {
    fn begin(&mut self, _: Risk, _: usize) -> Consent {
        Consent::Given
    }

    fn called(&mut self, operation: &'static Operation, _: bool) {
        assert!(self.0.insert(operation.id), "{operation} was called twice");
    }

    fn end(&mut self) {}
}

#[tokio::test]
async fn every_operation_passes() {
    let mut called = Called::default();
    let target = Target::own().await.unwrap();
    let report = run(&target, &up_to(Risk::Destructive), &mut called).await.unwrap();
    assert!(report.failures.is_empty(), "{report}");
    let all: BTreeSet<&str> = operations().map(|operation| operation.id).collect();
    assert_eq!(called.0, all);
    assert_eq!((report.passed, report.total().operations), (all.len(), all.len()));
    assert_eq!(report.total().called, report.total().decoded);
    // The server takes the organization everywhere; the SDK sends it where it is needed alone.
    let Target::Own { desk, .. } = &target else { panic!("the server is of this run") };
    for request in desk.requests() {
        let operation = request.operation.as_deref().and_then(operation).expect("an operation of the SDK");
        assert_eq!(request.header("orgid").is_some(), operation.organization, "{operation}");
    }
}

#[tokio::test]
#[ignore = "calls every operation once more"]
async fn every_operation_passes_with_every_contradiction() {
    let target = Target::own().await.unwrap().contradicting(Contradiction::all());
    // Contradictions take turns, so that each run meets others.
    for _ in 0..3 {
        let mut odd = Odd::default();
        let report = run(&target, &up_to(Risk::Destructive), &mut odd).await.unwrap();
        assert!(report.failures.is_empty(), "{report}");
        assert_eq!(report.passed, operations().count());
        assert!(odd.unlisted > 20 && odd.undeclared > 200 && odd.bare > 20, "{odd:?}");
    }
}

/// How many answers contradicted their description in some of the ways.
#[derive(Debug, Default)]
struct Odd {
    unlisted: usize,
    undeclared: usize,
    bare: usize,
}

impl Progress for Odd {
    fn begin(&mut self, _: Risk, _: usize) -> Consent {
        Consent::Given
    }

    fn answered(&mut self, _: &'static Operation, answer: &Value) {
        let text = answer.to_string();
        self.unlisted += usize::from(text.contains("NOT_LISTED_YET"));
        self.undeclared += usize::from(text.contains("isNewToEveryone"));
        self.bare += usize::from(answer.is_array() || answer.is_string());
    }

    fn called(&mut self, _: &'static Operation, _: bool) {}

    fn end(&mut self) {}
}

#[tokio::test]
async fn only_what_is_selected_is_reported() {
    let target = Target::own().await.unwrap();
    let selection = Selection { modules: ["ticket_tag".to_owned()].into(), ..up_to(Risk::Safe) };
    let report = run(&target, &selection, &mut Silent).await.unwrap();
    assert_eq!(report.modules.keys().copied().collect::<Vec<_>>(), ["ticket_tag"]);
    let expected = operations().filter(|operation| operation.module == "ticket_tag" && operation.risk == Risk::Safe);
    assert_eq!(report.passed, expected.count());

    let unknown = Selection { modules: ["tickets".to_owned()].into(), ..up_to(Risk::Safe) };
    let error = run(&target, &unknown, &mut Silent).await.unwrap_err().to_string();
    let modules: BTreeSet<_> = operations().map(|operation| operation.module).collect();
    let expected = format!("there is no module \"tickets\" among the {}; ", modules.len());
    assert!(error.starts_with(&expected), "{error}");
    assert!(error.contains("did you mean one of these: ticket, ticket_"), "{error}");
}

#[tokio::test]
async fn elsewhere_a_refusal_is_no_failure() {
    let desk = desk_mock::MockDesk::start().await.unwrap();
    let token = desk.token(["Desk.tickets.READ"]);
    let organization = Some(desk.organization().to_owned());
    let target = Target::Other { url: desk.url().to_owned(), token, organization };
    let selection = Selection { modules: ["ticket_tag".to_owned(), "contact".to_owned()].into(), ..up_to(Risk::Safe) };
    let report = run(&target, &selection, &mut Silent).await.unwrap();
    assert!(report.failed == 0 && report.refused > 0 && report.passed > 0, "{report}");
    let outcomes: BTreeSet<&str> = report
        .failures
        .iter()
        .map(|failure| if failure.outcome == Outcome::Refused { "refused" } else { "failed" })
        .collect();
    assert_eq!(outcomes, ["refused"].into());
    let expected = |reason: &str| reason.contains("SCOPE_MISMATCH") || reason.contains("URL_NOT_FOUND");
    assert!(report.failures.iter().all(|failure| expected(&failure.reason)), "{report}");
    let last = report.to_string().lines().last().map(str::to_owned);
    assert_eq!(last, Some(format!("{} passed, 0 failed", report.passed)));
}
