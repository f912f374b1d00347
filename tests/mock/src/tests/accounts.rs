//! The accounts server without connections.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use desk_spec::Spec;
use http::{HeaderMap, HeaderValue};
use serde_json::Value;

use crate::accounts::{Decision, OauthClient};
use crate::common::calendar::Calendar;
use crate::desk::Desk;
use crate::exchange::incoming::{Incoming, pairs};
use crate::exchange::reply::Reply;
use crate::seed;

const TOKEN: &str = "/oauth/v2/token";

struct Fixture {
    desk: Desk,
    client: OauthClient,
}

impl Fixture {
    fn new() -> Self {
        let desk = Desk::new(Arc::new(Spec::default()), seed::as_written(), Calendar::as_written())
            .at_url("http://desk.test".to_owned());
        let client = desk.accounts().register("http://localhost:8080/callback".to_owned());
        Self { desk, client }
    }

    fn authorize(&self, fields: &str) -> Reply {
        let query = format!("client_id={}&redirect_uri={}&{fields}", self.client.id, self.client.redirect_uri);
        let incoming = Incoming::new("GET", "/oauth/v2/auth", &query, HeaderMap::new(), Bytes::new());
        self.desk.sign_in(&incoming, Decision::Accept)
    }

    /// The code that a person's consent gives.
    fn code(&self, fields: &str) -> String {
        let reply = self.authorize(&format!("response_type=code&scope=Desk.tickets.READ,Desk.basic.READ&{fields}"));
        field(&location(&reply), "code").unwrap()
    }

    fn post(&self, path: &str, fields: &str) -> Value {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static("application/x-www-form-urlencoded;charset=UTF-8"));
        let body = format!("client_id={}&client_secret={}&{fields}", self.client.id, self.client.secret);
        let reply = self.desk.sign_in(&Incoming::new("POST", path, "", headers, body.into()), Decision::Accept);
        assert_eq!(reply.status, 200);
        serde_json::from_slice(reply.body.bytes()).unwrap()
    }

    fn exchange(&self, code: &str, further: &str) -> Value {
        let redirect = &self.client.redirect_uri;
        self.post(TOKEN, &format!("grant_type=authorization_code&code={code}&redirect_uri={redirect}&{further}"))
    }

    fn refresh(&self, token: &str) -> Value {
        self.post(TOKEN, &format!("grant_type=refresh_token&refresh_token={token}"))
    }

    fn refresh_token(&self) -> String {
        self.desk.accounts().grant(&self.client.id, vec!["Desk.basic.READ".to_owned()], &mut self.desk.tokens())
    }

    /// The scopes of a live access token.
    fn scopes(&self, token: &Value) -> Option<Vec<String>> {
        let mut headers = HeaderMap::new();
        let value = format!("Zoho-oauthtoken {}", token.as_str().unwrap());
        headers.insert("authorization", HeaderValue::try_from(value).unwrap());
        let incoming = Incoming::new("GET", "/", "", headers, Bytes::new());
        self.desk.tokens().grant(&incoming, self.desk.clock().now()).ok().map(|grant| grant.scopes)
    }

    fn advance(&self, seconds: u64) {
        self.desk.clock().advance(Duration::from_secs(seconds));
    }
}

fn location(reply: &Reply) -> String {
    assert_eq!(reply.status, 302, "{}", reply.text());
    reply.headers.iter().find(|(name, _)| *name == "location").unwrap().1.clone()
}

