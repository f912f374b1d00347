//! Calls as futures: joined, selected, spawned, and polled in every order.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::common::{EVERYTHING, client, desk};
use desk_sdk::agents::GetAgentProfilePhoto;
use desk_sdk::contacts::GetContacts;
use desk_sdk::testing::{FakeDesk, Reply};
use desk_sdk::tickets::{GetTicket, GetTickets, UpdateTicket};
use desk_sdk::{Answer, Client, Error, Id, Method, Result, types};
use futures_util::future::{join_all, try_join_all};
use futures_util::stream::{self, StreamExt as _};
use serde_json::{Value, json};

/// A Desk whose tickets are named after their ids.
fn fake() -> (FakeDesk, Client) {
    let desk = FakeDesk::new();
    desk.on_with("get_ticket", |request| {
        let id = request.path.rsplit('/').next().unwrap_or_default();
        json!({ "id": id, "subject": format!("ticket {id}") })
    });
    let client = desk.client();
    (desk, client)
}

fn subjects(tickets: &[Answer<types::Ticket>]) -> Vec<&str> {
    tickets.iter().filter_map(|ticket| ticket.subject.as_deref()).collect()
}

#[tokio::test]
async fn calls_are_joined_as_they_are() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let ids: Vec<Id> = client
        .get_tickets(GetTickets::new())
        .await
        .expect("tickets")
        .data
        .iter()
        .filter_map(|one| one.id.clone())
        .collect();
    assert!(ids.len() > 3);
    let all = join_all(ids.iter().map(|id| client.get_ticket(GetTicket::new(id)))).await;
    let read: Vec<Option<Id>> = all.into_iter().map(|ticket| ticket.expect("a ticket").id.clone()).collect();
    assert_eq!(read, ids.iter().cloned().map(Some).collect::<Vec<_>>());

    let (tickets, contacts) =
        tokio::join!(client.get_tickets(GetTickets::new()), client.get_contacts(GetContacts::new()));
    assert!(tickets.is_ok() && contacts.is_ok());

    let one = stream::iter(&ids).map(|id| client.get_ticket(GetTicket::new(id))).buffer_unordered(3);
    assert_eq!(one.filter(|ticket| std::future::ready(ticket.is_ok())).count().await, ids.len());
}

#[tokio::test]
async fn the_first_failure_ends_a_try_join() {
    let (desk, client) = fake();
    let good = try_join_all(["7", "8"].map(|id| client.get_ticket(GetTicket::new(id)))).await.expect("tickets");
    assert_eq!(subjects(&good), ["ticket 7", "ticket 8"]);
    let bad = try_join_all(["7", "no id"].map(|id| client.get_ticket(GetTicket::new(id)))).await;
    assert!(matches!(bad, Err(Error::InvalidCall(_))));
    assert!(desk.requests().iter().all(|request| !request.path.contains("no")));
}

#[tokio::test]
async fn calls_are_spawned_and_outlive_the_client() {
    let (_, client) = fake();
    let typed = tokio::spawn(client.get_ticket(GetTicket::new("7")));
    let seen = tokio::spawn(client.get_ticket(GetTicket::new("8")).send());
    let named = tokio::spawn(client.invoke("getTicket", json!({ "ticketId": "9" })));
    let by_path = tokio::spawn(client.request(Method::Get, "/api/v1/tickets/10").answer::<types::Ticket>());
    drop(client);
    assert_eq!(typed.await.expect("joined").expect("a ticket").subject.as_deref(), Some("ticket 7"));
    assert_eq!(seen.await.expect("joined").expect("a ticket").subject.as_deref(), Some("ticket 8"));
    assert_eq!(named.await.expect("joined").expect("a ticket")["subject"], "ticket 9");
    assert_eq!(by_path.await.expect("joined").expect("a ticket").subject.as_deref(), Some("ticket 10"));
}

