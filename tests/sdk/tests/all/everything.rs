//! A hundred thousand tickets over real HTTP: complete, each once, at the lowest price; also while the list changes.

use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use crate::common::{EVERYTHING, builder};
use desk_mock::{Edition, MockDesk};
use desk_sdk::search::SearchTickets;
use desk_sdk::{Client, DateTime, Error, Position, PositionFile, WalkError, jiff};
use serde_json::{Value, json};

/// The builders of a large list: most tickets lie minutes apart, a thousand have one time.
async fn filled(count: usize) -> MockDesk {
    let desk = MockDesk::start().await.expect("the local server starts");
    desk.set_edition(Edition::Enterprise);
    let start: jiff::Timestamp = "2023-01-01T00:00:00Z".parse().expect("a time");
    let same = count / 100;
    desk.fill_with("tickets", count, |index| {
        let minutes = if (same * 30..same * 31).contains(&index) { same * 30 } else { index };
        let minutes = i64::try_from(minutes).expect("a number") * 10;
        let time = start + jiff::SignedDuration::from_mins(minutes);
        json!({ "createdTime": format!("{time:.3}"), "modifiedTime": format!("{time:.3}") })
    });
    desk.reset_requests();
    desk.keep_requests(0);
    desk
}

fn client(desk: &MockDesk) -> Client {
    builder(desk, &EVERYTHING).scopes(EVERYTHING).build().expect("a client")
}

