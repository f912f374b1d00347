//! What setters take, and what calls say when something is missing. No call is made.

use std::collections::BTreeSet;

use desk_sdk::agents::AddAgent;
use desk_sdk::jiff::Timestamp;
use desk_sdk::knowledge_base::CreateArticle;
use desk_sdk::tickets::{CreateTicket, DeleteTicket, GetTickets, MoveTicket, SendReply, UpdateTicket};
use desk_sdk::types::TicketSortBy;
use desk_sdk::{Client, DateTime, Error, Id, Null};
use serde_json::json;

/// What was set, as it is shown.
fn set(parameters: impl std::fmt::Debug) -> String {
    let shown = format!("{parameters:?}");
    let (_, fields) = shown.split_once(" { ").unwrap_or_default();
    fields.trim_end_matches([' ', '}', ')']).to_owned()
}

/// An update of a ticket, without what its path says.
fn update(change: impl FnOnce(UpdateTicket) -> UpdateTicket) -> String {
    set(change(UpdateTicket::new("1"))).trim_start_matches("ticketId: \"1\"").trim_start_matches(", ").to_owned()
}

#[test]
fn none_leaves_a_field_as_it_is_and_only_null_clears_it() {
    let text = String::from("High");
    let (some, none) = (Some(text.as_str()), None::<&str>);
    for (given, expected) in [
        (update(|ticket| ticket.priority("High")), r#"priority: "High""#),
        (update(|ticket| ticket.priority(&text)), r#"priority: "High""#),
        (update(|ticket| ticket.priority(text.clone())), r#"priority: "High""#),
        (update(|ticket| ticket.priority(some)), r#"priority: "High""#),
        (update(|ticket| ticket.priority(Some(&text))), r#"priority: "High""#),
        (update(|ticket| ticket.priority(none)), ""),
        (update(|ticket| ticket.priority(None::<String>)), ""),
        (update(|ticket| ticket.priority(&None::<String>)), ""),
        (update(|ticket| ticket.priority(Null)), "priority: null"),
        (update(|ticket| ticket.priority("High").priority(none)), r#"priority: "High""#),
    ] {
        assert_eq!(given, expected);
    }
}

#[test]
fn ids_times_and_numbers_come_from_what_is_at_hand() {
    let (id, text, time) = (Id::from("7"), String::from("7"), Timestamp::UNIX_EPOCH);
    let read = Some(id.clone());
    for given in [
        update(|ticket| ticket.contact_id(&id)),
        update(|ticket| ticket.contact_id(&read)),
        update(|ticket| ticket.contact_id(read.clone())),
        update(|ticket| ticket.contact_id(read.as_ref())),
        update(|ticket| ticket.contact_id(7_u64)),
        update(|ticket| ticket.contact_id("7")),
        update(|ticket| ticket.contact_id(&text)),
        update(|ticket| ticket.contact_id(Some("7"))),
    ] {
        assert_eq!(given, r#"contactId: "7""#);
    }
    let due = update(|ticket| ticket.due_date(time));
    assert_eq!(due, update(|ticket| ticket.due_date(DateTime::from(time))));
    assert_eq!(due, update(|ticket| ticket.due_date(Some(time))));
    for given in [
        set(GetTickets::new().limit(5)),
        set(GetTickets::new().limit(5_usize)),
        set(GetTickets::new().limit(Some(5_u8))),
    ] {
        assert_eq!(given, "limit: 5");
    }
    assert_eq!(set(GetTickets::new().limit(None::<i64>)), "");
    assert_eq!(set(GetTickets::new().sort_by(Some(TicketSortBy::CreatedTime))), r#"sortBy: "createdTime""#);
    assert_eq!(set(GetTickets::new().sort_by("-createdTime")), r#"sortBy: "-createdTime""#);
}

#[test]
fn lists_come_from_whatever_gives_elements() {
    let ids = vec![Id::from("1"), Id::from("2")];
    for given in [
        set(DeleteTicket::new().ticket_ids(["1", "2"])),
        set(DeleteTicket::new().ticket_ids(&ids)),
        set(DeleteTicket::new().ticket_ids(ids.iter().map(Id::as_str))),
        set(DeleteTicket::new().ticket_ids(BTreeSet::from([1_u64, 2]))),
        // Records that were read have ids that may be missing.
        set(DeleteTicket::new().ticket_ids([Some(Id::from("1")), None, Some(Id::from("2"))])),
    ] {
        assert_eq!(given, r#"ticketIds: ["1","2"]"#);
    }
    assert_eq!(set(GetTickets::new().include(None::<Vec<String>>)), "");
    assert_eq!(set(GetTickets::new().include(Some(["contacts"]))), r#"include: ["contacts"]"#);
    let shared = |given: &str| given.trim_start_matches(r#"ticketId: "1""#).trim_start_matches(", ").to_owned();
    let uploads = |reply: SendReply| shared(&set(reply));
    assert_eq!(uploads(SendReply::new("1").uploads(Null)), "uploads: null");
    assert_eq!(uploads(SendReply::new("1").uploads(Vec::<Id>::new())), "uploads: []");
    assert_eq!(uploads(SendReply::new("1").uploads(None::<Vec<Id>>)), "");
    assert_eq!(uploads(SendReply::new("1").uploads(["5"])), r#"uploads: ["5"]"#);
}

#[test]
fn names_that_two_places_share_are_told_apart() {
    let moved = MoveTicket::new("1").department_id("2").department_id_in_body("3");
    assert_eq!(set(moved), r#"departmentId: "2", ticketId: "1", departmentId: "3""#);
}

#[tokio::test]
async fn all_that_is_missing_is_told_at_once() {
    let client =
        Client::builder().access_token("t").organization("1").base_url("http://127.0.0.1:9").build().expect("built");
    let error = client.create_article(CreateArticle::new().title("A title")).await.expect_err("much is missing");
    let told = error.to_string();
    assert!(
        told.starts_with("create_article: ") && told.ends_with("are required but were not given; no request was made"),
        "{told}"
    );
    let Error::InvalidCall(invalid) = error else { panic!("{error}") };
    let missing: Vec<_> = invalid.missing().collect();
    assert!(missing.len() >= 3 && missing.contains(&"categoryId") && !missing.contains(&"title"), "{missing:?}");
    // What is wrong is told beside what is missing.
    let error = client.create_ticket(CreateTicket::new().email("x".repeat(300))).await.expect_err("wrong");
    let told = error.to_string();
    assert!(told.contains("departmentId") && told.contains("email must be at most"), "{told}");
    // A filter without values would not be sent, and so would be no filter.
    let told = client.get_tickets(GetTickets::new().department_ids([None::<Id>])).await.expect_err("empty").to_string();
    assert!(told.contains("departmentIds must be left out, or a list with at least one value, but is []"), "{told}");
    // So is what a record within lacks.
    let agent = AddAgent::new().field("associatedDepartmentIds", json!("not a list"));
    let told = client.add_agent(agent).await.expect_err("wrong").to_string();
    assert!(told.contains("required") && told.contains("associatedDepartmentIds must be a list"), "{told}");
    let told =
        client.get_tickets(GetTickets::new().limit(5_000).received_in_days("7")).await.expect_err("wrong").to_string();
    assert!(told.contains("limit must be at most") && told.contains("receivedInDays must be one of"), "{told}");
}
