//! Where people wrote a name that was changed: code, examples and docs that only they can change.

use std::fs;
use std::path::Path;

use anyhow::Result;
use desk_codegen::emit::GENERATED;
use desk_codegen::lock::{BlockKind, Named, Renamed};

use crate::files::Tree;

/// How many places are named.
const SHOWN: usize = 10;

/// What holds no text of people's own, or only what was.
const LEFT_OUT: [&str; 4] = [GENERATED, "spec/upstream", "CHANGELOG.md", "target"];

/// The lines that use an old name, as `path:line`, and how many more there are.
pub(super) fn of(tree: &Tree, renamed: &Renamed) -> Result<(Vec<String>, usize)> {
    let mut found = Vec::new();
    let mut todo = vec![tree.root().to_owned()];
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let name = path.strip_prefix(tree.root()).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if hidden || path.is_symlink() || LEFT_OUT.contains(&name.as_str()) {
                continue;
            } else if path.is_dir() {
                todo.push(path);
            } else if is_text(&path)
                && let Ok(text) = fs::read_to_string(&path)
            {
                let lines = text.lines().enumerate().filter(|(_, line)| uses(line, renamed));
                found.extend(lines.map(|(index, _)| (name.clone(), index + 1)));
            }
        }
    }
    found.sort();
    let more = found.len().saturating_sub(SHOWN);
    Ok((found.into_iter().take(SHOWN).map(|(path, line)| format!("{path}:{line}")).collect(), more))
}

fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "rs" || ending == "md")
}

/// Whether a line uses the old name. Fields and setters are looked for behind a dot, variants behind their enum.
fn uses(line: &str, renamed: &Renamed) -> bool {
    let before = match &renamed.of {
        Named::Item(BlockKind::Enum, owner, _) => format!("{owner}::"),
        Named::Item(..) => ".".to_owned(),
        _ => String::new(),
    };
    let name = format!("{before}{}", renamed.from);
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(&name).any(|(at, _)| {
        let start = before == "." || !line[..at].ends_with(part);
        start && !line[at + name.len()..].starts_with(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_used_where_it_stands_as_a_word() {
        let renamed = |of, from: &str| Renamed { of, from: from.to_owned(), to: "New".to_owned(), alone: true };
        let ticket = renamed(Named::Type, "Ticket");
        assert!(uses("let a: Ticket = b;", &ticket) && uses("List<Ticket>", &ticket));
        assert!(!uses("let a: TicketInput = GetTicket::new();", &ticket));
        let variant = renamed(Named::Item(BlockKind::Enum, "State".to_owned(), Vec::new()), "Open");
        assert!(uses("State::Open => 1,", &variant) && !uses("Door::Open => OtherState::Opened", &variant));
        let field = renamed(Named::Item(BlockKind::Record, "Ticket".to_owned(), Vec::new()), "due_date");
        assert!(uses("ticket.due_date", &field) && !uses("due_date", &field) && !uses("a.due_dates", &field));
    }
}
