//! For people, at a terminal.

use std::fmt::{self, Write as _};

use desk_sdk::Scope;

use super::{at, conclusion, written};
use crate::audit::verdict::undeclared;
use crate::audit::{Finding, Unseen, Verdict};
use crate::scopes::{count, line, requirement};

/// The verdict as text.
pub fn text(verdict: &Verdict<'_>) -> String {
    let mut text = String::new();
    // Writing to a text cannot fail.
    let _ = write_all(&mut text, verdict);
    text
}

fn write_all(out: &mut String, verdict: &Verdict<'_>) -> fmt::Result {
    summary(out, verdict)?;
    operations(out, verdict)?;
    unsettled(out, &verdict.unsure, [("Wrong", &verdict.wrong), ("Unseen", &verdict.unseen)], "")?;
    scopes(out, verdict)?;
    lock(out, verdict, &if verdict.is_part { super::fix(verdict) } else { "--fix".to_owned() })?;
    if let Some(check) = &verdict.check {
        write!(out, "\nAgainst what is granted: {check}")?;
    }
    members(out, verdict)?;
    if verdict.is_too_open() {
        let open = [(verdict.unsure.len(), "unsure"), (verdict.unseen.len(), "unseen")];
        let parts = open.iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}"));
        let parts = parts.collect::<Vec<_>>().join(" and ");
        let verb = if open[0].0 + open[1].0 == 1 { "is" } else { "are" };
        writeln!(out, "\n--strict: this fails, since {parts} {verb} left to settle.")?;
    }
    if !verdict.audit.problems.is_empty() {
        let rest = if verdict.audit.files > 0 { ", while the rest was" } else { "" };
        writeln!(out, "\nNot read{rest} ({}):", verdict.audit.problems.len())?;
        verdict.audit.problems.iter().try_for_each(|problem| writeln!(out, "  {problem}"))?;
    }
    if let Some(conclusion) = conclusion(verdict) {
        writeln!(out, "\n{conclusion}")?;
    }
    let trimmed = out.trim_end().len();
    out.truncate(trimmed);
    writeln!(out)
}

fn summary(out: &mut String, verdict: &Verdict<'_>) -> fmt::Result {
    let audit = verdict.audit;
    write!(out, "{} in {}", count(verdict.operations.len(), "operation"), count(audit.files, "file"))?;
    if let Some(risk) = verdict.highest_risk() {
        write!(out, "; highest risk: {risk}")?;
    }
    writeln!(out, ".")?;
    if audit.files > 0 && !audit.depends && audit.undeclared.is_empty() {
        writeln!(
            out,
            "No Cargo.toml here depends on desk-sdk, so there is nothing to find: is this the right folder?"
        )?;
    }
    for place in &audit.undeclared {
        writeln!(out, "{}: {}.", at(place), line(&undeclared(place)))?;
    }
    if audit.unreached > 0 {
        writeln!(out, "No target leads to {}.", count(audit.unreached, "other file"))?;
    }
    if !verdict.families.is_empty() {
        write!(out, "Families: {}", names(&verdict.families))?;
        match verdict.not_enabled.is_empty() {
            true => writeln!(out, ".")?,
            false => writeln!(out, "; not enabled in any Cargo.toml: {}.", names(&verdict.not_enabled))?,
        }
    }
    Ok(())
}

fn names(names: &std::collections::BTreeSet<&'static str>) -> String {
    names.iter().copied().collect::<Vec<_>>().join(", ")
}

fn operations(out: &mut String, verdict: &Verdict<'_>) -> fmt::Result {
    for operation in &verdict.operations {
        let doubt = if operation.doubtful_scopes { ", in doubt" } else { "" };
        writeln!(out, "\n{} ({}) needs {}{doubt}", operation.id, operation.risk, requirement(operation))?;
        for finding in verdict.places(operation) {
            let test = if finding.test { ", test" } else { "" };
            let how = finding.how.word();
            writeln!(
                out,
                "  {} {how} in {}{}{test}",
                at(&finding.place),
                line(&finding.place.function),
                written(finding)
            )?;
        }
        for call in verdict.accepted(operation) {
            let (at, function) = (at(call.place), line(&call.place.function));
            writeln!(out, "  accepted for {at}, {} in {function}", line(call.written))?;
        }
    }
    let tests = verdict.only_tests();
    if !tests.is_empty() && !verdict.tests {
        let tests: Vec<&str> = tests.iter().map(|operation| operation.id).collect();
        writeln!(out, "\nOnly in tests, examples and benchmarks (--tests counts them): {}", tests.join(", "))?;
    }
    Ok(())
}

