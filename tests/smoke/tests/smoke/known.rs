//! What is learned from answers.

use desk_smoke::Known;
use serde_json::json;

#[test]
fn lists_tell_ids_and_fields_tell_more() {
    let mut known = Known::default();
    known.learn(
        "/tickets",
        &json!({ "data": [{ "id": "1", "ownerId": 7 }, { "id": 2, "ownerId": "8" }, { "ownerId": "8" }] }),
    );
    known.learn("/tickets", &json!({ "data": [{ "id": "9" }] }));
    assert_eq!(known.listed("/tickets"), ["1", "2"]);
    assert_eq!(known.named("ticket", "ownerId"), ["8", "7"]);
    let ids = known.listed("/tickets").to_vec();
    known.means("ticket", "ticketId", &ids);
    known.means("contact", "ticketId", &["5".to_owned()]);
    assert_eq!(known.named("ticket", "ticketId"), ["1", "2"]);
    assert_eq!(known.named("contact", "ticketId"), ["5"]);
    assert_eq!(known.named("other", "ticketId"), ["1", "2"]);
    assert!(known.named("other", "nothing").is_empty());
}
