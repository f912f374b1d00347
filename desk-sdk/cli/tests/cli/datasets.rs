//! Files, manifest and leftovers, as a job uses them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use desk_cli::table::{Dataset, Folder, Format, Limits, MANIFEST, Manifest, Owner, TableError};
use desk_sdk::Shape;
use serde_json::{Value, json};

const FORMATS: [Format; 3] = [Format::Parquet, Format::Csv, Format::JsonLines];
const WALK: &str = "windows of createdTime";

fn shape() -> Shape {
    Shape::Record {
        name: "Ticket",
        fields: vec![("id", Shape::Id), ("subject", Shape::Text), ("createdTime", Shape::Time)],
    }
}

fn owner() -> Owner {
    Owner::new("600000001", "https://desk.zoho.eu/")
}

fn ticket(id: u64) -> Value {
    let month = id % 3 + 4;
    json!({ "id": id.to_string(), "subject": "=1+1", "createdTime": format!("2024-{month:02}-14T09:30:00.000Z") })
}

fn tickets(folder: &Folder, format: Format) -> Dataset {
    Dataset::new(folder, "tickets", format, &shape()).unwrap().by_month("createdTime")
}

/// All files below a folder but the lock, by their paths.
fn files(root: &Path) -> Vec<String> {
    let (mut found, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.push(path);
            }
        }
    }
    found.retain(|path| path != ".desk-export.lock");
    found.sort();
    found
}

fn add(folder: &Folder, manifest: &mut Manifest, dataset: &Dataset, rows: Vec<Value>, position: u64) {
    let mut part = dataset.part(manifest, Limits::default());
    part.write(rows).unwrap();
    let files = part.finish().unwrap();
    manifest.resource(dataset, "get_tickets", WALK).unwrap().add(files, json!(position));
    folder.save(manifest).unwrap();
}

#[test]
fn an_export_is_continued_where_it_was() {
    for format in FORMATS {
        let root = tempfile::tempdir().unwrap();
        let extension = format.extension();
        {
            let folder = Folder::open(root.path()).unwrap();
            let mut manifest = folder.manifest(&owner()).unwrap();
            let dataset = tickets(&folder, format);
            add(&folder, &mut manifest, &dataset, (0..10).map(ticket).collect(), 10);
        }
        let folder = Folder::open(root.path()).unwrap();
        let mut manifest = folder.manifest(&owner()).unwrap();
        let dataset = tickets(&folder, format);
        let known = manifest.resource(&dataset, "get_tickets", WALK).unwrap();
        assert_eq!((known.rows(), known.position.clone(), known.finished), (10, json!(10), false));
        assert_eq!(known.first(), Some("2024-04-14T09:30:00.000Z"));
        assert_eq!(known.last(), Some("2024-06-14T09:30:00.000Z"));
        add(&folder, &mut manifest, &dataset, vec![ticket(10), json!({ "id": "11" }), json!("odd")], 13);
        let expected = [
            MANIFEST.to_owned(),
            format!("tickets/month=2024-04/tickets-000001.{extension}"),
            format!("tickets/month=2024-05/tickets-000002.{extension}"),
            format!("tickets/month=2024-05/tickets-000005.{extension}"),
            format!("tickets/month=2024-06/tickets-000003.{extension}"),
            format!("tickets/month=__HIVE_DEFAULT_PARTITION__/tickets-000004.{extension}"),
        ];
        assert_eq!(files(root.path()), expected);
        assert!(folder.spoiled(&manifest).unwrap().is_empty());
        assert_eq!(folder.manifest(&owner()).unwrap(), manifest);
    }
}

