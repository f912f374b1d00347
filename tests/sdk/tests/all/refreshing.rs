//! Refreshes that are waited for in vain, short lives, clocks that jump, and what is known without a refresh.

use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::common::raw::{Raw, Script};
use crate::common::{EVERYTHING, desk};
use desk_mock::{MockDesk, TokenFault};
use desk_sdk::auth::{
    AccessToken, AuthError, AuthorizationRequest, Clock, ExposeSecret as _, FixedToken, MemoryStore, OauthClient,
    RefreshingToken, StoredToken, TokenProvider as _, TokenStore as _, TokenType, revoke,
};
use desk_sdk::contacts::GetContacts;
use desk_sdk::{Client, ScopeSet};
use futures_util::future::{BoxFuture, join_all};
use jiff::{SignedDuration, Timestamp};
use tokio::time::{sleep, timeout};

const YEAR: SignedDuration = SignedDuration::from_hours(365 * 24);

fn refreshing(desk: &MockDesk) -> RefreshingToken {
    let known = desk.register_client();
    let client = OauthClient::new(&known.id, known.secret.as_str()).accounts_url(desk.url());
    RefreshingToken::new(client, MemoryStore::new()).refresh_token(desk.refresh_token(&known, EVERYTHING))
}

/// An accounts server that answers each request for a token with this, and its number as the token.
async fn accounts(rest: &'static str) -> Raw {
    Raw::start(move |number, _| {
        let body = format!("{{\"access_token\":\"1000.token-{number}\"{rest}}}");
        Script::answer(200, &[], body.len(), body.as_bytes())
    })
    .await
}

fn refreshing_at(accounts: &Raw) -> RefreshingToken {
    let client = OauthClient::new("1000.ID", "secret").accounts_url(accounts.url());
    RefreshingToken::new(client, MemoryStore::new()).refresh_token("1000.refresh")
}

fn secret(token: &AccessToken) -> &str {
    token.secret.expose_secret()
}

#[tokio::test]
async fn callers_who_give_up_do_not_burn_a_refresh() {
    let desk = desk().await;
    desk.token_fault(TokenFault::Delay(Duration::from_millis(300)));
    let tokens = refreshing(&desk);
    // One after another, so that somebody comes again and again while it is under way.
    let callers = (0..100).map(|number| {
        let tokens = &tokens;
        async move {
            sleep(Duration::from_millis(number)).await;
            timeout(Duration::from_millis(100), tokens.token()).await
        }
    });
    assert!(join_all(callers).await.iter().all(Result::is_err), "all gave up");
    let token = timeout(Duration::from_secs(5), tokens.token()).await.expect("in time").expect("a token");
    assert_eq!(secret(&tokens.token().await.expect("the same")), secret(&token));
    assert_eq!(desk.refreshes(), 1);
}

#[tokio::test]
async fn a_failed_refresh_fails_for_all_who_waited_and_is_tried_again_by_the_next() {
    let desk = desk().await;
    desk.token_fault(TokenFault::Reset);
    let tokens = refreshing(&desk);
    let results = join_all((0..50).map(|_| tokens.token())).await;
    assert!(results.iter().all(|result| matches!(result, Err(AuthError::Transport(_)))), "{results:?}");
    assert_eq!(desk.token_requests().len(), 1);
    tokens.token().await.expect("a token");
}

#[tokio::test]
async fn a_token_of_a_short_life_is_used() {
    for rest in [r#","expires_in":0"#, r#","expires_in":30"#, r#","expires_in":"30""#] {
        let accounts = accounts(rest).await;
        let tokens = refreshing_at(&accounts);
        let first = tokens.token().await.expect("a token");
        for _ in 0..30 {
            assert_eq!(secret(&tokens.token().await.expect("a token")), secret(&first));
        }
        assert_eq!(accounts.seen().len(), 1, "{rest}");
        // Unless it is refused.
        let other = tokens.replace(&first).await.expect("renewed").expect("a token");
        assert_ne!(secret(&other), secret(&first));
        assert_eq!(accounts.seen().len(), 2, "{rest}");
    }
}

