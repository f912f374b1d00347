//! Each variant, and what is true of it.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use super::*;
use crate::generated::scopes::TICKETS_READ;
use crate::invalid_call::BrokenRule;
use crate::position::{Place, Position};
use crate::record::Decoding;
use crate::scope::ScopeSet;

const ID: &str = "get_tickets";
static TABLE: Operation = Operation { id: ID, scopes: &[&[TICKETS_READ]], ..Operation::of("ticket") };

/// What is asked, in the order of the table below.
fn answers(error: &Error) -> [bool; 8] {
    [
        error.is_not_found(),
        error.is_unauthorized(),
        error.is_missing_scopes(),
        error.is_forbidden(),
        error.is_rate_limited(),
        error.is_timeout(),
        error.is_transient(),
        error.may_have_been_made(),
    ]
}

fn api(status: u16, code: &str) -> Error {
    ApiError::new(ID, status).code(code).into()
}

fn auth(source: AuthError) -> Error {
    Error::Auth { operation: ID, source }
}

fn lost() -> TransportError {
    TransportError::new("lost")
}

fn page(reason: Error) -> Error {
    let (place, seen) = (Place::Offset { from: 100 }, Vec::new());
    let position = Position { operation: ID.to_owned(), call: String::new(), records: 100, place, seen, latest: None };
    Error::Page(Box::new(FailedPage { operation: ID, number: 2, position, reason }))
}

/// A number for each variant, so that one that is new is not forgotten below.
fn variant(error: &Error) -> usize {
    match error {
        Error::MissingScopes(_) => 0,
        Error::RiskNotAllowed { .. } => 1,
        Error::InvalidCall(_) => 2,
        Error::Api(_) => 3,
        Error::Decode { .. } => 4,
        Error::AnswerTooLarge { .. } => 5,
        Error::DeadlineExceeded { .. } => 6,
        Error::IncompleteFile { .. } => 7,
        Error::Transport { .. } => 8,
        Error::File { .. } => 9,
        Error::Auth { .. } => 10,
        Error::CreditsSpent { .. } => 11,
        Error::CreditFloor { .. } => 12,
        Error::NoOrganization { .. } => 13,
        Error::Configuration(_) => 14,
        Error::Walk(_) => 15,
        Error::Page(_) => 16,
        Error::RequiredScopes(_) => 17,
        #[cfg(feature = "by-name")]
        Error::UnknownOperation(_) => 18,
        #[cfg(feature = "by-name")]
        Error::UnknownArgument(_) => 19,
        #[cfg(feature = "by-name")]
        Error::FileTooLarge { .. } => 20,
    }
}

