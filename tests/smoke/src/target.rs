//! What is called: a local server, or a Desk elsewhere.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use desk_mock::{Contradiction, MockDesk};
use desk_sdk::{Client, Risk, operations};

/// What is called.
#[derive(Debug)]
pub enum Target {
    /// A local server of this run.
    Own {
        /// The server.
        desk: MockDesk,
        /// Where it is reached: its own address, or that of something in between.
        url: String,
        /// Ways in which its answers contradict their description, once ids are learned.
        contradictions: Vec<Contradiction>,
    },
    /// Whatever answers at an address.
    Other {
        /// Its address, such as `https://desk.zoho.eu`.
        url: String,
        /// The access token.
        token: String,
        /// The organization; none: the first that the token's user belongs to.
        organization: Option<String>,
    },
}

impl Target {
    /// A new local server. It requires the organization wherever one is taken, as Desk does of users of several.
    ///
    /// # Errors
    ///
    /// When it cannot be started.
    pub async fn own() -> Result<Self> {
        let desk = MockDesk::builder().strict().start().await.context("the local Desk server did not start")?;
        Ok(Self::Own { url: desk.url().to_owned(), desk, contradictions: Vec::new() })
    }

    /// The same server, whose answers contradict their description; of others nothing changes.
    #[must_use]
    pub fn contradicting(mut self, all: impl IntoIterator<Item = Contradiction>) -> Self {
        if let Self::Own { contradictions, .. } = &mut self {
            contradictions.extend(all);
        }
        self
    }

    /// Whether it is this run's own: nothing may be refused there, and nothing there is lost.
    pub(crate) fn own_server(&self) -> Option<&MockDesk> {
        match self {
            Self::Own { desk, .. } => Some(desk),
            Self::Other { .. } => None,
        }
    }

    /// A client of it that makes calls up to a risk.
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
