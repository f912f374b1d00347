//! Translations of articles.

use serde_json::{Value, json};

use super::{EVERYTHING, Fixture, error, id, refused, value};

const ARTICLE: &str = "/api/v1/articles/189200000000109001";

fn locales(fixture: &Fixture, article: &str) -> Vec<String> {
    let listed = fixture.list(&format!("{article}/translations"));
    listed.iter().map(|one| one["locale"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn translations_keep_what_was_sent() {
    let fixture = Fixture::new(&EVERYTHING);
    assert_eq!(locales(&fixture, ARTICLE), ["en", "de", "fr"]);
    let sent = json!({
        "locale": "es", "title": "Limpiar el molino", "answer": "<div>Paso a paso.</div>", "status": "Draft",
        "permission": "AGENTS", "permalink": "limpiar-el-molino", "tags": ["molino"], "authorId": "189200000000042002"
    });
    let reply = fixture.post(&format!("{ARTICLE}/translations"), &sent);
    assert_eq!(reply.status, 200, "{}", reply.text());
    let created = value(&reply);
    for (name, value) in sent.as_object().unwrap() {
        assert_eq!(&created[name], value, "{name}");
    }
    assert_eq!((id(&created), &created["category"]["name"]), ("189200000000109001".to_owned(), &json!("Cleaning")));
    assert_eq!(locales(&fixture, ARTICLE), ["en", "de", "fr", "es"]);

    let spanish = format!("{ARTICLE}/translations/es");
    assert_eq!(fixture.patch(&spanish, &json!({ "status": "Published", "permission": "ALL" })).status, 200);
    let read = value(&fixture.get(&spanish));
    assert_eq!(
        (&read["title"], &read["status"], &read["permission"]),
        (&sent["title"], &json!("Published"), &json!("ALL"))
    );
    assert_eq!(value(&fixture.get(&format!("{spanish}/answer")))["answer"], sent["answer"]);
    let translation = created["translationId"].as_str().unwrap();
    assert_eq!(value(&fixture.get(&format!("/api/v1/articleTranslations/{translation}")))["title"], sent["title"]);
    assert_eq!(value(&fixture.get(ARTICLE))["title"], "How to clean the grinder", "the others stay as they are");
    assert_eq!(refused(&fixture.get(&format!("{ARTICLE}/translations/ja"))), error(404, "URL_NOT_FOUND"));
    let listed = fixture.list("/api/v1/articleTranslations?locale=es");
    assert_eq!(listed.iter().map(|one| &one["title"]).collect::<Vec<_>>(), [&sent["title"]]);

    assert_eq!(fixture.send("POST", &format!("{spanish}/moveToTrash"), None).status, 204);
    assert_eq!(fixture.get(&spanish).status, 404);
    assert_eq!(locales(&fixture, ARTICLE), ["en", "de", "fr"]);
    let restore = json!({ "ids": [translation] });
    let restored = value(&fixture.post("/api/v1/articleTranslations/trashedTranslations/restore", &restore));
    assert_eq!(restored["results"][0]["success"], true, "{restored}");
    assert_eq!(fixture.get(&spanish).status, 200);
}

#[test]
fn an_article_comes_with_its_first_translation() {
    let fixture = Fixture::new(&EVERYTHING);
    let sent = json!({
        "title": "Grind finer", "answer": "<div>Turn it left.</div>", "status": "Draft", "permission": "AGENTS",
        "categoryId": "189200000000108005", "permalink": "grind-finer"
    });
    let article = format!("/api/v1/articles/{}", id(&value(&fixture.post("/api/v1/articles", &sent))));
    assert_eq!(locales(&fixture, &article), ["en"]);
    let english = value(&fixture.get(&format!("{article}/translations/en")));
    for name in ["title", "answer", "status", "permission", "permalink"] {
        assert_eq!(english[name], sent[name], "{name}");
    }
    assert_eq!(fixture.patch(&article, &json!({ "title": "Grind coarser" })).status, 200);
    assert_eq!(value(&fixture.get(&format!("{article}/translations/en")))["title"], "Grind coarser");
    let found = fixture.get("/api/v1/articles/articleByPermalink?locale=en&permalink=grind-finer");
    assert_eq!(found.status, 200, "{}", found.text());
    let found = value(&found);
    assert_eq!(found["title"], "Grind coarser");
}

#[test]
fn permalinks_are_kept() {
    let fixture = Fixture::new(&EVERYTHING);
    let english = format!("{ARTICLE}/translations/en");
    let links = || -> (Value, Value) {
        let links = value(&fixture.get(&format!("{english}/permalinks")));
        (links["primaryPermalink"].clone(), links["secondaryPermalinks"].clone())
    };
    assert_eq!(links(), (json!("how-to-clean-the-grinder"), json!([])));
    let sent = json!({ "permalink": "clean-grinder", "isOldPermalinkNeeded": true });
    let added = value(&fixture.post(&format!("{english}/permalinks/add"), &sent));
    assert_eq!(added["primaryPermalink"], "clean-grinder");
    assert_eq!(links(), (json!("clean-grinder"), json!(["how-to-clean-the-grinder"])));
    let sent = json!({ "permalink": "grinder", "isOldPermalinkNeeded": false });
    assert_eq!(fixture.post(&format!("{english}/permalinks/add"), &sent).status, 200);
    assert_eq!(links(), (json!("grinder"), json!(["how-to-clean-the-grinder"])));
    let sent = json!({ "primaryPermalink": "first", "secondaryPermalinks": ["second", "third"] });
    let rows = value(&fixture.post(&format!("{english}/permalinks"), &sent));
    let rows: Vec<(&Value, &Value)> =
        rows["data"].as_array().unwrap().iter().map(|row| (&row["permalink"], &row["isPrimary"])).collect();
    let no = json!(false);
    assert_eq!(rows, [(&json!("first"), &json!(true)), (&json!("second"), &no), (&json!("third"), &no)]);
    assert_eq!(links(), (json!("first"), json!(["second", "third"])));
    assert_eq!(value(&fixture.get("/api/v1/articles/articleByPermalink?locale=en&permalink=first"))["locale"], "en");
}