#[test]
fn leftovers_are_removed_and_other_files_are_not() {
    let root = tempfile::tempdir().unwrap();
    let folder = Folder::open(root.path()).unwrap();
    let mut manifest = folder.manifest(&owner()).unwrap();
    let dataset = tickets(&folder, Format::Parquet);
    add(&folder, &mut manifest, &dataset, vec![ticket(0)], 1);
    let foreign = [
        "notes.txt",
        "agents/agents-000001.parquet",
        "tickets/mine.parquet",
        "tickets/month=2024-04/mine.parquet",
        "tickets/elsewhere/tickets-000009.parquet",
    ];
    let leftovers = [
        ".desk-a1B2c3.part",
        "tickets/.desk-a1B2c3.part",
        "tickets/tickets-000007.csv",
        "tickets/month=2024-04/tickets-000002.parquet",
        "tickets/month=2024-07/.desk-a1B2c3.part",
    ];
    for path in foreign.iter().chain(&leftovers) {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }
    let mut removed = folder.clean(&manifest).unwrap();
    removed.sort();
    let mut expected: Vec<PathBuf> = leftovers.iter().map(|path| root.path().join(path)).collect();
    expected.sort();
    assert_eq!(removed, expected);
    let mut kept: Vec<&str> =
        foreign.iter().copied().chain([MANIFEST, "tickets/month=2024-04/tickets-000001.parquet"]).collect();
    kept.sort_unstable();
    assert_eq!(files(root.path()), kept);
    assert!(!root.path().join("tickets/month=2024-07").exists());
}

#[test]
fn what_is_not_finished_leaves_nothing() {
    for format in FORMATS {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::open(root.path()).unwrap();
        let manifest = folder.manifest(&owner()).unwrap();
        // With two files at once, some are complete before the part is.
        let limits = Limits { open_files: 1, ..Limits::default() };
        let mut part = tickets(&folder, format).part(&manifest, limits);
        part.write((0..9).map(ticket).collect()).unwrap();
        assert!(!files(root.path()).is_empty());
        drop(part);
        assert!(files(root.path()).is_empty(), "{format:?}: {:?}", files(root.path()));
    }
}

#[test]
fn files_are_closed_at_their_limits() {
    for format in FORMATS {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::open(root.path()).unwrap();
        let manifest = folder.manifest(&owner()).unwrap();
        let dataset = Dataset::new(&folder, "agents", format, &shape()).unwrap();
        let mut part = dataset.part(&manifest, Limits { file_rows: 10, ..Limits::default() });
        for _ in 0..5 {
            part.write((0..5).map(ticket).collect()).unwrap();
        }
        assert!(part.is_full());
        assert_eq!(part.rows(), 25);
        let rows: Vec<_> = part.finish().unwrap().into_iter().map(|file| (file.path, file.rows)).collect();
        let path = |number| format!("agents/agents-{number:06}.{}", format.extension());
        assert_eq!(rows, [(path(1), 10), (path(2), 10), (path(3), 5)]);

        let limits = Limits { file_bytes: 1, ..Limits::default() };
        let mut part = dataset.part(&manifest, limits);
        part.write(vec![ticket(1)]).unwrap();
        assert!(part.is_full() || format == Format::Csv && part.bytes() == 0, "{format:?}");
    }
}

#[test]
fn one_export_at_a_time_writes_to_a_folder() {
    let root = tempfile::tempdir().unwrap();
    let folder = Folder::open(root.path()).unwrap();
    let refused = Folder::open(root.path()).unwrap_err();
    assert!(matches!(refused, TableError::Locked { .. }), "{refused}");
    assert!(refused.to_string().contains(root.path().to_str().unwrap()), "{refused}");
    drop(folder);
    Folder::open(root.path()).unwrap();
}

#[test]
fn manifests_that_do_not_belong_here_are_refused() {
    let root = tempfile::tempdir().unwrap();
    let folder = Folder::open(root.path()).unwrap();
    let mut manifest = folder.manifest(&owner()).unwrap();
    add(&folder, &mut manifest, &tickets(&folder, Format::Csv), vec![ticket(1)], 1);
    let path = root.path().join(MANIFEST);
    let good: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let refused = |text: &str, owner: &Owner| {
        fs::write(&path, text).unwrap();
        let refused = folder.manifest(owner).unwrap_err().to_string();
        assert!(refused.starts_with(path.to_str().unwrap()), "{refused}");
        refused
    };
    let changed = |pointer: &str, value: Value| {
        let mut changed = good.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        changed.to_string()
    };
    for (text, says) in [
        ("{".to_owned(), "it is not JSON"),
        ("[]".to_owned(), "it has no version"),
        (changed("/version", json!(2)), "its format is 2, and this program knows formats up to 1"),
        (changed("/version", json!("1")), "it has no version"),
        (changed("/resources/tickets/files", json!(1)), "it is not complete or was changed"),
        (changed("/resources", json!({ "..": good["resources"]["tickets"] })), "cannot be the name of a resource"),
        (changed("/resources/tickets/files/0/path", json!("../passwd")), "\"../passwd\", which is no file of tickets"),
        (
            changed("/resources/tickets/files/0/path", json!("tickets/tickets-000009.csv")),
            "000009.csv, which is missing",
        ),
        (changed("/resources/tickets/files/0/bytes", json!(1)), "bytes instead of 1"),
    ] {
        let refused = refused(&text, &owner());
        assert!(refused.contains(says), "{refused}");
    }
    let other = refused(&good.to_string(), &Owner::new("2", "https://desk.zoho.eu"));
    assert!(other.contains("an export of organization 600000001, not of 2; choose another folder"), "{other}");
    let other = refused(&good.to_string(), &Owner::new("600000001", "https://desk.zoho.com"));
    assert!(other.contains("an export of https://desk.zoho.eu, not of https://desk.zoho.com"), "{other}");
}

