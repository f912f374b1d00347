//! What the client costs beside the same work by hand, counted in instructions by valgrind's callgrind, which counts the
//! same whatever else the computer does. The local server runs in a process of its own and is not counted.
//!
//! ```sh
//! cargo bench --package desk-costs --bench instructions
//! ```
//!
//! `DESK_COSTS_PEER` may name a program that reads pages of tickets with another client: called with `page` and how
//! often, it finds address, token and organization in the environment, as the measured process of this benchmark does.

use std::hint::black_box;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use desk_costs::derived;
use desk_mock::MockDesk;
use desk_sdk::tickets::{GetTicket, GetTickets};
use desk_sdk::types::Ticket;
use desk_sdk::{Client, List, Retry};
use serde_json::Value;
use tokio::process::Command;

const ORGANIZATION: &str = "DESK_COSTS_ORGANIZATION";
const TOKEN: &str = "DESK_COSTS_TOKEN";
const URL: &str = "DESK_COSTS_URL";
const PEER: &str = "DESK_COSTS_PEER";

/// How often each is done: what a single time costs is the difference by the difference.
const PAGES: [usize; 2] = [4, 24];
const CALLS: [usize; 2] = [20, 220];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["measured", what, times] => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(measured(what, times.parse()?))
        }
        // Cargo adds `--bench`.
        _ => tokio::runtime::Runtime::new()?.block_on(compare()),
    }
}

/// The address of one page of 100 tickets, and that of one ticket.
async fn compare() -> Result<()> {
    let desk = MockDesk::start().await?;
    desk.fill("tickets", 200);
    let token = desk.token(desk.every_scope());
    let server = Server { url: desk.url().to_owned(), organization: desk.organization().to_owned(), token };
    println!("{} bytes a page, {} a ticket", server.page().await?.len(), server.ticket().await?.1.len());
    let cost = |what, times| cost(&server, None, what, times);
    let derive = cost("page-derive", PAGES).await?;
    for what in ["page-value", "page-typed"] {
        row(what, cost(what, PAGES).await?, derive, "page-derive");
    }
    if let Ok(peer) = std::env::var(PEER) {
        row("page-peer", self::cost(&server, Some(&peer), "page", PAGES).await?, derive, "page-derive");
    }
    let derive = cost("ticket-derive", CALLS).await?;
    for what in ["ticket-value", "ticket-typed"] {
        row(what, cost(what, CALLS).await?, derive, "ticket-derive");
    }
    let read = [cost("read-ticket-derive", CALLS).await?, cost("read-ticket-typed", CALLS).await?];
    let typed = cost("ticket-typed", CALLS).await?;
    row("ticket-typed, all but reading", typed - read[1], derive - read[0], "ticket-derive");
    row("read-ticket-typed", read[1], read[0], "read-ticket-derive");
    let derive = cost("read-page-derive", PAGES).await?;
    for what in ["read-page-value", "read-page-typed"] {
        row(what, cost(what, PAGES).await?, derive, "read-page-derive");
    }
    Ok(())
}

fn row(what: &str, cost: f64, beside: f64, other: &str) {
    println!("{what:<32} {cost:>12.0}   {other:<20} {beside:>12.0}   ratio {:.3}", cost / beside);
}

/// The local server, as the measured processes know it.
struct Server {
    url: String,
    organization: String,
    token: String,
}

impl Server {
    fn from_env() -> Result<Self> {
        let of = |name| std::env::var(name).with_context(|| format!("no {name}"));
        Ok(Self { url: of(URL)?, organization: of(ORGANIZATION)?, token: of(TOKEN)? })
    }

    fn tickets(&self) -> String {
        format!("{}/api/v1/tickets?limit=100&include=contacts,assignee,departments,team,products", self.url)
    }

    async fn get(&self, http: &reqwest::Client, address: &str) -> Result<Vec<u8>> {
        let request = http.get(address).header("orgId", &self.organization);
        let answer = request.header("Authorization", format!("Zoho-oauthtoken {}", self.token)).send().await?;
        Ok(answer.error_for_status()?.bytes().await?.into())
    }