fn field(address: &str, name: &str) -> Option<String> {
    pairs(address.split_once('?').unwrap().1).into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

#[test]
fn a_consent_sends_back_code_and_state() {
    let fixture = Fixture::new();
    let reply = fixture.authorize("response_type=code&scope=Desk.basic.READ&access_type=offline&state=a%26b%20c");
    let location = location(&reply);
    assert!(location.starts_with("http://localhost:8080/callback?"), "{location}");
    assert_eq!(field(&location, "state").as_deref(), Some("a&b c"));
    assert_eq!(field(&location, "location").as_deref(), Some("us"));
    assert_eq!(field(&location, "accounts-server").as_deref(), Some("http://desk.test"));
    assert!(field(&location, "code").is_some_and(|code| code.starts_with("1000.")));
}

#[test]
fn a_code_of_the_console_needs_no_redirect_address() {
    let fixture = Fixture::new();
    let made = || {
        let scopes = vec!["Desk.tickets.READ".to_owned()];
        fixture.desk.accounts().console_code(fixture.client.id.clone(), scopes, fixture.desk.clock().now())
    };
    let exchange = |code: &str| fixture.post(TOKEN, &format!("grant_type=authorization_code&code={code}"));
    let code = made();
    // It is none of a consent.
    assert_eq!(fixture.exchange(&code, "")["error"], "invalid_redirect_uri");
    let answer = exchange(&code);
    assert_eq!(answer["scope"], "Desk.tickets.READ");
    assert!(answer["refresh_token"].is_string() && answer["access_token"].is_string());
    assert_eq!(exchange(&code)["error"], "invalid_code");
    let late = made();
    fixture.desk.clock().advance(Duration::from_secs(181));
    assert_eq!(exchange(&late)["error"], "invalid_code");
}

#[test]
fn a_person_sees_what_is_wrong() {
    let mut fixture = Fixture::new();
    let table = [
        ("scope=Desk.basic.READ", "Invalid Response Type"),
        ("response_type=token&scope=Desk.basic.READ", "Invalid Response Type"),
        ("response_type=code", "Invalid OAuth Scope"),
        ("response_type=code&scope=Desk.basic.READ%20Desk.tickets.READ", "Invalid OAuth Scope"),
        ("response_type=code&scope=Desk.basic.READ,", "Invalid OAuth Scope"),
        ("response_type=code&scope=Desk.basic.READ&access_type=always", "Invalid Access Type"),
        ("response_type=code&scope=Desk.basic.READ&code_challenge=x", "Invalid Code Challenge Method"),
    ];
    let see = |fixture: &Fixture, fields: &str, expected: &str| {
        let reply = fixture.authorize(fields);
        assert_eq!(reply.status, 200);
        assert!(reply.text().contains(expected), "{fields}: {}", reply.text());
        assert!(reply.content_type.is_some_and(|kind| kind.starts_with("text/html")));
    };
    for (fields, expected) in table {
        see(&fixture, fields, expected);
    }
    fixture.client.redirect_uri.push('x');
    see(&fixture, "response_type=code&scope=Desk.basic.READ", "Invalid Redirect Uri");
    fixture.client.id.clear();
    see(&fixture, "response_type=code&scope=Desk.basic.READ", "Invalid Client");
}

#[test]
fn a_code_gives_tokens_once() {
    let fixture = Fixture::new();
    let code = fixture.code("access_type=offline&prompt=consent");
    let answer = fixture.exchange(&code, "");
    assert_eq!(answer["scope"], "Desk.tickets.READ Desk.basic.READ");
    assert_eq!(answer["api_domain"], "http://desk.test");
    assert_eq!((&answer["token_type"], &answer["expires_in"]), (&Value::from("Bearer"), &Value::from(3600)));
    assert_eq!(fixture.scopes(&answer["access_token"]).unwrap(), ["Desk.tickets.READ", "Desk.basic.READ"]);
    assert_eq!(fixture.exchange(&code, "")["error"], "invalid_code");

    let refreshed = fixture.refresh(answer["refresh_token"].as_str().unwrap());
    let mut keys: Vec<&String> = refreshed.as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["access_token", "api_domain", "expires_in", "token_type"]);
    assert_eq!(fixture.desk.accounts().refreshes(), 1);
    assert_eq!(fixture.scopes(&refreshed["access_token"]).map(|scopes| scopes.len()), Some(2));
    fixture.advance(3600);
    assert_eq!(fixture.scopes(&refreshed["access_token"]), None);

    let online = fixture.exchange(&fixture.code(""), "");
    assert_eq!((online.get("refresh_token"), fixture.scopes(&online["access_token"]).is_some()), (None, true));
}

