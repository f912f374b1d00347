//! What a call waits for, and when it stops waiting.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::common::raw::{Raw, Script, chunk};
use desk_sdk::agents::GetAgentProfilePhoto;
use desk_sdk::auth::Clock;
use desk_sdk::contacts::{GetContacts, UpdateContact};
use desk_sdk::{Error, Retry};
use futures_util::future::{BoxFuture, join_all};
use jiff::Timestamp;

const DEADLINE: Duration = Duration::from_millis(500);

/// A clock that does not wait, but goes on and keeps how long it was to wait.
#[derive(Clone, Debug)]
struct Waits(Arc<Mutex<(Timestamp, Vec<Duration>)>>);

impl Waits {
    fn new() -> Self {
        Self(Arc::new(Mutex::new((now(), Vec::new()))))
    }

    fn seconds(&self) -> Vec<u64> {
        self.0.lock().expect("the clock").1.iter().map(Duration::as_secs).collect()
    }
}

impl Clock for Waits {
    fn now(&self) -> Timestamp {
        self.0.lock().expect("the clock").0
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let mut clock = self.0.lock().expect("the clock");
        clock.0 = clock.0.saturating_add(duration).expect("a time");
        clock.1.push(duration);
        Box::pin(std::future::ready(()))
    }
}

fn now() -> Timestamp {
    "1994-11-06T08:49:30Z".parse().expect("a time")
}

/// A server that refuses the first call so.
async fn refusing(status: u16, retry_after: &'static str, body: &'static str) -> Raw {
    Raw::start(move |number, _| match number {
        0 => Script::answer(status, &[("retry-after", retry_after)], body.len(), body.as_bytes()),
        _ => Script::answer(200, &[], 11, br#"{"data":[]}"#),
    })
    .await
}

#[tokio::test]
async fn the_api_says_how_long_to_wait() {
    let crowded = r#"{"errorCode":"TOO_MANY_REQUESTS"}"#;
    for (status, told, body) in
        [(503, "7", ""), (503, "Sun, 06 Nov 1994 08:49:37 GMT", ""), (500, "7", "{}"), (429, "7", crowded)]
    {
        let (desk, clock) = (refusing(status, told, body).await, Waits::new());
        let client = desk.builder().clock(clock.clone()).build().expect("a client");
        client.get_contacts(GetContacts::new()).await.unwrap_or_else(|error| panic!("{told}: {error}"));
        assert_eq!(clock.seconds(), [7], "{status}, {told}");
    }
    // What lasts longer than the call may is not waited for, nor does nonsense say anything.
    for (told, waits) in [("121", 0), ("soon", 1), ("-5", 1), ("Sun, 06 Nov 1994 08:00:00 GMT", 1)] {
        let (desk, clock) = (refusing(503, told, "").await, Waits::new());
        let client = desk.builder().clock(clock.clone()).build().expect("a client");
        let result = client.get_contacts(GetContacts::new()).await;
        assert_eq!((result.is_ok(), clock.seconds().len()), (waits == 1, waits), "{told}: {result:?}");
    }
}

#[tokio::test]
async fn credits_come_back_within_a_day_or_so() {
    let spent = r#"{"errorCode":"THRESHOLD_EXCEEDED"}"#;
    for (told, waits) in [("86400", true), ("Mon, 07 Nov 1994 08:49:30 GMT", true), ("1000000000", false)] {
        let (desk, clock) = (refusing(429, told, spent).await, Waits::new());
        let client = desk.builder().clock(clock.clone()).wait_for_credits().build().expect("a client");
        let result = client.get_contacts(GetContacts::new()).await;
        assert_eq!((result.is_ok(), clock.seconds().len()), (waits, usize::from(waits)), "{told}: {result:?}");
        assert!(waits || matches!(result, Err(Error::CreditsSpent { .. })));
    }
    // The rest is not a part of the time that the call may take.
    let body = |code: &str| format!(r#"{{"errorCode":"{code}"}}"#);
    let desk = Raw::start(move |number, _| match number {
        0 => Script::answer(429, &[("retry-after", "80000")], 34, body("THRESHOLD_EXCEEDED").as_bytes()),
        1 => Script::answer(503, &[], 0, b""),
        _ => Script::answer(200, &[], 11, br#"{"data":[]}"#),
    });
    let (desk, clock) = (desk.await, Waits::new());
    let client = desk.builder().clock(clock.clone()).wait_for_credits().build().expect("a client");
    client.get_contacts(GetContacts::new()).await.expect("the third attempt");
}

#[tokio::test]
async fn a_call_ends_wherever_it_is() {
    // Nothing comes, a head without a body, and bodies byte by byte, of a success and of an error.
    fn drop_by_drop(status: u16) -> Script {
        Script::chunked(status, &[], b"{").then_repeat(chunk(b" "), DEADLINE / 20)
    }
    let scripts: [fn(usize, &str) -> Script; 4] = [
        |_, _| Script::bytes("").then_hold(),
        |_, _| Script::answer(200, &[], 100, b"{").then_hold(),
        |_, _| drop_by_drop(200),
        |_, _| drop_by_drop(500),
    ];
    for script in scripts {
        let desk = Raw::start(script).await;
        let client = desk.builder().simultaneous_calls(1).retry(Retry::default().deadline(DEADLINE)).build();
        let client = client.expect("a client");
        // The second waits for the place of the first, and has its own time.
        let calls = (0..2).map(|_| client.get_contacts(GetContacts::new()));
        for result in tokio::time::timeout(Duration::from_secs(30), join_all(calls)).await.expect("both end") {
            let error = result.expect_err("it never ends by itself");
            assert!(matches!(error, Error::DeadlineExceeded { deadline: DEADLINE, .. }), "{error}");
        }
        assert!(desk.seen().len() <= 2, "none is made again");
    }
}

#[tokio::test]
async fn one_call_may_have_another_deadline() {
    let desk = Raw::start(|_, _| Script::answer(200, &[], 100, b"{").then_hold()).await;
    let client = desk.client();
    let error = client.update_contact(UpdateContact::new("1")).deadline(DEADLINE).await.expect_err("no end");
    assert_eq!(
        error.to_string(),
        "update_contact did not finish within 0.5 s, but may have been carried out. \
         `Retry::deadline` sets the limit for all calls, `deadline` for a single call"
    );
    assert!(desk.seen().len() <= 1, "it is not made again");
}

#[tokio::test]
async fn a_file_may_take_longer_than_a_call() {
    let desk = Raw::start(|_, head| {
        if head.starts_with("GET /api/v1/agents/8/") {
            return Script::bytes("").then_hold();
        }
        Script::answer(200, &[], 20, b"").then_repeat("x", DEADLINE / 10)
    });
    let desk = desk.await;
    let client = desk.builder().retry(Retry::default().deadline(DEADLINE)).build().expect("a client");
    let photo = client.get_agent_profile_photo(GetAgentProfilePhoto::new("7")).await.expect("opened");
    assert_eq!(photo.bytes().await.expect("all of it").len(), 20);
    let error = client.get_agent_profile_photo(GetAgentProfilePhoto::new("8")).await.expect_err("it never begins");
    assert!(matches!(error, Error::DeadlineExceeded { .. }), "{error}");
}
