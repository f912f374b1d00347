//! The fields of a request to the accounts server.

use crate::exchange::incoming::{Incoming, pairs};

/// The fields of the body and of the query; where both have one, the body's counts.
#[derive(Clone)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) fn of(incoming: &Incoming) -> Self {
        let kind = incoming.header("content-type").unwrap_or_default();
        let mut fields = match kind.split(';').next().unwrap_or_default().trim() {
            "application/x-www-form-urlencoded" => pairs(&String::from_utf8_lossy(&incoming.body)),
            _ => Vec::new(),
        };
        fields.extend(incoming.query.iter().cloned());
        Self(fields)
    }

    /// A field's first value, unless it is empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        found.filter(|value| !value.is_empty())
    }

    /// The scopes, separated by commas; None if they have another form.
    pub(super) fn scopes(&self) -> Option<Vec<String>> {
        let scopes: Vec<&str> = self.get("scope")?.split(',').map(str::trim).collect();
        let well_formed = |scope: &&str| scope.contains('.') && !scope.contains(char::is_whitespace);
        scopes.iter().all(well_formed).then(|| scopes.into_iter().map(str::to_owned).collect())
    }

    pub(super) fn into_fields(self) -> Vec<(String, String)> {
        self.0
    }
}
