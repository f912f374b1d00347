//! One of several processes that share a token, for the tests. It takes a token, has it revoked, and asks for another
//! one, so many times; then it prints that number and nothing else.
//!
//! Its time stands still but for the waits it asks for, which the parent grants to all by a file; see `SharedClock`.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use desk_sdk::auth::{Clock, FileStore, OauthClient, RedisStore, RefreshingToken, TokenProvider as _, TokenStore as _};
use jiff::Timestamp;
use secrecy::ExposeSecret as _;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [kind, place, clock, count] = &arguments[..] else {
        bail!("usage: share-token file|redis <path or key> <file of the clock> <count>");
    };
    let url = variable("DESK_URL")?;
    let client = OauthClient::new(variable("DESK_CLIENT_ID")?, variable("DESK_CLIENT_SECRET")?).accounts_url(&url);
    let clock = SharedClock(clock.into());
    let count = count.parse().context("the count is no number")?;
    match kind.as_str() {
        "file" => run(RefreshingToken::new(client, FileStore::new(place)).clock(clock), &url, count).await?,
        "redis" => {
            let store = RedisStore::new(&variable("DESK_REDIS")?, place)?;
            run(RefreshingToken::new(client, store.clone()).clock(clock), &url, count).await?;
            // Until this is answered, the last lock has been released.
            store.load().await?;
        }
        other => bail!("there is no store of the kind {other:?}"),
    }
    println!("done {count}");
    Ok(())
}

/// Each token is revoked before it is declared refused, so that the server knows which ones were handed out.
async fn run(tokens: RefreshingToken, url: &str, count: usize) -> Result<()> {
    let tokens = tokens.patience(Duration::from_secs(3600));
    let http = reqwest::Client::new();
    for turn in 0..count {
        let token = tokens.token().await?;
        if turn == 0 {
            meet().await?;
        }
        let form = format!("token={}", token.secret.expose_secret());
        let revoke = http.post(format!("{url}/oauth/v2/token/revoke"));
        let revoke = revoke.header("content-type", "application/x-www-form-urlencoded").body(form);
        revoke.send().await?;
        // The calls that a real program would make meanwhile; the other process has its turn.
        tokio::time::sleep(Duration::from_millis(5)).await;
        tokens.replace(&token).await?.context("there is no other token")?;
    }
    Ok(())
}

/// Waits until the other process has its first token, which is the same one, where the two are told a folder to meet in.
async fn meet() -> Result<()> {
    let Some(folder) = env::var_os("DESK_MEET_IN") else { return Ok(()) };
    fs::write(PathBuf::from(&folder).join(std::process::id().to_string()), "")?;
    while fs::read_dir(&folder)?.count() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Ok(())
}

fn variable(name: &str) -> Result<String> {
    env::var(name).with_context(|| format!("the variable {name} is not set"))
}

/// The time that is written in a file. Who waits tells the parent how long by a line `wait <nanoseconds>`; the parent
/// moves the server's clock, then the file. Only the holder of the store's lock waits, so that no refresh is under way
/// meanwhile, and server and processes see the same time between any two refreshes.
#[derive(Debug)]
struct SharedClock(PathBuf);

impl SharedClock {
    fn read(&self) -> Timestamp {
        let text = fs::read_to_string(&self.0).expect("the clock's file is there");
        text.parse().expect("the clock's file has a time")
    }
}

impl Clock for SharedClock {
    fn now(&self) -> Timestamp {
        self.read()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let until = self.read().saturating_add(duration).expect("a time");
        println!("wait {}", duration.as_nanos());
        let clock = Self(self.0.clone());
        Box::pin(async move {
            while clock.read() < until {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        })
    }
}