#[test]
fn codes_are_refused_for_what_does_not_suit() {
    let mut fixture = Fixture::new();
    let challenge = "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
    let code = fixture.code(challenge);
    assert_eq!(fixture.exchange(&code, "")["error"], "invalid_code");
    assert_eq!(fixture.exchange(&code, "code_verifier=wrong")["error"], "invalid_code");
    let address = std::mem::replace(&mut fixture.client.redirect_uri, "http://localhost:8080/".to_owned());
    assert_eq!(fixture.exchange(&code, "")["error"], "invalid_redirect_uri");
    fixture.client.redirect_uri = address;
    let secret = std::mem::take(&mut fixture.client.secret);
    assert_eq!(fixture.exchange(&code, "")["error"], "invalid_client_secret");
    let id = std::mem::take(&mut fixture.client.id);
    assert_eq!(fixture.exchange(&code, "")["error"], "invalid_client");
    (fixture.client.id, fixture.client.secret) = (id, secret);
    let verifier = "code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    assert!(fixture.exchange(&code, verifier)["access_token"].is_string());

    let late = fixture.code("");
    fixture.advance(60);
    assert_eq!(fixture.exchange(&late, "")["error"], "invalid_code");
    assert_eq!(fixture.post(TOKEN, "grant_type=password")["error"], "unsupported_grant_type");
}

#[test]
fn ten_tokens_in_ten_minutes() {
    let fixture = Fixture::new();
    let token = fixture.refresh_token();
    for _ in 0..10 {
        assert!(fixture.refresh(&token)["access_token"].is_string());
    }
    assert_eq!(fixture.refresh(&token)["error"], "Access Denied");
    assert!(fixture.refresh(&fixture.refresh_token())["access_token"].is_string(), "each token has its own budget");
    fixture.advance(599);
    assert_eq!(fixture.refresh(&token)["error"], "Access Denied");
    fixture.advance(1);
    assert!(fixture.refresh(&token)["access_token"].is_string());
    assert_eq!(fixture.desk.accounts().refreshes(), 12);
}

#[test]
fn the_sixteenth_token_ends_the_first() {
    let fixture = Fixture::new();
    let token = fixture.refresh_token();
    let mut made: Vec<Value> = Vec::new();
    for count in 0..16 {
        if count == 10 {
            fixture.advance(600);
        }
        made.push(fixture.refresh(&token)["access_token"].clone());
    }
    let live: Vec<bool> = made.iter().map(|token| fixture.scopes(token).is_some()).collect();
    assert_eq!(live.iter().position(|live| *live), Some(1));
    assert!(live[1..].iter().all(|live| *live));
}

#[test]
fn the_twenty_first_refresh_token_ends_the_first() {
    let fixture = Fixture::new();
    let tokens: Vec<String> = (0..21).map(|_| fixture.refresh_token()).collect();
    assert_eq!(fixture.refresh(&tokens[0])["error"], "invalid_code");
    assert!(fixture.refresh(&tokens[1])["access_token"].is_string());
}

#[test]
fn revoked_tokens_are_dead() {
    let fixture = Fixture::new();
    let token = fixture.refresh_token();
    let (one, other) = (fixture.refresh(&token), fixture.refresh(&token));
    let revoke = |token: &str| {
        let query = format!("token={token}");
        let incoming = Incoming::new("POST", "/oauth/v2/token/revoke", &query, HeaderMap::new(), Bytes::new());
        fixture.desk.sign_in(&incoming, Decision::Accept).text().into_owned()
    };
    assert!(revoke(one["access_token"].as_str().unwrap()).contains("success"));
    assert!(fixture.scopes(&one["access_token"]).is_none() && fixture.scopes(&other["access_token"]).is_some());
    assert!(revoke(&token).contains("success"));
    assert!(fixture.scopes(&other["access_token"]).is_none());
    assert_eq!(fixture.refresh(&token)["error"], "invalid_code");
    assert!(revoke(&token).contains("invalid_token"));
}

