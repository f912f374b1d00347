//! Tokens over real HTTP: refreshed once for all, replaced when refused, shared through a store.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::common::{EVERYTHING, desk};
use desk_mock::{MockDesk, OauthClient as Registered, TokenFault};
use desk_sdk::auth::{
    AuthError, AuthorizationRequest, Clock, FileStore, MemoryStore, OauthClient, RefreshingToken, ScopeAddition,
    TokenStore as _, revoke,
};
use desk_sdk::contacts::GetContacts;
use desk_sdk::tickets::GetTickets;
use desk_sdk::{Client, Error};
use futures_util::future::{BoxFuture, join_all};
use jiff::Timestamp;

/// A clock that stands still until somebody sleeps or moves it; the server's goes with it.
#[derive(Clone, Debug)]
struct TestClock(Arc<Mutex<Timestamp>>, Arc<MockDesk>);

impl TestClock {
    fn new(desk: &Arc<MockDesk>) -> Self {
        Self(Arc::new(Mutex::new(Timestamp::now())), Arc::clone(desk))
    }

    fn advance(&self, by: Duration) {
        let mut now = self.0.lock().expect("the clock");
        *now = now.saturating_add(by).expect("a time");
        self.1.advance(by);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("the clock")
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.advance(duration);
        Box::pin(tokio::task::yield_now())
    }
}

fn registered(desk: &MockDesk, client: &Registered) -> OauthClient {
    OauthClient::new(&client.id, client.secret.as_str()).redirect_uri(&client.redirect_uri).accounts_url(desk.url())
}

fn refreshing(desk: &MockDesk) -> RefreshingToken {
    let client = desk.register_client();
    let token = desk.refresh_token(&client, EVERYTHING);
    RefreshingToken::new(registered(desk, &client), MemoryStore::new()).refresh_token(token)
}

fn client(desk: &MockDesk, tokens: RefreshingToken) -> Client {
    let builder = Client::builder().base_url(desk.url()).token_provider(tokens).organization(desk.organization());
    builder.simultaneous_calls(64).build().expect("a client")
}

#[tokio::test]
async fn a_thousand_calls_on_an_expired_token_make_one_refresh() {
    let desk = Arc::new(desk().await);
    let clock = TestClock::new(&desk);
    let client = client(&desk, refreshing(&desk).clock(clock.clone()));
    client.get_tickets(GetTickets::new().limit(1)).await.expect("the first call");
    assert_eq!(desk.refreshes(), 1);
    // Within the margin before the end of the hour the token counts as ended.
    clock.advance(Duration::from_secs(3541));
    let calls = (0..1000).map(|_| async { client.get_tickets(GetTickets::new().limit(1)).await.map(|_| ()) });
    let results = join_all(calls).await;
    assert!(results.iter().all(Result::is_ok), "{:?}", results.into_iter().find(Result::is_err));
    assert_eq!(desk.refreshes(), 2);
}

#[tokio::test]
async fn a_refused_token_is_replaced_and_the_call_made_once_more() {
    let desk = desk().await;
    let client = client(&desk, refreshing(&desk));
    client.get_tickets(GetTickets::new()).await.expect("the first call");
    desk.expire_tokens();
    desk.reset_requests();
    client.get_tickets(GetTickets::new()).await.expect("with another token");
    assert_eq!((desk.refreshes(), desk.requests().len()), (2, 2));

    // A token that is refused again is not replaced again.
    desk.fault_times("get_tickets", 5, desk_mock::Fault::StaleToken);
    desk.reset_requests();
    let error = client.get_tickets(GetTickets::new()).await.expect_err("refused twice");
    assert_eq!(error.api().map(|refused| refused.code.as_str()), Some("INVALID_OAUTH"));
    assert_eq!(desk.requests().len(), 2);
}