#[tokio::test]
async fn calls_race_and_go_on_after_that() {
    let desk = FakeDesk::new();
    desk.on("get_ticket", Reply::json(&json!({ "id": "7" })).after(Duration::from_millis(50)));
    let client = desk.client();
    let mut call = client.get_ticket(GetTicket::new("7"));
    tokio::select! {
        _ = &mut call => panic!("it takes longer"),
        () = tokio::time::sleep(Duration::from_millis(1)) => {}
    }
    assert_eq!(desk.requests().len(), 1, "it was begun");
    // What is set now comes too late, and does no harm.
    let call = call.timeout(Duration::from_nanos(1)).repeatable();
    call.await.expect("it went on where it was");
    assert_eq!(desk.requests().len(), 1);
}

#[tokio::test]
async fn nothing_happens_before_a_call_is_polled_or_after_it_is_dropped() {
    let (desk, client) = fake();
    drop(client.get_ticket(GetTicket::new("7")));
    let call = client.get_ticket(GetTicket::new("7")).timeout(Duration::from_secs(1)).send();
    tokio::task::yield_now().await;
    assert!(desk.requests().is_empty());
    call.await.expect("a ticket");
    assert_eq!(desk.requests().len(), 1);
}

/// Polls once more than is allowed.
async fn polled_again<F: Future + Unpin>(mut call: F) -> bool {
    poll_fn(|context| Pin::new(&mut call).poll(context)).await;
    let mut context = Context::from_waker(Waker::noop());
    catch_unwind(AssertUnwindSafe(|| matches!(Pin::new(&mut call).poll(&mut context), Poll::Pending))).is_err()
}

#[tokio::test]
async fn polling_after_the_end_panics_as_for_any_async_function() {
    let (desk, client) = fake();
    desk.on("get_agent_profile_photo", Reply::file("a face"));
    assert!(polled_again(client.get_ticket(GetTicket::new("7"))).await);
    assert!(polled_again(client.get_agent_profile_photo(GetAgentProfilePhoto::new("7"))).await);
    assert!(polled_again(client.request(Method::Get, "/api/v1/tickets/7")).await);
    assert!(polled_again(client.invoke("get_ticket", json!({ "ticketId": "7" }))).await);
}

#[tokio::test]
async fn a_call_that_was_begun_does_not_become_another() {
    let (desk, client) = fake();
    desk.on("get_agent_profile_photo", Reply::file("a face").after(Duration::from_millis(20)));
    let mut context = Context::from_waker(Waker::noop());
    let mut photo = client.get_agent_profile_photo(GetAgentProfilePhoto::new("7"));
    assert!(Pin::new(&mut photo).poll(&mut context).is_pending());
    let error = photo.save("never-written").await.expect_err("it was begun");
    assert!(matches!(error, Error::Configuration(_)), "{error}");
    assert!(!std::path::Path::new("never-written").exists());
    let mut request = client.request(Method::Get, "/api/v1/tickets/7");
    let _ = Pin::new(&mut request).poll(&mut context);
    let error = request.answer::<types::Ticket>().await.expect_err("it was begun");
    assert!(matches!(error, Error::Configuration(_)), "{error}");
}

#[test]
fn calls_can_be_sent_and_moved() {
    fn holds<F: Future<Output = Result<T>> + Send + Unpin + 'static, T>(_: &F) {}
    let (_, client) = fake();
    holds(&client.get_ticket(GetTicket::new("7")));
    holds(&client.update_ticket(UpdateTicket::new("7")).send());
    holds(&client.get_agent_profile_photo(GetAgentProfilePhoto::new("7")));
    holds(&client.request(Method::Get, "/api/v1/tickets/7"));
    holds(&client.invoke("get_ticket", Value::Null));
    let shown = format!("{:?}", client.get_ticket(GetTicket::new("7")));
    assert!(shown.contains("get_ticket") && shown.contains('7'), "{shown}");
}