#[test]
fn scopes_are_added_by_a_consent_of_their_own() {
    let fixture = Fixture::new();
    let token = fixture.refresh_token();
    let access = fixture.refresh(&token)["access_token"].clone();
    let asked = format!("grant_type=update_scopes_token&refresh_token={token}");
    let enhance = fixture.post("/oauth/v2/token/scopeenhance", &asked);
    assert_eq!(enhance["expires_in"], 600);
    let query = format!(
        "response_type=update_scopes&client_id={}&redirect_uri={}&scope=Desk.tickets.READ,Desk.basic.READ&enhance_token={}",
        fixture.client.id,
        fixture.client.redirect_uri,
        enhance["access_token"].as_str().unwrap()
    );
    let show = || {
        let incoming = Incoming::new("GET", "/oauth/v2/token/addextrascope", &query, HeaderMap::new(), Bytes::new());
        fixture.desk.sign_in(&incoming, Decision::Accept)
    };
    assert_eq!(location(&show()), "http://localhost:8080/callback?status=success&scope_enhanced=true");
    assert_eq!(fixture.scopes(&access).unwrap(), ["Desk.basic.READ", "Desk.tickets.READ"]);
    let later = fixture.refresh(&token)["access_token"].clone();
    assert_eq!(fixture.scopes(&later).map(|scopes| scopes.len()), Some(2));
    assert!(show().text().contains("Invalid Enhance Token"), "it is used once");

    let short = fixture.post(TOKEN, &format!("{asked}&scope=Desk.search.READ"));
    assert_eq!(short["scope"], "Desk.basic.READ Desk.tickets.READ Desk.search.READ");
    assert_eq!(fixture.scopes(&short["access_token"]).map(|scopes| scopes.len()), Some(3));
}

#[test]
fn nothing_secret_is_shown() {
    let fixture = Fixture::new();
    let code = fixture.code("access_type=offline&code_challenge_method=S256&code_challenge=secret-challenge");
    fixture.exchange(&code, "code_verifier=secret-verifier");
    let token = fixture.refresh_token();
    let access = fixture.refresh(&token);
    let log = fixture.desk.log().token_requests().clone();
    let shown = format!("{log:?} {:?} {:?} {:?}", fixture.desk, fixture.client, fixture.desk.accounts());
    let access = access["access_token"].as_str().unwrap();
    for secret in [fixture.client.secret.as_str(), &code, &token, access, "secret-challenge", "secret-verifier"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    let [asked, exchanged, refreshed] = &log[..] else { panic!("{} requests", log.len()) };
    assert_eq!((asked.path.as_str(), asked.status), ("/oauth/v2/auth", 302));
    assert_eq!((exchanged.parameter("code"), exchanged.error.as_deref()), (Some(&*code), Some("invalid_code")));
    assert_eq!((refreshed.parameter("grant_type"), refreshed.error.as_deref()), (Some("refresh_token"), None));
    assert!(fixture.desk.log().received().is_empty());
}

#[test]
fn other_paths_and_methods() {
    let fixture = Fixture::new();
    for (method, path, status) in [("GET", TOKEN, 400), ("POST", "/oauth/v2/auth", 400), ("GET", "/oauth/v3/auth", 404)]
    {
        let incoming = Incoming::new(method, path, "", HeaderMap::new(), Bytes::new());
        assert_eq!(fixture.desk.sign_in(&incoming, Decision::Accept).status, status);
    }
}
