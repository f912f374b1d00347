//! Only notes that nobody has dealt with are news.

use crate::common::documents::{changed, get};
use crate::common::{files, imported};
use desk_codegen::Files;
use desk_codegen::review::{Review, review};
use serde_json::{Value, json};

/// What is left to do after an import of a document with three odd things, given these entries of `spec/local`.
fn left(local: &Value) -> Review {
    let text = changed(|whole| {
        whole.as_object_mut().unwrap().remove("security");
        whole["components"]["schemas"]["data"]["properties"]["name"]["pattern"] = json!("^a+$");
        let media = &mut get(whole)["responses"]["201"]["content"]["application/json"];
        media["schema"] = json!({"$ref": "Other.json#/components/schemas/gone"});
    });
    let local = files(&[("spec/local/facts.json", &format!("{local:#}"))]);
    review(&imported(&[("Thing.json", &text)]), &local).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

fn news(review: &Review) -> Vec<&str> {
    review.new.iter().map(|note| note.text.as_str()).collect()
}

const SECURITY: &str = "get_thing: no `security`, neither here nor in the document: any token will do";
const PATTERN: &str = "type thing.data, field name: the pattern ^a+$ is not understood and was left out";
const GONE: &str = "Other.json#/components/schemas/gone does not exist";

#[test]
fn every_note_is_news_at_first() {
    let review = left(&json!({}));
    let mut news = news(&review);
    news.sort_unstable();
    assert_eq!(news, [GONE, SECURITY, PATTERN]);
    assert_eq!((review.settled, review.accepted, review.gone.len()), (0, 0, 0));
}

#[test]
fn corrections_and_additions_settle_notes() {
    let correction =
        |change: Value| json!({"operation": "get_thing", "change": change, "evidence": "documented", "why": "a page"});
    let gone = json!({"name": "other.gone", "type": "text", "evidence": "inferred", "why": "a guess"});
    let scopes = json!({"corrections": [correction(json!({"scopes": [["Desk.basic.READ"]]}))], "types": [gone]});
    let review = left(&scopes);
    assert_eq!((news(&review), review.settled), (vec![PATTERN], 2));
    let cookie = json!({"corrections": [correction(json!({"cookie_only": true}))]});
    assert_eq!(left(&cookie).settled, 1);
    // One about something else settles nothing.
    assert_eq!(left(&json!({"corrections": [correction(json!({"risk": "write"}))]})).settled, 0);
}

#[test]
fn accepted_notes_are_counted_and_those_that_are_gone_are_told() {
    let accepted = |note: &str| json!({"note": note, "why": "the service checks it"});
    let pattern = format!("Thing.json: {PATTERN}");
    let review = left(
        &json!({"accepted_notes": [accepted(&pattern), accepted("Thing.json: no more"), accepted("spec/upstream/thing.json: none of an import")]}),
    );
    assert_eq!(review.accepted, 1);
    assert!(!news(&review).contains(&PATTERN));
    let [gone] = review.gone.as_slice() else { panic!("{review:?}") };
    assert_eq!(gone.problem, "no file gives this note any more: Thing.json: no more");
    assert_eq!((gone.location.file.as_str(), gone.location.position), ("spec/local/facts.json", Some((7, 5))));
}

#[test]
fn a_note_is_accepted_with_a_reason() {
    let local = json!({"accepted_notes": [{"note": "a", "why": " "}]}).to_string();
    let files: Files = files(&[("spec/local/facts.json", &local)]);
    assert!(
        review(&imported(&[("Thing.json", &changed(|_| {}))]), &files)
            .unwrap_err()
            .to_string()
            .contains("no reason is given")
    );
}

#[test]
fn a_reference_to_a_file_with_another_ending_is_told_with_that() {
    let text = changed(|whole| {
        let media = &mut get(whole)["responses"]["200"]["content"]["application/json"];
        media["schema"] = json!({"$ref": "Other.json#/components/schemas/there"});
    });
    let other = "openapi: 3.1.0\npaths: {}\ncomponents: {schemas: {there: {type: string}}}\n";
    let imported = imported(&[("Thing.json", &text), ("Other.yaml", other)]);
    let texts: Vec<&str> = imported.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["Other.json#/components/schemas/there does not exist; Other.yaml is there, is it meant?"]);
}

#[test]
fn a_document_of_ours_has_what_is_local_already() {
    let spec = crate::common::loaded(&crate::common::real());
    let document = crate::common::described(&spec);
    let imported = imported(&[("desk.json", &document)]);
    assert!(review(&imported, &crate::common::real()).unwrap().applied > 0);
    assert_eq!(review(&imported, &Files::new()).unwrap().applied, 0);
}
