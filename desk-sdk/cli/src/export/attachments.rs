//! The files that attachments stand for.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use desk_sdk::by_name::Attachments;
use desk_sdk::{Client, Method, Operation};
use serde_json::Value;

use super::children::is_gone;
use super::error::ExportError;
use super::source::ChildSource;
use crate::table::{TableError, private_folder};

/// The folder for downloaded files, apart from those of records, so that no database takes one for a table's.
const FOLDER: &str = "files";

/// How long the readable part of a name may be, in bytes.
const LONGEST_NAME: usize = 100;

/// Downloads the attachments of a list.
#[derive(Debug)]
pub(super) struct Downloads<'a> {
    operation: &'static Operation,
    attachments: Attachments,
    list: &'a str,
    root: &'a Path,
}

impl<'a> Downloads<'a> {
    /// Downloads for a list, if they are wanted.
    pub(super) fn of(child: &'a ChildSource, root: &'a Path) -> Option<Self> {
        let (operation, attachments) = child.files?;
        Some(Self { operation, attachments, list: &child.name, root })
    }

    /// Removes what downloads that were killed left behind: unfinished files, by the names that the SDK gives them.
    pub(super) fn clean(&self) -> Result<(), ExportError> {
        let of_list = self.root.join(FOLDER).join(self.list);
        for parent in folder_entries(&of_list)?.into_iter().map(|entry| entry.path()) {
            for entry in folder_entries(&parent)? {
                let unfinished = entry.file_name().to_str().is_some_and(is_unfinished);
                if unfinished && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                    let path = entry.path();
                    fs::remove_file(&path).map_err(TableError::file("remove the leftover", &path))?;
                }
            }
        }
        Ok(())
    }

    /// Downloads an attachment and says where it lies, as a path below the export's folder. None if it is not there any
    /// more. A file that is there is whole, and is not downloaded again.
    pub(super) async fn download(
        &self,
        client: &Client,
        parent: &str,
        record: &Value,
    ) -> Result<Option<String>, ExportError> {
        let id = match &record["id"] {
            Value::String(id) => id.clone(),
            Value::Number(id) => id.to_string(),
            _ => return Ok(None),
        };
        if !is_plain(&id) || !is_plain(parent) {
            return Ok(None);
        }
        let name = format!("{id}-{}", plain_name(record["name"].as_str().unwrap_or_default()));
        let folder = self.folder(parent)?;
        let target = folder.join(&name);
        let path = format!("{FOLDER}/{}/{parent}/{name}", self.list);
        if fs::symlink_metadata(&target).is_ok_and(|found| found.is_file()) {
            return Ok(Some(path));
        }
        let what = || format!("cannot download attachment {id} of {parent}");
        let of = |parameter: &str| format!("{{{parameter}}}");
        let address = self.operation.path.replace(&of(self.attachments.parent), parent);
        let address = address.replace(&of(self.attachments.id), &id);
        let file = client.request(Method::Get, address).download();
        match file.map_err(|error| ExportError::desk(what())(error))?.save(&target).await {
            Ok(_) => Ok(Some(path)),
            Err(error) if is_gone(&error) => Ok(None),
            Err(error) => Err(ExportError::desk(what())(error)),
        }
    }

    /// The folder for the attachments of a record. No part of it may be a link, which could lead anywhere.
    fn folder(&self, parent: &str) -> Result<PathBuf, ExportError> {
        let mut folder = self.root.to_owned();
        for part in [FOLDER, self.list, parent] {
            folder.push(part);
            match private_folder(&folder) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    if !fs::symlink_metadata(&folder).is_ok_and(|found| found.is_dir()) {
                        let source = io::Error::new(ErrorKind::NotADirectory, "something else has this name");
                        return Err(TableError::file("create the folder", &folder)(source).into());
                    }
                }
                Err(error) => return Err(TableError::file("create the folder", &folder)(error).into()),
            }
        }
        Ok(folder)
    }
}

/// What is in a folder; nothing if it is none. A link in its place may lead to other people's files.
fn folder_entries(folder: &Path) -> Result<Vec<fs::DirEntry>, TableError> {
    if !fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir()) {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).and_then(Iterator::collect);
    entries.map_err(TableError::file("read the folder", folder))
}

fn is_unfinished(name: &str) -> bool {
    name.starts_with(".desk-sdk-") && name.ends_with(".part")
}

/// Whether an id can be part of a path and of an address as it is.
fn is_plain(id: &str) -> bool {
    !id.is_empty() && id.len() <= LONGEST_NAME && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A name that every system accepts and that leads nowhere, as much like the given one as possible.
fn plain_name(name: &str) -> String {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let plain: String = name.chars().map(|c| if fits(c) { c } else { '_' }).collect();
    // The end tells what kind of file it is.
    let mut start = plain.len().saturating_sub(LONGEST_NAME);
    while !plain.is_char_boundary(start) {
        start += 1;
    }
    match &plain[start..] {
        "" => "file".to_owned(),
        // Some systems drop dots at the end.
        kept => kept.trim_end_matches('.').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::settings::Wanted;
    use crate::export::source::sources;

    #[test]
    fn unfinished_downloads_are_removed_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let tickets = Wanted::Resources(vec!["tickets".to_owned()]);
        let sources = sources(&tickets, &["attachments".to_owned()], true).unwrap();
        let downloads = Downloads::of(&sources[0].children[0], root.path()).unwrap();
        downloads.clean().unwrap();
        let folder = downloads.folder("7").unwrap();
        for name in [".desk-sdk-abc.part", "1-report.pdf", "mine.part"] {
            fs::write(folder.join(name), "x").unwrap();
        }
        downloads.clean().unwrap();
        let mut left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["1-report.pdf", "mine.part"]);
    }

    #[test]
    fn names_lead_nowhere() {
        for (name, plain) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", ".._.._etc_passwd"),
            ("Übersicht 1.pdf", "Übersicht_1.pdf"),
            ("a\\b:c\0d\u{202e}.txt", "a_b_c_d_.txt"),
            ("", "file"),
            ("dots..", "dots"),
        ] {
            assert_eq!(plain_name(name), plain);
        }
        let long = plain_name(&format!("{}.pdf", "ä".repeat(200)));
        assert!(long.len() <= LONGEST_NAME && long.ends_with(".pdf"), "{long}");
        assert!(is_plain("4000000008001") && !is_plain("../1") && !is_plain(""));
    }
}
