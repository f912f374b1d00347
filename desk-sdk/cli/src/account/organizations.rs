//! The organizations of a token's user.

use desk_sdk::{Client, Edition, organization_discovery};
use futures_util::TryStreamExt as _;
use serde_json::{Value, json};

use crate::scopes::line;

/// An organization, as far as Desk tells.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Organization {
    /// Its id.
    pub id: String,
    /// The company's name.
    pub name: Option<String>,
    /// The portal's name, as it stands in addresses.
    pub portal: Option<String>,
    /// The edition, as Desk writes it.
    pub edition: Option<String>,
}

/// All organizations that the token's user belongs to.
///
/// # Errors
///
/// What the call fails with.
pub async fn organizations(client: &Client) -> desk_sdk::Result<Vec<Organization>> {
    let records = client.invoke(organization_discovery().id, json!({})).records();
    let records: Vec<Value> = records.try_collect().await?;
    Ok(records.iter().filter_map(Organization::of).collect())
}

impl Organization {
    /// One of which nothing but the id is known.
    pub fn with_id(id: impl Into<String>) -> Self {
        Self { id: id.into(), name: None, portal: None, edition: None }
    }

    fn of(record: &Value) -> Option<Self> {
        let text = |key: &str| match &record[key] {
            Value::String(text) if !text.is_empty() => Some(line(text)),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        Some(Self { id: text("id")?, name: text("companyName"), portal: text("portalName"), edition: text("edition") })
    }

    /// The limits of its edition, where they are known.
    pub fn limits(&self) -> Option<Edition> {
        const ALL: [Edition; 5] =
            [Edition::Free, Edition::Express, Edition::Standard, Edition::Professional, Edition::Enterprise];
        let edition = self.edition.as_deref()?;
        ALL.into_iter().find(|known| format!("{known:?}").eq_ignore_ascii_case(edition))
    }

    /// As JSON.
    pub fn to_json(&self) -> Value {
        let Self { id, name, portal, edition } = self;
        json!({ "id": id, "name": name, "portal": portal, "edition": edition })
    }
}

/// The name, and the id.
impl std::fmt::Display for Organization {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.name.as_ref().or(self.portal.as_ref()) {
            Some(name) => write!(f, "{name} ({})", self.id),
            None => f.write_str(&self.id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_as_it_should_be_is_left_out() {
        let read = |record| Organization::of(&record);
        let whole =
            read(json!({"id": 7, "companyName": "Zylker\n", "portalName": "", "edition": "ENTERPRISE"})).unwrap();
        assert_eq!((whole.to_string().as_str(), whole.limits()), ("Zylker\\n (7)", Some(Edition::Enterprise)));
        assert_eq!(read(json!({"id": "8", "edition": "ULTIMATE"})).unwrap().limits(), None);
        assert_eq!(read(json!({"companyName": "none"})), None);
        assert_eq!(read(json!(null)), None);
    }
}
