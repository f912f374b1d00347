//! The local server, as the measured processes know it.

use anyhow::{Context, Result};
use serde_json::Value;
use tokio::process::Command;

const ORGANIZATION: &str = "DESK_COSTS_ORGANIZATION";
const TOKEN: &str = "DESK_COSTS_TOKEN";
const URL: &str = "DESK_COSTS_URL";

/// A server's address, and who asks it.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) organization: String,
    pub(crate) token: String,
}

impl Server {
    /// The one that this process is told to ask.
    pub(crate) fn from_env() -> Result<Self> {
        let of = |name| std::env::var(name).with_context(|| format!("no {name}"));
        Ok(Self { url: of(URL)?, organization: of(ORGANIZATION)?, token: of(TOKEN)? })
    }

    /// Tells a process which server to ask.
    pub(crate) fn tell(&self, command: &mut Command) {
        command.env(URL, &self.url).env(ORGANIZATION, &self.organization).env(TOKEN, &self.token);
    }

    /// The address of a page of 100 tickets.
    pub(crate) fn tickets(&self) -> String {
        format!("{}/api/v1/tickets?limit=100&include=contacts,assignee,departments,team,products", self.url)
    }

    /// Sends a request as one would by hand, and reads what is answered.
    pub(crate) async fn body(&self, request: reqwest::RequestBuilder) -> Result<bytes::Bytes> {
        let request = request.header("orgId", &self.organization);
        let answer = request.header("Authorization", format!("Zoho-oauthtoken {}", self.token)).send().await?;
        Ok(answer.error_for_status()?.bytes().await?)
    }

    pub(crate) async fn page(&self) -> Result<bytes::Bytes> {
        self.body(reqwest::Client::new().get(self.tickets())).await
    }

    /// A ticket's address, and its JSON.
    pub(crate) async fn ticket(&self) -> Result<(String, bytes::Bytes)> {
        let page: Value = serde_json::from_slice(&self.page().await?)?;
        let id = page["data"][0]["id"].as_str().context("a ticket")?;
        let address = format!("{}/api/v1/tickets/{id}", self.url);
        let ticket = self.body(reqwest::Client::new().get(&address)).await?;
        Ok((address, ticket))
    }
}
