//! The store in a file: who may read it, what stands in its way, and its lock.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::Once;
use std::time::{Duration, Instant};

use crate::common::desk;
use crate::common::folder::Folder;
use crate::common::log::Log;
use crate::common::processes::{Time, assert_hidden, run, share_token};
use desk_sdk::auth::{FileStore, StoreError, StoredToken, TokenStore as _};
use tokio::time::timeout;

/// A token by which to tell who saved.
fn token(text: &str) -> StoredToken {
    let mut token = StoredToken::default();
    token.access_token = Some(text.into());
    token
}

async fn save(store: &FileStore, text: &str) {
    store.lock().await.expect("locked").save(&token(text)).await.expect("saved");
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).expect("it is there").permissions().mode() & 0o777
}

async fn refused(store: &FileStore) -> String {
    let lock = timeout(Duration::from_secs(10), store.lock()).await.expect("in time");
    lock.err().expect("it is refused").to_string()
}

#[tokio::test]
async fn the_token_and_its_lock_are_for_their_owner_alone() {
    static LOGGING: Once = Once::new();
    let log = Log::default();
    let writer = log.clone();
    LOGGING.call_once(|| tracing_subscriber::fmt().with_writer(move || writer.clone()).init());
    let folder = Folder::new("owner");
    let path = folder.file("token.json");
    let lock = folder.file("token.json.lock");
    let store = FileStore::new(&path);
    save(&store, "1000.kept").await;
    assert_eq!((mode(&path), mode(&lock)), (0o600, 0o600));
    // As older versions left it, or a careless copy.
    for file in [&path, &lock] {
        fs::set_permissions(file, Permissions::from_mode(0o644)).expect("set");
    }
    assert_eq!(store.load().await.expect("read").map(|token| token.to_json()), Some(token("1000.kept").to_json()));
    drop(store.lock().await.expect("locked"));
    assert_eq!((mode(&path), mode(&lock)), (0o600, 0o600));
    let logged = log.text();
    for file in [&path, &lock] {
        assert!(
            logged.contains(&format!("WARN desk_sdk::auth::store::private: others could open {file:?}")),
            "{logged}"
        );
    }
    assert!(!logged.contains("1000.kept"));
}

#[tokio::test]
async fn no_link_stands_in_for_the_lock_or_a_new_file() {
    let folder = Folder::new("links");
    let (victim, store) = (folder.file("victim"), FileStore::new(folder.file("token.json")));
    for (number, target) in [victim.clone(), folder.file("nothing")].into_iter().enumerate() {
        fs::write(&victim, "precious").expect("written");
        fs::set_permissions(&victim, Permissions::from_mode(0o644)).expect("set");
        let lock = folder.file("token.json.lock");
        symlink(&target, &lock).expect("a link");
        let error = refused(&store).await;
        assert!(error.contains("token.json.lock") && error.contains("is a link"), "{number}: {error}");
        assert!(!folder.file("nothing").exists() && mode(&victim) == 0o644);
        fs::remove_file(&lock).expect("removed");

        symlink(&target, folder.file("token.json.new")).expect("a link");
        save(&store, "1000.kept").await;
        assert_eq!(fs::read_to_string(&victim).expect("read"), "precious");
        assert!(!folder.file("nothing").exists());
        fs::remove_file(&lock).expect("removed");
    }
}

#[tokio::test]
async fn a_link_and_its_target_are_one_store() {
    let folder = Folder::new("one-store");
    let (target, link, other) = (folder.file("token.json"), folder.file("link.json"), folder.file("other.json"));
    // At first it leads to nothing.
    symlink("token.json", &link).expect("a link");
    symlink(&link, &other).expect("a link");
    let stores = [&target, &link, &other].map(|path| FileStore::new(path).patience(Duration::ZERO));
    for (number, store) in stores.iter().enumerate() {
        let mut lock = store.lock().await.expect("locked");
        for other in &stores {
            assert!(refused(other).await.contains("another process has held its lock"));
        }
        let text = format!("1000.by-{number}");
        lock.save(&token(&text)).await.expect("saved");
        drop(lock);
        for other in &stores {
            assert_eq!(other.load().await.expect("read").map(|token| token.to_json()), Some(token(&text).to_json()));
        }
    }
    assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink(), "the link stays");

    let (one, two) = (folder.file("one"), folder.file("two"));
    symlink(&one, &two).expect("a link");
    symlink(&two, &one).expect("a link");
    assert!(refused(&FileStore::new(&one)).await.contains("failed to be locked"));
}

