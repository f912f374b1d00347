//! The scope check and the risk check, against a server that judges for itself.

use std::collections::BTreeMap;

use crate::common::{EVERYTHING, builder, client, desk};
use desk_mock::MockDesk;
use desk_sdk::analytics::GetPinRemoval;
use desk_sdk::tickets::{DeleteTicket, GetTickets, UpdateTicket};
use desk_sdk::{Error, Operation, Prefer, Risk, Scope, ScopeCheck, ScopeSet, SmallestScopes, operations};

#[tokio::test]
async fn a_call_without_its_scope_is_refused_before_anything_is_sent() {
    let desk = desk().await;
    let client = client(&desk, &["Desk.contacts.READ", "Desk.basic.READ"]);
    let error = client.get_tickets(GetTickets::new()).await.expect_err("the scope is missing");
    let Error::MissingScopes(missing) = &error else { panic!("{error}") };
    assert_eq!(missing.operation.id, "get_tickets");
    assert_eq!(missing.granted.to_string(), "Desk.basic.READ Desk.contacts.READ");
    let text = error.to_string();
    for part in ["get_tickets", "GET /api/v1/tickets", "Desk.tickets.READ", "Desk.basic.READ Desk.contacts.READ"] {
        assert!(text.contains(part), "{part} in: {text}");
    }
    let debug = format!("{error:?}");
    assert!(debug.len() < 300 && debug.contains("get_tickets") && debug.contains("Desk.tickets.READ"), "{debug}");
    assert_eq!(format!("{:?}", missing.operation), "Operation(get_tickets GET /api/v1/tickets)");
    assert!(desk.requests().is_empty());
}

#[tokio::test]
async fn unknown_scopes_are_let_through_and_the_server_decides() {
    let desk = desk().await;
    let client = builder(&desk, &["Desk.contacts.READ"]).build().expect("a client");
    let error = client.get_tickets(GetTickets::new()).await.expect_err("the server refuses");
    let refused = error.api().unwrap_or_else(|| panic!("{error}"));
    assert_eq!((refused.status, refused.code.as_str()), (403, "SCOPE_MISMATCH"));
}

#[tokio::test]
async fn the_check_can_warn_or_be_off() {
    let desk = desk().await;
    let told = ["Desk.contacts.READ"];
    let built = |check| builder(&desk, &EVERYTHING).scopes(told).scope_check(check).build().expect("a client");
    let warned = built(ScopeCheck::Warn).get_tickets(GetTickets::new()).await.expect("it goes out");
    let missing = warned.meta().missing_scopes().expect("a warning");
    assert_eq!(missing.missing[0][0].to_string(), "Desk.tickets.READ");
    let unchecked = built(ScopeCheck::Off).get_tickets(GetTickets::new()).await.expect("it goes out");
    assert!(unchecked.meta().missing_scopes().is_none());
}

#[tokio::test]
async fn risk_can_be_limited_whatever_the_method() {
    let desk = desk().await;
    let limited = |risk| builder(&desk, &EVERYTHING).max_risk(risk).build().expect("a client");
    let safe = limited(Risk::Safe);
    assert!(safe.get_tickets(GetTickets::new()).await.is_ok());
    desk.reset_requests();
    let write = limited(Risk::Write);
    let refused = [
        safe.update_ticket(UpdateTicket::new("1").priority("Low")).await.err(),
        write.delete_ticket(DeleteTicket::new().ticket_ids(["1"])).await.err(),
        safe.get_pin_removal(GetPinRemoval::new()).await.err(),
        write.get_pin_removal(GetPinRemoval::new()).await.err(),
    ];
    for error in refused {
        assert!(matches!(error, Some(Error::RiskNotAllowed { .. })), "{error:?}");
    }
    assert!(desk.requests().is_empty());
    assert!(limited(Risk::Destructive).get_pin_removal(GetPinRemoval::new()).await.is_ok());
}

