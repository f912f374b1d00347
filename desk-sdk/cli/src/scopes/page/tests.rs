use desk_sdk::ScopeSet;

use super::*;
use crate::scopes::entry::entries;

fn all() -> Vec<&'static Entry> {
    entries().iter().collect()
}

#[test]
fn the_page_has_every_operation_and_asks_nobody_for_anything() {
    let page = page("Scopes of Zoho Desk", &all(), None);
    for entry in entries() {
        assert!(page.contains(&format!("<b>{}</b>", entry.operation.id)), "{}", entry.operation);
    }
    for foreign in ["http://", "https://", "src=", "@import", "url(", "<link", "fetch(", "XMLHttpRequest"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert!(page.contains("Content-Security-Policy") && page.contains("prefers-color-scheme: dark"));
    assert!(page.contains("@media print") && page.contains("name=\"viewport\""));
    let count = |part: &str| page.matches(part).count();
    for element in
        ["table", "tr", "td", "th", "details", "section", "span", "div", "ul", "li", "button", "label", "thead"]
    {
        let opened = count(&format!("<{element}>")) + count(&format!("<{element} "));
        assert_eq!(opened, count(&format!("</{element}>")), "{element}");
    }
}

#[test]
fn what_a_program_uses_is_marked_and_what_is_missing_is_on_top() {
    let places = [
        ("get_tickets", vec!["src/main.rs:12:5".to_owned()]),
        ("update_ticket", vec!["<script>alert(1)</script>\u{1b}[2J:1:1".to_owned()]),
        ("create_event_attachment", Vec::new()),
    ];
    let usage = Usage::new(places.into_iter().collect())
        .granted(&ScopeSet::parse("Desk.tickets.READ Desk.contacts.ALL \"><img>"))
        .note("a name that is made at run time: src/tools.rs:3:1 <b>");
    let page = page("<title>&", &all(), Some(&usage));
    assert!(page.contains("<title>&lt;title&gt;&amp;</title>"));
    assert!(!page.contains("<script>alert") && !page.contains("<img") && !page.contains('\u{1b}'));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;\\u{1b}[2J:1:1"));
    let place = |part: &str| page.find(part).unwrap_or_else(|| panic!("{part}"));
    let missing = place("<b>update_ticket</b> needs <code>Desk.tickets.UPDATE</code>");
    assert!(missing < place("Families against areas") && place("Missing, perhaps") < place("<table"));
    assert!(page.contains("<li><code>Desk.contacts.ALL</code></li>"));
    assert_eq!(page.matches("<tr class=\"used\"").count(), 3);
    assert!(page.contains("<b>update_ticket</b> <span class=\"mark used\">used</span> <span class=\"mark missing\">"));
    let enough =
        Usage::new([("get_tickets", Vec::new())].into_iter().collect()).granted(&ScopeSet::parse("Desk.tickets.READ"));
    assert!(super::page("t", &all(), Some(&enough)).contains("exactly what it needs"));
}
