//! The store in Redis against a real server: what is kept, its lock, and what goes wrong.

use std::time::{Duration, Instant};

use crate::common::folder::Folder;
use crate::common::processes::{Time, assert_hidden, run, share_token};
use crate::common::redis::{PASSWORD, Redis, USER};
use crate::common::{EVERYTHING, desk};
use desk_mock::TokenFault;
use desk_sdk::auth::{
    OauthClient, RedisStore, RefreshingToken, StoreError, StoredToken, TokenProvider as _, TokenStore as _,
};
use tokio::time::{sleep, timeout};

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

#[tokio::test]
async fn a_restart_costs_neither_the_lock_nor_the_token() {
    let Some(mut redis) = Redis::start("restart").await else { return };
    let store = redis.store("key");
    let mut lock = store.lock().await.expect("locked");
    lock.save(&token("1000.before")).await.expect("saved");
    redis.restart().await;
    assert_eq!(kept(&store).await, Some(token("1000.before").to_json()));
    let impatient = store.clone().patience(Duration::ZERO);
    assert!(impatient.lock().await.is_err(), "it is held still");
    lock.save(&token("1000.after")).await.expect("saved over a new connection");
    assert!(lock.load().await.expect("read").is_some());
    redis.restart().await;
    // The holder renews it over a new connection, too: it would have ended by then.
    sleep(Duration::from_secs(11)).await;
    assert!(impatient.lock().await.is_err(), "it is held still");
    drop(lock);
    let free = timeout(Duration::from_secs(2), store.lock()).await;
    drop(free.expect("it was released at once").expect("locked"));
    assert_eq!(kept(&store).await, Some(token("1000.after").to_json()));
    redis.stop().await;
}

#[tokio::test]
async fn a_refresh_survives_a_restart() {
    let Some(mut redis) = Redis::start("refresh-restart").await else { return };
    let desk = desk().await;
    let known = desk.register_client();
    let client = OauthClient::new(&known.id, known.secret.as_str()).accounts_url(desk.url());
    let tokens = RefreshingToken::new(client, redis.store("key"));
    let tokens = tokens.refresh_token(desk.refresh_token(&known, EVERYTHING));
    desk.token_fault(TokenFault::Delay(Duration::from_secs(2)));
    let refreshing = tokio::spawn(async move { tokens.token().await.map(|_| ()) });
    sleep(Duration::from_millis(500)).await;
    redis.restart().await;
    refreshing.await.expect("no panic").expect("a token");
    let stored = redis.store("key").load().await.expect("read").expect("a token");
    assert!(stored.access_token.is_some() && desk.refreshes() == 1);
    redis.stop().await;
}

#[tokio::test]
async fn users_are_known_and_strangers_to_tls_are_not_trusted() {
    let Some(redis) = Redis::start("users").await else { return };
    let person = format!("redis://{}:{}@127.0.0.1:{}/0", USER[0], USER[1], redis.port);
    let person = RedisStore::new(&person, "key").expect("an address");
    person.lock().await.expect("locked").save(&token("1000.kept")).await.expect("saved");
    assert_eq!(kept(&redis.store("key")).await, Some(token("1000.kept").to_json()));

    // Nobody told this process of the authority that vouches for the server.
    let store = RedisStore::new(&redis.tls_address("localhost"), "key").expect("an address");
    let error = text(&store.load().await.expect_err("not trusted"));
    assert!(error.contains("key in Redis at localhost:"), "{error}");
    let nobody = RedisStore::new(&format!("redis://127.0.0.1:{}", redis.port), "key").expect("an address");
    let refused = text(&nobody.load().await.expect_err("nobody is let in without a password"));
    assert!(refused.contains("the server refused"), "{refused}");
    assert_hidden(&[PASSWORD, USER[0], USER[1], "1000.kept"], &format!("{error}{refused}{store:?}{person:?}"));
    redis.stop().await;
}

fn text(error: &StoreError) -> String {
    format!("{error}\n{error:?}\n")
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
        let mut command = share_token(&desk, &client, ["redis", "key"], &time.file, 1);
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
