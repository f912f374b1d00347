//! One of the two specs.

use std::path::Path;

use anyhow::{Context, Result, bail};
use desk_codegen::Files;
use desk_codegen::emit::MANIFEST;
use desk_codegen::load;
use desk_codegen::lock::LOCK;
use desk_codegen::model::{self, Model};
use desk_codegen::spec::Spec;
use semver::Version;
use serde::Serialize;

use super::release::{self, Standing};
use crate::files::Tree;
use crate::printing::errln;
use crate::spec::{self, CHANGELOG, Revision};

/// A spec, read but not looked into.
#[derive(Debug)]
pub(crate) struct Side {
    /// What the user called it.
    name: String,
    files: Files,
    /// Where it comes from, unless it belongs to the working tree.
    commit: Option<Commit>,
}

/// What a revision has beside its spec.
#[derive(Debug)]
struct Commit {
    id: String,
    manifest: Option<String>,
    changelog: Option<String>,
}

/// What is made of a spec.
pub(crate) struct Made {
    pub(crate) spec: Spec,
    pub(crate) model: Model,
}

/// A spec as the page shows it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct About {
    /// A folder, a revision, or the working tree.
    pub(crate) spec: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) commit: Option<String>,
    /// How many operations it has, duplicates included.
    pub(crate) operations: usize,
}

impl Side {
    /// The project's own spec.
    pub(crate) fn project() -> Result<Self> {
        Ok(Self { name: "the working tree".to_owned(), files: spec::project()?, commit: None })
    }

    /// One that is made of files in memory.
    pub(crate) fn of(name: &str, files: Files) -> Self {
        Self { name: name.to_owned(), files, commit: None }
    }

    /// A folder, or else a revision.
    pub(crate) fn find(name: &str) -> Result<Self> {
        let folder = Path::new(name);
        if spec::is_folder(folder) {
            return Ok(Self { name: name.to_owned(), files: spec::folder(folder)?, commit: None });
        }
        match spec::revision(name) {
            Ok(Revision { commit, files, manifest, changelog }) => {
                let commit = Commit { id: commit, manifest, changelog };
                Ok(Self { name: name.to_owned(), files, commit: Some(commit) })
            }
            Err(_) if folder.is_dir() => {
                let inner = folder.join("spec");
                let help = if spec::is_folder(&inner) {
                    format!("; did you mean {}?", inner.display())
                } else {
                    String::new()
                };
                bail!("the folder {name} has no `upstream` and `local`, and no git revision has its name{help}")
            }
            Err(error) => Err(error),
        }
    }

    /// The version in its manifest: that of its revision, or of the working tree.
    pub(super) fn version(&self) -> Result<Version> {
        match &self.commit {
            Some(Commit { manifest: Some(manifest), .. }) => {
                release::version(manifest).with_context(|| format!("in {}", self.name))
            }
            _ => release::version(&Tree::project().text(spec::MANIFEST)?.context("Cargo.toml is missing")?),
        }
    }

    /// Which release it follows, or is.
    pub(super) fn standing(&self) -> Result<Standing> {
        let changelog = match &self.commit {
            Some(commit) => commit.changelog.clone(),
            None => Tree::project().text(CHANGELOG)?,
        };
        Ok(match changelog {
            Some(changelog) => release::released(&changelog).map_or(Standing::BeforeTheFirst, Standing::After),
            None => Standing::After(self.version()?),
        })
    }

    /// What the user called it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether it says which names it has.
    pub(super) fn has_lock(&self) -> bool {
        self.files.contains_key(LOCK)
    }

    /// Whether any file differs.
    pub(super) fn differs(&self, other: &Self) -> bool {
        self.files != other.files
    }

    /// What is made of it. Errors in it are told with its name.
    fn make(&self) -> Result<Made, String> {
        let made = load::load(&self.files).and_then(|loaded| model::build(&loaded).map(|model| (loaded.spec, model)));
        match made {
            Ok((spec, model)) => Ok(Made { spec, model }),
            Err(diagnostics) => {
                Err(format!("the spec of {} has errors:\n{}", self.name, diagnostics.locate(&self.files)))
            }
        }
    }
}

/// What is made of both, at the same time. Errors are printed, not returned.
pub(crate) fn made(old: &Side, new: &Side) -> Option<(Made, Made)> {
    let (before, now) = std::thread::scope(|threads| {
        let before = threads.spawn(|| old.make());
        let now = new.make();
        (before.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), now)
    });
    match (before, now) {
        (Ok(before), Ok(now)) => Some((before, now)),
        (before, now) => {
            for errors in [before.err(), now.err()].into_iter().flatten() {
                errln!("{errors}");
            }
            None
        }
    }
}

impl Made {
    pub(super) fn about(&self, side: &Side) -> About {
        let commit = side.commit.as_ref().map(|commit| commit.id.clone());
        About { spec: side.name.clone(), commit, operations: self.spec.operations.len() }
    }
}

/// The manifest that the features are written into.
pub(super) fn manifest() -> Result<String> {
    Tree::project().text(MANIFEST)?.with_context(|| format!("{MANIFEST} is missing"))
}