#[tokio::test]
async fn others_use_a_token_of_a_short_life_too() {
    let (accounts, store) = (accounts(r#","expires_in":0"#).await, MemoryStore::new());
    let client = OauthClient::new("1000.ID", "secret").accounts_url(accounts.url());
    for _ in 0..5 {
        let tokens = RefreshingToken::new(client.clone(), store.clone()).refresh_token("1000.refresh");
        tokens.token().await.expect("a token");
    }
    assert_eq!(accounts.seen().len(), 1);
}

#[tokio::test]
async fn the_type_of_a_token_counts() {
    for (rest, expected) in [
        (r#","token_type":"Bearer""#, "Bearer 1000.token-0"),
        (r#","token_type":"bearer""#, "Bearer 1000.token-0"),
        (r#","token_type":"Zoho-oauthtoken""#, "Zoho-oauthtoken 1000.token-0"),
        ("", "Zoho-oauthtoken 1000.token-0"),
        (r#","token_type":"mac\r\nx: y""#, "Zoho-oauthtoken 1000.token-0"),
    ] {
        let accounts = accounts(rest).await;
        let desk = Raw::start(|_, _| Script::answer(200, &[], 11, br#"{"data":[]}"#)).await;
        let client = desk.builder().token_provider(refreshing_at(&accounts)).build().expect("a client");
        client.get_contacts(GetContacts::new()).await.expect("contacts");
        assert_eq!(desk.headers("authorization"), [Some(expected.to_owned())]);
    }
    let mut kept = StoredToken::default();
    (kept.access_token, kept.token_type) = (Some("x".into()), TokenType::Bearer);
    let again = StoredToken::from_json(&kept.to_json()).expect("read");
    assert_eq!(again.access().expect("a token").token_type, TokenType::Bearer);
}

/// The computer's clock after somebody has set it: how far it is ahead, and how much time has really passed.
#[derive(Clone, Debug, Default)]
struct Jumping(Arc<Mutex<(SignedDuration, Duration)>>);

impl Jumping {
    fn ahead(&self, by: SignedDuration) {
        self.0.lock().expect("the clock").0 = by;
    }

    fn pass(&self, time: Duration) {
        self.0.lock().expect("the clock").1 += time;
    }
}

impl Clock for Jumping {
    fn now(&self) -> Timestamp {
        Timestamp::now().saturating_add(self.0.lock().expect("the clock").0).expect("a time")
    }

    fn monotonic(&self) -> Duration {
        self.0.lock().expect("the clock").1
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        panic!("nothing is to be waited for")
    }
}

#[tokio::test]
async fn a_clock_that_jumps_a_year_and_back_breaks_nothing() {
    let (accounts, clock) = (accounts(r#","expires_in":3600"#).await, Jumping::default());
    let tokens = refreshing_at(&accounts).clock(clock.clone());
    let mut token = tokens.token().await.expect("a token");
    clock.ahead(YEAR);
    for _ in 0..10 {
        token = tokens.replace(&token).await.expect("renewed").expect("a token");
    }
    // The budget is spent for now, but not for a year.
    let error = tokens.replace(&token).await.expect_err("the budget is spent");
    assert!(matches!(error, AuthError::BudgetSpent { .. }), "{error}");
    clock.ahead(SignedDuration::ZERO);
    for _ in 0..2 {
        token = tokens.replace(&token).await.expect("renewed").expect("a token");
    }
    clock.ahead(-YEAR);
    token = tokens.replace(&token).await.expect("renewed").expect("a token");
    for by in [YEAR, SignedDuration::ZERO, -YEAR] {
        clock.ahead(by);
        tokens.token().await.expect("a token");
    }
    drop(token);
}

#[tokio::test]
async fn a_token_ends_though_the_clock_was_set_back() {
    let (accounts, clock) = (accounts(r#","expires_in":3600"#).await, Jumping::default());
    let tokens = refreshing_at(&accounts).clock(clock.clone());
    tokens.token().await.expect("a token");
    clock.ahead(-YEAR);
    tokens.token().await.expect("a token");
    assert_eq!(accounts.seen().len(), 1);
    clock.pass(Duration::from_secs(3541));
    tokens.token().await.expect("another token");
    assert_eq!(accounts.seen().len(), 2);
}

#[tokio::test]
async fn scopes_are_known_without_a_refresh() {
    let accounts = accounts(r#","expires_in":3600"#).await;
    let shown = |scopes: Option<ScopeSet>| scopes.map(|scopes| scopes.to_string());
    let client = OauthClient::new("1000.ID", "secret").accounts_url(accounts.url());
    let store = MemoryStore::new();
    let tokens = RefreshingToken::new(client.clone(), store.clone()).refresh_token("1000.refresh");
    assert_eq!(shown(tokens.scopes().await.expect("readable")), None);
    let told =
        RefreshingToken::new(client, store.clone()).refresh_token("1000.refresh").granted_scopes(["Desk.basic.READ"]);
    assert_eq!(shown(told.scopes().await.expect("readable")).as_deref(), Some("Desk.basic.READ"));
    let mut kept = StoredToken::default();
    kept.scopes = Some(ScopeSet::parse("Desk.tickets.READ Desk.contacts.READ"));
    store.lock().await.expect("locked").save(&kept).await.expect("kept");
    for tokens in [&tokens, &told] {
        let scopes = shown(tokens.scopes().await.expect("readable"));
        assert_eq!(scopes.as_deref(), Some("Desk.contacts.READ Desk.tickets.READ"));
    }
    assert!(accounts.seen().is_empty(), "no token was made");

    // What was told goes with the token where nothing else tells.
    let told = refreshing_at(&accounts).granted_scopes(["Desk.basic.READ"]);
    assert_eq!(shown(told.token().await.expect("a token").scopes).as_deref(), Some("Desk.basic.READ"));
    let fixed = FixedToken::new(AccessToken::new("1000.x").scopes(ScopeSet::parse("Desk.basic.READ")));
    assert_eq!(shown(fixed.scopes().await.expect("known")).as_deref(), Some("Desk.basic.READ"));
}

#[tokio::test]
async fn everything_goes_through_an_http_client_of_ones_own() {
    let accounts = accounts(r#","refresh_token":"1000.refresh","expires_in":3600"#).await;
    let http = reqwest::Client::builder().user_agent("my-own").build().expect("a client");
    let client = OauthClient::new("1000.ID", "secret").accounts_url(accounts.url()).http_client(http);
    let store = MemoryStore::new();
    let request = AuthorizationRequest::new(&client, ["Desk.basic.READ"]).expect("a request");
    let state = request.state().to_owned();
    let token = request.exchange(&client, "1000.code", &state, &store).await.expect("exchanged");
    let tokens = RefreshingToken::new(client.clone(), store.clone());
    tokens.replace(&token.access().expect("a token")).await.expect("renewed");
    revoke(&client, &store).await.expect("revoked");
    assert_eq!(accounts.headers("user-agent"), vec![Some("my-own".to_owned()); 3]);
}

/// Run by the next test, in a process without certificates.
#[tokio::test]
#[ignore = "it needs a process of its own"]
async fn without_certificates() {
    let client = OauthClient::new("1000.ID", "secret");
    let tokens = RefreshingToken::new(client, MemoryStore::new()).refresh_token("1000.refresh");
    let error = tokens.token().await.expect_err("there is no client");
    assert!(error.to_string().starts_with("the HTTP client cannot be created: "), "{error}");
    let error = Client::builder().access_token("1000.x").build().expect_err("there is no client");
    assert!(
        error.to_string().starts_with("the client cannot be built: the HTTP client cannot be created: "),
        "{error}"
    );
}

#[test]
fn no_certificates_are_an_error() {
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    child.args(["--exact", "refreshing::without_certificates", "--ignored"]);
    child.env("SSL_CERT_FILE", "/dev/null").env("SSL_CERT_DIR", "/nowhere");
    let output = child.output().expect("it runs");
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && shown.contains("1 passed"), "{shown}");
}
