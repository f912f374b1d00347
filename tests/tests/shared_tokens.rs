//! One token for several processes, in a file and in Redis.
//!
//! The tests of Redis start a `redis-server` of their own. Where none is installed they say so and pass, unless
//! `DESK_REQUIRE_REDIS` is set.

mod common;

use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use common::{EVERYTHING, desk};
use desk_mock::{MockDesk, OauthClient};
use desk_sdk::auth::{FileStore, RedisStore, StoreError, StoredToken, TokenStore};
use futures_util::future::join;
use jiff::Timestamp;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

/// How often each of two processes asks for another token.
const TURNS: usize = 50;

const PASSWORD: &str = "hidden-password";

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("desk-sdk-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left over lies among the system's temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A server that ends with the test.
struct Redis {
    server: Child,
    port: u16,
    _folder: Folder,
}

impl Redis {
    /// None where Redis is not installed.
    async fn start(name: &str) -> Option<Self> {
        for _ in 0..5 {
            let folder = Folder::new(name);
            let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
            let port = listener.local_addr().expect("its number").port();
            drop(listener);
            // The password comes by a file, as a program's arguments are seen by all.
            let config = folder.file("redis.conf");
            fs::write(&config, format!("requirepass {PASSWORD}\nbind 127.0.0.1\n")).expect("written");
            let mut command = Command::new("redis-server");
            command.arg(&config).args(["--port", &port.to_string(), "--save", "", "--appendonly", "no", "--dir"]);
            command.arg(&folder.0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
            let server = match command.spawn() {
                Ok(server) => server,
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    let required = std::env::var_os("DESK_REQUIRE_REDIS").is_some();
                    assert!(!required, "DESK_REQUIRE_REDIS is set, but there is no redis-server in PATH");
                    eprintln!("NOT TESTED: there is no redis-server in PATH, so the store in Redis was not tried");
                    return None;
                }
                Err(error) => panic!("redis-server does not start: {error}"),
            };
            let mut redis = Self { server, port, _folder: folder };
            if redis.is_up().await {
                return Some(redis);
            }
        }
        panic!("redis-server started on none of five ports");
    }

    /// Whether it answers; not, where somebody else took the port in between.
    async fn is_up(&mut self) -> bool {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(10) {
            if self.server.try_wait().expect("its state").is_some() {
                return false;
            }
            if self.store("anything").load().await.is_ok() {
                return true;
            }
            sleep(Duration::from_millis(10)).await;
        }
        false
    }

    fn address(&self) -> String {
        format!("redis://:{PASSWORD}@127.0.0.1:{}/0", self.port)
    }

    fn store(&self, key: &str) -> RedisStore {
        RedisStore::new(&self.address(), key).expect("an address")
    }

    /// Sends a command past the store.
    async fn command(&self, command: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.expect("connected");
        let lines = format!("AUTH {PASSWORD}\r\n{command}\r\nQUIT\r\n");
        stream.write_all(lines.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("answered");
        let answer = answer.strip_prefix("+OK\r\n").and_then(|answer| answer.strip_suffix("+OK\r\n"));
        answer.expect("two times OK").trim_end().to_owned()
    }

    async fn stop(mut self) {
        self.server.kill().await.expect("killed");
    }
}

/// The time of the server and of the processes. It is moved by waits alone.
struct Time<'a> {
    desk: &'a MockDesk,
    file: PathBuf,
    now: Mutex<Timestamp>,
    began: Timestamp,
}

impl<'a> Time<'a> {
    fn new(desk: &'a MockDesk, file: PathBuf) -> Self {
        let began = Timestamp::now();
        fs::write(&file, began.to_string()).expect("written");
        Self { desk, file, now: Mutex::new(began), began }
    }

    /// The server first, so that nobody thinks more time has passed than at the server. Replaced as a whole, as the
    /// others read it meanwhile.
    fn advance(&self, by: Duration) {
        let mut now = self.now.lock().expect("the time");
        self.desk.advance(by);
        *now = now.saturating_add(by).expect("a time");
        let beside = self.file.with_extension("new");
        fs::write(&beside, now.to_string()).and_then(|()| fs::rename(&beside, &self.file)).expect("written");
    }

    fn passed(&self) -> Duration {
        let now = *self.now.lock().expect("the time");
        Duration::try_from(now.duration_since(self.began)).expect("forwards")
    }
}

/// What a process printed, of both kinds, and whether it succeeded.
struct Printed {
    out: String,
    err: String,
    success: bool,
}

fn share_token(desk: &MockDesk, client: &OauthClient, store: [&str; 2], clock: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_share-token"));
    command.args(store).arg(clock).arg(TURNS.to_string());
    command.env("DESK_URL", desk.url()).env("DESK_CLIENT_ID", &client.id).env("DESK_CLIENT_SECRET", &client.secret);
    command.env("RUST_BACKTRACE", "1");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// Runs a process to its end and grants the waits that it asks for.
async fn run(mut command: Command, time: &Time<'_>) -> Printed {
    let mut child = command.spawn().expect("the program starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut errors = child.stderr.take().expect("a pipe");
    let reading = async {
        let mut out = String::new();
        while let Some(line) = lines.next_line().await.expect("a line") {
            if let Some(wait) = line.strip_prefix("wait ") {
                time.advance(Duration::from_nanos(wait.parse().expect("nanoseconds")));
            }
            out += &line;
            out.push('\n');
        }
        out
    };
    let failing = async {
        let mut err = String::new();
        errors.read_to_string(&mut err).await.expect("its errors");
        err
    };
    let (out, err) = timeout(Duration::from_secs(120), join(reading, failing)).await.expect("it ends");
    Printed { out, err, success: child.wait().await.expect("its end").success() }
}

/// Keeps a refresh token where nothing is kept yet.
async fn sign_in(store: &dyn TokenStore, desk: &MockDesk, client: &OauthClient) -> String {
    let refresh_token = desk.refresh_token(client, EVERYTHING);
    let mut token = StoredToken::default();
    token.refresh_token = Some(refresh_token.as_str().into());
    store.lock().await.expect("locked").save(&token).await.expect("kept");
    refresh_token
}

fn assert_hidden(secrets: &[&str], shown: &str) {
    for (number, secret) in secrets.iter().enumerate() {
        // The secret itself and what was found in stay out of the message, as CI keeps its log.
        assert!(!shown.contains(secret), "secret number {number} is shown");
    }
}

/// Two processes refuse every token they get. A token that only one refresh replaced is one that was not doubled.
async fn two_processes(name: &str, kind: &str, place: &str, store: &dyn TokenStore, address: Option<String>) {
    let folder = Folder::new(name);
    let desk = desk().await;
    let client = desk.register_client();
    let refresh_token = sign_in(store, &desk, &client).await;
    let time = Time::new(&desk, folder.file("clock"));
    let process = || {
        let mut command = share_token(&desk, &client, [kind, place], &time.file);
        command.envs(address.iter().map(|address| ("DESK_REDIS", address)));
        run(command, &time)
    };
    let (one, other) = join(process(), process()).await;
    assert!(one.success && other.success, "{}{}", one.err, other.err);

    // The server knows each token that was handed out, as both processes revoke what they get; of a token that both
    // got, one revocation comes too late.
    let requests = desk.token_requests();
    let (revoked, made): (Vec<_>, Vec<_>) = requests.iter().partition(|request| request.path.ends_with("/revoke"));
    let handed_out: HashSet<&str> = revoked.iter().filter_map(|request| request.parameter("token")).collect();
    let valid = revoked.iter().filter(|request| request.error.is_none()).count();
    assert_eq!((revoked.len(), valid), (2 * TURNS, handed_out.len()), "each token was valid when it was handed out");
    assert!(valid < revoked.len(), "some were handed out to both");
    // The first refresh, and one for each token that was refused.
    assert_eq!(
        (desk.refreshes(), made.len()),
        (handed_out.len() + 1, handed_out.len() + 1),
        "none is doubled or denied"
    );
    assert!(desk.refreshes() > TURNS, "{} refreshes", desk.refreshes());
    // Ten at once, then ten minutes without one.
    let windows = u32::try_from((desk.refreshes() - 1) / 10).expect("a few");
    assert_eq!(time.passed().as_secs(), u64::from(windows) * 605, "for {} refreshes", desk.refreshes());

    let kept = store.load().await.expect("read").expect("a token");
    assert!(kept.refreshes.len() <= 10);
    let json: serde_json::Value = serde_json::from_str(&kept.to_json()).expect("a record");
    let last = json["access_token"].as_str().expect("a token");
    assert!(!handed_out.contains(last), "the last one was not refused");

    let mut secrets: Vec<&str> = handed_out.into_iter().collect();
    secrets.extend([last, &refresh_token, &client.secret, PASSWORD]);
    for process in [one, other] {
        assert_eq!(process.err, "");
        let counts = process.out.lines().all(|line| {
            let count = line.strip_prefix("wait ").or(line.strip_prefix("done "));
            count.is_some_and(|count| count.parse::<u64>().is_ok())
        });
        assert!(counts, "something other than counts was printed");
        assert_hidden(&secrets, &process.out);
    }
}

#[tokio::test]
async fn two_processes_share_a_file_through_fifty_refreshes() {
    let folder = Folder::new("shared-file");
    let path = folder.file("token.json");
    let place = path.to_str().expect("text");
    two_processes("file-clock", "file", place, &FileStore::new(&path), None).await;
}

#[tokio::test]
async fn two_processes_share_redis_through_fifty_refreshes() {
    let Some(redis) = Redis::start("shared-redis").await else { return };
    let store = redis.store("desk:token");
    two_processes("redis-clock", "redis", "desk:token", &store, Some(redis.address())).await;
    redis.stop().await;
}

/// A token by which to tell who saved.
fn token(text: &str) -> StoredToken {
    let mut token = StoredToken::default();
    token.access_token = Some(text.into());
    token
}

async fn kept(store: &RedisStore) -> Option<String> {
    store.load().await.expect("read").map(|token| token.to_json())
}

#[tokio::test]
async fn what_is_kept_in_redis_comes_back() {
    let Some(redis) = Redis::start("kept").await else { return };
    let (store, other) = (redis.store("one"), redis.store("other"));
    assert_eq!(kept(&store).await, None);
    let mut lock = store.lock().await.expect("locked");
    assert!(lock.load().await.expect("read").is_none());
    lock.save(&token("1000.first")).await.expect("saved");
    lock.save(&token("1000.second")).await.expect("saved again");
    let second = token("1000.second").to_json();
    assert_eq!(lock.load().await.expect("read").map(|token| token.to_json()), Some(second.clone()));
    assert_eq!((kept(&store).await, kept(&other).await), (Some(second), None));
    assert_eq!(redis.command("TTL one").await, ":-1", "it does not end by itself");
    drop(other.lock().await.expect("another key has another lock"));
    drop(lock);
    let free = timeout(Duration::from_secs(2), store.lock()).await;
    drop(free.expect("it was released at once").expect("locked"));
    redis.stop().await;
}

#[tokio::test]
async fn a_lost_lock_saves_nothing() {
    let Some(redis) = Redis::start("lost").await else { return };
    let store = redis.store("key");
    let mut lost = store.lock().await.expect("locked");
    lost.save(&token("1000.before")).await.expect("saved");
    assert_eq!(redis.command("DEL key:lock").await, ":1");
    // Nobody has it.
    let error = lost.save(&token("1000.late")).await.expect_err("it was lost");
    assert!(error.to_string().contains("the lock was lost"), "{error}");
    // Somebody else has it, who does not lose it by the end of the first.
    let mut lock = store.lock().await.expect("locked by another");
    lost.save(&token("1000.late")).await.expect_err("it was lost");
    drop(lost);
    sleep(Duration::from_millis(100)).await;
    assert_eq!(kept(&store).await, Some(token("1000.before").to_json()));
    lock.save(&token("1000.after")).await.expect("saved");
    assert_eq!(kept(&store).await, Some(token("1000.after").to_json()));
    drop(lock);
    redis.stop().await;
}

#[tokio::test]
async fn a_lock_lasts_while_it_is_held_and_ends_with_its_holder() {
    let Some(redis) = Redis::start("lasting").await else { return };
    let (held, dead) = (redis.store("held"), redis.store("dead"));
    let mut lock = held.lock().await.expect("locked");
    // A process that dies: its runtime ends, and nothing is released.
    let dying = dead.clone();
    let died = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        std::mem::forget(runtime.block_on(dying.lock()).expect("locked"));
    });
    died.join().expect("it dies");
    assert!(redis.command("PTTL dead:lock").await.starts_with(':'));
    let began = Instant::now();

    let impatient = dead.clone().patience(Duration::from_millis(200));
    let error = impatient.lock().await.err().expect("it is locked still");
    assert!(error.to_string().contains("somebody else has held its lock"), "{error}");
    drop(timeout(Duration::from_secs(30), dead.lock()).await.expect("it ended by itself").expect("locked"));
    let took = began.elapsed();
    assert!(took >= Duration::from_secs(5) && took < Duration::from_secs(15), "{took:?}");

    // The other lock would have ended by now, had it not been renewed.
    sleep(Duration::from_secs(11).saturating_sub(began.elapsed())).await;
    let impatient = held.clone().patience(Duration::ZERO);
    assert!(impatient.lock().await.is_err(), "it is held");
    lock.save(&token("1000.kept")).await.expect("saved");
    drop(lock);
    redis.stop().await;
}

#[tokio::test]
async fn who_stops_waiting_gets_no_lock() {
    let Some(redis) = Redis::start("waiting").await else { return };
    let store = redis.store("key");
    let lock = store.lock().await.expect("locked");
    for _ in 0..5 {
        assert!(timeout(Duration::from_millis(20), store.lock()).await.is_err(), "it waits");
    }
    drop(lock);
    let free = timeout(Duration::from_secs(3), store.lock()).await;
    drop(free.expect("nobody has it").expect("locked"));
    redis.stop().await;
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
        fs::write(&path, content).expect("written");
        let error = store.load().await.expect_err("it is broken");
        let mut lock = store.lock().await.expect("locked");
        let shown = format!("{store:?}{}{}", text(&error), text(&lock.load().await.expect_err("it is broken")));
        drop(lock);
        assert_hidden(&SECRETS, &shown);
        assert!(shown.contains("token.json"), "it is said which store failed");
    }
    let command = share_token(&desk, &client, ["file", path.to_str().expect("text")], &time.file);
    let process = run(command, &time).await;
    assert!(!process.success && process.err.contains("failed to be read"), "{}", process.err);
    assert_hidden(&[SECRETS[0], SECRETS[1], &client.secret], &(process.out + &process.err));
}

