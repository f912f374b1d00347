//! The rooms of the server stand in one order, and none uses one that comes after it.

use std::fs;
use std::path::Path;

/// The folders of `src`, those that know least first.
const ROOMS: [&str; 11] =
    ["common", "spec", "exchange", "seed", "accounts", "judge", "records", "answer", "orders", "desk", "server"];

/// What a file says outside of its tests.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned()
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn no_room_uses_one_that_comes_after_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<_> = fs::read_dir(&source).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir() && !path.ends_with("tests"));
    assert_eq!(folders.len(), ROOMS.len(), "each folder has its place in the order: {folders:?}");
    let mut wrong = Vec::new();
    for (place, room) in ROOMS.iter().enumerate() {
        for file in files(&source.join(room)).iter().filter(|file| file.extension().is_some_and(|end| end == "rs")) {
            let code = code(file);
            let used =
                code.split("crate::").skip(1).filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
            // The crate's root shows what is public of all rooms, so that only the last may use it.
            let later = used.filter(|used| *room != "server" && !ROOMS[..=place].contains(used));
            wrong.extend(later.map(|used| format!("{} uses {used}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
