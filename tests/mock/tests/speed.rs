//! How long the pages of long lists take. Alone in its file, so that no other test takes its time.

mod common;

use std::time::{Duration, Instant};

use common::send;
use desk_mock::MockDesk;

const TICKETS: usize = 100_000;

/// What a page may take.
const MOST: Duration = Duration::from_millis(if cfg!(debug_assertions) { 25 } else { 3 });

/// Of so many attempts the fastest counts: the machine may be busy with other things.
const ATTEMPTS: usize = 5;

const PAGES: [&str; 16] = [
    "/tickets?limit=100",
    "/tickets?from=90000&limit=100",
    "/tickets?sortBy=createdTime&limit=100",
    "/tickets?sortBy=createdTime&from=90000&limit=100",
    "/tickets?sortBy=-createdTime&from=45000&limit=100",
    "/tickets?sortBy=-modifiedTime&from=90000&limit=100",
    "/tickets?sortBy=-dueDate&from=50000&limit=100",
    "/tickets/search?createdTimeRange=2000-01-01T00:00:00Z,2099-12-31T00:00:00Z&sortBy=createdTime&limit=100",
    "/tickets/search?createdTimeRange=2000-01-01T00:00:00Z,2099-12-31T00:00:00Z&sortBy=createdTime&from=4900&limit=100",
    "/tickets/search?createdTimeRange=2000-01-01T00:00:00Z,2099-12-31T00:00:00Z&limit=100",
    "/tickets/search?createdTimeRange=2000-01-01T00:00:00Z,2099-12-31T00:00:00Z&from=4900&limit=100",
    "/tickets/search?createdTimeRange=2021-06-01T00:00:00Z,2021-06-30T00:00:00Z&sortBy=createdTime&limit=100",
    "/tickets/search?createdTimeRange=2021-06-01T00:00:00Z,2021-06-30T00:00:00Z&limit=100",
    "/tickets/search?modifiedTimeRange=2000-01-01T00:00:00Z,2099-12-31T00:00:00Z&sortBy=-modifiedTime&limit=100",
    "/tickets/search?createdTimeRange=2000-01-01T00:00:00Z,2099-12-31T00:00:00Z&sortBy=modifiedTime&limit=100",
    "/tickets/search?createdTimeRange=2000-01-01T00:00:00Z,2021-12-31T00:00:00Z&modifiedTimeRange=2021-03-01T00:00:00Z,2099-12-31T00:00:00Z&sortBy=createdTime&limit=100",
];

#[tokio::test]
async fn a_page_out_of_a_hundred_thousand_tickets_is_fast() {
    let desk = MockDesk::builder().day(2024, 6, 1).start().await.unwrap();
    desk.set_highest_from(u64::MAX);
    let started = Instant::now();
    desk.fill("tickets", TICKETS);
    println!("filled in {:?}", started.elapsed());
    let token = desk.token(["Desk.tickets.READ", "Desk.search.READ"]);
    let mut slow = Vec::new();
    for page in PAGES {
        let mut best = Duration::MAX;
        for _ in 0..ATTEMPTS {
            let request = format!(
                "GET /api/v1{page} HTTP/1.1\r\nhost: desk\r\norgId: {}\r\nconnection: close\r\n\
                 authorization: Zoho-oauthtoken {token}\r\n\r\n",
                desk.organization()
            );
            let answer = send(desk.url(), request).await;
            assert_eq!(answer.status(), 200, "{page}: {}", String::from_utf8_lossy(&answer.body));
            best = best.min(answer.took);
        }
        println!("{best:>12?} {page}");
        if best > MOST {
            slow.push(format!("{best:?} {page}"));
        }
    }
    assert!(slow.is_empty(), "slower than {MOST:?}:\n{}", slow.join("\n"));
}
