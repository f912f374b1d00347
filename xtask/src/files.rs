//! Reads and writes the project's files. The generator itself never touches the disk.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use desk_codegen::Files;

use crate::transaction;

/// The project's files, by path from its root.
///
/// A branch may contain anything, so links are refused everywhere: they may lead outside the project.
#[derive(Debug)]
pub(crate) struct Tree {
    root: PathBuf,
}

impl Tree {
    /// This project's.
    pub(crate) fn project() -> Self {
        // Cargo sets this when it runs the program; the build folder is for a program started by hand.
        let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let package = Path::new(&package);
        Self { root: package.parent().unwrap_or(package).to_owned() }
    }

    /// Another folder.
    pub(crate) fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The project's root folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The contents of all files with this extension below a folder.
    pub(crate) fn read(&self, folder: &str, ending: &str) -> Result<Files> {
        let mut files = Files::new();
        let folder = self.place(folder)?;
        if folder.exists() {
            self.visit(folder, &mut |path| {
                if path.extension().is_some_and(|found| found == ending) {
                    files.insert(self.relative(path), text(path)?);
                }
                Ok(())
            })?;
        }
        Ok(files)
    }

    /// Calls `visit` with every file below a folder. Links are refused.
    fn visit(&self, folder: PathBuf, visit: &mut dyn FnMut(&Path) -> Result<()>) -> Result<()> {
        let mut todo = vec![folder];
        while let Some(folder) = todo.pop() {
            for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
                let entry = entry?;
                let (path, kind) = (entry.path(), entry.file_type()?);
                if kind.is_symlink() {
                    return Err(link(&path));
                } else if kind.is_dir() {
                    todo.push(path);
                } else {
                    visit(&path)?;
                }
            }
        }
        Ok(())
    }

    /// The content of a file, if it exists.
    pub(crate) fn text(&self, path: &str) -> Result<Option<String>> {
        let place = self.place(path)?;
        if place.exists() { text(&place).map(Some) } else { Ok(None) }
    }

    /// Moves a finished file to its place.
    pub(crate) fn take(&self, from: &Path, path: &str) -> Result<()> {
        let to = self.place(path)?;
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        }
        moved(from, &to).with_context(|| format!("cannot write {path}"))
    }

    /// Removes a file, if it exists.
    pub(crate) fn remove(&self, path: &str) -> Result<()> {
        remove_any(&self.place(path)?).with_context(|| format!("cannot remove {path}"))
    }

    /// Fails if a file cannot be replaced, made or removed. Where the system would do so although somebody made the file
    /// read-only, its word counts.
    pub(crate) fn replaceable(&self, path: &str) -> Result<()> {
        let place = self.place(path)?;
        match fs::metadata(&place) {
            Ok(found) if found.is_dir() => bail!("{path} is a folder, and a file has to stand there; move it away"),
            Ok(found) if found.permissions().readonly() => {
                bail!("{path} is read-only; make it writable, or undo what asks for another content")
            }
            Ok(_) => drop(File::options().append(true).open(&place).with_context(|| format!("cannot write {path}"))?),
            Err(_) => {}
        }
        let folder = place.ancestors().skip(1).find_map(|folder| Some((folder, fs::metadata(folder).ok()?)));
        match folder {
            Some((folder, found)) if !found.is_dir() => {
                bail!("{} is a file, and a folder has to stand there; move it away", self.relative(folder))
            }
            Some((folder, found)) if cfg!(unix) && found.permissions().readonly() => {
                bail!("the folder {} is read-only; make it writable", self.relative(folder))
            }
            _ => Ok(()),
        }
    }

    /// A folder in the build directory, which may be a link to another disk.
    pub(crate) fn build_folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.root.join("target").join(name);
        if folder.is_symlink() { Err(link(&folder)) } else { Ok(folder) }
    }

    /// Where a path leads, refusing links on the way.
    pub(crate) fn place(&self, path: &str) -> Result<PathBuf> {
        let mut place = self.root.clone();
        for step in Path::new(path).components() {
            let Component::Normal(step) = step else { bail!("{path:?} is not a path inside the project") };
            place.push(step);
            if place.is_symlink() {
                return Err(link(&place));
            }
        }
        Ok(place)
    }

    fn relative(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        let steps: Vec<_> = path.iter().map(|step| step.to_string_lossy()).collect();
        steps.join("/")
    }
}

