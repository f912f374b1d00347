//! What the tests share: a running server and a client of it.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod folder;
pub(crate) mod listed;
pub(crate) mod log;
pub(crate) mod processes;
pub(crate) mod raw;
pub(crate) mod redis;

use std::time::Duration;

use desk_mock::MockDesk;
use desk_sdk::{Client, ClientBuilder, Retry};

/// Scopes for every operation.
pub(crate) const EVERYTHING: [&str; 40] = [
    "Desk.InstantMessages.ALL",
    "Desk.accounts.ALL",
    "Desk.activities.ALL",
    "Desk.agents.ALL",
    "Desk.articles.ALL",
    "Desk.automations.ALL",
    "Desk.basic.ALL",
    "Desk.calls.ALL",
    "Desk.community.ALL",
    "Desk.contacts.ALL",
    "Desk.contracts.ALL",
    "Desk.custommodule.ALL",
    "Desk.departments.ALL",
    "Desk.events.ALL",
    "Desk.exports.ALL",
    "Desk.fields.ALL",
    "Desk.forums.ALL",
    "Desk.imports.ALL",
    "Desk.integrations.ALL",
    "Desk.layouts.ALL",
    "Desk.modules.ALL",
    "Desk.organization.ALL",
    "Desk.permissions.ALL",
    "Desk.products.ALL",
    "Desk.qaautomation.ALL",
    "Desk.search.ALL",
    "Desk.settings.ALL",
    "Desk.tasks.ALL",
    "Desk.teams.ALL",
    "Desk.templates.ALL",
    "Desk.tickets.ALL",
    "Desk.webhooks.ALL",
    "profile.userphoto.ALL",
    "Desk.extensions.ALL",
    "Desk.feeds.ALL",
    "Desk.phonebridge.ALL",
    "Desk.zia.ALL",
    "Desk.deskOembed.ALL",
    "Desk.newarea.ALL",
    "aaaserver.profile.READ",
];

/// A local Desk server that takes calls only as they are described.
pub(crate) async fn desk() -> MockDesk {
    MockDesk::builder().strict().start().await.expect("the local Desk server starts")
}

/// A client of it whose token has these scopes, and that knows it.
pub(crate) fn client(desk: &MockDesk, scopes: &[&str]) -> Client {
    builder(desk, scopes).scopes(scopes).build().expect("the client is built")
}

/// The same, but the client knows neither scopes nor anything else yet.
pub(crate) fn builder(desk: &MockDesk, scopes: &[&str]) -> ClientBuilder {
    Client::builder()
        .base_url(desk.url())
        .access_token(desk.token(scopes.iter().copied()))
        .organization(desk.organization())
        .retry(Retry::default().first_pause(Duration::from_millis(1)).longest_pause(Duration::from_millis(5)))
}