#[tokio::test]
async fn a_redis_that_fails_shows_no_secret() {
    const SECRETS: [&str; 3] = ["1000.stored-access", "1000.stored-refresh", PASSWORD];
    let Some(redis) = Redis::start("failing").await else { return };
    let store = redis.store("key");
    let desk = desk().await;
    let client = desk.register_client();
    let folder = Folder::new("failing-clock");
    let time = Time::new(&desk, folder.file("clock"));
    let mut shown = format!("{store:?}");
    let mut failed = |result: Result<Option<StoredToken>, StoreError>, expected: &str| {
        let error = text(&result.expect_err("it fails"));
        assert!(error.contains(expected) && error.contains("key in Redis at 127.0.0.1:"), "{error}");
        shown += &error;
    };

    // Something else is kept under the key.
    redis.command("SET key 1000.stored-access").await;
    failed(store.load().await, "not a stored token");
    redis.command("SET key \"1000.stored-refresh\\xff\"").await;
    failed(store.load().await, "not a stored token");
    redis.command("DEL key").await;
    redis.command("LPUSH key 1000.stored-refresh").await;
    failed(store.load().await, "the server refused with WRONGTYPE");
    // Neither the user nor the password is right.
    let stranger = format!("redis://{}:wrong@127.0.0.1:{}", SECRETS[0], redis.port);
    let stranger = RedisStore::new(&stranger, "key").expect("an address");
    failed(stranger.load().await, "authentication failed");
    failed(stranger.lock().await.map(|_| None), "authentication failed");

    redis.command("DEL key").await;
    let mut lock = store.lock().await.expect("locked");
    redis.command("CONFIG SET maxmemory 1").await;
    failed(lock.save(&token(SECRETS[0])).await.map(|()| None), "the server refused with");
    redis.command("CONFIG SET maxmemory 0").await;
    lock.save(&token(SECRETS[0])).await.expect("saved");

    let command = |redis: &Redis| {
        let mut command = share_token(&desk, &client, ["redis", "key"], &time.file);
        command.env("DESK_REDIS", redis.address());
        command
    };
    let broken = command(&redis);
    redis.stop().await;
    failed(lock.load().await, "failed to be read");
    failed(lock.save(&token(SECRETS[1])).await.map(|()| None), "failed to be written");
    failed(store.load().await, "nothing answers there");
    failed(store.lock().await.map(|_| None), "nothing answers there");
    drop(lock);

    let process = run(broken, &time).await;
    assert!(!process.success && process.err.contains("nothing answers there"), "{}", process.err);
    shown = shown + &format!("{stranger:?}") + &process.out + &process.err;
    assert_hidden(&[SECRETS[0], SECRETS[1], SECRETS[2], &client.secret, "wrong"], &shown);
}
