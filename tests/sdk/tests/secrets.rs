//! Secrets that a peer repeats, wherever it can. Nothing that is shown or logged has them.

#[path = "all/common/mod.rs"]
mod common;

use std::sync::LazyLock;

use common::log::Log;
use common::raw::{Raw, Script};
use desk_sdk::agents::GetAgentProfilePhoto;
use desk_sdk::auth::{
    AccessToken, AuthError, AuthorizationRequest, MemoryStore, OauthClient, RedisStore, RefreshingToken, ScopeAddition,
    StoredToken, TokenProvider, TokenStore as _, revoke,
};
use desk_sdk::contacts::GetContacts;
use desk_sdk::{Client, Decoding, Error, SignIn};
use futures_util::future::{BoxFuture, FutureExt as _, ready};
use tracing_subscriber::filter::LevelFilter;

/// None of them looks like a secret, so that it is known or shown.
const TOKEN: &str = "held-by-the-caller";
const OTHER: &str = "held-by-the-caller-later";
const REFRESH: &str = "kept-in-the-store";
const SECRET: &str = "of=the registered&client";
const CODE: &str = "brought-by-the-browser";
const PERMIT: &str = "lent-for-ten-minutes";
const PASSWORD: &str = "within-the-address";

static LOG: LazyLock<Log> = LazyLock::new(|| {
    let log = Log::default();
    let writer = log.clone();
    // What libraries below say of bytes on the wire is for those who ask for it.
    let levels = tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE);
    levels.with_writer(move || writer.clone()).init();
    log
});

/// That none of the secrets is in a text, however it was written there.
fn assert_hidden(what: &str, shown: &str) {
    for secret in [TOKEN, OTHER, REFRESH, SECRET, CODE, PERMIT, PASSWORD, "of%3Dthe", "of=the+reg"] {
        assert!(!shown.contains(secret), "{what} shows {secret}: {shown}");
    }
    assert!(!shown.contains('\u{1b}'), "{what}: {shown}");
}

fn all_of(error: &impl std::error::Error) -> String {
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        shown += &format!(" {error} {error:?}");
        cause = error.source();
    }
    shown
}

/// A server of Desk that answers so, and a client of it.
async fn desk(script: impl Fn() -> Script + Send + Sync + 'static) -> Client {
    Raw::start(move |_, _| script()).await.builder().access_token(TOKEN).build().expect("a client")
}

