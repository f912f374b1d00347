//! Calls per second of the client beside a bare loop over the same HTTP library, against the local
//! server, over one connection pool each, in rounds by turns.
//!
//! ```sh
//! cargo bench --package desk-tests --bench calls
//! ```

use std::hint::black_box;
use std::time::{Duration, Instant};

use desk_mock::MockDesk;
use desk_sdk::tickets::GetTicket;
use desk_sdk::{Client, Retry, ScopeSet, operations};
use futures_util::future::join_all;

const ROUNDS: usize = 7;
const CALLS: usize = 400;
const AT_ONCE: usize = 8;

/// The share of the bare loop's calls per second that the client has to reach.
const BAR: f64 = 0.96;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let desk = MockDesk::start().await.expect("the local Desk server starts");
    let token = desk.token(["Desk.tickets.READ"]);
    let client = Client::builder().base_url(desk.url()).access_token(&token).organization(desk.organization());
    let client = client.scopes(["Desk.tickets.READ"]).retry(Retry::never()).simultaneous_calls(AT_ONCE).build();
    let client = client.expect("a client");
    let http = reqwest::Client::new();
    let list = http.get(format!("{}/api/v1/tickets", desk.url()));
    let list = list.header("orgId", desk.organization()).header("Authorization", format!("Zoho-oauthtoken {token}"));
    let list: serde_json::Value =
        serde_json::from_slice(&list.send().await.expect("tickets").bytes().await.expect("a body")).expect("JSON");
    let id = list["data"][0]["id"].as_str().expect("an id").to_owned();
    let address = format!("{}/api/v1/tickets/{id}", desk.url());

    let typed = || async {
        let ticket = client.get_ticket(GetTicket::new(&id)).await.expect("a ticket");
        black_box(ticket.subject.is_some());
    };
    let bare = || async {
        let request = http.get(&address).header("orgId", desk.organization());
        let response =
            request.header("Authorization", format!("Zoho-oauthtoken {token}")).send().await.expect("an answer");
        let body = response.bytes().await.expect("a body");
        black_box(serde_json::from_slice::<serde_json::Value>(&body).expect("JSON"));
    };
    println!("{ROUNDS} rounds of {CALLS} calls, {AT_ONCE} at once, by turns");
    let mut ratios = Vec::new();
    for round in 0..=ROUNDS {
        let (with, without) = (timed(&typed).await, timed(&bare).await);
        desk.reset_requests();
        // The first round warms up.
        if round > 0 {
            println!(
                "typed {:>6.0} calls/s   bare {:>6.0} calls/s   ratio {:.3}",
                rate(with),
                rate(without),
                rate(with) / rate(without)
            );
            ratios.push(rate(with) / rate(without));
        }
    }
    ratios.sort_by(f64::total_cmp);
    let median = ratios[ROUNDS / 2];
    let verdict = if median >= BAR { "kept" } else { "MISSED" };
    println!("median ratio {median:.3}   bar ≥ {BAR:.2}  {verdict}");
    scope_check();
}

async fn timed<F: Future<Output = ()>>(call: impl Fn() -> F) -> Duration {
    let started = Instant::now();
    for _ in 0..CALLS / AT_ONCE {
        join_all((0..AT_ONCE).map(|_| call())).await;
    }
    started.elapsed()
}

fn rate(took: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let calls = CALLS as f64;
    calls / took.as_secs_f64()
}

/// What the scope check costs for one call.
fn scope_check() {
    let granted = ScopeSet::parse("Desk.tickets.READ Desk.basic.READ Desk.search.READ Desk.contacts.ALL");
    let all: Vec<_> = operations().collect();
    let rounds = 20_000;
    let started = Instant::now();
    for _ in 0..rounds {
        for operation in &all {
            black_box(black_box(&granted).allow(black_box(operation)));
        }
    }
    let checks = u128::try_from(rounds * all.len()).unwrap_or(1);
    println!(
        "scope check: {} ps each, over all {} operations",
        started.elapsed().as_nanos() * 1000 / checks,
        all.len()
    );
}
