//! A program states its operations once, and has its consent, its check at start and its tests from that.

use crate::common::desk;
use desk_sdk::auth::{
    AccessToken, AuthorizationRequest, FixedToken, MemoryStore, OauthClient, RefreshingToken, TokenStore as _,
};
use desk_sdk::community::GetAllCommunityTopics;
use desk_sdk::contacts::GetContacts;
use desk_sdk::settings::GetAllCountries;
use desk_sdk::testing::FakeDesk;
use desk_sdk::tickets::{DeleteTicket, GetTickets, UpdateTicket};
use desk_sdk::{
    Client, Endpoint as _, Error, Operation, Risk, ScopeCheck, ScopeReport, ScopeSet, SignIn, TokenScopes, operation,
    smallest_scopes,
};

const NEEDS: &[&Operation] =
    &[GetTickets::OPERATION, UpdateTicket::OPERATION, GetContacts::OPERATION, GetTickets::OPERATION];

#[test]
fn the_consent_follows_from_the_operations() {
    let oauth = OauthClient::new("1000.ID", "the-secret");
    let request = AuthorizationRequest::for_operations(&oauth, NEEDS).expect("a request");
    let scopes = "scope=Desk.contacts.READ%2CDesk.organization.READ%2CDesk.tickets.READ%2CDesk.tickets.UPDATE&";
    assert!(request.url().contains(scopes), "{}", request.url());
    let _ = SignIn::new(oauth).for_operations(NEEDS);
}

#[tokio::test]
async fn everything_missing_is_told_at_once_and_before_the_first_call() {
    let desk = desk().await;
    let token = desk.token(["Desk.tickets.READ"]);
    let built = || Client::builder().base_url(desk.url()).access_token(token.as_str());
    let client = built().scopes(["Desk.tickets.READ"]).build().expect("a client");
    let error = client.require(NEEDS).await.expect_err("scopes are missing");
    let Error::RequiredScopes(report) = &error else { panic!("{error}") };
    let missing: Vec<_> = report.missing.iter().map(|missing| missing.operation.id).collect();
    assert_eq!(missing, ["update_ticket", "get_contacts", "get_organizations"]);
    assert_eq!(report.missing[2].organization_for, Some("get_tickets"));
    let text = error.to_string();
    for part in [
        "update_ticket (PATCH /api/v1/tickets/{ticketId}) needs Desk.tickets.UPDATE",
        "get_contacts (GET /api/v1/contacts) needs Desk.contacts.READ",
        "get_tickets needs an organization, and to find one, get_organizations",
        "The token was granted Desk.tickets.READ; a new consent has to add",
        "no request was made",
    ] {
        assert!(text.contains(part), "{part} in: {text}");
    }
    assert!(error.is_missing_scopes() && !error.may_have_been_made() && !text.contains('\n'));
    assert!(desk.requests().is_empty());

    let enough = report.to_add().into_iter().map(|scope| scope.to_string()).chain(["Desk.tickets.READ".to_owned()]);
    let client = built().scopes(enough).build().expect("a client");
    assert!(client.require(NEEDS).await.expect("it may").is_covered());
    // With an organization, none has to be found.
    let told = ["Desk.tickets.READ", "Desk.tickets.UPDATE", "Desk.contacts.READ"];
    let client = built().scopes(told).organization("7").build().expect("a client");
    assert!(client.require(NEEDS).await.expect("it may").is_covered());
}

#[tokio::test]
async fn the_stores_scopes_count_without_a_refresh() {
    let desk = desk().await;
    let known = desk.register_client();
    let store = MemoryStore::new();
    let oauth =
        OauthClient::new(&known.id, known.secret.as_str()).redirect_uri(&known.redirect_uri).accounts_url(desk.url());
    let request = AuthorizationRequest::for_operations(&oauth, [GetTickets::OPERATION]).expect("a request");
    let back: reqwest::Url = desk.consent(request.url()).parse().expect("an address");
    let value = |key: &str| back.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned());
    let (code, state) = (value("code").expect("a code"), value("state").expect("a state"));
    request.exchange(&oauth, code, &state, &store).await.expect("a token");
    let client = |store: &MemoryStore| {
        let tokens = RefreshingToken::new(oauth.clone(), store.clone());
        Client::builder().base_url(desk.url()).token_provider(tokens).build().expect("a client")
    };
    let error = client(&store).require(NEEDS).await.expect_err("scopes are missing");
    assert!(error.to_string().contains("was granted Desk.organization.READ Desk.tickets.READ;"), "{error}");
    assert!(client(&store).require(&[GetTickets::OPERATION]).await.expect("it may").is_covered());
    assert_eq!(desk.refreshes(), 0);
    // A store that does not know them.
    let mut lock = store.lock().await.expect("locked");
    let mut token = lock.load().await.expect("readable").expect("a token");
    token.scopes = None;
    lock.save(&token).await.expect("saved");
    drop(lock);
    let report = client(&store).require(NEEDS).await.expect("nothing is known to be missing");
    assert_eq!((report.granted.clone(), report.is_covered()), (TokenScopes::Unknown, false));
    assert!(report.to_string().contains("unknown"), "{report}");
}

#[tokio::test]
async fn the_kind_of_check_and_the_risk_count_as_for_calls() {
    let built = |check| {
        let desk = FakeDesk::new();
        let builder = desk.builder().scopes(["Desk.tickets.READ"]);
        builder.scope_check(check).max_risk(Risk::Write).build().expect("a client")
    };
    for check in [ScopeCheck::Warn, ScopeCheck::Off] {
        let report = built(check).require(NEEDS).await.expect("it only tells");
        assert!(!report.is_covered() && report.missing.len() == 2, "{report}");
    }
    let needs = [GetTickets::OPERATION, DeleteTicket::OPERATION];
    let error = built(ScopeCheck::Enforce).require(&needs).await.expect_err("too risky");
    assert!(matches!(error, Error::RiskNotAllowed { operation: "delete_ticket", .. }), "{error}");
    assert!(built(ScopeCheck::Enforce).require(&[]).await.expect("nothing is needed").is_covered());
    let unknown = FixedToken::new(AccessToken::new("1000.x"));
    let client = Client::builder().token_provider(unknown).organization("7").build().expect("a client");
    assert_eq!(client.require(NEEDS).await.expect("unknown").granted, TokenScopes::Unknown);
}

#[test]
fn what_scopes_do_not_decide_is_told() {
    let named = |id| operation(id).expect("an operation");
    let needs = [
        GetAllCountries::OPERATION,
        named("get_portal_articles"),
        named("create_event_attachment"),
        GetAllCommunityTopics::OPERATION,
    ];
    let report = ScopeReport::new(&needs, ScopeSet::parse("Desk.forums.READ"));
    assert_eq!(
        (&report.cookie_only[..], &report.unscoped[..]),
        (&["get_all_countries"][..], &["get_portal_articles"][..])
    );
    assert_eq!(report.in_doubt[0].operation.id, "create_event_attachment");
    assert!(report.missing.is_empty() && !report.is_covered());
    let text = report.to_string();
    for part in [
        "certain to be needed",
        "create_event_attachment: in doubt",
        "get_all_countries: described for a browser's cookie",
    ] {
        assert!(text.contains(part), "{part} in: {text}");
    }
    assert_eq!(smallest_scopes(needs).len(), 2);
}
