//! The token's user. Which operation tells it, and in which fields, stands in `user.json`.

use std::fmt;
use std::sync::LazyLock;

use desk_sdk::Client;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::scopes::line;

/// How the user is asked for.
#[derive(Debug, Deserialize)]
struct Asking {
    operation: String,
    name: Vec<String>,
    email: String,
}

static ASKING: LazyLock<Option<Asking>> = LazyLock::new(|| serde_json::from_str(include_str!("user.json")).ok());

/// A token's user, as far as Desk tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct User {
    /// The name.
    pub name: String,
    /// The address of mail.
    pub email: String,
}

/// The token's user.
///
/// # Errors
///
/// What the call fails with.
pub async fn user(client: &Client) -> desk_sdk::Result<User> {
    let Some(asking) = &*ASKING else { return Ok(User::default()) };
    let record = client.invoke(&asking.operation, json!({})).await?.into_inner();
    Ok(User::of(&record, asking))
}

impl User {
    fn of(record: &Value, asking: &Asking) -> Self {
        let text = |key: &str| line(record[key].as_str().unwrap_or_default().trim());
        let name = asking.name.iter().map(|key| text(key)).filter(|part| !part.is_empty()).collect::<Vec<_>>();
        Self { name: name.join(" "), email: text(&asking.email) }
    }
}

impl fmt::Display for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.name.as_str(), self.email.as_str()) {
            ("", "") => f.write_str("without a name"),
            (name, "") => f.write_str(name),
            ("", email) => f.write_str(email),
            (name, email) => write!(f, "{name} <{email}>"),
        }
    }
}

#[cfg(test)]
mod tests {
    use desk_sdk::{Risk, operation};

    use super::*;

    #[test]
    fn the_operation_only_reads_and_needs_no_values() {
        let asking = ASKING.as_ref().unwrap();
        let operation = operation(&asking.operation).unwrap();
        assert_eq!(operation.risk, Risk::Safe);
        assert!(
            !operation.path.contains('{') && operation.parameters.iter().all(|parameter| !parameter.field.required())
        );
        let shown = |record| User::of(&record, asking).to_string();
        assert_eq!(
            shown(json!({"firstName": "Jade", "lastName": " Tan\u{1b}", "emailId": "j@x"})),
            "Jade Tan\\u{1b} <j@x>"
        );
        assert_eq!(shown(json!({"lastName": "Tan"})), "Tan");
        assert_eq!(shown(json!(null)), "without a name");
    }
}