#[tokio::test]
async fn desk_repeats_the_token_in_a_refusal() {
    let log = &*LOG;
    let bodies = [
        format!(
            r#"{{"errorCode":"{TOKEN}","message":"no {TOKEN}.","errors":[{{"fieldName":"/{TOKEN}","errorType":"{TOKEN}",
            "errorMessage":"{TOKEN}"}}],"undeclared":{{"{TOKEN}":["{TOKEN}",{{"a":"x{TOKEN}x"}}]}}}}"#
        ),
        format!("<html>{TOKEN}\u{1b}[2J</html>"),
        format!("{}{TOKEN}", "x".repeat(190)),
        format!(r#"{{"message":"{}{TOKEN}"}}"#, "x".repeat(490)),
        format!(r#"["{TOKEN}"]"#),
        format!(r#"{{"message":"{}"}}"#, TOKEN.replace('h', "\\u0068")),
    ];
    for body in bodies {
        let desk = desk(move || {
            Script::answer(422, &[("x-request-id", TOKEN), ("x-other", TOKEN)], body.len(), body.as_bytes())
        });
        let error = desk.await.get_contacts(GetContacts::new()).await.expect_err("refused");
        assert_hidden("the error", &all_of(&error));
        let refused = error.api().expect("by Desk");
        let fields = refused.errors.iter().map(|error| format!("{}{}{}", error.field, error.kind, error.message));
        let parts = [refused.code.clone(), refused.message.clone(), refused.body.to_string()];
        let parts: Vec<_> = parts.into_iter().chain(refused.request_id.clone()).chain(fields).collect();
        assert_hidden("a part", &parts.concat().replace('\u{1b}', ""));
        assert!(parts.concat().contains("(hidden)"));
    }
    assert_hidden("the log", &log.text());
}

#[tokio::test]
async fn desk_repeats_the_token_in_an_answer() {
    let body = format!(r#"{{"data":[{{"id":"7","undeclared":"{TOKEN}","{TOKEN}":1}}],"{TOKEN}":2}}"#);
    let length = body.len();
    let client = desk(move || Script::answer(200, &[("x-echo", TOKEN)], length, body.as_bytes())).await;
    let answer = client.get_contacts(GetContacts::new()).await.expect("contacts");
    for shown in [format!("{answer:?}"), format!("{answer:#?}"), format!("{:?}", answer.meta())] {
        assert_hidden("Debug", &shown);
        assert!(shown.contains("(hidden)"), "{shown}");
    }
    assert!(answer.json().to_string().contains(TOKEN), "data stays as it came");

    let spam = |text: &str| format!(r#"{{"data":[{{"isSpam":"{text}"}}]}}"#);
    let key = format!(r#"{{"data":[{{"isSpam":"no","{TOKEN}":1}}]}}"#);
    for body in [spam(TOKEN), spam(&format!("{}{TOKEN}", "x".repeat(46))), key, TOKEN.into()] {
        let script = move || Script::answer(200, &[], body.len(), body.as_bytes());
        let raw = Raw::start(move |_, _| script()).await;
        let error = raw.builder().access_token(TOKEN).build().expect("a client").get_contacts(GetContacts::new()).await;
        let error = error.expect_err("not a list");
        assert!(matches!(error, Error::Decode { .. }), "{error}");
        assert_hidden("the error", &all_of(&error));
        let lenient = raw.builder().access_token(TOKEN).decoding(Decoding::Lenient).build().expect("a client");
        if let Ok(answer) = lenient.get_contacts(GetContacts::new()).await {
            let mismatch = answer.mismatches().first().expect("it does not fit");
            assert_hidden("the mismatch", &format!("{mismatch} {mismatch:?} {answer:?}"));
            assert!(format!("{mismatch} {answer:?}").contains("(hidden)"), "{mismatch}");
        }
    }
    let photo = desk(|| Script::answer(206, &[("content-range", &format!("bytes {TOKEN}"))], 1, b"x")).await;
    let error = photo.get_agent_profile_photo(GetAgentProfilePhoto::new("7")).from_byte(5).await.expect_err("no range");
    assert!(matches!(error, Error::IncompleteFile { .. }), "{error}");
    assert_hidden("the error", &all_of(&error));
}

/// A provider with a second token.
#[derive(Debug)]
struct Two;

impl TokenProvider for Two {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        ready(Ok(AccessToken::new(TOKEN))).boxed()
    }

    fn replace<'a>(&'a self, _: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, AuthError>> {
        ready(Ok(Some(AccessToken::new(OTHER)))).boxed()
    }
}

#[tokio::test]
async fn desk_remembers_the_token_that_it_refused() {
    let body = format!(r#"{{"errorCode":"INVALID_OAUTH","message":"neither {TOKEN} nor {OTHER}"}}"#);
    let raw = Raw::start(move |_, _| Script::answer(401, &[], body.len(), body.as_bytes())).await;
    let client = raw.builder().token_provider(Two).build().expect("a client");
    let error = client.get_contacts(GetContacts::new()).await.expect_err("refused");
    assert_hidden("the error", &all_of(&error));
    assert_eq!(error.api().expect("by Desk").message, "neither (hidden) nor (hidden)");
    assert_eq!(raw.seen().len(), 2);
}

/// An accounts server that answers with this, reached by an address with a password.
async fn accounts(status: u16, body: String) -> OauthClient {
    let raw = Raw::start(move |_, _| Script::answer(status, &[], body.len(), body.as_bytes())).await;
    let address = raw.url().replace("http://", &format!("http://person:{PASSWORD}@"));
    OauthClient::new("1000.ID", SECRET).accounts_url(address)
}

async fn signed_in() -> MemoryStore {
    let (store, mut kept) = (MemoryStore::new(), StoredToken::default());
    kept.refresh_token = Some(REFRESH.into());
    store.lock().await.expect("locked").save(&kept).await.expect("kept");
    store
}

#[tokio::test]
async fn the_accounts_server_repeats_what_it_was_sent() {
    let log = &*LOG;
    let everything = format!("{REFRESH} {SECRET} {CODE} {PASSWORD} of%3Dthe%20registered%26client");
    let encoded = "of%3Dthe+registered%26client";
    for (status, body) in [
        (200, format!(r#"{{"error":"{everything} {encoded}\u001b[2J"}}"#)),
        (400, format!("{everything} {encoded}\u{1b}\r\nERROR forged")),
        (200, format!(r#"["{everything}"]"#)),
        (500, format!(r#"{{"message":"{everything}","{REFRESH}":"{encoded}"}}"#)),
        (500, format!("{}{SECRET}{REFRESH}{CODE}", "x".repeat(195))),
        (302, everything.clone()),
    ] {
        let client = accounts(status, body).await;
        let tokens = RefreshingToken::new(client.clone(), signed_in().await);
        let request = AuthorizationRequest::new(&client, ["Desk.basic.READ"]).expect("a request");
        let state = request.state().to_owned();
        let errors = [
            tokens.token().await.map(|_| ()),
            request.exchange(&client, CODE, &state, &MemoryStore::new()).await.map(|_| ()),
            revoke(&client, &signed_in().await).await,
            ScopeAddition::begin(&client, &signed_in().await, ["Desk.basic.READ"]).await.map(|_| ()),
        ];
        // What a server says of a secret that it was not sent is its own guess.
        let sent: [&[&str]; 4] = [&[REFRESH, SECRET], &[CODE, SECRET], &[REFRESH], &[REFRESH, SECRET]];
        for (number, (error, sent)) in errors.into_iter().zip(sent).enumerate() {
            let Err(error) = error else { panic!("{status}, {number}: it fails") };
            let shown = all_of(&error);
            let known: Vec<_> = sent.iter().chain(&[PASSWORD]).filter(|secret| shown.contains(**secret)).collect();
            assert!(known.is_empty(), "{status}, {number}: {known:?} in {shown}");
            assert!(!shown.contains(['\u{1b}', '\r']) && shown.len() < 2000, "{status}, {number}: {shown}");
            assert!(!sent.contains(&SECRET) || !shown.contains("of%3Dthe"), "{status}, {number}: {shown}");
        }
        assert_hidden("Debug", &format!("{client:?} {tokens:?} {:?}", SignIn::new(client.clone())));
    }
    assert_hidden("the log", &log.text().replace('\u{1b}', ""));
}

#[tokio::test]
async fn a_new_token_comes_back_in_other_fields() {
    let body =
        format!(r#"{{"access_token":"{TOKEN}","scope":"Desk.{TOKEN} {REFRESH}","api_domain":"https://{TOKEN}"}}"#);
    let store = signed_in().await;
    let tokens = RefreshingToken::new(accounts(200, body).await, store.clone());
    let token = tokens.token().await.expect("a token");
    let scopes = token.scopes.as_ref().map(ToString::to_string);
    assert_hidden("Debug", &format!("{token:?} {tokens:?} {store:?} {scopes:?} {:?}", token.api_domain));
}

#[tokio::test]
async fn a_permit_to_ask_for_scopes_is_hidden() {
    let client = accounts(200, format!(r#"{{"access_token":"{PERMIT}"}}"#)).await;
    let store = signed_in().await;
    let addition = ScopeAddition::begin(&client, &store, ["Desk.basic.READ"]).await.expect("a permit");
    assert!(addition.url().contains(PERMIT));
    assert_hidden("Debug", &format!("{addition:?} {addition:#?}"));
    let back = format!("http://localhost:8080/?status=failure&error=no+{PERMIT}%1B%0Aforged");
    let error = addition.finish(&back, &store).await.expect_err("no consent");
    assert_hidden("the error", &all_of(&error));
    assert!(error.to_string().contains("no (hidden)") && !error.to_string().contains('\n'), "{error}");
}

#[tokio::test]
async fn http_beyond_this_computer_needs_a_word() {
    let builder = || Client::builder().access_token(TOKEN).base_url("http://desk.example");
    let error = builder().build().expect_err("refused").to_string();
    assert!(error.contains("desk.example") && error.contains("`ClientBuilder::allow_plain_http`"), "{error}");
    builder().allow_plain_http().build().expect("allowed");
    Client::builder().access_token(TOKEN).base_url("http://127.0.0.1:1").build().expect("this computer");

    let client = OauthClient::new("1000.ID", SECRET).accounts_url(format!("http://x:{PASSWORD}@accounts.example"));
    let error = AuthorizationRequest::new(&client, ["Desk.basic.READ"]).expect_err("refused");
    assert!(error.to_string().contains("`OauthClient::allow_plain_http`"), "{error}");
    let tokens = RefreshingToken::new(client, signed_in().await);
    assert_hidden("the error", &(all_of(&error) + &all_of(&tokens.token().await.expect_err("refused"))));
}

#[test]
fn redis_beyond_this_computer_is_warned_of() {
    let log = &*LOG;
    let logged = || log.text();
    RedisStore::new(&format!("redis://:{PASSWORD}@127.0.0.1"), "key").expect("an address");
    RedisStore::new(&format!("rediss://:{PASSWORD}@redis.example"), "key").expect("an address");
    assert!(!logged().contains("redis.example"));
    RedisStore::new(&format!("redis://:{PASSWORD}@redis.example"), "key").expect("an address");
    assert!(
        logged()
            .contains("WARN desk_sdk::auth::store::redis: the token store in Redis at redis.example receives tokens")
    );
    assert!(!logged().contains(PASSWORD));
}
