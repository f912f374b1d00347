//! Which organization a call is made for.

use crate::common::{EVERYTHING, desk};
use desk_sdk::organization::{GetAccessibleOrganizationsForUser, GetOrganizations};
use desk_sdk::tickets::GetTickets;
use desk_sdk::{Checked, Client, operation};

#[tokio::test]
async fn the_organization_is_discovered_once() {
    let desk = desk().await;
    let client = Client::builder().base_url(desk.url()).access_token(desk.token(EVERYTHING)).build().expect("a client");
    let copies = [client.clone(), client.clone(), client];
    for copy in &copies {
        copy.get_tickets(GetTickets::new()).await.expect("tickets");
    }
    let requests = desk.requests();
    let discoveries = requests.iter().filter(|request| request.path == "/api/v1/organizations").count();
    assert_eq!((discoveries, requests.len()), (1, 4));
    assert!(requests[1..].iter().all(|request| request.header("orgid") == Some(desk.organization())));
}

#[tokio::test]
async fn discovery_needs_its_own_scope() {
    let desk = desk().await;
    let scopes = ["Desk.tickets.READ"];
    let client = Client::builder().base_url(desk.url()).access_token(desk.token(scopes)).scopes(scopes).build();
    let client = client.expect("a client");
    let error = client.get_tickets(GetTickets::new()).await.expect_err("no way to find it");
    assert_eq!(error.operation(), Some("get_organizations"));
    for part in ["get_tickets needs an organization", "to find one", "`.organization(id)`", "no request was made"] {
        assert!(error.to_string().contains(part), "{part} in: {error}");
    }
    let checked = client.check(operation("get_tickets").expect("an operation")).await;
    assert_eq!(checked.expect_err("the call would fail, too").to_string(), error.to_string());
    let given = client.for_organization("7").check(operation("get_tickets").expect("an operation")).await;
    assert_eq!(given.expect("nothing is looked for"), Checked::Covered);
    assert!(desk.requests().is_empty());
}

#[tokio::test]
async fn an_empty_list_of_organizations_is_said() {
    let desk = desk().await;
    let client = Client::builder().base_url(desk.url()).access_token(desk.token(EVERYTHING)).build().expect("a client");
    desk.answer_next("get_organizations", 200, "application/json", r#"{"data":[]}"#);
    let error = client.get_tickets(GetTickets::new()).await.expect_err("none was found");
    assert!(
        error.to_string().contains("get_tickets needs an organization, and get_organizations found none"),
        "{error}"
    );
    client.get_tickets(GetTickets::new()).await.expect("the next call asks again");
}

#[tokio::test]
async fn operations_without_an_organization_send_none() {
    let desk = desk().await;
    let client = crate::common::client(&desk, &EVERYTHING);
    client.get_organizations(GetOrganizations::new()).await.expect("organizations");
    client
        .get_accessible_organizations_for_user(GetAccessibleOrganizationsForUser::new())
        .await
        .expect("organizations");
    assert!(desk.requests().iter().all(|request| request.header("orgid").is_none()));
}
