//! The target of a run: a local server, or Desk elsewhere.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use desk_mock::{Contradiction, MockDesk};
use desk_sdk::{Client, Risk, operations};

/// The target of a run.
#[derive(Debug)]
pub enum Target {
    /// A local server that belongs to this run.
    Own {
        /// The server.
        desk: MockDesk,
        /// The address to call: its own, or that of a proxy in front of it.
        url: String,
        /// Ways in which its answers contradict their description, once ids have been learned.
        contradictions: Vec<Contradiction>,
    },
    /// Any server at an address.
    Other {
        /// Its address, such as `https://desk.zoho.eu`.
        url: String,
        /// The access token.
        token: String,
        /// The organization; None for the first one that the token's user belongs to.
        organization: Option<String>,
    },
}

impl Target {
    /// A new local server. It requires the organization wherever one is accepted, as Desk does for users of several.
    ///
    /// # Errors
    ///
    /// If it cannot be started.
    pub async fn own() -> Result<Self> {
        let desk = MockDesk::builder().strict().start().await.context("the local Desk server did not start")?;
        Ok(Self::Own { url: desk.url().to_owned(), desk, contradictions: Vec::new() })
    }

    /// The same server, with answers that contradict their description; other targets are unchanged.
    #[must_use]
    pub fn contradicting(mut self, all: impl IntoIterator<Item = Contradiction>) -> Self {
        if let Self::Own { contradictions, .. } = &mut self {
            contradictions.extend(all);
        }
        self
    }

    /// Whether it is this run's own server: no call may be refused there, and no data there can be lost.
    pub(crate) fn own_server(&self) -> Option<&MockDesk> {
        match self {
            Self::Own { desk, .. } => Some(desk),
            Self::Other { .. } => None,
        }
    }

    /// A client for it that makes calls up to a given risk.
    pub(crate) fn client(&self, risk: Risk) -> Result<Client> {
        let builder = match self {
            Self::Own { desk, url, .. } => {
                let scopes = every_scope();
                let token = desk.token(scopes.iter().cloned());
                Client::builder().base_url(url).organization(desk.organization()).access_token(token).scopes(scopes)
            }
            Self::Other { url, token, organization } => {
                let builder = Client::builder().base_url(url).access_token(token);
                match organization {
                    Some(id) => builder.organization(id),
                    None => builder,
                }
            }
        };
        Ok(builder.max_risk(risk).build()?)
    }
}

/// Every scope that an operation names.
fn every_scope() -> BTreeSet<String> {
    operations().flat_map(|operation| operation.scopes).copied().flatten().map(ToString::to_string).collect()
}