#[tokio::test]
async fn errors_under_a_success_are_errors() {
    let desk = desk().await;
    let known = desk.register_client();
    let token = desk.refresh_token(&known, EVERYTHING);
    let call = async |client: OauthClient, token: &str| {
        let tokens = RefreshingToken::new(client, MemoryStore::new()).refresh_token(token);
        let client = Client::builder().base_url(desk.url()).token_provider(tokens).build().expect("a client");
        match client.get_tickets(GetTickets::new()).await.expect_err("no token") {
            Error::Auth { source, .. } => source,
            other => panic!("{other}"),
        }
    };
    assert!(matches!(call(registered(&desk, &known), "1000.unknown").await, AuthError::InvalidCode));
    let stranger = OauthClient::new("1000.STRANGER", "x").accounts_url(desk.url());
    assert!(matches!(call(stranger, &token).await, AuthError::InvalidClient));
    let wrong = OauthClient::new(&known.id, "wrong").accounts_url(desk.url());
    assert!(matches!(call(wrong, &token).await, AuthError::InvalidClientSecret));
    desk.token_fault(TokenFault::Html(502));
    assert!(matches!(call(registered(&desk, &known), &token).await, AuthError::Refused { status: 502, .. }));
    desk.token_fault(TokenFault::Reset);
    assert!(matches!(call(registered(&desk, &known), &token).await, AuthError::Transport(_)));
}

#[tokio::test]
async fn the_budget_of_refreshes_is_never_exceeded() {
    let desk = Arc::new(desk().await);
    let clock = TestClock::new(&desk);
    let client = client(&desk, refreshing(&desk).clock(clock.clone()).patience(Duration::from_secs(900)));
    let started = clock.now();
    for _ in 0..25 {
        client.get_tickets(GetTickets::new()).await.expect("a call");
        desk.expire_tokens();
    }
    let denied = desk.token_requests().iter().filter(|request| request.error.is_some()).count();
    assert_eq!((desk.refreshes(), denied), (25, 0));
    let waited = clock.now().duration_since(started).as_secs();
    assert!((1200..1800).contains(&waited), "25 tokens take two times ten minutes, not {waited} s");
}

#[tokio::test]
async fn an_impatient_call_is_told_when_the_next_token_may_be_made() {
    let desk = Arc::new(desk().await);
    let client = client(&desk, refreshing(&desk).clock(TestClock::new(&desk)).patience(Duration::ZERO));
    for _ in 0..10 {
        client.get_tickets(GetTickets::new()).await.expect("a call");
        desk.expire_tokens();
    }
    let error = client.get_tickets(GetTickets::new()).await.expect_err("no token for now");
    assert!(matches!(error, Error::Auth { source: AuthError::BudgetSpent { .. }, .. }), "{error}");
    assert_eq!(desk.refreshes(), 10);
}

#[tokio::test]
async fn consent_gives_a_token_whose_scopes_are_known() {
    let desk = desk().await;
    let known = desk.register_client();
    let oauth = registered(&desk, &known);
    let folder = std::env::temp_dir().join(format!("desk-sdk-{}-{}", std::process::id(), known.id));
    std::fs::create_dir_all(&folder).expect("a folder");
    let store = FileStore::new(folder.join("token.json"));

    let request = AuthorizationRequest::new(&oauth, ["Desk.contacts.READ", "Desk.basic.READ"]).expect("a request");
    let back: reqwest::Url = desk.consent(request.url()).parse().expect("an address");
    let value = |key: &str| back.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned());
    let (code, state) = (value("code").expect("a code"), value("state").expect("a state"));
    let token = request.exchange(&oauth, code, &state, &store).await.expect("a token");
    assert!(token.refresh_token.is_some());

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(store.path()).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "only the owner may read it");
    }

    // A new process: nothing but the store is known.
    let tokens = RefreshingToken::new(oauth.clone(), store.clone());
    let client = Client::builder().base_url(desk.url()).token_provider(tokens).build().expect("a client");
    desk.reset_requests();
    let error = client.get_tickets(GetTickets::new()).await.expect_err("the scope is missing");
    assert!(matches!(error, Error::MissingScopes(_)), "{error}");
    assert!(desk.requests().is_empty(), "nothing was sent");

    client.get_contacts(GetContacts::new()).await.expect("contacts");
    let kept = store.load().await.expect("readable").expect("a token");
    assert_eq!(kept.organization.expect("found and kept").as_str(), desk.organization());

    revoke(&oauth, &store).await.expect("revoked");
    let error = client.get_contacts(GetContacts::new()).await.expect_err("no token any more");
    assert!(matches!(error, Error::Auth { source: AuthError::NotSignedIn, .. }), "{error}");
    std::fs::remove_dir_all(folder).expect("removed");
}

