//! Values as people have them, over real HTTP.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::common::{EVERYTHING, client, desk};
use desk_sdk::contacts::GetContacts;
use desk_sdk::jiff::{SignedDuration, Timestamp};
use desk_sdk::knowledge_base::{GetArticleTrends, GetArticles};
use desk_sdk::organization::GetDepartments;
use desk_sdk::products::UpdateProduct;
use desk_sdk::search::{SearchRecords, SearchTickets};
use desk_sdk::tickets::{CreateTicket, GetTicket, GetTickets, GetTicketsMetrics, UpdateTicket, UpdateTicketTemplate};
use desk_sdk::types::{ArticleStatus, TicketTemplateValuesInput};
use desk_sdk::{DateTime, Error, TimeRange};
use serde::{Deserialize, Serialize};

#[tokio::test]
async fn ranges_are_sent_as_two_times() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let from: Timestamp = "2024-05-14T09:30:00Z".parse().unwrap();
    let to = from + SignedDuration::from_hours(24 * 365);
    const WIRE: &str = "2024-05-14T09:30:00.000Z,2025-05-14T09:30:00.000Z";
    for search in [
        SearchTickets::new().created_time_range(from..to),
        SearchTickets::new().created_time_range(DateTime::from(from)..=DateTime::from(to)),
        SearchTickets::new().created_time_range((from, to)),
        SearchTickets::new().created_time_range(WIRE),
    ] {
        let found = client.search_tickets(search).await.expect("the server takes the range");
        let sent = desk.requests().pop().expect("one request");
        assert_eq!(sent.query_value("createdTimeRange"), Some(WIRE));
        for ticket in &found.data {
            let created = ticket.created_time.as_ref().expect("a time");
            assert!(*created >= from && *created <= to, "{created}");
        }
    }
    let refused = client.search_records(SearchRecords::new("cm_cars").created_time_range("soon")).await;
    assert!(matches!(&refused, Err(Error::InvalidCall(_))), "{refused:?}");
    assert!(format!("{}", refused.unwrap_err()).contains("two date-times, separated by a comma"));
}

#[tokio::test]
async fn a_length_of_time_is_read() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let tickets = client.get_tickets(GetTickets::new()).await.expect("tickets");
    let id = tickets.data[0].id.as_ref().expect("an id");
    let metrics = client.get_tickets_metrics(GetTicketsMetrics::new(id)).await.expect("metrics");
    let first = metrics.first_response_time.as_ref().expect("a duration");
    let length = first.duration().expect("hours and minutes");
    assert!(*first == length && length < Duration::from_secs(1_000_000), "{first}");
}

#[tokio::test]
async fn a_value_is_sent_in_the_spelling_that_its_operation_lists() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    for status in [ArticleStatus::Draft, "DRAFT".into(), "draft".into()] {
        let _ = client.get_articles(GetArticles::new().status([status])).await.expect("the server takes the status");
        let sent = desk.requests().pop().expect("one request");
        let listed = desk_sdk::operation("get_articles").and_then(|operation| operation.parameter("status")).unwrap();
        let listed = format!("{:?}", listed.field.rules);
        let sent = sent.query_value("status").expect("a status");
        assert!(listed.contains(&format!("{sent:?}")), "{sent} of {listed}");
    }
}

#[derive(Debug, Default, Deserialize, Serialize, PartialEq)]
struct Shelf {
    cf_shelf: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cf_row: Option<u32>,
}

#[tokio::test]
async fn custom_fields_are_a_type_of_ones_own() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let contacts = client.get_contacts(GetContacts::new()).await.expect("contacts");
    let departments = client.get_departments(GetDepartments::new()).await.expect("departments");
    let (contact, department) = (contacts.data[0].id.clone().expect("id"), departments.data[0].id.clone().expect("id"));

    let shelf = Shelf { cf_shelf: "7".to_owned(), cf_row: None };
    let new = CreateTicket::new().department_id(&department).contact_id(&contact).subject("Kaput").custom(&shelf);
    let id = client.create_ticket(new).await.expect("created").id.clone().expect("an id");
    let ticket = client.get_ticket(GetTicket::new(&id)).await.expect("read");
    assert_eq!(ticket.custom::<Shelf>(), Ok(shelf));
    let wrong = ticket.custom::<BTreeMap<String, u8>>().unwrap_err().to_string();
    assert!(wrong.starts_with("cf.cf_shelf: invalid type"), "{wrong}");
}

#[tokio::test]
async fn what_cannot_be_written_is_never_sent() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let odd = BTreeMap::from([(vec![1], 1)]);
    let ticket = UpdateTicket::new("7").custom(&odd);
    let filled = TicketTemplateValuesInput::new().custom(&odd);
    let template = UpdateTicketTemplate::new("7").ticket_template_values(filled);
    for (refused, told) in [
        (
            client.update_ticket(ticket.clone()).await.map(drop),
            "update_ticket: cf is not writable as JSON: key must be",
        ),
        (client.update_ticket(ticket.clone()).unchecked().await.map(drop), "update_ticket: cf is not writable as JSON"),
        // What is set afterwards does not hide it.
        (
            client.update_ticket(ticket.custom(&BTreeMap::from([("cf_a", 1)]))).await.map(drop),
            "cf is not writable as JSON",
        ),
        (
            client.update_ticket_template(template).unchecked().await.map(drop),
            "ticketTemplateValues.cf is not writable as JSON: key must be",
        ),
        (
            client.update_product(UpdateProduct::new("7").unit_price(f64::NAN)).unchecked().await.map(drop),
            "unitPrice is not writable as JSON: NaN",
        ),
    ] {
        let refused = refused.expect_err("nothing to send").to_string();
        assert!(refused.contains(told) && !refused.contains("not given"), "{refused}");
    }
    assert_eq!(desk.requests().len(), 0);
}

#[tokio::test]
async fn a_range_may_stand_where_a_word_is_listed() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let from: Timestamp = "2024-05-14T09:30:00Z".parse().unwrap();
    let to = from + SignedDuration::from_hours(24);
    let (range, new) = (TimeRange::from(from..to), || GetArticleTrends::new("1"));
    for (given, sent) in [
        (new().time_range("LAST_7_DAYS"), "LAST_7_DAYS"),
        (new().time_range(range.as_str()), range.as_str()),
        (new().time_range(&range), range.as_str()),
        (new().time_range(range.clone()), range.as_str()),
        (new().time_range(from..to), range.as_str()),
        (new().time_range(from..=to), range.as_str()),
    ] {
        let _ = client.get_article_trends(given).await;
        let request = desk.requests().pop().expect("one request");
        assert_eq!(request.query_value("timeRange"), Some(sent));
    }
}
