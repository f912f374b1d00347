//! Downloads that break, from servers that err or lie: what is saved is the file, or nothing is.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::common::raw::{Raw, Script, chunk, header};
use desk_sdk::agents::GetAgentProfilePhoto;
use desk_sdk::{Error, Retry};
use futures_util::future::join_all;
use futures_util::{StreamExt as _, pin_mut};

const FILE: &[u8] = b"0123456789abcdefghij";

const TAG: (&str, &str) = ("etag", "\"one\"");

fn photo() -> GetAgentProfilePhoto {
    GetAgentProfilePhoto::new("7")
}

type Answering = Box<dyn Fn() -> Script + Send + Sync>;

/// The first byte that a request asks for.
fn asked(head: &str) -> Option<usize> {
    header(head, "range")?.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()
}

/// The rest of the file as a good server gives it, or so much of it.
fn part(start: usize, length: usize) -> Script {
    let range = format!("bytes {start}-{}/{}", FILE.len() - 1, FILE.len());
    let rest = &FILE[start..];
    Script::answer(206, &[TAG, ("content-range", &range)], rest.len(), &rest[..length.min(rest.len())])
}

/// The whole file, or so much of it.
fn whole(length: usize) -> Script {
    Script::answer(200, &[TAG], FILE.len(), &FILE[..length])
}

/// A good server whose connections break after so many bytes.
fn breaking(after: usize) -> impl Fn(usize, &str) -> Script + Send + Sync + 'static {
    move |_, head| asked(head).map_or_else(|| whole(after), |start| part(start, after))
}

/// A folder for one test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("desk-sdk-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).expect("the folder");
        let mut names: Vec<_> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl std::ops::Deref for Folder {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Whatever is tried ends soon.
async fn soon<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(60), work).await.expect("it ends")
}

#[tokio::test]
async fn a_broken_download_gives_its_place_back_before_it_goes_on() {
    let desk = Raw::start(breaking(7)).await;
    let folder = Folder::new("places");
    for places in [1, 10] {
        let client = desk.builder().simultaneous_calls(places).build().expect("a client");
        let saves =
            (0..places).map(|number| client.get_agent_profile_photo(photo()).save(folder.join(number.to_string())));
        for saved in soon(join_all(saves)).await {
            assert_eq!(saved.expect("saved"), FILE.len() as u64);
        }
    }
    assert_eq!(folder.names().len(), 10);
    assert!((0..10).all(|number| std::fs::read(folder.join(number.to_string())).expect("a file") == FILE));
}

#[tokio::test]
async fn a_download_that_has_ended_gives_its_place_back() {
    let desk = Raw::start(|number, _| if number == 1 { whole(3) } else { whole(FILE.len()) }).await;
    let client = desk.builder().simultaneous_calls(1).retry(Retry::never()).build().expect("a client");
    let mut first = client.get_agent_profile_photo(photo()).await.expect("opened");
    while first.chunk().await.expect("a piece").is_some() {}
    let mut second = soon(client.get_agent_profile_photo(photo())).await.expect("opened");
    while second.chunk().await.is_ok() {}
    let third = soon(client.get_agent_profile_photo(photo())).await.expect("opened");
    let third = third.into_stream();
    pin_mut!(third);
    while third.next().await.is_some() {}
    let fourth = soon(client.get_agent_profile_photo(photo())).await.expect("opened");
    assert_eq!(fourth.bytes().await.expect("the file"), FILE);
    drop((first, second));
}

