//! An entry `[[allow]]`: what people have accepted.

use std::fmt::{self, Write as _};

use desk_sdk::Operation;
use toml_edit::{Item, TableLike};

use super::quoted;
use crate::scopes::{line, operations};

/// What an entry may have.
const KEYS: [&str; 6] = ["file", "function", "call", "count", "reason", "operations"];

/// What people have accepted at a place.
#[derive(Clone, Debug)]
pub(in crate::audit::verdict) struct Allowed {
    pub(in crate::audit::verdict) file: String,
    pub(in crate::audit::verdict) function: String,
    pub(in crate::audit::verdict) call: String,
    /// How many such calls are accepted there.
    pub(in crate::audit::verdict) count: usize,
    pub(in crate::audit::verdict) reason: String,
    /// The operations that are called there; none if it is no call.
    pub(in crate::audit::verdict) operations: Vec<&'static Operation>,
}

impl Allowed {
    /// Reads an entry.
    pub(super) fn read(table: &dyn TableLike) -> Result<Self, String> {
        let text = |name: &str| table.get(name).and_then(Item::as_str).map(str::trim).unwrap_or_default().to_owned();
        if let Some((name, _)) = table.iter().find(|(name, _)| !KEYS.contains(name)) {
            return Err(format!("`{}` is unknown: there are {}", line(name), KEYS.join(", ")));
        }
        for needed in ["file", "call", "reason"] {
            if text(needed).is_empty() {
                return Err(format!(
                    "has no `{needed}`: it needs file, call and reason, and the operations that are called"
                ));
            }
        }
        if table.get("function").is_some_and(|function| !function.is_str()) {
            return Err("`function` is no text: name it as the audit does, or leave it out".to_owned());
        }
        let count = match table.get("count") {
            None => Some(1),
            Some(item) => item.as_integer().and_then(|count| usize::try_from(count).ok()).filter(|count| *count > 0),
        };
        let count =
            count.ok_or("`count` is not a number of calls from 1 on, such as 2; without it, one is accepted")?;
        let named = match table.get("operations") {
            None => {
                let problem = "has no `operations`: name those that are called there, or give [] if it is no call";
                return Err(problem.to_owned());
            }
            Some(item) => {
                item.as_array().and_then(|list| list.iter().map(|one| Some(one.as_str()?.to_owned())).collect())
            }
        };
        let named: Vec<String> = named.ok_or("`operations` is not a list of names")?;
        let operations = operations(&named).map_err(|error| error.to_string())?;
        Ok(Self {
            file: text("file").trim_start_matches("./").to_owned(),
            function: text("function"),
            call: text("call"),
            count,
            reason: text("reason"),
            operations,
        })
    }

    /// The entry as it stands in a file.
    pub(in crate::audit::verdict) fn toml(&self) -> String {
        let mut text = String::from("[[allow]]\n");
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                let _ = writeln!(text, "{name} = {}", quoted(value));
            }
        };
        field("file", &self.file);
        field("function", &self.function);
        field("call", &self.call);
        if self.count != 1 {
            let _ = writeln!(text, "count = {}", self.count);
        }
        let names: Vec<String> = self.operations.iter().map(|operation| quoted(operation.id)).collect();
        let _ = writeln!(text, "operations = [{}]", names.join(", "));
        let _ = writeln!(text, "reason = {}", quoted(&self.reason));
        text
    }
}

impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { call, file, function, .. } = self;
        f.write_str(format!("{call} in {file} {function}").trim_end())
    }
}
