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

use super::{Finding, Position, Verdict};
use crate::scopes::line;

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

/// How the file of a member is written anew.
fn fix(member: &Verdict<'_>) -> String {
    let folder = member.lock.file.parent().unwrap_or(&member.lock.file);
    line(&format!("`desk scopes audit {} --fix`", folder.display()))
}