fn ids(desk: &MockDesk) -> BTreeSet<u64> {
    let id = |ticket: &Value| ticket["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    desk.records("tickets").iter().map(id).collect()
}

/// The number of tickets in the usual run and in the whole proof.
fn tickets() -> usize {
    let set = std::env::var("DESK_TICKETS").ok();
    set.map_or(10_000, |number| number.parse().expect("DESK_TICKETS is a number of tickets"))
}

async fn everything(client: &Client) -> Result<Vec<u64>, Error> {
    let mut records = client.search_tickets(SearchTickets::new()).all();
    let mut met = Vec::new();
    while let Some(ticket) = records.next().await {
        met.push(ticket?.id.and_then(|id| id.number()).expect("an id"));
    }
    Ok(met)
}

#[tokio::test(flavor = "multi_thread")]
async fn all_tickets_come_once_at_the_lowest_price() {
    let count = tickets();
    let desk = filled(count).await;
    let (client, expected) = (client(&desk), ids(&desk));
    let estimate = client.search_tickets(SearchTickets::new()).all().estimate().await.expect("an estimate");
    assert_eq!(estimate.records, u64::try_from(expected.len()).ok());
    let before = desk.credits_spent();
    let met = everything(&client).await.expect("all tickets");
    let spent = desk.credits_spent() - before;
    assert_eq!(met.len(), expected.len());
    assert_eq!(met.into_iter().collect::<BTreeSet<_>>(), expected);
    // Of a hundred records on a page, one overlaps; those with one time are read by index.
    let most = u64::try_from(count * 33 / 1_000).expect("a number");
    assert!(spent <= most, "{spent} credits for {count} tickets, {estimate}");
    eprintln!("{count} tickets: {spent} credits, estimated: {estimate}");

    let by_index = client.search_tickets(SearchTickets::new()).records().limit(6_000);
    let error = futures_util::TryStreamExt::try_collect::<Vec<_>>(by_index).await.expect_err("too deep");
    assert!(matches!(error, Error::Walk(WalkError::TooDeep { by_time: true, .. })), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_tickets_come_once_while_others_come_and_go() {
    let desk = Arc::new(filled(tickets() / 2).await);
    let (client, before) = (client(&desk), ids(&desk));
    let calls = AtomicUsize::new(0);
    let changing: Weak<MockDesk> = Arc::downgrade(&desk);
    let known: Vec<u64> = before.iter().copied().collect();
    desk.watch(move |_| {
        let (call, Some(desk)) = (calls.fetch_add(1, Ordering::Relaxed), changing.upgrade()) else { return };
        let any = |salt: usize| known[(call * 7_919 + salt * 104_729) % known.len()].to_string();
        let now = format!("{:.3}", jiff::Timestamp::now());
        match call % 3 {
            0 => drop(desk.insert("tickets", json!({ "subject": "Another", "createdTime": now, "modifiedTime": now }))),
            1 => desk.change("tickets", &any(1), json!({ "subject": "Changed", "modifiedTime": now })),
            _ => desk.remove("tickets", &any(2)),
        }
    });
    let met = everything(&client).await.expect("all tickets");
    let once: HashSet<u64> = met.iter().copied().collect();
    assert_eq!(once.len(), met.len(), "some came twice");
    let after = ids(&desk);
    let missing: Vec<&u64> = before.iter().filter(|id| after.contains(*id) && !once.contains(*id)).collect();
    assert!(missing.is_empty(), "{} are missing", missing.len());
    assert!(after.len() < before.len() + 1_000 && after != before, "tickets came and went");
}

#[tokio::test]
async fn what_has_changed_is_read_from_one_run_to_the_next() {
    let desk = filled(500).await;
    let client = client(&desk);
    let folder = crate::common::folder::Folder::new("position");
    let file = PositionFile::new(folder.path().join("tickets.json"));
    assert_eq!(file.load().await.expect("no file yet"), None);
    let mut all = client.search_tickets(SearchTickets::new()).modified_since(DateTime::from("2000-01-01T00:00:00Z"));
    let mut count = 0;
    while let Some(ticket) = all.next().await {
        ticket.expect("a ticket");
        count += 1;
    }
    assert_eq!(count, ids(&desk).len());
    file.save(&all.position().expect("a position")).await.expect("saved");

    let changed = ids(&desk).first().expect("a ticket").to_string();
    desk.change("tickets", &changed, json!({ "modifiedTime": format!("{:.3}", jiff::Timestamp::now()) }));
    let position: Position = file.load().await.expect("a file").expect("a position");
    let mut since = client.search_tickets(SearchTickets::new()).modified_since(position);
    let ticket = since.next().await.expect("a ticket").expect("a ticket");
    assert_eq!(ticket.id.map(|id| id.to_string()), Some(changed));
    assert!(since.next().await.is_none());

    std::fs::write(folder.path().join("tickets.json"), "{\"a\": 1}").expect("written");
    let told = file.load().await.expect_err("no position").to_string();
    assert!(told.contains("tickets.json") && told.contains("does not contain a position"), "{told}");
}

#[tokio::test]
async fn the_reserve_of_credits_is_kept_and_the_walk_goes_on_later() {
    let desk = filled(1_000).await;
    desk.set_credits(25);
    let client = builder(&desk, &EVERYTHING).scopes(EVERYTHING).credit_floor(10).build().expect("a client");
    let mut records = client.search_tickets(SearchTickets::new()).all();
    let mut met = BTreeSet::new();
    let error = loop {
        match records.next().await.expect("an error") {
            Ok(ticket) => assert!(met.insert(ticket.id.expect("an id").number().expect("a number"))),
            Err(error) => break error,
        }
    };
    let Error::Page(page) = &error else { panic!("{error}") };
    assert!(matches!(page.reason, Error::CreditFloor { .. }) && error.is_rate_limited(), "{error}");
    assert!(client.credits().left.is_some_and(|left| left >= 8), "{:?}", client.credits());
    let position = serde_json::to_string(&page.position).expect("JSON");
    desk.advance(Duration::from_secs(25 * 3_600));
    let resumed: Position = serde_json::from_str(&position).expect("a position");
    let client = builder(&desk, &EVERYTHING).scopes(EVERYTHING).build().expect("a client");
    let mut records = client.search_tickets(SearchTickets::new()).all().resume_from(resumed);
    while let Some(ticket) = records.next().await {
        assert!(met.insert(ticket.expect("a ticket").id.expect("an id").number().expect("a number")));
    }
    assert_eq!(met, ids(&desk));
}

#[tokio::test]
async fn lists_by_name_are_read_like_the_others() {
    let desk = filled(300).await;
    let client = client(&desk);
    let mut records = client.invoke("search_tickets", json!({})).all();
    let mut met = BTreeSet::new();
    while let Some(ticket) = records.next().await {
        met.insert(ticket.expect("a ticket")["id"].as_str().and_then(|id| id.parse().ok()).expect("an id"));
    }
    assert_eq!(met, ids(&desk));
    let first = client.invoke("get_tickets", json!({ "limit": 20 })).pages().next().await;
    assert_eq!(first.expect("a page").expect("a page").records.len(), 20);
    let whole = client.invoke("get_organizations", json!(null)).records().next().await;
    assert!(whole.expect("an organization").expect("an organization")["id"].is_string());
    let id = met.first().expect("a ticket").to_string();
    for (operation, arguments) in
        [("get_ticket", json!({ "ticketId": id })), ("delete_ticket", json!({ "ticketIds": [id] }))]
    {
        let error = client.invoke(operation, arguments).records().next().await.expect("an error").expect_err("no list");
        assert!(error.to_string().contains(&format!("{operation} does not answer with a list")), "{error}");
    }
    assert_eq!(ids(&desk).len(), met.len(), "nothing was moved to trash");
}
