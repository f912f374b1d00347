//! Figures as rows: one for each, keyed by time, metric, department and agent.

use desk_sdk::by_name::Metric;
use desk_sdk::jiff::Timestamp;
use desk_sdk::{Shape, TimeSpan};
use serde_json::{Map, Value, json};

/// The columns of a row.
pub(super) fn shape() -> Shape {
    let fields = vec![
        (TAKEN, Shape::Time),
        ("metric", Shape::Text),
        ("department", Shape::Id),
        ("agent", Shape::Id),
        ("item", Shape::Text),
        ("figure", Shape::Text),
        ("number", Shape::Number),
        ("text", Shape::Text),
    ];
    Shape::Record { name: "Figure", fields }
}

/// The column with the time of the snapshot.
pub(super) const TAKEN: &str = "taken";

/// Fields that tell what a row is about, where they contain text.
const LABELS: [&str; 3] = ["value", "name", "label"];

/// What the figures belong to.
#[derive(Clone, Debug, Default)]
struct Key {
    department: Option<String>,
    agent: Option<String>,
    item: Vec<String>,
}

/// Collects the figures of answers to one metric.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    taken: String,
    metric: &'a Metric,
    rows: Vec<Value>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(taken: Timestamp, metric: &'a Metric) -> Self {
        Self { taken: format!("{taken:.3}"), metric, rows: Vec::new() }
    }

    /// Adds the figures of an answer, for the department that it was narrowed to.
    pub(super) fn add(&mut self, department: Option<&str>, answer: &Value) {
        let key = Key { department: department.map(str::to_owned), ..Key::default() };
        self.value(&key, "", answer);
    }

    pub(super) fn into_rows(self) -> Vec<Value> {
        self.rows
    }

    fn value(&mut self, key: &Key, figure: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::Object(fields) => self.object(key, figure, fields),
            Value::Array(rows) => {
                for (index, row) in rows.iter().enumerate() {
                    let mut key = key.clone();
                    // Without a label, only its place tells a row from the others.
                    let label = row.as_object().and_then(|fields| self.label(fields));
                    let known = row.as_object().is_some_and(|fields| self.person(fields).is_some());
                    match label {
                        Some(label) => key.item.push(label),
                        None if !known => key.item.push(index.to_string()),
                        None => {}
                    }
                    self.value(&key, figure, row);
                }
            }
            single => self.rows.push(self.row(key, figure, single)),
        }
    }

    fn object(&mut self, key: &Key, figure: &str, fields: &Map<String, Value>) {
        let mut key = key.clone();
        key.department = id(fields, "departmentId", "department").or(key.department);
        key.agent = self.person(fields).or(key.agent);
        let label = self.label(fields);
        for (name, value) in fields {
            let is_key = matches!(name.as_str(), "id" | "departmentId" | "department" | "agentId" | "agent")
                || self.metric.agent_field == Some(name.as_str())
                || (label.is_some() && LABELS.contains(&name.as_str()));
            if !is_key {
                let figure = if figure.is_empty() { name.clone() } else { format!("{figure}.{name}") };
                self.value(&key, &figure, value);
            }
        }
    }

    /// The agent that a row is about.
    fn person(&self, fields: &Map<String, Value>) -> Option<String> {
        let own = self.metric.agent_field.and_then(|field| text(fields.get(field)?));
        own.or_else(|| id(fields, "agentId", "agent"))
    }

    fn label(&self, fields: &Map<String, Value>) -> Option<String> {
        LABELS.into_iter().find_map(|name| fields.get(name)?.as_str().map(str::to_owned))
    }

    fn row(&self, key: &Key, figure: &str, value: &Value) -> Value {
        let text = text(value);
        json!({
            "taken": self.taken,
            "metric": self.metric.name,
            "department": key.department,
            "agent": key.agent,
            "item": (!key.item.is_empty()).then(|| key.item.join(" / ")),
            "figure": figure,
            "number": number(value),
            "text": text,
        })
    }
}

/// An id in a field of its own, or within a record.
fn id(fields: &Map<String, Value>, own: &str, record: &str) -> Option<String> {
    let within = || fields.get(record).and_then(|record| record.get("id"));
    fields.get(own).or_else(within).and_then(text)
}

/// A single value as text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// A figure as a number: as it is, a duration in seconds, true as 1.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
        Value::String(text) => {
            let plain = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
            plain.or_else(|| TimeSpan::from(text.as_str()).duration().map(|span| span.as_secs_f64()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use desk_sdk::by_name::metric;

    use super::*;

    fn rows(name: &str, answer: &Value) -> Vec<Value> {
        let mut rows = Rows::new(Timestamp::UNIX_EPOCH, metric(name).unwrap());
        rows.add(Some("7"), answer);
        rows.into_rows()
    }

    fn told(row: &Value) -> [&Value; 6] {
        ["department", "agent", "item", "figure", "number", "text"].map(|name| &row[name])
    }

    #[test]
    fn a_dashboard_is_keyed_by_its_agents() {
        let answer = json!({
            "groupedBy": "agent",
            "totalTicketCount": "5",
            "ticketCount": [{ "count": "3", "referenceValue": "42", "value": "Ines" }],
        });
        let rows = rows("created_tickets", &answer);
        let by_agent = rows.iter().find(|row| row["figure"] == "ticketCount.count").unwrap();
        assert_eq!(
            told(by_agent),
            [&json!("7"), &json!("42"), &json!("Ines"), &json!("ticketCount.count"), &json!(3.0), &json!("3")]
        );
        let total = rows.iter().find(|row| row["figure"] == "totalTicketCount").unwrap();
        assert_eq!(
            (&total["agent"], &total["number"], &total["taken"]),
            (&Value::Null, &json!(5.0), &json!("1970-01-01T00:00:00.000Z"))
        );
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn figures_are_found_at_any_depth_and_durations_are_seconds() {
        let answer = json!({ "data": [
            { "id": "1", "agentId": 42, "agent": { "id": "42", "name": "Ines" }, "departmentId": "9",
              "resolutionTime": "04:50 hrs", "online": true, "rates": { "happy": 92.5 }, "nothing": null },
            { "count": 3 },
        ]});
        let rows = rows("agent_performance", &answer);
        let all: Vec<_> = rows
            .iter()
            .map(|row| {
                (
                    row["agent"].as_str(),
                    row["department"].as_str(),
                    row["figure"].as_str().unwrap(),
                    row["number"].as_f64(),
                )
            })
            .collect();
        let ines = |figure, number| (Some("42"), Some("9"), figure, Some(number));
        assert_eq!(
            all,
            [
                ines("data.online", 1.0),
                ines("data.rates.happy", 92.5),
                ines("data.resolutionTime", 17_400.0),
                (None, Some("7"), "data.count", Some(3.0)),
            ]
        );
        assert_eq!(rows[3]["item"], json!("1"), "only its place tells it from others");
    }

    #[test]
    fn any_answer_gives_rows_of_the_same_columns() {
        let Shape::Record { fields, .. } = shape() else { panic!("a record") };
        let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
        for answer in [json!(null), json!([]), json!(7), json!("x"), json!([[1, [2]], {}]), json!({ "a": {} })] {
            for row in rows("tickets", &answer) {
                assert_eq!(row.as_object().unwrap().keys().collect::<Vec<_>>().len(), names.len());
                assert!(names.iter().all(|name| row.get(name).is_some()), "{row}");
            }
        }
    }
}
