//! What an audit says, in the forms that people and programs read.

mod html;
mod json;
mod linked;
mod sarif;
mod text;

pub use self::html::html;
pub use self::json::json;
pub use self::linked::Compared;
pub use self::sarif::sarif;
pub use self::text::text;

use super::{Finding, Level, Position, Verdict};
use crate::scopes::{count, line};

/// A place as terminals and editors make a link of it.
fn at(place: &Position) -> String {
    let file = place.file.display().to_string();
    let file = file.strip_prefix("./").unwrap_or(&file);
    line(&format!("{file}:{}:{}", place.line, place.column))
}

/// How an operation is written, if that is not its own name.
fn written(finding: &Finding) -> String {
    match finding.written == finding.operation.id {
        true => String::new(),
        false => format!(", as {}", line(&finding.written)),
    }
}

/// How the file of a member, or of the whole of which a part is audited, is written anew.
fn fix(member: &Verdict<'_>) -> String {
    match member.lock.file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => line(&format!("`desk scopes audit {} --fix`", folder.display())),
        None => "`desk scopes audit --fix`".to_owned(),
    }
}

/// Whether it is good enough, with the exit code; nothing if it is.
fn conclusion(verdict: &Verdict<'_>) -> Option<String> {
    let code = verdict.exit_code();
    let notices = verdict.notices();
    let mut errors: Vec<(&str, usize)> = Vec::new();
    for notice in notices.iter().filter(|notice| notice.level == Level::Error) {
        match errors.iter_mut().find(|(id, _)| *id == notice.rule.id) {
            Some((_, number)) => *number += 1,
            None => errors.push((notice.rule.id, 1)),
        }
    }
    let mut parts: Vec<String> = errors.iter().map(|(id, number)| format!("{number} {id}")).collect();
    if !verdict.audit.problems.is_empty() {
        parts.push(format!("not all could be read ({})", count(verdict.audit.problems.len(), "problem")));
    }
    (code > 0).then(|| format!("This fails (exit code {code}): {}.", parts.join(", ")))
}
