//! The files of a spec: the project's, those of another folder, or those of a git revision.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use desk_codegen::lock::LOCK;
use desk_codegen::{API, EXAMPLES, Files, LOCAL, UPSTREAM};

use crate::files::Tree;

/// What a spec consists of, beside its lock: folders, each with the ending of its files.
const PARTS: [(&str, &str); 3] = [(UPSTREAM, "json"), (LOCAL, "json"), (EXAMPLES, "rs")];

/// The folder of the project's spec.
const SPEC: &str = "spec";

/// The files of the project's spec.
pub(crate) fn project() -> Result<Files> {
    let tree = Tree::project();
    let mut files = Files::new();
    for (folder, ending) in PARTS {
        files.extend(tree.read(folder, ending)?);
    }
    files.extend(tree.text(LOCK)?.map(|text| (LOCK.to_owned(), text)));
    Ok(files)
}

/// The files of another folder with a spec, by the paths that they have in a project.
pub(crate) fn folder(folder: &Path) -> Result<Files> {
    let tree = Tree::at(folder);
    let mut files = Files::new();
    for (part, ending) in PARTS {
        files.extend(tree.read(inside(part), ending)?.into_iter().map(|(path, text)| (format!("{SPEC}/{path}"), text)));
    }
    files.extend(tree.text(inside(LOCK))?.map(|text| (LOCK.to_owned(), text)));
    Ok(files)
}

/// Whether a folder has the parts of a spec.
pub(crate) fn is_folder(folder: &Path) -> bool {
    [UPSTREAM, LOCAL].iter().all(|part| folder.join(inside(part)).is_dir())
}

/// Where a part is in the folder of a spec.
fn inside(part: &str) -> &str {
    part.strip_prefix(SPEC).unwrap_or(part).trim_start_matches('/')
}

/// A revision of this project.
#[derive(Debug)]
pub(crate) struct Revision {
    /// Its commit.
    pub(crate) commit: String,
    /// The files of its spec.
    pub(crate) files: Files,
    /// Its root manifest.
    pub(crate) manifest: Option<String>,
    pub(crate) changelog: Option<String>,
}

/// The spec as it was in a revision: nothing is checked out.
pub(crate) fn revision(name: &str) -> Result<Revision> {
    let wanted = format!("{name}^{{commit}}");
    let Ok(commit) = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]) else {
        bail!(
            "{name:?} is neither the folder of a spec, with `upstream` and `local`, nor a git revision of this project"
        );
    };
    let commit = commit.trim().to_owned();
    // Paths are those below the project, which may be a folder of a larger repository.
    let listed = git(&["ls-tree", "-r", "-z", &commit, "--", SPEC, MANIFEST, CHANGELOG])?;
    let mut wanted = Vec::new();
    for entry in listed.split_terminator('\0') {
        let (about, path) = entry.split_once('\t').with_context(|| format!("git lists {entry:?}"))?;
        let [mode, _, id] = about.split(' ').collect::<Vec<_>>()[..] else { bail!("git lists {entry:?}") };
        if path == MANIFEST || path == CHANGELOG || is_part(path) {
            ensure!(mode != LINK, "{path} is a link in {name}, and links are not followed");
            wanted.push((path, id));
        }
    }
    let mut files = contents(&wanted).with_context(|| format!("cannot read the spec of {name}"))?;
    let (manifest, changelog) = (files.remove(MANIFEST), files.remove(CHANGELOG));
    ensure!(!files.is_empty(), "{name} has no spec: there is nothing in {UPSTREAM} and {LOCAL}");
    // Without it, a spec is of an earlier form, of which this generator makes nothing.
    ensure!(
        files.contains_key(API),
        "{name} is from before {API}: its spec has another form, which is read no more\n  \
         help: compare with a later revision; the first is that of `git log --diff-filter=A -- {API}`"
    );
    Ok(Revision { commit, files, manifest, changelog })
}

pub(crate) const MANIFEST: &str = "Cargo.toml";

pub(crate) const CHANGELOG: &str = "CHANGELOG.md";

/// The mode of a link in a tree of git.
const LINK: &str = "120000";

fn is_part(path: &str) -> bool {
    let is_in = |folder: &str, ending: &str| {
        let rest = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
        rest.is_some_and(|name| name.rsplit_once('.').is_some_and(|(_, found)| found == ending))
    };
    path == LOCK || PARTS.iter().any(|(folder, ending)| is_in(folder, ending))
}

/// What git answers.
fn git(arguments: &[&str]) -> Result<String> {
    let output = command(arguments).output().context("cannot start git")?;
    ensure!(output.status.success(), "git {}: {}", arguments[0], String::from_utf8_lossy(&output.stderr).trim());
    String::from_utf8(output.stdout).with_context(|| format!("git {} answers with more than text", arguments[0]))
}

fn command(arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(Tree::project().root()).args(arguments);
    git
}

/// The contents of blobs, by path, from a single process.
fn contents(wanted: &[(&str, &str)]) -> Result<Files> {
    let mut git = command(&["cat-file", "--batch"]);
    let mut git = git.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("cannot start git")?;
    let (Some(mut input), Some(output)) = (git.stdin.take(), git.stdout.take()) else { bail!("git has no pipes") };
    let ids: String = wanted.iter().map(|(_, id)| format!("{id}\n")).collect();
    // In a thread of its own: git answers while it is asked, and nobody waits for the other.
    let asking = std::thread::spawn(move || input.write_all(ids.as_bytes()));
    let mut output = BufReader::new(output);
    let mut files = Files::new();
    for (path, id) in wanted {
        let mut head = String::new();
        output.read_line(&mut head)?;
        let size = head.trim_end().rsplit_once(' ').and_then(|(_, size)| size.parse::<usize>().ok());
        let size = size.with_context(|| format!("git does not know {id}, the content of {path}"))?;
        let mut content = vec![0; size];
        output.read_exact(&mut content)?;
        // A line break follows.
        output.read_exact(&mut [0])?;
        let text = String::from_utf8(content).with_context(|| format!("{path} is not text (UTF-8)"))?;
        files.insert((*path).to_owned(), text);
    }
    asking.join().map_err(|_| anyhow::anyhow!("git was not asked"))??;
    git.wait()?;
    Ok(files)
}
