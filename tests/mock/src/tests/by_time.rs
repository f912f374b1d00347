//! Pages from indexes are the same as those from a look at every record.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{EVERYTHING, Fixture, id, value};
use crate::common::calendar::parse;
use crate::common::hash::hash;

/// Numbers that look random, the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 += 1;
        usize::try_from(hash(&self.0.to_string())).unwrap() % most
    }

    fn of<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())]
    }

    /// Few different ones, so that many records have the same.
    fn time(&mut self) -> Timestamp {
        let first = parse("2024-01-01T00:00:00Z").unwrap().as_millisecond();
        let second = i64::try_from(self.below(5) * 600 + self.below(3)).unwrap();
        Timestamp::from_millisecond(first + 1000 * second + self.of(&[0, 0, 0, 1, 500, 999])).unwrap()
    }

    /// A value of a time field: as Desk writes it, or, with `odd`, anything else.
    fn value(&mut self, odd: bool) -> Value {
        let time = self.time();
        match self.below(if odd { 12 } else { 8 }) {
            0 => Value::Null,
            1 | 2 if time.as_millisecond() % 1000 == 0 => json!(format!("{time:.0}")),
            8 => json!(time.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()),
            9 => json!(time.strftime("%Y-%m-%d").to_string()),
            10 => json!(self.below(3)),
            11 => self.of(&["soon", "Soon", "2024-01-01t00:00:00z", ""]).into(),
            _ => json!(format!("{time:.3}")),
        }
    }
}

/// A page by the rules: of the records in the order of their creation, those that are in the ranges, sorted.
fn expected(records: &[Value], ranges: &[(&str, Timestamp, Timestamp)], sort: Option<&str>) -> Vec<String> {
    let is_in = |record: &Value, (field, from, to): &(&str, Timestamp, Timestamp)| {
        record[field].as_str().and_then(parse).is_some_and(|time| *from <= time && time <= *to)
    };
    let mut found: Vec<&Value> =
        records.iter().filter(|record| ranges.iter().all(|range| is_in(record, range))).collect();
    // Nothing, then numbers, then texts in lower case.
    let key = |record: &Value, field: &str| match &record[field] {
        Value::Number(number) => (1, number.as_i64().unwrap(), String::new()),
        Value::String(text) => (2, 0, text.to_lowercase()),
        _ => (0, 0, String::new()),
    };
    if let Some(sort) = sort {
        let field = sort.trim_start_matches('-');
        found.sort_by(|a, b| {
            let order = key(a, field).cmp(&key(b, field));
            if sort.starts_with('-') { order.reverse() } else { order }
        });
    }
    found.into_iter().map(id).collect()
}

fn change_something(fixture: &Fixture, random: &mut Random, odd: bool) {
    let now = fixture.desk.now();
    let times = ["createdTime", "modifiedTime", "dueDate"];
    let ids: Vec<String> = fixture.desk.records().look(None, "tickets").unwrap().iter().map(id).collect();
    let some = ids[random.below(ids.len())].clone();
    let path = format!("/api/v1/tickets/{some}");
    match random.below(7) {
        0 => {
            let given = (0..random.below(12)).map(|_| {
                times.map(|time| (time.to_owned(), random.value(odd))).into_iter().take(random.below(4)).collect()
            });
            let given: Vec<_> = given.collect();
            fixture.desk.records().fill(None, "tickets", given.len(), given).unwrap();
        }
        1 => {
            let record = times.map(|time| (time.to_owned(), random.value(odd)));
            fixture.desk.records().insert(None, "tickets", record.into_iter().collect(), now).unwrap();
        }
        2 => {
            let fields = serde_json::Map::from_iter([(random.of(&times).to_owned(), random.value(odd))]);
            fixture.desk.records().change(None, "tickets", &some, fields, now).unwrap();
        }
        3 => assert_eq!(fixture.patch(&path, &json!({ "subject": "Changed" })).status, 200),
        4 if ids.len() > 20 => {
            let trashed = fixture.post("/api/v1/tickets/moveToTrash", &json!({ "ticketIds": [some] }));
            assert_eq!(trashed.status, 204);
        }
        5 if ids.len() > 20 => fixture.desk.records().delete(None, "tickets", &some, now).unwrap(),
        6 => {
            let bin = fixture.ids("/api/v1/recycleBin?limit=5");
            if !bin.is_empty() {
                let restored = fixture.post("/api/v1/recycleBin/restore", &json!({ "ids": [bin[0]] }));
                assert!(restored.status < 300, "{}", restored.text());
            }
        }
        _ => {}
    }
}

#[test]
fn pages_by_time_are_as_by_a_look_at_every_record() {
    let mut pages = 0;
    for seed in 0..24_u64 {
        let fixture = Fixture::new(&EVERYTHING);
        let mut random = Random(seed * 1_000_000);
        let odd = seed % 3 == 0;
        for _ in 0..40 {
            change_something(&fixture, &mut random, odd);
            let records = fixture.desk.records().look(None, "tickets").unwrap();
            let mut ranges = Vec::new();
            for field in ["createdTime", "modifiedTime", "dueDate"] {
                if random.below(3) == 0 {
                    let (a, b) = (random.time(), random.time());
                    ranges.push((field, a.min(b), a.max(b)));
                }
            }
            let sort = random.of(&[None, Some("createdTime"), Some("-createdTime"), Some("-modifiedTime")]);
            let all = expected(&records, &ranges, sort);
            let (from, limit) = (random.below(all.len() + 3), 1 + random.below(30));
            let mut query = format!("from={from}&limit={limit}");
            for (field, from, to) in &ranges {
                query += &format!("&{}Range={from},{to}", field);
            }
            query += &sort.map(|sort| format!("&sortBy={sort}")).unwrap_or_default();
            let reply = fixture.get(&format!("/api/v1/tickets/search?{query}"));
            assert!(matches!(reply.status, 200 | 204), "{query}: {}", reply.text());
            let page: Vec<String> = all.iter().skip(from).take(limit).cloned().collect();
            let answer = value(&reply);
            let found: Vec<String> = answer["data"].as_array().into_iter().flatten().map(id).collect();
            assert_eq!(found, page, "{seed} {query}");
            if !found.is_empty() {
                assert_eq!(answer["count"], all.len(), "{seed} {query}");
                pages += 1;
            }
            if ranges.is_empty() {
                assert_eq!(fixture.ids(&format!("/api/v1/tickets?{query}")), page, "{seed} {query}");
            }
        }
    }
    assert!(pages > 300, "{pages}");
}

#[test]
fn the_newest_events_of_a_history_are_first_and_a_trashed_ticket_hides_its_own() {
    let fixture = Fixture::new(&EVERYTHING);
    let ticket = "/api/v1/tickets/189200000000071001";
    for subject in ["One", "Two", "Three"] {
        assert_eq!(fixture.patch(ticket, &json!({ "subject": subject })).status, 200);
    }
    let contact = "/api/v1/contacts/189200000000051001/history?limit=50";
    let times: Vec<String> = fixture.list(contact).iter().map(|event| event["eventTime"].to_string()).collect();
    assert!(times.len() > 3 && times.is_sorted_by(|a, b| a >= b), "{times:?}");
    let trashed = fixture.post("/api/v1/tickets/moveToTrash", &json!({ "ticketIds": ["189200000000071001"] }));
    assert_eq!(trashed.status, 204);
    assert!(fixture.list(contact).len() < times.len() - 3);
}
