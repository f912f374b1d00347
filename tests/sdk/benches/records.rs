//! Reads from a local server with 100,000 more tickets, beside the same reads from one that has the built-in records
//! alone, in rounds by turns.
//!
//! ```sh
//! cargo bench --package desk-tests --bench records
//! ```

use std::time::{Duration, Instant};

use desk_mock::MockDesk;

const ROUNDS: usize = 20;
const TICKETS: usize = 100_000;

const TARGETS: [&str; 6] = [
    "/api/v1/tickets?from=0&limit=100",
    "/api/v1/tickets?from=90000&limit=100",
    "/api/v1/tickets?from=0&limit=100&sortBy=-createdTime",
    "/api/v1/tickets?from=0&limit=100&status=Closed",
    "/api/v1/tickets/search?subject=grinder&limit=100",
    "/api/v1/tickets/189200000000071001",
];

struct Server {
    desk: MockDesk,
    token: String,
    http: reqwest::Client,
}

impl Server {
    async fn start() -> Self {
        let desk = MockDesk::start().await.expect("the local Desk server starts");
        // Desk's own lists are not so deep.
        desk.set_highest_from(u64::MAX);
        let token = desk.token(desk.every_scope());
        Self { desk, token, http: reqwest::Client::new() }
    }

    /// How long it takes until the whole answer is there.
    async fn read(&self, target: &str) -> Duration {
        let request = self.http.get(format!("{}{target}", self.desk.url())).header("orgId", self.desk.organization());
        let request = request.header("Authorization", format!("Zoho-oauthtoken {}", self.token));
        let start = Instant::now();
        let answer = request.send().await.expect("an answer");
        assert!(answer.status().is_success(), "{target}: {}", answer.status());
        answer.bytes().await.expect("a body");
        start.elapsed()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (large, small) = (Server::start().await, Server::start().await);
    let start = Instant::now();
    large.desk.fill("tickets", TICKETS);
    println!("{TICKETS} tickets made in {:?}; medians of {ROUNDS} rounds by turns", start.elapsed());
    for target in TARGETS {
        let mut times = [Vec::new(), Vec::new()];
        // The first round warms up.
        for round in 0..=ROUNDS {
            let round_times = [large.read(target).await, small.read(target).await];
            if round > 0 {
                times.iter_mut().zip(round_times).for_each(|(times, time)| times.push(time));
            }
        }
        let [large, small] = times.map(median);
        println!("{large:>10.1?} beside {small:>10.1?}  {target}");
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
