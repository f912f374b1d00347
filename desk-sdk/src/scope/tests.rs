use super::*;
use crate::generated::scopes::*;

fn covers(granted: &str, needed: Scope) -> bool {
    GrantedScopes::parse(granted).covers(needed)
}

#[test]
fn what_counts() {
    let cases = [
        // The same scope, in any case.
        ("Desk.tickets.READ", TICKETS_READ, true),
        ("desk.TICKETS.read", TICKETS_READ, true),
        ("Desk.tickets.READ", TICKETS_UPDATE, false),
        ("Desk.contacts.READ", TICKETS_READ, false),
        // ALL covers every OP of its area.
        ("Desk.tickets.ALL", TICKETS_DELETE, true),
        ("Desk.tickets.all", TICKETS_ALL, true),
        ("Desk.imports.ALL", IMPORTS_CUSTOM, true),
        // WRITE covers CREATE and UPDATE, and nothing else.
        ("Desk.tickets.WRITE", TICKETS_CREATE, true),
        ("Desk.tickets.WRITE", TICKETS_UPDATE, true),
        ("Desk.tickets.WRITE", TICKETS_READ, false),
        ("Desk.tickets.WRITE", TICKETS_DELETE, false),
        // A needed WRITE or ALL is what it stands for.
        ("Desk.tickets.CREATE Desk.tickets.UPDATE", TICKETS_WRITE, true),
        ("Desk.tickets.CREATE", TICKETS_WRITE, false),
        ("Desk.tickets.READ Desk.tickets.WRITE Desk.tickets.DELETE", TICKETS_ALL, true),
        ("Desk.tickets.READ Desk.tickets.WRITE", TICKETS_ALL, false),
        // Areas nest, inwards only.
        ("Desk.activities.READ", ACTIVITIES_CALLS_READ, true),
        ("Desk.activities.ALL", ACTIVITIES_TASKS_DELETE, true),
        ("Desk.activities.calls.READ", ACTIVITIES_TASKS_READ, false),
        ("Desk.activities.calls.READ", ACTIVITIES_CALLS_READ, true),
        ("Desk.activ.READ", ACTIVITIES_CALLS_READ, false),
        // A scope of its own OP, and one without any.
        ("Desk.imports.CUSTOM", IMPORTS_CUSTOM, true),
        ("Desk.imports", IMPORTS_CUSTOM, true),
        ("Desk.imports.READ", IMPORTS_CUSTOM, false),
        ("Desk.tickets", TICKETS_READ, false),
        ("Desk.tickets.", TICKETS_READ, false),
        // The product alone is no area, and other products do not count.
        ("Desk.READ", TICKETS_READ, false),
        ("Desk", TICKETS_READ, false),
        ("ZohoCRM.tickets.READ", TICKETS_READ, false),
        ("profile.userphoto.READ", PROFILE_USERPHOTO_READ, true),
        ("", TICKETS_READ, false),
    ];
    for (granted, needed, expected) in cases {
        assert_eq!(covers(granted, needed), expected, "{needed} by {granted:?}");
    }
}

#[test]
fn lists_come_with_spaces_or_commas() {
    let granted = GrantedScopes::parse(" Desk.tickets.READ,Desk.basic.READ  Desk.tickets.READ ");
    assert_eq!(granted.to_string(), "Desk.basic.READ Desk.tickets.READ");
    assert!(granted.covers(TICKETS_READ) && granted.covers(BASIC_READ));
    assert_eq!(GrantedScopes::new(["Desk.basic.READ\tDesk.tickets.READ\n"]), granted);
    assert!(GrantedScopes::parse(" ").is_empty());
}

#[test]
fn odd_scopes_do_no_harm() {
    for odd in ["...", ".", "Ünïcödé.READ", "Desk.tickets.", ".READ", "Desk..READ", "D\u{e9}sk.tickets.READ", "🦀"]
    {
        let granted = GrantedScopes::new([odd]);
        assert!(!granted.covers(TICKETS_READ), "{odd}");
        assert!(!granted.covers(BASIC_READ), "{odd}");
    }
}

#[test]
fn scopes_read_as_they_are_written() {
    assert_eq!(ACTIVITIES_CALLS_READ.to_string(), "Desk.activities.calls.READ");
    assert_eq!(TICKETS_WRITE.to_string(), "Desk.tickets.WRITE");
    assert_eq!(format!("{TICKETS_ALL:?}"), "Desk.tickets.ALL");
}