#[tokio::test]
async fn who_waits_for_a_lock_is_told_when_it_takes_too_long() {
    let folder = Folder::new("patience");
    let path = folder.file("token.json");
    let store = FileStore::new(&path).patience(Duration::from_millis(300));
    save(&store, "1000.kept").await;
    let held = File::options().write(true).open(folder.file("token.json.lock")).expect("the lock");
    held.lock().expect("locked by somebody else");
    let began = Instant::now();
    let error = refused(&store).await;
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert!(error.contains("another process has held its lock for 0.3 s"), "{error}");
    assert!(error.ends_with("raise `FileStore::patience`"), "{error}");
    drop(held);
    drop(store.lock().await.expect("it is free"));
}

#[test]
fn a_program_that_waits_for_a_lock_can_end() {
    let folder = Folder::new("end");
    let store = FileStore::new(folder.file("token.json"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(save(&store, "1000.kept"));
    let held = File::options().write(true).open(folder.file("token.json.lock")).expect("the lock");
    held.lock().expect("locked by somebody else");
    let waiting = async { timeout(Duration::from_millis(100), store.lock()).await.is_err() };
    assert!(runtime.block_on(waiting), "it waits");
    let (told, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        drop(runtime);
        told.send(()).expect("the test goes on");
    });
    ended.recv_timeout(Duration::from_secs(5)).expect("it ends");
}

#[tokio::test]
async fn what_is_no_file_or_too_large_is_refused_at_once() {
    let folder = Folder::new("odd");
    let path = folder.file("token.json");
    let store = FileStore::new(&path);
    let load = async || timeout(Duration::from_secs(5), store.load()).await.expect("in time").expect_err("refused");
    File::create(&path).and_then(|file| file.set_len(1 << 40)).expect("a large file");
    assert!(load().await.to_string().contains("not a stored token"));
    fs::remove_file(&path).expect("removed");
    for name in ["token.json", "token.json.lock"] {
        let made = Command::new("mkfifo").arg(folder.file(name)).status();
        assert!(made.expect("mkfifo").success());
    }
    assert!(load().await.to_string().contains("is not a file"));
    assert!(refused(&store).await.contains("failed to be locked"));
}

fn text(error: &StoreError) -> String {
    format!("{error}\n{error:?}\n")
}

#[tokio::test]
async fn a_broken_file_shows_no_secret() {
    const SECRETS: [&str; 2] = ["1000.stored-refresh", "1000.stored-access"];
    let folder = Folder::new("broken-file");
    let path = folder.file("token.json");
    let store = FileStore::new(&path);
    let desk = desk().await;
    let client = desk.register_client();
    let time = Time::new(&desk, folder.file("clock"));
    let whole = format!(r#"{{"refresh_token":"{}","access_token":"{}"}}"#, SECRETS[0], SECRETS[1]);
    let contents: [Vec<u8>; 5] = [
        whole.as_bytes()[..whole.len() - 1].to_vec(),
        format!("{SECRETS:?}").into_bytes(),
        SECRETS[0].into(),
        format!("\"{}\"", SECRETS[1]).into_bytes(),
        [SECRETS[1].as_bytes(), b"\xff\xfe"].concat(),
    ];
    for content in contents {
        fs::write(&path, &content).expect("written");
        let error = store.load().await.expect_err("it is broken");
        let refused = store.lock().await.err().expect("what holds no token is not locked, so that it stays as it is");
        let shown = format!("{store:?}{}{}", text(&error), text(&refused));
        assert_eq!(fs::read(&path).expect("it is there"), content);
        assert_hidden(&SECRETS, &shown);
        assert!(shown.contains("token.json"), "it is said which store failed");
    }
    let command = share_token(&desk, &client, ["file", path.to_str().expect("text")], &time.file, 1);
    let process = run(command, &time).await;
    assert!(!process.success && process.err.contains("is not a token store"), "{}", process.err);
    assert_hidden(&[SECRETS[0], SECRETS[1], &client.secret], &(process.out + &process.err));
}