/// The bytes of all files with these extensions below any folder, by their path in it.
pub(crate) fn bytes(folder: &Path, endings: &[&str]) -> Result<BTreeMap<String, Vec<u8>>> {
    let tree = Tree { root: folder.to_owned() };
    let mut found = BTreeMap::new();
    tree.visit(folder.to_owned(), &mut |path| {
        if path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)) {
            let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            found.insert(tree.relative(path), bytes);
        }
        Ok(())
    })?;
    Ok(found)
}

/// The content of a file that is not a link.
pub(crate) fn text(path: &Path) -> Result<String> {
    if path.is_symlink() {
        return Err(link(path));
    }
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Moves a file; to another disk by way of a copy beside its place, so that it never appears in part.
fn moved(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let beside = to.with_extension("new");
            remove_any(&beside)?;
            io::copy(&mut File::open(from)?, &mut File::create_new(&beside)?)?;
            fs::rename(&beside, to)?;
            fs::remove_file(from)
        }
        result => result,
    }
}

/// How a file of the user's choice was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saved {
    /// As a file in the place of the one before it.
    File,
    /// Into a device or a pipe, which may be what this program prints to.
    Stream,
}

/// Writes a file of the user's choice: a new one next to it, which is renamed, so that it never appears in part. Links
/// are followed, since the user named them, and what is no plain file is written into: it must not become one.
pub(crate) fn save(target: &Path, text: &str) -> Result<Saved> {
    let cannot = || format!("cannot write {}", target.display());
    if fs::metadata(target).is_ok_and(|found| !found.is_file()) {
        let stream = File::options().write(true).open(target);
        stream.and_then(|mut stream| stream.write_all(text.as_bytes())).with_context(cannot)?;
        return Ok(Saved::Stream);
    }
    let place = followed(target).with_context(cannot)?;
    let name = place.file_name().with_context(|| format!("{} names no file", target.display()))?;
    let beside = place.with_file_name(format!(".{}.new", name.to_string_lossy()));
    let written = remove_any(&beside).and_then(|()| File::create_new(&beside)?.write_all(text.as_bytes()));
    if let Err(error) = written.and_then(|()| fs::rename(&beside, &place)) {
        // What is told is why it could not be written, not why the rest of it is still there.
        let _ = remove_any(&beside);
        return Err(error).with_context(cannot);
    }
    Ok(Saved::File)
}

/// Where a path leads to, whether or not there is anything.
fn followed(path: &Path) -> io::Result<PathBuf> {
    if path.exists() {
        return fs::canonicalize(path);
    }
    let mut place = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&place) else { return Ok(place) };
        place = place.parent().map_or_else(|| next.clone(), |folder| folder.join(&next));
    }
    Err(io::Error::other("its links lead to each other"))
}

/// As many links after each other as Linux follows.
const MOST_LINKS: usize = 40;

/// Removes anything with this name: the leftover of an interrupted run, or a link.
fn remove_any(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// What to do about an error of the operating system.
pub(crate) fn help(error: &anyhow::Error) -> Option<&'static str> {
    let kind = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>())?.kind();
    Some(match kind {
        io::ErrorKind::PermissionDenied => "see who owns it and who may read and write it; then run this again",
        io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory => {
            "a folder stands where a file should be, or the other way round: move it away, or name another place"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "make room on the disk; then run this again: what was begun is finished or as before"
        }
        io::ErrorKind::ReadOnlyFilesystem => "the disk may not be written: name another place",
        io::ErrorKind::NotFound => "make sure of the name, and of the folder that it is in",
        _ => return None,
    })
}

