//! For programs.

use serde_json::{Value, json};

use crate::audit::{Finding, Position, Unseen, Verdict};

/// The verdict as a JSON record.
pub fn json(verdict: &Verdict<'_>) -> Value {
    let audit = verdict.audit;
    let operation = |operation: &&'static desk_sdk::Operation| {
        let set = |set: &&[desk_sdk::Scope]| set.iter().map(ToString::to_string).collect::<Vec<_>>();
        json!({
            "operation": operation.id,
            "risk": operation.risk.to_string(),
            "scopes": operation.scopes.iter().map(set).collect::<Vec<_>>(),
            "in_doubt": operation.doubtful_scopes,
            "cookie_only": operation.cookie_only,
            "places": verdict.places(operation).into_iter().map(finding).collect::<Vec<_>>(),
        })
    };
    let problem = |problem: &crate::audit::Problem| {
        let (line, column) = problem.place.unzip();
        json!({ "file": problem.file, "line": line, "column": column, "problem": problem.problem })
    };
    json!({
        "files": audit.files,
        "unreached": audit.unreached,
        "fails": verdict.fails(),
        "highest_risk": verdict.highest_risk().map(|risk| risk.to_string()),
        "families": verdict.families,
        "families_not_enabled": verdict.not_enabled,
        "operations": verdict.operations.iter().map(operation).collect::<Vec<_>>(),
        "only_tests": audit.findings.iter().filter(|one| one.test && !verdict.tests && one.doubt.is_none())
            .map(finding).collect::<Vec<_>>(),
        "unsure": verdict.unsure.iter().copied().map(finding).collect::<Vec<_>>(),
        "unseen": verdict.unseen.iter().copied().map(unseen).collect::<Vec<_>>(),
        "wrong": verdict.wrong.iter().copied().map(unseen).collect::<Vec<_>>(),
        "smallest_scopes": verdict.scopes,
        "unsure_would_add": verdict.unsure_scopes,
        "check": verdict.check.as_ref().map(|check| check.to_json()),
        "lock": lock(verdict),
        "members": verdict.members.iter().map(member).collect::<Vec<_>>(),
        "problems": audit.problems.iter().map(problem).collect::<Vec<_>>(),
    })
}

/// What differs from a file, if there is one.
fn lock(verdict: &Verdict<'_>) -> Option<Value> {
    let changes = verdict.changes.as_ref()?;
    let risen = verdict.risen.iter().map(|(operation, was)| {
        json!({ "operation": operation.id, "risk": operation.risk.to_string(), "was": was.to_string() })
    });
    Some(json!({
        "file": verdict.lock.file,
        "changes": changes.to_json(),
        "risk_rose": risen.collect::<Vec<_>>(),
        "stale": verdict.stale,
    }))
}

/// A member that has a file of its own.
fn member(verdict: &Verdict<'_>) -> Value {
    json!({
        "fails": verdict.fails(),
        "check": verdict.check.as_ref().map(|check| check.to_json()),
        "lock": lock(verdict),
    })
}

fn finding(finding: &Finding) -> Value {
    let mut record = place(&finding.place);
    record["operation"] = finding.operation.id.into();
    record["how"] = finding.how.word().into();
    record["written"] = finding.written.clone().into();
    record["test"] = finding.test.into();
    record["doubt"] = finding.doubt.clone().into();
    record
}

fn unseen(unseen: &Unseen) -> Value {
    let mut record = place(&unseen.place);
    record["written"] = unseen.written.clone().into();
    record["reason"] = unseen.reason.clone().into();
    record["test"] = unseen.test.into();
    record
}

fn place(place: &Position) -> Value {
    json!({ "file": place.file, "line": place.line, "column": place.column, "function": place.function })
}