#[tokio::test]
async fn scopes_are_added_to_a_token_that_is_there() {
    let desk = desk().await;
    let known = desk.register_client();
    let (oauth, store) = (registered(&desk, &known), MemoryStore::new());
    let request = AuthorizationRequest::new(&oauth, ["Desk.contacts.READ", "Desk.basic.READ"]).expect("a request");
    let back: reqwest::Url = desk.consent(request.url()).parse().expect("an address");
    let value = |key: &str| back.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned());
    let (code, state) = (value("code").expect("a code"), value("state").expect("a state"));
    request.exchange(&oauth, code, &state, &store).await.expect("a token");
    let client = || {
        let tokens = RefreshingToken::new(oauth.clone(), store.clone());
        Client::builder().base_url(desk.url()).token_provider(tokens).build().expect("a client")
    };
    let error = client().get_tickets(GetTickets::new()).await.expect_err("the scope is missing");
    let Error::MissingScopes(missing) = error else { panic!("{error}") };
    assert_eq!(missing.to_ask_for(), ["Desk.basic.READ", "Desk.contacts.READ", "Desk.tickets.READ"]);
    let consent = AuthorizationRequest::new(&oauth, missing.to_ask_for()).expect("a request");
    assert!(
        consent.url().contains("scope=Desk.basic.READ%2CDesk.contacts.READ%2CDesk.tickets.READ&"),
        "{}",
        consent.url()
    );

    let wanted = || missing.missing[0].iter().map(ToString::to_string);
    let refused = ScopeAddition::begin(&oauth, &store, wanted()).await.expect("a permit");
    let back = desk.refuse_consent(refused.url());
    assert!(matches!(refused.finish(&back, &store).await, Err(AuthError::NoConsent { .. })));

    let addition = ScopeAddition::begin(&oauth, &store, wanted()).await.expect("a permit");
    let back = desk.consent(addition.url());
    let granted = addition.finish(&back, &store).await.expect("granted");
    assert_eq!(granted.to_string(), "Desk.basic.READ Desk.contacts.READ Desk.tickets.READ");
    client().get_tickets(GetTickets::new()).await.expect("the scope is there");
}

#[tokio::test]
async fn scopes_that_the_client_was_told_are_checked_before_a_token_is_made() {
    let desk = desk().await;
    let builder = Client::builder().base_url(desk.url()).token_provider(refreshing(&desk));
    let client = builder.scopes(["Desk.contacts.READ"]).build().expect("a client");
    let error = client.get_tickets(GetTickets::new()).await.expect_err("the scope is missing");
    assert!(matches!(error, Error::MissingScopes(_)), "{error}");
    assert_eq!((desk.refreshes(), desk.requests().len()), (0, 0));
}

#[tokio::test]
async fn a_code_for_somebody_else_is_not_exchanged() {
    let desk = desk().await;
    let oauth = registered(&desk, &desk.register_client());
    let request = AuthorizationRequest::new(&oauth, ["Desk.basic.READ"]).expect("a request");
    let error = request.exchange(&oauth, "1000.code", "another state", &MemoryStore::new()).await.expect_err("refused");
    assert!(error.to_string().contains("the state differs from the one sent"), "{error}");
    assert!(desk.token_requests().is_empty());
}
