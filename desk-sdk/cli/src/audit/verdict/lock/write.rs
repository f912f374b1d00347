//! Writes the file.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use desk_sdk::{Operation, Scope, ScopeSet};

use super::{Lock, quoted};
use crate::scopes::{ScopesError, line};

const HEAD: &str = "\
# What this program may do in Zoho Desk: its operations and the scopes that they need. `desk scopes audit --fix` writes
# this file, `desk scopes audit` compares the source with it. `granted` changes only with --granted or --token-store.
# People only add [[allow]]: for a call that cannot be seen, with the operations that it makes, or for one that is unsure;
# each with its reason.
#
# [[allow]]
# file = \"src/tools.rs\"
# function = \"bot::tools::run\"   # may be left out: then everywhere in the file
# call = \"invoke\"
# count = 2                      # how many such calls are accepted there; may be left out: then one
# operations = [\"get_tickets\"]   # [] if it is no call
# reason = \"the names are checked against a list\"
";

impl Lock {
    /// The file's text for these operations and scopes; what people have accepted is kept.
    pub(in crate::audit::verdict) fn text(
        &self,
        operations: &[&'static Operation],
        granted: &ScopeSet,
        [tests, organization_known]: [bool; 2],
    ) -> String {
        let mut text = String::from(HEAD);
        let scopes: Vec<String> = granted.iter().map(quoted).collect();
        let _ = match scopes.len() {
            0 => writeln!(text, "\ngranted = []"),
            _ => writeln!(text, "\ngranted = [\n    {},\n]", scopes.join(",\n    ")),
        };
        if tests {
            text.push_str("\n# Code that only runs in tests, examples and benchmarks counts as well.\ntests = true\n");
        }
        if organization_known {
            text.push_str("\n# The client is given its organization, so that it needs no scope to look for one.\norganization_known = true\n");
        }
        text.push_str("\n[operations]\n");
        for operation in operations {
            let sets = operation
                .scopes
                .iter()
                .map(|set| quoted(&set.iter().map(Scope::to_string).collect::<Vec<_>>().join(" + ")));
            let sets = sets.collect::<Vec<_>>().join(", ");
            let _ = write!(text, "{} = {{ scopes = [{sets}], risk = \"{}\"", operation.id, operation.risk);
            if operation.doubtful_scopes {
                text.push_str(", in_doubt = true");
            }
            text.push_str(" }\n");
        }
        for allowed in &self.allowed {
            text.push('\n');
            text.push_str(&allowed.toml());
        }
        text
    }

    /// Writes the file, as a whole or not at all, unless it has this text already.
    ///
    /// # Errors
    ///
    /// If it cannot be written; what is there stays.
    pub fn write(&self, text: &str) -> Result<bool, ScopesError> {
        // Checked out on Windows, lines may end otherwise.
        if fs::read_to_string(&self.file).is_ok_and(|known| known.replace("\r\n", "\n") == text) {
            return Ok(false);
        }
        // What a link leads to is written, and the link stays.
        let target = fs::canonicalize(&self.file).unwrap_or_else(|_| self.file.clone());
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let written = new_file(folder).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(&target).map_err(|error| error.error).map(drop)
        });
        let shown = line(&self.file.display().to_string());
        written.map_err(|error| ScopesError::new(format!("{shown} cannot be written: {error}")))?;
        Ok(true)
    }
}

/// A file beside the one that it will replace; unlike those with secrets, others may read it.
fn new_file(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    builder.prefix(".desk-scopes-").tempfile_in(folder)
}
