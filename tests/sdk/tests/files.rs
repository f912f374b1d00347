//! Files up and down, in pieces.

#[path = "all/common/mod.rs"]
mod common;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use common::{EVERYTHING, client, desk};
use desk_mock::Fault;
use desk_sdk::agents::{GetAgentProfilePhoto, UploadMyPhoto};
use desk_sdk::{Error, FilePart};

/// An agent whom the local server has.
const AGENT: &str = "189200000000042001";

/// A folder for one test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("desk-sdk-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The content of the server's files.
fn is_whole(content: &[u8], size: usize) -> bool {
    content.len() == size && content.iter().enumerate().all(|(at, byte)| usize::from(*byte) == at % 251)
}

#[tokio::test]
async fn a_broken_download_goes_on_where_it_was() {
    const SIZE: usize = 3_000_000;
    let desk = desk().await;
    desk.set_download_size(SIZE as u64);
    let client = client(&desk, &EVERYTHING);
    let folder = Folder::new("download");
    let target = folder.0.join("photo");
    desk.fault_times("get_agent_profile_photo", 2, Fault::ResetMidBody);
    let size = client.get_agent_profile_photo(GetAgentProfilePhoto::new(AGENT)).save(&target).await.expect("saved");
    assert_eq!(size, SIZE as u64);
    assert!(is_whole(&std::fs::read(&target).expect("the file"), SIZE));
    assert_eq!(std::fs::read_dir(&folder.0).expect("the folder").count(), 1, "nothing is left beside it");
    let ranges: Vec<_> = desk.requests().iter().map(|request| request.header("range").map(str::to_owned)).collect();
    assert_eq!(ranges.len(), 3, "{ranges:?}");
    assert!(ranges[0].is_none() && ranges[1].is_some() && ranges[2] > ranges[1], "{ranges:?}");
}

#[tokio::test]
async fn a_download_may_begin_anywhere() {
    let desk = desk().await;
    desk.set_download_size(1000);
    let client = client(&desk, &EVERYTHING);
    let download =
        client.get_agent_profile_photo(GetAgentProfilePhoto::new(AGENT)).from_byte(990).await.expect("opened");
    assert_eq!((download.meta().status(), download.size()), (206, Some(10)));
    let rest = download.bytes().await.expect("read");
    assert_eq!(rest.first().copied(), u8::try_from(990 % 251).ok());
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_said() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let nowhere = Folder::new("nowhere").0.join("missing").join("photo");
    let error =
        client.get_agent_profile_photo(GetAgentProfilePhoto::new(AGENT)).save(&nowhere).await.expect_err("no folder");
    assert!(error.to_string().starts_with("get_agent_profile_photo could not save to "), "{error}");
}

#[tokio::test]
async fn a_file_from_the_disk_is_sent_in_pieces_and_again() {
    const SIZE: usize = 500_000;
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let folder = Folder::new("upload");
    let path = folder.0.join("face.png");
    std::fs::write(&path, vec![7; SIZE]).expect("written");
    let (most, calls) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let (seen, counted) = (Arc::clone(&most), Arc::clone(&calls));
    let photo = FilePart::open(&path).await.expect("a file").media_type("image/png").progress(move |sent| {
        seen.fetch_max(sent, Ordering::Relaxed);
        counted.fetch_add(1, Ordering::Relaxed);
    });
    desk.fault("upload_my_photo", Fault::TooManyRequests);
    client.upload_my_photo(UploadMyPhoto::new().user_photo(photo)).await.expect("sent at the second attempt");
    assert_eq!(most.load(Ordering::Relaxed), SIZE as u64);
    assert!(calls.load(Ordering::Relaxed) >= 2 * (SIZE as u64 / 65_536), "in pieces, twice");
    let sent = desk.requests().pop().expect("a request");
    assert!(sent.body.len() > SIZE && sent.body.windows(8).any(|bytes| bytes == b"face.png"));
    assert!(FilePart::open(folder.0.join("missing")).await.is_err());
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let pieces = || futures_util::stream::iter([Ok("one ".into()), Ok("two".into())]);
    for size in [Some(7), None] {
        let photo = FilePart::stream("face.png", pieces(), size);
        client.upload_my_photo(UploadMyPhoto::new().user_photo(photo)).await.expect("sent");
        let sent = desk.requests().pop().expect("a request");
        assert!(sent.body.windows(7).any(|bytes| bytes == b"one two"), "{size:?}");
    }
    desk.fault("upload_my_photo", Fault::TooManyRequests);
    let photo = FilePart::stream("face.png", pieces(), Some(7));
    let error =
        client.upload_my_photo(UploadMyPhoto::new().user_photo(photo)).await.expect_err("it cannot be sent again");
    assert!(error.to_string().contains("can only be sent once"), "{error}");
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_sent_is_an_error() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let folder = Folder::new("changes");
    let path = folder.0.join("face.png");
    for (size, told) in
        [(300_001, "has more"), (400_000, "has more"), (299_999, "ended 1 bytes early"), (0, "ended 300000")]
    {
        std::fs::write(&path, vec![7; 300_000]).expect("written");
        let photo = FilePart::open(&path).await.expect("a file");
        std::fs::write(&path, vec![7; size]).expect("written");
        let error =
            client.upload_my_photo(UploadMyPhoto::new().user_photo(photo)).await.expect_err("another size").to_string();
        assert!(error.contains("\"face.png\" was announced with 300000 bytes but ") && error.contains(told), "{error}");
    }
    for (size, told) in [(Some(6), "has more"), (Some(8), "ended 1 bytes early"), (Some(0), "has more")] {
        let pieces = futures_util::stream::iter([Ok("one ".into()), Ok("two".into())]);
        let photo = FilePart::stream("face.png", pieces, size);
        let error =
            client.upload_my_photo(UploadMyPhoto::new().user_photo(photo)).await.expect_err("another size").to_string();
        assert!(error.contains(told), "{error}");
    }
    assert!(desk.requests().iter().all(|request| !request.body.ends_with(b"--\r\n")), "no form came whole");
}

#[tokio::test]
async fn a_file_name_that_would_break_a_header_is_refused() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    for name in ["a\r\nx: y", "a\n", "\0", "\u{1b}", "\u{85}", "a\tb"] {
        let photo = FilePart::new(name, "content");
        let error = client.upload_my_photo(UploadMyPhoto::new().user_photo(photo)).await.expect_err(name);
        assert!(matches!(error, Error::InvalidCall(_)), "{error}");
        assert!(!error.to_string().contains(char::is_control), "{error}");
    }
    assert_eq!(desk.requests().len(), 0);
    let photo = FilePart::new("gr\u{fc}n \"1\" \\ %0d.png", "content");
    client.upload_my_photo(UploadMyPhoto::new().user_photo(photo)).await.expect("any other name");
}

/// The most memory that this process has had, in KiB.
#[cfg(target_os = "linux")]
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("the process's status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// Client and server are one process here, so that both together must stay small.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_large_download_takes_little_memory() {
    const SIZE: u64 = 1 << 30;
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let before = peak();
    desk.set_download_size(SIZE);
    let mut download = client.get_agent_profile_photo(GetAgentProfilePhoto::new(AGENT)).await.expect("opened");
    let mut received = 0;
    while let Some(piece) = download.chunk().await.expect("a piece") {
        received += piece.len() as u64;
    }
    assert_eq!(received, SIZE);
    let grown = peak().saturating_sub(before);
    assert!(grown < 32 * 1024, "{grown} KiB for a download of 1 GiB");
}