#[tokio::test]
async fn parts_must_fit_together() {
    let range = |range: &'static str| ("content-range", range);
    let rest = |headers: &[(&str, &str)]| Script::answer(206, headers, FILE.len() - 7, &FILE[7..]);
    let wrong: Vec<(&str, Answering)> = vec![
        ("another start", Box::new(move || rest(&[TAG, range("bytes 3-15/20")]))),
        ("another total", Box::new(move || rest(&[TAG, range("bytes 7-19/25")]))),
        ("another tag", Box::new(move || rest(&[("etag", "\"two\""), range("bytes 7-19/20")]))),
        ("no tag", Box::new(move || rest(&[range("bytes 7-19/20")]))),
        ("no range", Box::new(move || rest(&[TAG]))),
        ("nonsense", Box::new(move || rest(&[TAG, range("bytes lots")]))),
        ("two ranges", Box::new(move || rest(&[TAG, range("bytes 7-19/20"), range("bytes 7-19/20")]))),
        ("behind the end", Box::new(move || Script::answer(416, &[range("bytes */5")], 0, b""))),
    ];
    for (what, script) in wrong {
        // The second request gets what does not fit, the third asks for the whole and gets it.
        let desk = Raw::start(move |number, head| match number {
            0 => whole(7),
            1 => script(),
            _ => asked(head).map_or_else(|| whole(FILE.len()), |start| part(start, FILE.len())),
        });
        let (desk, folder) = (desk.await, Folder::new("parts"));
        let saved = soon(desk.client().get_agent_profile_photo(photo()).save(folder.join("photo"))).await;
        assert_eq!(saved.unwrap_or_else(|error| panic!("{what}: {error}")), FILE.len() as u64, "{what}");
        assert_eq!(std::fs::read(folder.join("photo")).expect("the file"), FILE, "{what}");
        assert_eq!(desk.headers("range"), [None, Some("bytes=7-".to_owned()), None], "{what}");
        assert_eq!(desk.headers("if-range")[1].as_deref(), Some("\"one\""), "{what}");
    }
}

#[tokio::test]
async fn a_server_that_never_sends_what_fits_is_an_error() {
    let desk = Raw::start(|_, head| match asked(head) {
        None => whole(7),
        Some(_) => Script::answer(206, &[TAG, ("content-range", "bytes 0-19/20")], FILE.len(), FILE),
    });
    let (desk, folder) = (desk.await, Folder::new("never"));
    std::fs::write(folder.join("photo"), "as it was").expect("written");
    let error = soon(desk.client().get_agent_profile_photo(photo()).save(folder.join("photo"))).await;
    let error = error.expect_err("it never fits");
    assert!(matches!(error, Error::IncompleteFile { .. } | Error::Transport { .. }), "{error}");
    assert_eq!(folder.names(), ["photo"], "nothing is left beside it");
    assert_eq!(std::fs::read(folder.join("photo")).expect("the file"), b"as it was");
    assert_eq!(desk.seen().len(), 5, "the first and four more");
}

#[tokio::test]
async fn a_part_that_is_too_short_goes_on_and_is_no_whole_file() {
    // In chunks, so that nothing but the range says how much is to come.
    let desk = Raw::start(|_, head| {
        let start = asked(head).unwrap_or_default();
        let end = FILE.len().min(start + 6);
        let range = format!("bytes {start}-{}/{}", FILE.len() - 1, FILE.len());
        let mut body = chunk(&FILE[start..end]);
        body.extend(chunk(b""));
        let head = format!(
            "HTTP/1.1 206 Part\r\ntransfer-encoding: chunked\r\netag: \"one\"\r\ncontent-range: {range}\r\n\r\n"
        );
        Script::bytes([head.as_bytes(), &body].concat())
    });
    let (desk, folder) = (desk.await, Folder::new("short"));
    let saved = soon(desk.client().get_agent_profile_photo(photo()).save(folder.join("photo"))).await;
    assert_eq!(saved.expect("saved in parts"), FILE.len() as u64);
    assert_eq!(std::fs::read(folder.join("photo")).expect("the file"), FILE);
    let download = desk.client().get_agent_profile_photo(photo()).from_byte(2).await.expect("opened");
    assert_eq!(download.size(), Some(18));
    let error = download.bytes().await.expect_err("it ends too early");
    assert_eq!(
        error.to_string(),
        "get_agent_profile_photo did not deliver the whole file: 6 bytes arrived, but 18 were expected"
    );
}

#[tokio::test]
async fn a_part_that_was_not_asked_for_is_no_file() {
    let desk = Raw::start(|_, _| part(5, FILE.len())).await;
    for call in
        [desk.client().get_agent_profile_photo(photo()), desk.client().get_agent_profile_photo(photo()).from_byte(4)]
    {
        let error = call.await.expect_err("another part");
        assert!(matches!(error, Error::IncompleteFile { .. }), "{error}");
    }
    desk.client().get_agent_profile_photo(photo()).from_byte(5).await.expect("the one that was asked for");
}

