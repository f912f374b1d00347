//! Processes that share a token, by the program `share-token`, and their time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Mutex;
use std::time::Duration;

use desk_mock::{MockDesk, OauthClient};
use desk_sdk::auth::{StoredToken, TokenStore};
use futures_util::future::join;
use jiff::Timestamp;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::Command;
use tokio::time::timeout;

use super::EVERYTHING;

/// The time of the server and of the processes. It is moved by waits alone.
#[derive(Debug)]
pub(crate) struct Time<'a> {
    desk: &'a MockDesk,
    pub(crate) file: PathBuf,
    now: Mutex<Timestamp>,
    began: Timestamp,
}

impl<'a> Time<'a> {
    pub(crate) fn new(desk: &'a MockDesk, file: PathBuf) -> Self {
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

    pub(crate) fn passed(&self) -> Duration {
        let now = *self.now.lock().expect("the time");
        Duration::try_from(now.duration_since(self.began)).expect("forwards")
    }
}

/// What a process printed, of both kinds, and whether it succeeded.
#[derive(Debug)]
pub(crate) struct Printed {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) success: bool,
}

/// The program, which takes so many turns.
pub(crate) fn share_token(
    desk: &MockDesk,
    client: &OauthClient,
    store: [&str; 2],
    clock: &Path,
    turns: usize,
) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_share-token"));
    command.args(store).arg(clock).arg(turns.to_string());
    command.env("DESK_URL", desk.url()).env("DESK_CLIENT_ID", &client.id).env("DESK_CLIENT_SECRET", &client.secret);
    command.env("RUST_BACKTRACE", "1");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// Runs a process to its end and grants the waits that it asks for.
pub(crate) async fn run(mut command: Command, time: &Time<'_>) -> Printed {
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
pub(crate) async fn sign_in(store: &dyn TokenStore, desk: &MockDesk, client: &OauthClient) -> String {
    let refresh_token = desk.refresh_token(client, EVERYTHING);
    let mut token = StoredToken::default();
    token.refresh_token = Some(refresh_token.as_str().into());
    store.lock().await.expect("locked").save(&token).await.expect("kept");
    refresh_token
}

pub(crate) fn assert_hidden(secrets: &[&str], shown: &str) {
    for (number, secret) in secrets.iter().enumerate() {
        // The secret itself and what was found in stay out of the message, as CI keeps its log.
        assert!(!shown.contains(secret), "secret number {number} is shown");
    }
}