#[test]
fn a_resource_keeps_its_form() {
    let root = tempfile::tempdir().unwrap();
    let folder = Folder::open(root.path()).unwrap();
    let mut manifest = folder.manifest(&owner()).unwrap();
    let dataset = tickets(&folder, Format::Csv);
    add(&folder, &mut manifest, &dataset, vec![ticket(1)], 1);
    let mut refused = |dataset: &Dataset, operation: &str, walk: &str| {
        manifest.resource(dataset, operation, walk).unwrap_err().to_string()
    };
    let narrow = Shape::Record { name: "Ticket", fields: vec![("id", Shape::Id)] };
    let narrow = Dataset::new(&folder, "tickets", Format::Csv, &narrow).unwrap().by_month("createdTime");
    let whole = Dataset::new(&folder, "tickets", Format::Csv, &shape()).unwrap();
    for (dataset, operation, walk, says) in [
        (&dataset, "search_tickets", WALK, "tickets was exported with get_tickets, not with search_tickets"),
        (&dataset, "get_tickets", "pages", "by windows of createdTime, not by pages"),
        (&tickets(&folder, Format::Parquet), "get_tickets", WALK, "as csv, not as parquet"),
        (&whole, "get_tickets", WALK, "into a folder for each month, not into one folder"),
        (&narrow, "get_tickets", WALK, "with other columns"),
    ] {
        let refused = refused(dataset, operation, walk);
        assert!(refused.contains(says), "{refused}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let (root, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(elsewhere.path().join("tickets-000001.csv"), "mine").unwrap();
    symlink(elsewhere.path(), root.path().join("tickets")).unwrap();
    let folder = Folder::open(root.path()).unwrap();
    let mut manifest = folder.manifest(&owner()).unwrap();
    let dataset = tickets(&folder, Format::Csv);
    manifest.resource(&dataset, "get_tickets", WALK).unwrap();
    assert!(folder.clean(&manifest).unwrap().is_empty());
    let refused = dataset.part(&manifest, Limits::default()).write(vec![ticket(1)]).unwrap_err().to_string();
    assert!(refused.contains("tickets: something else has this name; move it away"), "{refused}");
    assert_eq!(files(elsewhere.path()), ["tickets-000001.csv"]);
}

#[test]
fn errors_name_the_place_and_say_what_to_do() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("file");
    fs::write(&file, "").unwrap();
    let refused = Folder::open(&file).unwrap_err().to_string();
    assert!(refused.contains(file.to_str().unwrap()) && refused.contains("choose another folder"), "{refused}");
    let folder = Folder::open(root.path()).unwrap();
    let refused = Dataset::new(&folder, "../x", Format::Csv, &shape()).unwrap_err().to_string();
    assert!(refused.contains("\"../x\" cannot be the name of a resource"), "{refused}");
    // A folder where a file is to be.
    let taken = root.path().join("agents/agents-000001.csv");
    fs::create_dir_all(&taken).unwrap();
    let dataset = Dataset::new(&folder, "agents", Format::Csv, &shape()).unwrap();
    let manifest = folder.manifest(&owner()).unwrap();
    let refused = dataset.part(&manifest, Limits::default()).write(vec![ticket(1)]).unwrap_err().to_string();
    assert!(refused.contains(taken.to_str().unwrap()) && refused.contains("move it away"), "{refused}");
}

/// A disk of a megabyte of our own, if the system lets us have one.
#[cfg(target_os = "linux")]
struct SmallDisk(tempfile::TempDir);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn mount(options: &str) -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size=1m,{options}"), "tmpfs"]).arg(place.path());
        if mount.stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
            return Some(Self(place));
        }
        eprintln!("skipped: a small disk cannot be mounted here");
        None
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_leaves_nothing() {
    let Some(disk) = SmallDisk::mount("rw") else { return };
    let root = disk.0.path();
    let results = FORMATS.map(|format| {
        let folder = Folder::open(root).unwrap();
        let manifest = folder.manifest(&owner()).unwrap();
        let dataset = Dataset::new(&folder, "agents", format, &shape()).unwrap();
        let mut part = dataset.part(&manifest, Limits { group_bytes: 100_000, ..Limits::default() });
        // Text that does not shrink.
        let mut random = 1_u64;
        let mut text = || {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            format!("{random:x}")
        };
        let rows = (0..60_000).map(|_| json!({ "id": text(), "subject": text() + &text() })).collect();
        let written = part.write(rows).map_err(|error| error.to_string());
        // What failed once is not finished by trying again.
        let again = part.write(vec![json!({ "id": "1" })]).map_err(|error| error.to_string());
        let finished = part.finish().map(drop).map_err(|error| error.to_string());
        (written, again, finished, files(root))
    });
    for (written, again, finished, left) in results {
        let written = written.unwrap_err();
        assert!(written.contains("agents-000001.") && written.contains("make room and export again"), "{written}");
        for refused in [again.unwrap_err(), finished.unwrap_err()] {
            assert!(refused.ends_with("an earlier failure ended these files; export the resource again"), "{refused}");
        }
        assert!(left.is_empty(), "{left:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_cannot_be_written_to_is_told() {
    let Some(disk) = SmallDisk::mount("ro") else { return };
    for root in [disk.0.path().to_owned(), disk.0.path().join("export")] {
        let refused = Folder::open(&root).unwrap_err().to_string();
        let expected = refused.contains(root.to_str().unwrap()) && refused.contains("Read-only file system");
        assert!(expected && refused.ends_with("choose a folder on a disk that can be written to"), "{refused}");
    }
}

/// What a process that is killed does: parts of a few rows, each added to the manifest, as fast as it can.
#[test]
#[ignore = "is run by the test below, in a process of its own"]
fn child_that_exports_until_it_is_killed() {
    let root = PathBuf::from(std::env::var("DESK_EXPORT_FOLDER").expect("a folder"));
    let folder = Folder::open(&root).unwrap();
    let mut manifest = folder.manifest(&owner()).unwrap();
    let dataset = tickets(&folder, Format::Parquet);
    let start = manifest.resource(&dataset, "get_tickets", WALK).unwrap().position.as_u64().unwrap_or_default();
    folder.clean(&manifest).unwrap();
    for batch in (start / 10)..10_000 {
        add(&folder, &mut manifest, &dataset, (batch * 10..batch * 10 + 10).map(ticket).collect(), batch * 10 + 10);
    }
}

fn child(root: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--ignored", "--exact", "datasets::child_that_exports_until_it_is_killed"]);
    child.env("DESK_EXPORT_FOLDER", root).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn a_killed_export_leaves_a_manifest_that_is_true() {
    let root = tempfile::tempdir().unwrap();
    let mut rows = 0;
    for round in 0..12_u64 {
        let mut child = child(root.path());
        std::thread::sleep(std::time::Duration::from_millis(60 + round * 17));
        child.kill().unwrap();
        child.wait().unwrap();
        let folder = Folder::open(root.path()).unwrap();
        let mut manifest = folder.manifest(&owner()).unwrap();
        assert!(folder.spoiled(&manifest).unwrap().is_empty());
        let dataset = tickets(&folder, Format::Parquet);
        let known = manifest.resource(&dataset, "get_tickets", WALK).unwrap().clone();
        assert_eq!(known.position.as_u64().unwrap_or_default(), known.rows());
        assert!(known.rows() >= rows);
        rows = known.rows();
        folder.clean(&manifest).unwrap();
        let mut named: Vec<_> = known.files.iter().map(|file| file.path.clone()).collect();
        named.extend(root.path().join(MANIFEST).exists().then(|| MANIFEST.to_owned()));
        named.sort();
        assert_eq!(files(root.path()), named);
    }
    assert!(rows > 0);
}
