//! What is logged. Alone in its file, because what is logged is decided for a whole process.

#[path = "all/common/mod.rs"]
mod common;

use std::sync::Arc;

use common::log::Log;
use common::{EVERYTHING, builder, desk};
use desk_sdk::Client;
use desk_sdk::activities::GetEventAttachments;
use desk_sdk::auth::{
    AccessToken, AuthError, ExposeSecret as _, MemoryStore, OauthClient, RefreshingToken, TokenProvider,
};
use desk_sdk::contacts::GetContact;
use desk_sdk::tickets::GetTickets;
use futures_util::future::BoxFuture;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;

/// A provider of one's own, which hands a shared one out.
#[derive(Debug)]
struct Shared(Arc<RefreshingToken>);

impl TokenProvider for Shared {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        self.0.token()
    }

    fn replace<'a>(&'a self, refused: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, AuthError>> {
        self.0.replace(refused)
    }
}

#[tokio::test]
async fn logs_tell_of_a_call_but_not_its_token() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let desk = desk().await;
    let token = desk.token(EVERYTHING);
    let client = Client::builder().base_url(desk.url()).access_token(&token).organization(desk.organization());
    let client = client.build().expect("a client");
    client.get_tickets(GetTickets::new().limit(1)).await.expect("tickets");
    client.get_contact(GetContact::new("7")).await.expect_err("there is none");

    // What is in doubt is told once a call, not for each look or attempt.
    let poor = builder(&desk, &EVERYTHING).scopes(["Desk.events.READ"]).build().expect("a client");
    desk.answer_next("get_event_attachments", 503, "text/plain", "");
    let before = log.text().matches("which the token lacks").count();
    poor.get_event_attachments(GetEventAttachments::new("189200000000105001")).await.ok();
    assert_eq!((before, log.text().matches("which the token lacks").count()), (0, 1));
    assert!(log.text().contains("attempts=2"), "it was repeated");

    // The same with a refresh, in which more secrets travel.
    let known = desk.register_client();
    let refresh = desk.refresh_token(&known, EVERYTHING);
    let oauth = OauthClient::new(&known.id, known.secret.as_str()).accounts_url(desk.url());
    let tokens = Arc::new(RefreshingToken::new(oauth, MemoryStore::new()).refresh_token(refresh.as_str()));
    let made = tokens.token().await.expect("a token");
    let client = Client::builder().base_url(desk.url()).token_provider(Shared(tokens)).build().expect("a client");
    client.get_tickets(GetTickets::new()).await.expect("tickets");
    let text = log.text();
    for part in [
        "desk_call",
        "operation=\"get_tickets\"",
        "path=\"/api/v1/tickets\"",
        "status=200",
        "attempts=1",
        "credits=1",
        "milliseconds=",
        "status=404",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    for secret in [token.as_str(), &known.secret, &refresh, made.secret.expose_secret()] {
        assert!(secret.len() > 8 && !text.contains(secret), "a secret is in the log");
    }
}
