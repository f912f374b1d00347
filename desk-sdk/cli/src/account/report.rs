//! What a token is good for.

use std::fmt;

use desk_sdk::jiff::Timestamp;
use desk_sdk::{Client, Risk, ScopeSet, TokenScopes, operations};
use serde_json::{Value, json};

use super::{Organization, User, organizations, user};
use crate::scopes::line;

/// Who a token belongs to, and what it is good for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// The address of Desk.
    pub address: String,
    /// The organization that calls are made for.
    pub organization: Organization,
    /// The token's user, if that could be asked.
    pub user: Option<User>,
    /// The token's scopes, if they are known.
    pub scopes: Option<ScopeSet>,
    /// How many operations the scopes allow, by risk.
    pub covered: Vec<Covered>,
    /// What is left of the day's credits, if an answer said so.
    pub credits_left: Option<u64>,
    /// What could not be asked, and why.
    pub notes: Vec<String>,
}

/// How many operations of a risk the scopes allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Covered {
    /// The risk.
    pub risk: Risk,
    /// How many the scopes allow.
    pub allowed: usize,
    /// How many there are.
    pub all: usize,
}

impl Report {
    /// Asks for it. Who the user is and what the organization is called may take scopes that the token lacks, which is
    /// only noted.
    ///
    /// # Errors
    ///
    /// If the token is refused, no organization is found, or Desk does not answer.
    pub async fn of(client: &Client, address: &str) -> desk_sdk::Result<Self> {
        let mut notes = Vec::new();
        let id = client.organization().await?.to_string();
        let known = noted(organizations(client).await, "what the organization is called", &mut notes)?;
        let found = known.unwrap_or_default().into_iter().find(|organization| organization.id == id);
        let organization = found.unwrap_or_else(|| Organization::with_id(id));
        let user = noted(user(client).await, "who the token's user is", &mut notes)?;
        let scopes = match client.scopes().await? {
            TokenScopes::Granted(scopes) => Some(scopes),
            _ => None,
        };
        let covered = scopes.as_ref().map(covered).unwrap_or_default();
        let credits_left = client.credits().left;
        Ok(Self { address: address.to_owned(), organization, user, scopes, covered, credits_left, notes })
    }

    /// As JSON, with the profile and the time at which the access token ends.
    pub fn to_json(&self, profile: Option<&str>, expires_at: Option<Timestamp>) -> Value {
        let limits = self.organization.limits();
        let covered: Value = self
            .covered
            .iter()
            .map(|one| (one.risk.to_string(), json!({ "allowed": one.allowed, "all": one.all })))
            .collect::<serde_json::Map<_, _>>()
            .into();
        json!({
            "profile": profile,
            "address": self.address,
            "organization": self.organization.to_json(),
            "user": self.user.as_ref().map(|user| json!({ "name": user.name, "email": user.email })),
            "scopes": self.scopes.as_ref().map(|scopes| scopes.iter().collect::<Vec<_>>()),
            "operations": if self.covered.is_empty() { Value::Null } else { covered },
            "expires_at": expires_at.map(|time| time.to_string()),
            "credits_left": self.credits_left,
            "limits": limits.map(|edition| json!({
                "simultaneous_calls": edition.simultaneous_calls(),
                "credits_a_day": edition.credits_a_day(),
            })),
            "notes": self.notes,
        })
    }
}

/// What was answered, or a note on why it was not. A refused token is no matter of a scope.
fn noted<T>(asked: desk_sdk::Result<T>, what: &str, notes: &mut Vec<String>) -> desk_sdk::Result<Option<T>> {
    match asked {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.is_missing_scopes() || error.is_forbidden() || error.is_not_found() => {
            notes.push(format!("{what} is not known: {}", line(&error.to_string())));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn covered(scopes: &ScopeSet) -> Vec<Covered> {
    let of = |risk: Risk| {
        let all = operations().filter(|operation| operation.risk == risk && operation.alias_of.is_none());
        let (allowed, all) =
            all.fold((0, 0), |(allowed, all), operation| (allowed + usize::from(scopes.allow(operation)), all + 1));
        Covered { risk, allowed, all }
    };
    [Risk::Safe, Risk::Write, Risk::Outbound, Risk::Destructive].map(of).into()
}

/// The names of scopes, in lines of a length that people can read.
fn lines_of(scopes: &ScopeSet) -> Vec<String> {
    const LONGEST: usize = 100;
    let mut lines: Vec<String> = Vec::new();
    for name in scopes.to_string().split(' ') {
        match lines.last_mut().filter(|last| last.len() + name.len() < LONGEST) {
            Some(last) => last.extend([" ", name]),
            None => lines.push(name.to_owned()),
        }
    }
    lines
}

/// Lines with what is known, without the profile.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut row = |what: &str, text: &str| writeln!(f, "{what:<14}{text}");
        row("address", &line(&self.address))?;
        row("organization", &self.organization.to_string())?;
        if let Some(user) = &self.user {
            row("user", &user.to_string())?;
        }
        if let Some(edition) = &self.organization.edition {
            let limits = self.organization.limits().map_or_else(String::new, |known| {
                let (calls, credits) = (known.simultaneous_calls(), known.credits_a_day());
                format!(": {calls} calls at once, {credits} credits a day and some for each user")
            });
            row("edition", &format!("{}{limits}", edition.to_lowercase()))?;
        }
        if let Some(left) = self.credits_left {
            row("credits", &format!("{left} left today"))?;
        }
        match &self.scopes {
            Some(scopes) => {
                let counts =
                    self.covered.iter().map(|Covered { risk, allowed, all }| format!("{allowed} of {all} {risk}"));
                row("operations", &counts.collect::<Vec<_>>().join(", "))?;
                for (number, names) in lines_of(scopes).iter().enumerate() {
                    row(if number == 0 { "scopes" } else { "" }, names)?;
                }
            }
            None => row("scopes", "not known; Desk alone decides")?,
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "note: {note}"))
    }
}