#[tokio::test]
async fn a_save_from_a_byte_goes_on_from_where_it_was() {
    let folder = Folder::new("offset");
    let desk = Raw::start(breaking(4)).await;
    let saved =
        soon(desk.client().get_agent_profile_photo(photo()).from_byte(3).from_byte(5).save(folder.join("a"))).await;
    assert_eq!(saved.expect("saved"), 15);
    assert_eq!(std::fs::read(folder.join("a")).expect("the file"), &FILE[5..]);
    let ranges: Vec<_> = desk.headers("range").into_iter().flatten().collect();
    assert_eq!(ranges, ["bytes=5-", "bytes=9-", "bytes=13-", "bytes=17-"]);

    // A server without parts sends all of it, and what was not asked for is left out.
    let desk = Raw::start(|number, _| whole(if number == 0 { 9 } else { FILE.len() })).await;
    let saved = soon(desk.client().get_agent_profile_photo(photo()).from_byte(5).save(folder.join("b"))).await;
    assert_eq!(saved.expect("saved"), 15);
    assert_eq!(std::fs::read(folder.join("b")).expect("the file"), &FILE[5..]);
    let error = soon(desk.client().get_agent_profile_photo(photo()).from_byte(25).save(folder.join("c"))).await;
    assert!(matches!(error, Err(Error::IncompleteFile { .. })), "{error:?}");
    assert_eq!(folder.names(), ["a", "b"]);
}

#[tokio::test]
async fn without_a_sign_of_the_version_it_begins_again() {
    let headers: [&[(&str, &str)]; 3] = [&[], &[("etag", "W/\"weak\"")], &[TAG, ("accept-ranges", "none")]];
    for headers in headers {
        let desk = Raw::start(move |number, _| {
            Script::answer(200, headers, FILE.len(), &FILE[..if number == 0 { 7 } else { FILE.len() }])
        });
        let (desk, folder) = (desk.await, Folder::new("again"));
        let saved = soon(desk.client().get_agent_profile_photo(photo()).save(folder.join("photo"))).await;
        assert_eq!(saved.expect("saved"), FILE.len() as u64);
        assert_eq!(std::fs::read(folder.join("photo")).expect("the file"), FILE);
        assert_eq!(desk.headers("range"), [None, None]);
    }
    const TIME: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    let desk = Raw::start(|number, _| match number {
        0 => Script::answer(200, &[("last-modified", TIME)], FILE.len(), &FILE[..7]),
        _ => Script::answer(206, &[("content-range", "bytes 7-19/20")], 13, &FILE[7..]),
    });
    let (desk, folder) = (desk.await, Folder::new("modified"));
    soon(desk.client().get_agent_profile_photo(photo()).save(folder.join("photo"))).await.expect("saved");
    assert_eq!(std::fs::read(folder.join("photo")).expect("the file"), FILE);
    assert_eq!(desk.headers("if-range")[1].as_deref(), Some(TIME));
}

#[tokio::test]
async fn a_save_keeps_to_how_often_calls_are_repeated() {
    let folder = Folder::new("times");
    let desk = Raw::start(breaking(1)).await;
    let retry = Retry::default().times(2).first_pause(Duration::from_millis(1)).deadline(Duration::from_secs(1));
    let client = desk.builder().retry(retry).build().expect("a client");
    let error = soon(client.get_agent_profile_photo(photo()).save(folder.join("photo"))).await.expect_err("it breaks");
    assert!(matches!(error, Error::Transport { .. }), "{error}");
    assert_eq!(desk.seen().len(), 3);
    assert!(folder.names().is_empty(), "{:?}", folder.names());
}

#[tokio::test]
async fn a_long_save_may_break_more_often() {
    const SIZE: usize = 10 << 20;
    const PIECE: usize = 1 << 20;
    let byte = |at: usize| u8::try_from(at % 251).unwrap_or_default();
    let desk = Raw::start(move |_, head| {
        let start = asked(head).unwrap_or_default();
        let body: Vec<u8> = (start..SIZE.min(start + PIECE)).map(byte).collect();
        let range = format!("bytes {start}-{}/{SIZE}", SIZE - 1);
        Script::answer(206, &[TAG, ("content-range", &range)], SIZE - start, &body)
    });
    let (desk, folder) = (desk.await, Folder::new("long"));
    let retry = Retry::default().times(1).first_pause(Duration::from_millis(1));
    let client = desk.builder().retry(retry).build().expect("a client");
    let saved = soon(client.get_agent_profile_photo(photo()).save(folder.join("photo"))).await;
    assert_eq!(saved.expect("saved in ten parts"), SIZE as u64);
    let file = std::fs::read(folder.join("photo")).expect("the file");
    assert!(file.len() == SIZE && file.iter().enumerate().all(|(at, found)| *found == byte(at)));
}

