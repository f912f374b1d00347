//! What an update makes of the project, in memory.

use anyhow::{Context, Result};
use desk_codegen::{Files, UPSTREAM};

use super::{changelog, entries, provisional, versions};
use crate::diff::{self, Made, Page, Side};
use crate::files::{Difference, Tree};
use crate::generate;
use crate::spec::{self, CHANGELOG, MANIFEST};

const LOCK: &str = "Cargo.lock";

/// The specs before and after, and the files that belong to the latter.
pub(super) struct Plan {
    old: (Side, Made),
    new: (Side, Made),
    /// What is generated, and `spec/upstream`.
    files: Files,
    /// The files in whose place these are, and those that follow the changes.
    pub(super) present: Files,
}

impl Plan {
    /// The project's spec with other files in `spec/upstream`. Errors in it are printed, not returned.
    pub(super) fn make(upstream: &Files) -> Result<Option<Self>> {
        let new = Side::of("the new spec", sources(upstream)?);
        let old = before()?;
        let Some((before, now)) = diff::made(&old, &new) else { return Ok(None) };
        generate::tell(&now.model);
        let mut files = generate::emitted(&now.spec, &now.model)?;
        files.extend(upstream.clone());
        let mut present = generate::present()?;
        let tree = Tree::project();
        present.extend(tree.read(UPSTREAM, "json")?);
        for path in [CHANGELOG, MANIFEST, LOCK] {
            present.insert(path.to_owned(), tree.text(path)?.with_context(|| format!("{path} is missing"))?);
        }
        Ok(Some(Self { old: (old, before), new: (new, now), files, present }))
    }

    /// The page that is possible while entries of `spec/local` are wrong, without these, and how many they are.
    pub(super) fn without_what_is_wrong(upstream: &Files, all: bool) -> Result<Option<(Page, usize)>> {
        provisional::page(&before()?, sources(upstream)?, all)
    }

    /// What differs between the two, and the release that follows the last one.
    pub(super) fn page(&self, all: bool) -> Result<Page> {
        diff::page((&self.old.0, &self.old.1), (&self.new.0, &self.new.1), all)
    }

    /// What is to be written in place of what is there; none if somebody changed names by hand, which is told.
    pub(super) fn difference(&self, wanted: &Files) -> Option<Difference> {
        generate::difference(&self.new.1.model.lock, wanted, &self.present)
    }

    /// All files after the update.
    pub(super) fn files(&self, page: &Page) -> Result<Files> {
        let mut files = self.files.clone();
        let [changelog, manifest, lock] = [CHANGELOG, MANIFEST, LOCK].map(|path| self.present[path].as_str());
        let (manifest, lock) = versions::raise(manifest, lock, &page.release.now, page.release.needed())?;
        files.insert(CHANGELOG.to_owned(), changelog::add(changelog, &entries::of(page))?);
        files.insert(MANIFEST.to_owned(), manifest);
        files.insert(LOCK.to_owned(), lock);
        Ok(files)
    }
}

/// The files of the project's spec with others in `spec/upstream`.
fn sources(upstream: &Files) -> Result<Files> {
    let mut sources = spec::project()?;
    sources.retain(|path, _| !path.starts_with(&format!("{UPSTREAM}/")));
    sources.extend(upstream.clone());
    Ok(sources)
}

/// The last commit is what people have. What they changed in spec/local since then belongs to the update.
fn before() -> Result<Side> {
    Side::find("HEAD").or_else(|_| Side::project())
}
