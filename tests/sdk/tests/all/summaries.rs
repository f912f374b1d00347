//! Records as people see them: as one line, and as links.

use crate::common::{EVERYTHING, client, desk};
use desk_sdk::activities::{GetCalls, GetEvents, GetTasks};
use desk_sdk::agents::{GetAgents, GetRoles};
use desk_sdk::auth::DataCentre;
use desk_sdk::by_name::key_fields;
use desk_sdk::contacts::{GetAccounts, GetContacts};
use desk_sdk::knowledge_base::GetArticles;
use desk_sdk::organization::{GetDepartments, GetOrganizations};
use desk_sdk::products::GetProducts;
use desk_sdk::tickets::GetTickets;
use desk_sdk::types::{Article, Contact, Ticket};
use desk_sdk::{KeyField, LinkOrigin, Linked, Listing as _, Portal, Record, Summary};
use proptest::prelude::*;
use reqwest::Url;
use serde_json::json;

/// Compares the lines of the records in a typed answer with those that the answer by name gives.
macro_rules! same_lines {
    ($client:expr, $method:ident($call:expr), $operation:literal) => {{
        let typed = $client.$method($call).await.expect($operation);
        let named = $client.invoke($operation, json!({})).await.expect($operation).into_inner();
        let records = named["data"].as_array().expect("records");
        let fields = key_fields($operation).expect("a known operation");
        let lines: Vec<String> = records.iter().map(|record| KeyField::line(fields, record, 160)).collect();
        assert_eq!(typed.records().iter().map(Summary::line).collect::<Vec<_>>(), lines);
        assert!(!lines.is_empty() && lines.iter().all(|line| line.contains(" · ")), "{}: {lines:#?}", $operation);
        lines
    }};
}

#[tokio::test]
async fn a_record_has_the_same_line_however_it_was_asked_for() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let tickets = same_lines!(client, get_tickets(GetTickets::new()), "get_tickets");
    assert!(tickets.iter().any(|line| line.contains(" · Open · ")), "{tickets:#?}");
    same_lines!(client, get_contacts(GetContacts::new()), "get_contacts");
    same_lines!(client, get_accounts(GetAccounts::new()), "get_accounts");
    same_lines!(client, get_agents(GetAgents::new()), "get_agents");
    same_lines!(client, get_departments(GetDepartments::new()), "get_departments");
    same_lines!(client, get_roles(GetRoles::new()), "get_roles");
    same_lines!(client, get_tasks(GetTasks::new()), "get_tasks");
    same_lines!(client, get_calls(GetCalls::new()), "get_calls");
    same_lines!(client, get_events(GetEvents::new()), "get_events");
    same_lines!(client, get_products(GetProducts::new()), "get_products");
    same_lines!(client, get_articles(GetArticles::new()), "get_articles");
}

#[test]
fn what_lists_records_has_their_key_fields() {
    assert_eq!(key_fields("get_tickets"), Some(Ticket::KEY_FIELDS));
    assert_eq!(key_fields("getTickets"), Some(Ticket::KEY_FIELDS));
    assert_eq!(key_fields("get_ticket"), Some(Ticket::KEY_FIELDS));
    assert_eq!(key_fields("get_archived_tickets"), Some(Ticket::KEY_FIELDS));
    assert_eq!(key_fields("view_ticket_attachment"), Some(&[][..]), "a file");
    assert_eq!(key_fields("get_nothing"), None);
}

#[tokio::test]
async fn the_organizations_record_says_where_its_pages_are() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let organizations = client.get_organizations(GetOrganizations::new()).await.expect("organizations");
    let organization = organizations.records().first().expect("an organization");
    let portal = Portal::of(organization, DataCentre::Europe).expect("a portal");
    let ticket: Ticket = serde_json::from_value(json!({ "id": "7" })).expect("a ticket");
    let link = ticket.agent_link(&portal).expect("a link");
    assert_eq!(link.as_str(), "https://desk.zoho.eu/support/zylker/ShowHomePage.do#Cases/dv/7");
    let tickets = client.get_tickets(GetTickets::new()).await.expect("tickets");
    for ticket in &tickets.data {
        let link = ticket.agent_link(&portal).expect("a link");
        assert_eq!(link.origin(), if ticket.web_url.is_some() { LinkOrigin::Answered } else { LinkOrigin::Observed });
    }
}

#[test]
fn links_of_articles_say_what_language_they_are_in() {
    let portal = Portal::new(DataCentre::UnitedStates, "zylker");
    let article = json!({ "id": "7", "locale": "de", "permalink": "drucker-brennt" });
    let article: Article = serde_json::from_value(article).expect("an article");
    let link = article.help_center_link(&portal).expect("a link");
    assert_eq!(link.as_str(), "https://desk.zoho.com/portal/zylker/de/kb/articles/drucker-brennt");
    let contact: Contact = serde_json::from_value(json!({ "id": "7" })).expect("a contact");
    assert_eq!(contact.help_center_link(&portal), None);
}

/// Any text, and often such that breaks lines or addresses.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-z ./\\\\?#@:%\r\n\t\u{1b}\u{202e}\u{2066}\u{200f}\u{7f}\u{9b}\u{e0041}]{0,40}"]
}

fn is_plain(character: char) -> bool {
    let marks = ['\u{61c}', '\u{200e}', '\u{200f}', '\u{2028}', '\u{2029}', '\u{feff}'];
    let overrides = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}');
    !character.is_control() && !marks.contains(&character) && !overrides
}

proptest! {
    #[test]
    fn any_record_is_one_plain_line(subject in text(), status in text(), name in text(), longest in 0_usize..200) {
        let record = json!({
            "ticketNumber": "101", "subject": subject, "status": status, "priority": null, "assignee": { "lastName": name },
        });
        let ticket: Ticket = serde_json::from_value(record).expect("a ticket");
        let line = ticket.line_within(longest);
        prop_assert!(line.chars().count() <= longest && line.chars().all(is_plain), "{line:?}");
        prop_assert!(longest < 60 || line.starts_with("101"), "{line:?}");
    }

    #[test]
    fn no_value_leads_to_another_host_or_page(name in text(), locale in text(), permalink in text(), answered in text()) {
        let record = json!({ "locale": locale, "permalink": permalink, "portalUrl": answered });
        let article: Article = serde_json::from_value(record).expect("an article");
        let portal = Portal::new(DataCentre::India, name).locale(locale.clone());
        if let Some(link) = article.help_center_link(&portal) {
            let url = Url::parse(link.as_str()).expect("an address");
            prop_assert_eq!(url.as_str(), link.as_str());
            if link.origin() != LinkOrigin::Answered {
                prop_assert!(link.as_str().starts_with("https://desk.zoho.in/portal/"), "{link}");
                let parts: Vec<&str> = url.path_segments().expect("a path").collect();
                prop_assert_eq!((parts.len(), parts[3], parts[4]), (6, "kb", "articles"));
                prop_assert_eq!((url.query(), url.fragment()), (None, None));
            }
        }
    }
}