/// What is not settled, or wrong; `by` says what does not settle it.
fn unsettled(out: &mut String, unsure: &[&Finding], unseen: [(&str, &Vec<&Unseen>); 2], by: &str) -> fmt::Result {
    if !unsure.is_empty() {
        writeln!(out, "\nUnsure{by} ({}):", unsure.len())?;
        for finding in unsure {
            let doubt = finding.doubt.as_deref().unwrap_or_default();
            let function = line(&finding.place.function);
            writeln!(out, "  {} {} in {function}: {}", at(&finding.place), finding.operation.id, line(doubt))?;
        }
    }
    for (what, list) in unseen {
        if !list.is_empty() {
            writeln!(out, "\n{what}{by} ({}):", list.len())?;
        }
        for unseen in list {
            let (written, reason) = (line(&unseen.written), line(&unseen.reason));
            writeln!(out, "  {} {written} in {}: {reason}", at(&unseen.place), line(&unseen.place.function))?;
        }
    }
    Ok(())
}

fn scopes(out: &mut String, verdict: &Verdict<'_>) -> fmt::Result {
    if !verdict.scopes.is_empty() {
        writeln!(out, "\nSmallest scopes: {}", listed(&verdict.scopes))?;
    }
    if !verdict.unsure_scopes.is_empty() {
        writeln!(out, "What is unsure would add: {}", listed(&verdict.unsure_scopes))?;
    }
    for (what, found) in [
        ("Without a scope", ids(verdict, |one| one.scopes.is_empty() && !one.cookie_only)),
        (
            "Described for a browser's cookie or another key that is not sent, so that no scope is known to be enough",
            ids(verdict, |one| one.cookie_only),
        ),
    ] {
        if !found.is_empty() && verdict.check.is_none() {
            writeln!(out, "{what}: {}.", found.join(", "))?;
        }
    }
    Ok(())
}

fn ids(verdict: &Verdict<'_>, like: impl Fn(&desk_sdk::Operation) -> bool) -> Vec<&'static str> {
    verdict.operations.iter().filter(|operation| like(operation)).map(|operation| operation.id).collect()
}

fn listed(scopes: &[Scope]) -> String {
    scopes.iter().map(Scope::to_string).collect::<Vec<_>>().join(" ")
}

/// Against the file; `fix` is how to write it anew.
fn lock(out: &mut String, verdict: &Verdict<'_>, fix: &str) -> fmt::Result {
    let file = line(&verdict.lock.file.display().to_string());
    let Some(changes) = &verdict.changes else { return Ok(()) };
    if !verdict.differs() {
        let rest = if verdict.is_part { ", as far as these files go" } else { "" };
        writeln!(out, "\nAs {file} says{rest}.")?;
    } else {
        writeln!(out, "\nNot as {file} says; {fix} writes it anew:")?;
    }
    if !changes.is_empty() {
        let changes = changes.to_string();
        changes.lines().try_for_each(|text| writeln!(out, "{}", format!("  {text}").trim_end()))?;
    }
    accepted(out, verdict, &file)
}

/// What the file accepts, and is otherwise in the source: only people change that.
fn accepted(out: &mut String, verdict: &Verdict<'_>, file: &str) -> fmt::Result {
    let number = verdict.stale.len() + verdict.miscounted.len();
    if number == 0 {
        return Ok(());
    }
    writeln!(out, "\nAccepted by {file}, and otherwise here ({number}):")?;
    for stale in &verdict.stale {
        writeln!(out, "  [[allow]] for {} belongs to nothing: remove it by hand", line(stale))?;
    }
    for one in &verdict.miscounted {
        writeln!(out, "  {}:", line(&one.to_string()))?;
        one.meant.lines().try_for_each(|text| writeln!(out, "    {text}"))?;
    }
    Ok(())
}

/// What members need, against their own files, and what is open there only.
fn members(out: &mut String, verdict: &Verdict<'_>) -> fmt::Result {
    for member in &verdict.members {
        lock(out, member, &super::fix(member))?;
        let file = line(&member.lock.file.display().to_string());
        if let Some(check) = member.check.as_ref().filter(|check| check.is_missing()) {
            write!(out, "\nAgainst what {file} grants: {check}")?;
        }
        let of_unsure = |finding: &&&Finding| !verdict.unsure.iter().any(|known| known.place == finding.place);
        let unsure: Vec<&Finding> = member.unsure.iter().filter(of_unsure).copied().collect();
        let wrong = besides(&member.wrong, &verdict.wrong);
        let unseen = besides(&member.unseen, &verdict.unseen);
        let by = format!(" by {file}");
        unsettled(out, &unsure, [("Wrong", &wrong), ("Unseen", &unseen)], &by)?;
    }
    Ok(())
}

/// Those that are not known already.
fn besides<'v>(list: &[&'v Unseen], known: &[&Unseen]) -> Vec<&'v Unseen> {
    let is_new = |one: &&&Unseen| !known.iter().any(|known| known.place == one.place);
    list.iter().filter(is_new).copied().collect()
}
