//! The file `desk-scopes.toml`: what a program was known to use, and what people have accepted.

mod allow;
mod write;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml_edit::{Document, Item};

use super::super::{Audit, Position, manifest};
use crate::scopes::{Requirements, ScopesError, line};

pub(super) use self::allow::Allowed;

/// The file's name.
pub const LOCK: &str = "desk-scopes.toml";

/// What a file may have.
const KEYS: [&str; 5] = ["granted", "tests", "organization_known", "operations", "allow"];

/// What a file says.
#[derive(Clone, Debug)]
pub struct Lock {
    /// Where it is.
    pub file: PathBuf,
    pub(super) requirements: Requirements,
    /// Whether code that only runs in tests, examples and benchmarks counts as well.
    pub(super) tests: bool,
    /// Whether the client is given its organization, so that it need not look for one.
    pub(super) organization_known: bool,
    pub(super) allowed: Vec<Allowed>,
    /// Whether there is a file.
    pub exists: bool,
}

impl Lock {
    /// The file beside the manifest of what is audited, which may not be there yet. Several folders have none together.
    ///
    /// # Errors
    ///
    /// If a file is there and cannot be read.
    pub fn beside(audit: &Audit) -> Result<Self, ScopesError> {
        match audit.roots.as_slice() {
            [root] if root.join(LOCK).exists() => Self::read(&manifest::normal(&root.join(LOCK))),
            [root] => Ok(Self::absent(&manifest::normal(&root.join(LOCK)))),
            _ => Ok(Self::absent(Path::new(LOCK))),
        }
    }

    /// Whether it is that of a whole of which only some files are audited, so that the rest of it is not known.
    pub fn is_of_more(&self, audit: &Audit) -> bool {
        audit.is_part && audit.roots.iter().any(|root| relative(root, &self.file) == LOCK)
    }

    /// The folders of what is audited that have a file of their own, beside the one of the whole.
    pub fn members(audit: &Audit) -> Vec<PathBuf> {
        let roots = &audit.roots;
        let is_below = |folder: &PathBuf| roots.iter().any(|root| !relative(root, folder).starts_with(".."));
        let is_whole = |folder: &PathBuf| matches!(roots.as_slice(), [root] if relative(root, folder).is_empty());
        let folders = roots.iter().chain(&audit.packages).map(|folder| manifest::normal(folder));
        let folders: BTreeSet<PathBuf> =
            folders.filter(|folder| is_below(folder) && !is_whole(folder) && folder.join(LOCK).exists()).collect();
        folders.into_iter().collect()
    }

    /// A file that is not there yet.
    pub fn absent(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            requirements: Requirements::default(),
            tests: false,
            organization_known: false,
            allowed: Vec::new(),
            exists: false,
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, with the place.
    pub fn read(file: &Path) -> Result<Self, ScopesError> {
        let requirements = Requirements::read_integration(file)?;
        let shown = line(&file.display().to_string());
        let failed = |problem: String| ScopesError::new(format!("{shown}: {problem}"));
        let text = fs::read_to_string(file).map_err(|error| failed(format!("cannot be read ({error})")))?;
        let document = Document::parse(text).map_err(|error| failed(format!("is not TOML: {}", error.message())))?;
        if let Some((name, _)) = document.iter().find(|(name, _)| !KEYS.contains(name)) {
            return Err(failed(format!("`{}` is unknown: there are {}", line(name), KEYS.join(", "))));
        }
        let flag = |name: &str| match document.get(name).map(Item::as_bool) {
            None => Ok(false),
            Some(Some(flag)) => Ok(flag),
            Some(None) => Err(failed(format!("`{name}` is neither true nor false"))),
        };
        let (tests, organization_known) = (flag("tests")?, flag("organization_known")?);
        let mut allowed = Vec::new();
        if let Some(item) = document.get("allow") {
            let tables = item
                .as_array_of_tables()
                .ok_or_else(|| failed("`allow` is not a list of tables: write [[allow]] before each".to_owned()))?;
            for (index, table) in tables.iter().enumerate() {
                let problem = |problem| failed(format!("[[allow]] number {}: {problem}", index + 1));
                allowed.push(Allowed::read(table).map_err(problem)?);
            }
        }
        Ok(Self { file: file.to_owned(), requirements, tests, organization_known, allowed, exists: true })
    }

    /// The numbers of the entries for what stands somewhere.
    pub(super) fn allowed(&self, place: &Position, call: &str) -> Vec<usize> {
        if self.allowed.is_empty() {
            return Vec::new();
        }
        let file = self.relative(&place.file);
        let meant = |allowed: &Allowed| {
            let is_function = allowed.function.is_empty() || allowed.function == place.function;
            allowed.file == file && allowed.call == call && is_function
        };
        (0..self.allowed.len()).filter(|index| meant(&self.allowed[*index])).collect()
    }

    /// A file as it is written here: from the folder of this one, with slashes.
    pub(super) fn relative(&self, file: &Path) -> String {
        let folder = self.file.parent().map(Path::to_owned).unwrap_or_default();
        relative(&folder, file)
    }
}

/// A path from a folder, with slashes.
pub(in crate::audit) fn relative(folder: &Path, file: &Path) -> String {
    let absolute = |path: &Path| {
        let path = manifest::normal(path);
        manifest::normal(&std::path::absolute(&path).unwrap_or(path))
    };
    let (folder, file) = (absolute(folder), absolute(file));
    let from = folder.ancestors().enumerate().find_map(|(up, folder)| Some((up, file.strip_prefix(folder).ok()?)));
    let (up, rest) = from.unwrap_or((0, &file));
    let names = rest.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = (0..up).map(|_| "..".to_owned()).chain(names).collect();
    parts.join("/")
}

fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string().trim().to_owned()
}