    async fn page(&self) -> Result<Vec<u8>> {
        self.get(&reqwest::Client::new(), &self.tickets()).await
    }

    /// A ticket's address, and its JSON.
    async fn ticket(&self) -> Result<(String, Vec<u8>)> {
        let page: Value = serde_json::from_slice(&self.page().await?)?;
        let id = page["data"][0]["id"].as_str().context("a ticket")?;
        let address = format!("{}/api/v1/tickets/{id}", self.url);
        let ticket = self.get(&reqwest::Client::new(), &address).await?;
        Ok((address, ticket))
    }
}

/// How many instructions it takes a single time.
async fn cost(server: &Server, peer: Option<&str>, what: &str, times: [usize; 2]) -> Result<f64> {
    let [few, many] = times;
    let [with_few, with_many] = [count(server, peer, what, few).await?, count(server, peer, what, many).await?];
    #[expect(clippy::cast_precision_loss, reason = "small enough")]
    Ok((with_many - with_few) as f64 / (many - few) as f64)
}

/// How many instructions a process takes that does something so many times.
async fn count(server: &Server, peer: Option<&str>, what: &str, times: usize) -> Result<u64> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).stdout(Stdio::null());
    match peer {
        Some(peer) => command.args([peer, what]),
        None => command.arg(std::env::current_exe()?).args(["measured", what]),
    };
    command.arg(times.to_string());
    command.env(URL, &server.url).env(ORGANIZATION, &server.organization).env(TOKEN, &server.token);
    let output = command.output().await.context("valgrind cannot be started: install it to count instructions")?;
    let told = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{what} failed: {told}");
    let counted = told.lines().find_map(|line| line.split_once("Collected :")).context("callgrind tells no count")?;
    Ok(counted.1.trim().parse()?)
}

/// The process that is counted.
async fn measured(what: &str, times: usize) -> Result<()> {
    let server = Server::from_env()?;
    let client = Client::builder().base_url(&server.url).access_token(&server.token);
    let client = client.organization(&server.organization).retry(Retry::never()).build()?;
    let http = reqwest::Client::new();
    let (address, ticket) = server.ticket().await?;
    let id = address.rsplit('/').next().unwrap_or_default().to_owned();
    let (tickets, page) = (server.tickets(), server.page().await?);
    for _ in 0..times {
        match what {
            "page-derive" => {
                let page: derived::Tickets = serde_json::from_slice(&server.get(&http, &tickets).await?)?;
                ensure!(page.data.len() == 100);
                black_box(page);
            }
            "page-value" => {
                black_box(serde_json::from_slice::<Value>(&server.get(&http, &tickets).await?)?);
            }
            "page-typed" => {
                let include = ["contacts", "assignee", "departments", "team", "products"];
                let page = client.get_tickets(GetTickets::new().limit(100).include(include)).await?;
                ensure!(page.len() == 100);
                black_box(page);
            }
            "ticket-derive" => {
                let ticket: derived::Ticket = serde_json::from_slice(&server.get(&http, &address).await?)?;
                black_box(ticket);
            }
            "ticket-value" => {
                black_box(serde_json::from_slice::<Value>(&server.get(&http, &address).await?)?);
            }
            "ticket-typed" => {
                black_box(client.get_ticket(GetTicket::new(&id)).await?);
            }
            "read-ticket-derive" => drop(black_box(serde_json::from_slice::<derived::Ticket>(&ticket)?)),
            "read-ticket-typed" => drop(black_box(serde_json::from_slice::<Ticket>(&ticket)?)),
            "read-page-derive" => drop(black_box(serde_json::from_slice::<derived::Tickets>(&page)?)),
            "read-page-value" => drop(black_box(serde_json::from_slice::<Value>(&page)?)),
            "read-page-typed" => drop(black_box(serde_json::from_slice::<List<Ticket>>(&page)?)),
            other => anyhow::bail!("nothing measures {other}"),
        }
    }
    Ok(())
}
