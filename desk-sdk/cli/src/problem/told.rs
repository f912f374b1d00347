//! Errors of the client in the words of the command line: what a program would do with the client's methods, a person
//! does with options.

use std::io;

use desk_sdk::{Error, MissingScopes, WalkError};

use crate::scopes::line;

/// How much of what was granted is shown, in characters.
const LONGEST: usize = 2000;

/// Advice to programs that stands within texts, and what it is at the command line.
const WORDS: [(&str, &str); 7] = [
    (". `Decoding::Lenient` sets such values aside instead of failing", ""),
    ("; if it legitimately takes that long, raise `FileStore::patience`", ""),
    (" and pass it to `redirect_uri`", " and give it with --redirect-uri"),
    ("set parameters with `query`", "give parameters with --query"),
    ("set on the client, with `organization` or `for_organization`", "given with --organization"),
    (
        "declared and has its own setter; `query` can set it only on an `unchecked` call",
        "described, so it has an option of its own: --query gives it only together with --unchecked",
    ),
    ("set `accounts_url` to one such as", "--against or the profile's address names one such as"),
];

/// What went wrong, as a person at the command line can act on it.
pub fn told(error: &Error) -> String {
    match error {
        Error::Page(page) => {
            format!("page {} could not be read ({}): {}", page.number, page.position, told(&page.reason))
        }
        Error::MissingScopes(missing) => missing_scopes(missing),
        Error::RiskNotAllowed { operation, request, risk, allowed } => {
            let call = request.as_deref().unwrap_or(operation);
            format!("{} is {risk}, and only {allowed} calls are allowed; nothing was sent", line(call))
        }
        Error::AnswerTooLarge { operation, limit } => format!(
            "{operation} answered with more than {limit} bytes, which is more than this program reads at once: ask for \
             less, such as with a smaller --limit"
        ),
        Error::DeadlineExceeded { operation, deadline } => format!(
            "{operation} did not finish within {} s, with all that was tried, but may have been carried out",
            deadline.as_secs()
        ),
        Error::CreditsSpent { operation, until } => {
            format!("{operation} was refused because the day's credits are spent; more will be available at {until}")
        }
        Error::NoOrganization { operation, discovery } => format!(
            "{operation} needs an organization, and {discovery} found none. Give one with --organization ID, or check \
             that the token's user belongs to one"
        ),
        Error::Walk(error) => walk(error),
        other => in_our_words(&other.to_string()),
    }
}

fn missing_scopes(missing: &MissingScopes) -> String {
    let granted = match missing.granted.is_empty() {
        true => "no scopes".to_owned(),
        false => line(&missing.granted.to_string().chars().take(LONGEST).collect::<String>()),
    };
    let way = match missing.organization_for {
        Some(_) => "With --organization ID none is looked for. ",
        None => "",
    };
    format!(
        "{}; no request was made. {way}The token was granted {granted}. A new consent adds what is missing; renewing the \
         token does not",
        missing.need()
    )
}

fn walk(error: &WalkError) -> String {
    let WalkError::TooDeep { operation, from, by_time, instead } = error else { return error.to_string() };
    let way = match (*by_time, instead) {
        (true, _) => "With --all, every record is read, in windows of time".to_owned(),
        (false, Some(other)) => format!("`desk call {other} --all` reads every one of them, in windows of time"),
        (false, None) => "Narrow the call with its options, or find the records with a search by time".to_owned(),
    };
    format!("{operation} has more records than Desk gives by index: it stops before index {from}. {way}")
}

/// A text of the client or its parts, without advice that is only for programs.
pub(super) fn in_our_words(text: &str) -> String {
    WORDS.iter().fold(text.to_owned(), |text, (theirs, ours)| text.replace(theirs, ours))
}

/// Whether nothing listens where the call went.
pub(crate) fn is_unreached(error: &Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = match error {
        Error::Page(page) => return is_unreached(&page.reason),
        error => Some(error),
    };
    while let Some(error) = cause {
        let refused = |error: &io::Error| error.kind() == io::ErrorKind::ConnectionRefused;
        if error.downcast_ref().is_some_and(refused) {
            return true;
        }
        cause = error.source();
    }
    false
}