fn link(path: &Path) -> anyhow::Error {
    anyhow::anyhow!("{} is a link, and links are not followed; replace it with a file or folder", path.display())
}

/// The differences between the expected and the actual files.
#[derive(Debug, Default)]
pub(crate) struct Difference {
    /// Paths of files that are missing or different.
    pub(crate) stale: Vec<String>,
    /// Paths of files that should not be.
    pub(crate) extra: Vec<String>,
}

impl Difference {
    /// Compares them; `owned` are the existing files, none of which may be left over.
    pub(crate) fn between(wanted: &Files, owned: &Files) -> Self {
        let stale = wanted.iter().filter(|(path, text)| owned.get(*path) != Some(*text));
        let extra = owned.keys().filter(|path| !wanted.contains_key(*path));
        Self { stale: stale.map(|(path, _)| path.clone()).collect(), extra: extra.cloned().collect() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.stale.is_empty() && self.extra.is_empty()
    }

    /// Writes stale files and removes leftovers, all or none; unchanged files stay untouched.
    pub(crate) fn apply(&self, tree: &Tree, wanted: &Files) -> Result<()> {
        let written = self.stale.iter().map(|path| (path.clone(), wanted[path].clone())).collect();
        transaction::apply(tree, &written, &self.extra)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use tempfile::TempDir;

    use super::*;

    /// A project, and beside it a folder with a file that nobody may read or write.
    struct Case {
        tree: Tree,
        outside: PathBuf,
        _folder: TempDir,
    }

    impl Case {
        fn new() -> Self {
            let folder = TempDir::new().unwrap();
            let (root, outside) = (folder.path().join("project"), folder.path().join("outside"));
            fs::create_dir_all(root.join("generated")).unwrap();
            fs::create_dir(&outside).unwrap();
            fs::write(outside.join("kept.rs"), "kept").unwrap();
            Self { tree: Tree { root }, outside, _folder: folder }
        }

        fn link(&self, to: impl AsRef<Path>, name: &str) {
            symlink(self.outside.join(to), self.tree.root.join(name)).unwrap();
        }

        /// Writes a file as `generate` does, and looks whether what is outside stayed as it was.
        fn write(&self, path: &str) -> Result<()> {
            let wanted = Files::from([(path.to_owned(), "new".to_owned())]);
            let result = Difference::between(&wanted, &Files::new()).apply(&self.tree, &wanted);
            let outside: Vec<_> =
                fs::read_dir(&self.outside).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            assert_eq!(outside, ["kept.rs"]);
            assert_eq!(fs::read_to_string(self.outside.join("kept.rs")).unwrap(), "kept");
            result
        }
    }

    fn refused<T: std::fmt::Debug>(result: Result<T>, part: &str) {
        let error = format!("{:#}", result.unwrap_err());
        assert!(error.contains(part), "{error}");
    }

    #[test]
    fn files_are_written_read_and_removed() {
        let case = Case::new();
        case.write("generated/a/b.rs").unwrap();
        let files = case.tree.read("generated", "rs").unwrap();
        assert_eq!(files, Files::from([("generated/a/b.rs".to_owned(), "new".to_owned())]));
        let none = Files::new();
        Difference::between(&none, &files).apply(&case.tree, &none).unwrap();
        assert_eq!(case.tree.read("generated", "rs").unwrap(), none);
        assert_eq!(case.tree.text("generated/a/b.rs").unwrap(), None);
        assert_eq!(case.tree.read("no_such_folder", "rs").unwrap(), none);
    }

    #[test]
    fn files_of_a_kind_are_found_in_all_folders() {
        let case = Case::new();
        let root = case.tree.root.clone();
        fs::create_dir(root.join("generated/a")).unwrap();
        for (path, bytes) in [("a.json", b"\xff".as_slice()), ("generated/a/b.yml", b"b"), ("generated/c.md", b"c")] {
            fs::write(root.join(path), bytes).unwrap();
        }
        let found = bytes(&root, &["json", "yml"]).unwrap();
        let expected = [("a.json".to_owned(), b"\xff".to_vec()), ("generated/a/b.yml".to_owned(), b"b".to_vec())];
        assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
        case.link("kept.rs", "generated/d.json");
        refused(bytes(&root, &["json"]), "is a link");
    }

    #[test]
    fn a_link_in_place_of_a_file_or_folder_is_refused() {
        let case = Case::new();
        case.link("kept.rs", "generated/file.rs");
        case.link("", "generated/folder");
        case.link("none.rs", "generated/nowhere.rs");
        for path in ["generated/file.rs", "generated/folder/kept.rs", "generated/folder/b.rs", "generated/nowhere.rs"] {
            refused(case.write(path), "is a link");
            refused(case.tree.text(path), "is a link");
            refused(case.tree.remove(path), "is a link");
        }
        refused(case.tree.read("generated", "rs"), "is a link");
        refused(case.tree.read("generated/folder", "rs"), "is a link");
        assert!(case.outside.join("kept.rs").exists());
    }

    #[test]
    fn a_link_in_place_of_the_build_directorys_folder_is_refused() {
        let case = Case::new();
        fs::create_dir(case.tree.root.join("target")).unwrap();
        case.link("", "target/xtask");
        refused(case.write("generated/a.rs"), "is a link");
    }

    #[test]
    fn the_build_directory_may_be_on_another_disk() {
        let case = Case::new();
        let elsewhere = TempDir::new().unwrap();
        symlink(elsewhere.path(), case.tree.root.join("target")).unwrap();
        case.write("generated/a.rs").unwrap();
        assert_eq!(case.tree.text("generated/a.rs").unwrap().as_deref(), Some("new"));
    }

    #[test]
    fn no_path_leads_out_of_the_project() {
        let case = Case::new();
        let absolute = case.outside.join("new.rs");
        for path in ["../outside/new.rs", "generated/../../outside/new.rs", absolute.to_str().unwrap()] {
            refused(case.write(path), "not a path inside the project");
        }
    }

    #[test]
    fn what_the_user_names_is_replaced_as_a_file_and_through_links() {
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a.new"), "somebody's").unwrap();
        symlink("a.json", at("link")).unwrap();
        symlink("link", at("link of a link")).unwrap();
        symlink("circle", at("circle")).unwrap();
        for (name, text) in [("link", "made"), ("a.json", "first"), ("link of a link", "second")] {
            assert_eq!(save(&at(name), text).unwrap(), Saved::File);
            assert_eq!(fs::read_to_string(at("a.json")).unwrap(), text);
        }
        assert!(at("link").is_symlink() && at("link of a link").is_symlink());
        refused(save(&at("circle"), "none"), "circle");
        let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["a.json", "a.new", "circle", "link", "link of a link"]);
        assert_eq!(fs::read_to_string(at("a.new")).unwrap(), "somebody's");
    }

    #[test]
    fn a_pipe_stays_a_pipe_and_gets_the_text() {
        use std::os::unix::fs::FileTypeExt as _;

        let folder = TempDir::new().unwrap();
        let (pipe, link) = (folder.path().join("pipe"), folder.path().join("link"));
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        symlink("pipe", &link).unwrap();
        for path in [&pipe, &link] {
            let reader = std::thread::spawn({
                let pipe = pipe.clone();
                move || fs::read_to_string(pipe).unwrap()
            });
            assert_eq!(save(path, "text").unwrap(), Saved::Stream);
            assert_eq!(reader.join().unwrap(), "text");
        }
        assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo() && link.is_symlink());
    }
}
