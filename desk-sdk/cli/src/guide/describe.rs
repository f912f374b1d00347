//! All that is known of an operation, for people.

use std::fmt::Write as _;

use desk_sdk::{Operation, by_name};

use super::Example;
use crate::call::{Input, Place, operation_inputs, rules, shape};
use crate::problem::Problem;
use crate::scopes::{entry, line, requirement};

/// How far the rules of a value are moved in, at most.
const WIDEST: usize = 36;

/// What an operation does, what it takes, what it needs, and how it is called: as a command, as Rust and as curl.
///
/// # Errors
///
/// If the example cannot be made, which would be a mistake of ours.
pub async fn describe(operation: &'static Operation) -> Result<String, Problem> {
    let mut text = String::new();
    let Operation { id, method, path, risk, .. } = *operation;
    let family = entry(id).map_or("", |entry| entry.family());
    let _ = writeln!(text, "{id}: {}", line(operation.summary));
    let _ = writeln!(text, "{method} {path} · {risk} · family {family}");
    for remark in remarks(operation) {
        let _ = writeln!(text, "{remark}");
    }
    let inputs = operation_inputs(operation);
    for (place, heading) in [
        (Place::Path, "Path, in this order or by name"),
        (Place::Query, "Query"),
        (Place::Header, "Headers"),
        (Place::Body, "Body"),
    ] {
        let values: Vec<&Input> = inputs.iter().filter(|input| input.place == place).collect();
        if !values.is_empty() {
            let _ = writeln!(text, "\n{heading}:");
            values.into_iter().for_each(|input| write_value(&mut text, input));
        }
    }
    if operation.body.fields().is_empty() && operation.undocumented_query {
        let _ = writeln!(text, "\nIt takes query parameters that are not described: --query name=value.");
    } else if !operation.body.fields().is_empty() {
        let _ = writeln!(text, "\nCustom fields are options too, such as --cf-shelf 7.");
    }
    let _ = writeln!(text, "\nScopes: {}.", requirement(operation));
    if operation.doubtful_scopes {
        let _ = writeln!(text, "They are in doubt: a call without them is made, with a warning.");
    }
    let _ = writeln!(text, "`desk scopes explain {id}` tells how they are known.");
    let example = Example::of(operation);
    let request = example.request().await?;
    let _ = write!(text, "\nAs a command:\n{}", indented(&example.command()));
    let _ = write!(text, "\nAs Rust:\n{}", indented(&example.rust()));
    let _ = write!(text, "\nWith curl:\n{}", indented(&request.curl()));
    Ok(text)
}

fn remarks(operation: &'static Operation) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(real) = operation.alias_of {
        remarks.push(format!("Another name of {real}."));
    }
    if !operation.aliases.is_empty() {
        remarks.push(format!("Also called {}.", operation.aliases.join(", ")));
    }
    if operation.deprecated {
        remarks.push("Its use is discouraged.".to_owned());
    }
    if let Some(paging) = operation.paging {
        let most = paging.maximum.map(|most| format!(", at most {most} records a page")).unwrap_or_default();
        let usual = paging.default.map(|usual| format!(", {usual} if nothing is said")).unwrap_or_default();
        remarks.push(format!("A list: it counts from {}{most}{usual}. --all reads all of it.", paging.first));
        if let Some(other) = operation.by_time {
            remarks.push(format!("It ends after some 5,000 records; {other} reads any number of them."));
        }
    }
    if by_name::answers_with_file(operation.id) {
        remarks.push("It answers with a file: --save FILE.".to_owned());
    }
    if operation.cookie_only {
        remarks.push("It is described for a browser's cookie; whether a token is enough is not known.".to_owned());
    }
    if !operation.inferred.is_empty() {
        remarks.push(format!("Inferred, not documented: {}.", operation.inferred.join(", ")));
    }
    remarks.iter().map(|remark| line(remark)).collect()
}

fn write_value(text: &mut String, input: &Input) {
    let option = format!("--{} {}", input.long, shape(input.kind));
    let rules = rules(input);
    let _ = match option.chars().count() {
        _ if rules.is_empty() => writeln!(text, "  {option}"),
        width if width < WIDEST => writeln!(text, "  {option:WIDEST$}{rules}"),
        _ => writeln!(text, "  {option}\n  {:WIDEST$}{rules}", ""),
    };
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect()
}
