use super::*;
use crate::generated::scopes::*;

fn covers(granted: &str, needed: Scope) -> bool {
    ScopeSet::parse(granted).covers(needed)
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
    let granted = ScopeSet::parse(" Desk.tickets.READ,Desk.basic.READ  Desk.tickets.READ ");
    assert_eq!(granted.to_string(), "Desk.basic.READ Desk.tickets.READ");
    assert!(granted.covers(TICKETS_READ) && granted.covers(BASIC_READ));
    assert_eq!(ScopeSet::new(["Desk.basic.READ\tDesk.tickets.READ\n"]), granted);
    assert!(ScopeSet::parse(" ").is_empty());
}

#[test]
fn odd_scopes_do_no_harm() {
    for odd in ["...", ".", "Ünïcödé.READ", "Desk.tickets.", ".READ", "Desk..READ", "D\u{e9}sk.tickets.READ", "🦀"]
    {
        let granted = ScopeSet::new([odd]);
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

#[test]
fn a_set_is_written_as_the_api_does_and_holds_each_scope_once() {
    let set =
        ScopeSet::parse("desk.TICKETS.read,DESK.activities.all Desk.tickets.READ zohocrm.Modules.all desk.imports");
    let written = "Desk.activities.ALL Desk.imports Desk.tickets.READ zohocrm.Modules.ALL";
    assert_eq!((set.to_string().as_str(), set.len()), (written, 4));
    assert_eq!(ScopeSet::parse(&set.to_string()), set);
    assert_eq!(ScopeSet::parse(&set.to_string().to_uppercase()), set);
    let json = serde_json::to_string(&set).unwrap_or_default();
    assert_eq!(json, r#"["Desk.activities.ALL","Desk.imports","Desk.tickets.READ","zohocrm.Modules.ALL"]"#);
    assert_eq!(serde_json::from_str::<ScopeSet>(&json).ok(), Some(set.clone()));
    assert_eq!(serde_json::from_value::<ScopeSet>(written.into()).ok(), Some(set));
    assert!(serde_json::from_str::<ScopeSet>("7").is_err_and(|error| error.to_string().contains("a list of scopes")));
}

#[test]
fn sets_are_compared_by_what_they_cover() {
    let set = ScopeSet::parse;
    let granted = set("Desk.tickets.ALL Desk.activities.READ Desk.contacts.WRITE ZohoCRM.modules.READ");
    for (needed, covered) in [
        ("Desk.tickets.READ Desk.tickets.WRITE", true),
        ("Desk.activities.calls.READ", true),
        ("Desk.contacts.CREATE desk.contacts.update", true),
        ("Desk.contacts.ALL", false),
        ("zohocrm.modules.read", true),
        ("ZohoCRM.modules.UPDATE", false),
        ("Desk.activities.ALL", false),
        ("", true),
    ] {
        assert_eq!(granted.covers_all(&set(needed)), covered, "{needed}");
    }
    assert!(set("Desk.tickets.READ Desk.tickets.WRITE Desk.tickets.DELETE").covers_all(&set("Desk.tickets.ALL")));
    let needed = set("Desk.tickets.READ Desk.contacts.ALL Desk.basic.READ");
    assert_eq!(needed.difference(&granted), set("Desk.contacts.ALL Desk.basic.READ"));
    assert!(needed.difference(&needed).is_empty());
    assert_eq!(granted.without("desk.TICKETS.all").len(), 3);
}

#[test]
fn odd_scopes_are_told_with_what_is_odd() {
    for (scope, oddity) in [
        ("Desk.tickets.READ", None),
        ("Desk.activities.ALL", None),
        ("Desk.imports", None),
        ("Desk.imports.ALL", None),
        ("profile.userphoto.READ", None),
        ("", None),
        ("tickets", Some(Oddity::Malformed)),
        ("Desk.tickets.", Some(Oddity::Malformed)),
        ("Desk.tickets.RE\u{1b}D", Some(Oddity::Malformed)),
        ("ZohoCRM.modules.ALL", Some(Oddity::OtherProduct)),
        ("Desk.tikets.READ", Some(Oddity::UnknownArea)),
        ("Desk.ALL", Some(Oddity::UnknownArea)),
        ("Desk.tickets", Some(Oddity::UnknownAction)),
        ("Desk.tickets.REED", Some(Oddity::UnknownAction)),
        ("Desk.search.DELETE", Some(Oddity::Unused)),
        ("Desk.tickets.CUSTOM", Some(Oddity::Unused)),
    ] {
        assert_eq!(ScopeSet::parse(scope).odd().next().map(|odd| odd.oddity), oddity, "{scope:?}");
    }
}

#[test]
fn scopes_are_read_and_know_what_covers_them() {
    assert_eq!("desk.tickets.write".parse(), Ok(TICKETS_WRITE));
    let unknown = "Desk.tikets.READ".parse::<Scope>().map_err(|error| error.to_string());
    assert!(unknown.is_err_and(|error| error.contains("Desk.tikets.READ")));
    assert_eq!(TICKETS_CREATE.broader(), ["Desk.tickets.WRITE", "Desk.tickets.ALL"]);
    assert_eq!(TICKETS_ALL.broader(), [""; 0]);
    assert_eq!(IMPORTS_CUSTOM.broader(), ["Desk.imports.ALL"]);
    for scope in [TICKETS_READ, TICKETS_WRITE, ACTIVITIES_CALLS_UPDATE, IMPORTS_CUSTOM, PROFILE_USERPHOTO_READ] {
        let not_covering: Vec<_> =
            scope.broader().into_iter().filter(|broader| !ScopeSet::parse(broader).covers(scope)).collect();
        assert!(not_covering.is_empty(), "{scope} by {not_covering:?}");
        assert_eq!(scope.to_string().parse(), Ok(scope));
    }
}