/// Whether the server refuses a call because of its scopes.
async fn is_refused(desk: &MockDesk, http: &reqwest::Client, token: &str, operation: &Operation) -> bool {
    let modules = desk.example(operation.id).path;
    let step = |step: &str| match step.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
        // A path that names a module names one that there is; ids may be of nothing.
        Some(name) if name.to_lowercase().starts_with("moduleapiname") => modules[name].clone(),
        Some(_) => "1".to_owned(),
        None => step.to_owned(),
    };
    let path: Vec<String> = operation.path.split('/').map(step).collect();
    let method = operation.method.as_str().parse().expect("a method");
    let mut request = http.request(method, format!("{}{}", desk.url(), path.join("/")));
    if operation.organization {
        request = request.header("orgId", desk.organization());
    }
    let response = request.header("Authorization", format!("Zoho-oauthtoken {token}")).send().await.expect("an answer");
    response.status() == 403 && response.text().await.is_ok_and(|body| body.contains("SCOPE_MISMATCH"))
}

/// For each operation alone, and for all of a module together.
#[tokio::test]
async fn the_server_accepts_the_smallest_set_and_refuses_it_with_one_scope_less() {
    let desk = desk().await;
    let http = reqwest::Client::new();
    let mut taken_away = 0;
    for operation in operations() {
        for prefer in [Prefer::Narrow, Prefer::Broad] {
            let smallest = SmallestScopes::of([operation], prefer).scopes();
            let token = |scopes: Vec<Scope>| desk.token(scopes.iter().map(Scope::to_string));
            assert!(
                !is_refused(&desk, &http, &token(smallest.clone()), operation).await,
                "{operation} with {smallest:?}"
            );
            for scope in &smallest {
                let rest: Vec<Scope> = smallest.iter().copied().filter(|other| other != scope).collect();
                assert!(is_refused(&desk, &http, &token(rest), operation).await, "{operation} without {scope}");
                taken_away += 1;
            }
        }
    }
    assert!(taken_away > 1700, "only {taken_away} scopes were taken away");
    let mut by_module: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for operation in operations() {
        by_module.entry(operation.module).or_default().push(operation);
    }
    for operations in by_module.into_values() {
        for reason in SmallestScopes::of(&operations, Prefer::Narrow).reasons {
            let rest = SmallestScopes::of(&operations, Prefer::Narrow).scopes().into_iter();
            let rest: Vec<String> =
                rest.filter(|other| *other != reason.scope).map(|scope| scope.to_string()).collect();
            let token = desk.token(rest);
            for operation in &operations {
                let expected = reason.operations.contains(&operation.id);
                let refused = is_refused(&desk, &http, &token, operation).await;
                assert_eq!(refused, expected, "{operation} without {}", reason.scope);
            }
        }
    }
}

/// Both judge every operation for a number of tokens, each with code of its own.
#[tokio::test]
async fn client_and_server_agree_on_every_operation() {
    const GRANTS: [&str; 12] = [
        "Desk.tickets.READ",
        "Desk.tickets.ALL Desk.search.READ",
        "desk.tickets.write desk.contacts.READ",
        "Desk.basic.READ",
        "Desk.settings.ALL",
        "Desk.activities.READ Desk.search.READ",
        "Desk.activities.calls.UPDATE Desk.tasks.WRITE",
        "Desk.search.READ",
        "Desk.imports Desk.exports.CUSTOM",
        "Desk.articles.READ Desk.articles.WRITE Desk.community.DELETE",
        "ZohoCRM.modules.ALL",
        "Desk.contacts.READ Desk.contacts.CREATE Desk.contacts.UPDATE Desk.contacts.DELETE",
    ];
    let desk = desk().await;
    let http = reqwest::Client::new();
    let mut compared = 0;
    for granted in GRANTS {
        let token = desk.token(granted.split(' '));
        let granted_scopes = ScopeSet::parse(granted);
        for operation in operations() {
            let refused = is_refused(&desk, &http, &token, operation).await;
            assert_eq!(granted_scopes.allow(operation), !refused, "{operation} with {granted}");
            compared += 1;
        }
    }
    assert_eq!(compared, operations().count() * GRANTS.len());
}