#[tokio::test]
async fn a_time_for_the_whole_file_is_not_begun_anew() {
    let desk = Raw::start(|_, _| whole(7).then_hold()).await;
    let folder = Folder::new("timeout");
    let client = desk.client();
    let save = client.get_agent_profile_photo(photo()).timeout(Duration::from_millis(300));
    soon(save.save(folder.join("photo"))).await.expect_err("it never comes");
    assert!(folder.names().is_empty());

    // Nor is it where not even the beginning comes.
    let (desk, started) = (Raw::start(|_, _| Script::bytes("").then_hold()).await, std::time::Instant::now());
    let client = desk.client();
    let save = client.get_agent_profile_photo(photo()).timeout(Duration::from_secs(2));
    soon(save.save(folder.join("photo"))).await.expect_err("it never comes");
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
}

#[cfg(unix)]
#[tokio::test]
async fn a_save_touches_nothing_but_its_target() {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let (desk, folder) = (Raw::start(breaking(FILE.len())).await, Folder::new("links"));
    std::fs::write(folder.join("victim"), "untouched").expect("written");
    symlink(folder.join("victim"), folder.join("photo.part")).expect("a link");
    symlink(folder.join("victim"), folder.join("linked")).expect("a link");
    let client = desk.client();
    let save = async |name: &str| client.get_agent_profile_photo(photo()).save(folder.join(name)).await.expect("saved");
    save("photo").await;
    save("linked").await;
    assert_eq!(std::fs::read(folder.join("victim")).expect("the victim"), b"untouched");
    assert!(std::fs::symlink_metadata(folder.join("linked")).expect("the file").is_file(), "the link is replaced");

    let mode = |name: &str| std::fs::metadata(folder.join(name)).expect("the file").permissions().mode() & 0o777;
    std::fs::write(folder.join("normal"), "").expect("written");
    assert_eq!(mode("photo"), mode("normal"));
    std::fs::set_permissions(folder.join("normal"), Permissions::from_mode(0o600)).expect("narrowed");
    save("normal").await;
    assert_eq!(mode("normal"), 0o600, "what only its owner may read stays so");
}

#[tokio::test]
async fn saves_to_one_target_do_not_mix() {
    // Each request gets a file of its own, in many pieces.
    let desk = Raw::start(|number, _| {
        let letter = b'a' + u8::try_from(number % 26).unwrap_or_default();
        Script::answer(200, &[], 300_000, &vec![letter; 300_000])
    });
    let (desk, folder) = (desk.await, Folder::new("mix"));
    let client = desk.client();
    let saves = (0..5).map(|_| client.get_agent_profile_photo(photo()).save(folder.join("photo")));
    assert!(soon(join_all(saves)).await.into_iter().all(|saved| saved.is_ok_and(|size| size == 300_000)));
    let file = std::fs::read(folder.join("photo")).expect("the file");
    assert!(file.len() == 300_000 && file.iter().all(|byte| *byte == file[0]), "one of them, whole");
    assert_eq!(folder.names(), ["photo"]);
}

#[tokio::test]
async fn a_dropped_save_leaves_nothing() {
    let (desk, folder) = (Raw::start(|_, _| whole(7).then_hold()).await, Folder::new("dropped"));
    let client = desk.client();
    let save = client.get_agent_profile_photo(photo()).save(folder.join("photo"));
    tokio::time::timeout(Duration::from_millis(300), save).await.expect_err("it never comes");
    assert!(folder.names().is_empty(), "{:?}", folder.names());
    let error = client.get_agent_profile_photo(photo()).save(&*folder).await.expect_err("a folder is no file");
    assert!(matches!(error, Error::File { .. }), "{error}");
    assert!(desk.seen().len() <= 1, "nothing is asked for what cannot be kept");
}