/// Errors with their status, and a letter for each question whose answer is yes: **n**ot found, **u**nauthorized,
/// missing **s**copes, **f**orbidden, **r**ate limited, **t**imeout, trans**i**ent, may have been **m**ade.
fn cases() -> Vec<(Error, Option<u16>, &'static str)> {
    let operation = ID;
    let unreadable = crate::record::decode::<serde_json::Value>(b"{", Decoding::Strict).expect_err("no JSON");
    let (deadline, until) = (Duration::from_secs(1), Timestamp::UNIX_EPOCH);
    let path = PathBuf::from("a");
    let invalid = InvalidCall::new(&TABLE, BrokenRule::new("limit", &101.into(), "at most 100"));
    let mut discovery = ApiError::new("get_organizations", 500);
    discovery.organization_for = Some(ID);
    let cases = vec![
        (MissingScopes::new(&TABLE, &ScopeSet::parse("")).into(), None, "sf"),
        (Error::RiskNotAllowed { operation, request: None, risk: Risk::Write, allowed: Risk::Safe }, None, ""),
        (invalid.into(), None, ""),
        (api(400, ""), Some(400), ""),
        (api(401, "INVALID_OAUTH"), Some(401), "u"),
        (api(403, "SCOPE_MISMATCH"), Some(403), "sf"),
        (api(403, "FORBIDDEN"), Some(403), "f"),
        (api(404, "URL_NOT_FOUND"), Some(404), "n"),
        (api(422, "INVALID_DATA"), Some(422), ""),
        (api(429, "TOO_MANY_REQUESTS"), Some(429), "ri"),
        (api(503, ""), Some(503), "im"),
        // A success that carries an error instead of a result.
        (api(200, "FAILED"), Some(200), "m"),
        (discovery.into(), Some(500), "i"),
        (Error::Decode { operation, status: 201, reason: unreadable, excerpt: "{".to_owned() }, Some(201), "m"),
        (Error::AnswerTooLarge { operation, limit: 1 }, None, "m"),
        (Error::DeadlineExceeded { operation, deadline }, None, "tim"),
        (Error::IncompleteFile { operation, reason: "it ends".to_owned() }, None, "im"),
        (Error::Transport { operation, source: lost() }, None, "im"),
        (Error::Transport { operation, source: lost().timeout() }, None, "tim"),
        (Error::Transport { operation, source: lost().not_sent() }, None, "i"),
        (Error::Transport { operation, source: lost().not_sent().timeout() }, None, "ti"),
        (Error::Transport { operation, source: lost().permanent() }, None, ""),
        (Error::File { operation, path, source: io::ErrorKind::StorageFull.into() }, None, "m"),
        (auth(AuthError::InvalidCode), None, "u"),
        (auth(AuthError::NotSignedIn), None, "u"),
        (auth(AuthError::InvalidClient), None, ""),
        (auth(AuthError::Throttled), None, "ri"),
        (auth(AuthError::BudgetSpent { until }), None, "ri"),
        (auth(AuthError::Transport(lost().timeout())), None, "ti"),
        (auth(AuthError::Refused { status: 502, message: String::new() }), None, "i"),
        (auth(AuthError::Refused { status: 200, message: String::new() }), None, ""),
        (Error::CreditsSpent { operation, until }, Some(429), "ri"),
        (Error::CreditFloor { operation, left: 4, floor: 4 }, None, "ri"),
        (Error::NoOrganization { operation, discovery: "get_organizations" }, None, ""),
        (Error::Configuration("no token".to_owned()), None, ""),
        (Error::Walk(WalkError::NoChanges { operation, instead: None }), None, ""),
        (page(api(503, "")), Some(503), "im"),
        (Error::RequiredScopes(Box::new(ScopeReport::new(&[&TABLE], ScopeSet::default()))), None, "sf"),
    ];
    #[cfg(feature = "by-name")]
    let cases = {
        use crate::unknown_name::{UnknownArgument, UnknownOperation};

        let mut cases = cases;
        cases.extend([
            (Box::new(UnknownOperation::new("get_tickts", vec![ID])).into(), None, ""),
            (Box::new(UnknownArgument::new(&TABLE, "", "limti", vec!["limit"])).into(), None, ""),
            (Error::FileTooLarge { operation, limit: 1 }, None, "m"),
        ]);
        cases
    };
    cases
}

#[test]
fn each_question_has_its_answer() {
    for (error, status, letters) in cases() {
        let expected: Vec<bool> = "nusfrtim".chars().map(|letter| letters.contains(letter)).collect();
        assert_eq!(answers(&error)[..], expected, "{error}: {letters}");
        assert_eq!(error.status(), status, "{error}");
        // A page fails for the same reasons as any call.
        let page = page(error);
        assert_eq!((&answers(&page)[..], page.status()), (&expected[..], status), "{page}");
    }
}

#[test]
fn no_variant_is_forgotten() {
    let mut seen: Vec<usize> = cases().iter().map(|(error, ..)| variant(error)).collect();
    seen.sort_unstable();
    seen.dedup();
    let all = if cfg!(feature = "by-name") { 21 } else { 18 };
    assert_eq!(seen, (0..all).collect::<Vec<_>>());
}
