//! What the client costs beside the same work by hand, counted in instructions by valgrind's callgrind, which counts the
//! same whatever else the computer does, and in the memory that its dhat finds. The local server runs in a process of
//! its own and is not counted.
//!
//! ```sh
//! cargo bench --package desk-costs --bench instructions
//! ```
//!
//! `DESK_COSTS_PEER` may name a program that reads pages of tickets with another client: called with `page` and how
//! often, it finds address, token and organization in the environment, as the measured process of this benchmark does.

mod measured;
mod server;
mod valgrind;

use anyhow::Result;
use desk_costs::table::{self, Bar, row};
use desk_mock::MockDesk;
use serde_json::Value;

use self::server::Server;
use self::valgrind::Program;

const PEER: &str = "DESK_COSTS_PEER";

/// How often each is done: what a single time costs is the difference by the difference.
const PAGES: [usize; 2] = [4, 24];
const CALLS: [usize; 2] = [20, 220];

/// How many bytes a large page has at least.
const LARGE: usize = 5 * 1024 * 1024;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["measured", what, times] => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(measured::measured(what, times.parse()?))
        }
        // Cargo adds `--bench`.
        _ => tokio::runtime::Runtime::new()?.block_on(compare()),
    }
}

async fn compare() -> Result<()> {
    let desk = MockDesk::start().await?;
    desk.fill("tickets", 200);
    let server = of(&desk);
    println!("{} bytes a page, {} a ticket", server.page().await?.len(), server.ticket().await?.1.len());
    let own = |what, times| Program::Own.instructions(&server, what, times);
    table::head("instructions");
    let derive = own("page-derive", PAGES).await?;
    row("page of 100 tickets, beside derive", own("page-typed", PAGES).await?, derive, Bar::AtMost(1.15));
    row("the same by `Value`", own("page-value", PAGES).await?, derive, Bar::None);
    if let Ok(peer) = std::env::var(PEER) {
        let peer = Program::Peer(&peer).instructions(&server, "page", PAGES).await?;
        row("the same by another client", peer, derive, Bar::None);
    }
    let (derive, typed) = (own("ticket-derive", CALLS).await?, own("ticket-typed", CALLS).await?);
    let (read_derive, read_typed) = (own("read-ticket-derive", CALLS).await?, own("read-ticket-typed", CALLS).await?);
    row("one ticket, whole call, beside derive", typed, derive, Bar::AtMost(1.15));
    row("the same by `Value`", own("ticket-value", CALLS).await?, derive, Bar::None);
    row("one ticket, all but reading", typed - read_typed, derive - read_derive, Bar::AtMost(1.05));
    row("one ticket, reading", read_typed, read_derive, Bar::None);
    let derive = own("read-page-derive", PAGES).await?;
    row("page, reading", own("read-page-typed", PAGES).await?, derive, Bar::None);
    row("the same by `Value`", own("read-page-value", PAGES).await?, derive, Bar::None);
    let derive = own("change-derive", CALLS).await?;
    row("change of ten fields, whole call", own("change-typed", CALLS).await?, derive, Bar::None);
    memory(&server).await
}

/// What a large page takes at most, beside its body.
async fn memory(small: &Server) -> Result<()> {
    let page: Value = serde_json::from_slice(&small.page().await?)?;
    let tickets = page["data"].as_array().map_or(&[][..], Vec::as_slice);
    let mut large = Vec::new();
    let mut length = 0;
    for ticket in tickets.iter().cycle().take_while(|_| !tickets.is_empty()) {
        large.push(ticket);
        length += ticket.to_string().len() + 1;
        if length > LARGE {
            break;
        }
    }
    let body = serde_json::to_vec(&serde_json::json!({ "data": large }))?;
    let desk = MockDesk::start().await?;
    desk.answer_always("get_tickets", 200, "application/json", body.clone());
    let server = of(&desk);
    let nothing = Program::Own.peak(&server, "large-nothing").await?;
    let whole = table::number(body.len());
    table::head("bytes on the heap at most, beside the body");
    for (what, name, bar) in [
        ("page of 5 MB", "large-typed", Bar::AtMost(3.0)),
        ("the same by derive", "large-derive", Bar::None),
        ("the same by `Value`", "large-value", Bar::None),
        ("its body alone, by hand", "large-body", Bar::None),
    ] {
        row(what, Program::Own.peak(&server, name).await? - nothing, whole, bar);
    }
    Ok(())
}

fn of(desk: &MockDesk) -> Server {
    let token = desk.token(desk.every_scope());
    Server { url: desk.url().to_owned(), organization: desk.organization().to_owned(), token }
}
