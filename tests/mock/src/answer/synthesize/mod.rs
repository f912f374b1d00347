//! Values made from a type: the same for the same input.

mod spot;

use std::collections::BTreeMap;

use desk_spec::{Kind, Object, Rules, Scalar, Schema, Spec};
use serde_json::{Map, Value, json};

use self::spot::Spot;
use crate::answer::believable::believable;
use crate::common::calendar::Shift;
use crate::common::hash::hash;
use crate::exchange::refusal::pointer;
use crate::judge::check::Call;
use crate::spec::shape::{follow, nullable, results};

/// The nesting depth up to which lists and records are filled.
const DEPTH: usize = 5;

/// Makes values for one request.
#[derive(Debug)]
pub(crate) struct Synthesizer<'a> {
    spec: &'a Spec,
    /// Ids that the request names: fields of these names have them too.
    known: BTreeMap<&'a str, &'a str>,
    /// The id of the record that the request is about, if its path ends with one.
    own: Option<&'a str>,
    /// How times are moved.
    shift: Shift,
    /// The whole answer, where nobody documents its type.
    answer: Option<&'static Value>,
}

impl<'a> Synthesizer<'a> {
    /// Values that agree with the ids in the request's path.
    pub(crate) fn new(call: Call<'a>) -> Self {
        let is_id = |value: &str| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        let known = call.path().filter(|(_, value)| is_id(value)).collect();
        let last = call.values.last().filter(|value| call.operation.path.ends_with('}') && is_id(value));
        let route = format!("{} {}", call.operation.method, call.operation.route());
        let answer = believable().answer(&route);
        Self { spec: call.spec, known, own: last.map(String::as_str), shift: call.shift, answer }
    }

    /// Values for no request in particular.
    #[cfg(test)]
    pub(crate) fn apart(spec: &'a Spec) -> Self {
        Self { spec, known: BTreeMap::new(), own: None, shift: Shift::default(), answer: None }
    }

    /// The same with further ids for fields of these names.
    #[cfg(test)]
    pub(crate) fn knowing(mut self, ids: &'a BTreeMap<String, String>) -> Self {
        self.known.extend(ids.iter().map(|(name, id)| (name.as_str(), id.as_str())));
        self
    }

    /// A value of the type; `name` is the value's name.
    pub(crate) fn value(&self, schema: &'a Schema, name: &'a str) -> Value {
        let spot = Spot { name, path: pointer("", name), depth: 0, inside: Vec::new(), turn: 0 };
        self.make(schema, &spot).unwrap_or_else(|| self.least(schema))
    }

    /// None where the value would go too deep or contain itself.
    fn make(&self, schema: &'a Schema, spot: &Spot<'a>) -> Option<Value> {
        let mut spot = spot.clone();
        let mut schema = schema;
        while let Some(name) = schema.name() {
            if spot.inside.contains(&name) {
                return None;
            }
            spot.inside.push(name);
            schema = self.spec.types.get(name)?;
        }
        let container = matches!(schema.kind, Kind::List(_) | Kind::Map(_) | Kind::Object(_));
        if container {
            spot.depth += 1;
        }
        if spot.depth > DEPTH {
            return None;
        }
        match &schema.kind {
            Kind::Scalar(scalar) => Some(self.scalar(*scalar, &schema.rules, &spot)),
            Kind::List(of) => self.list(of, &schema.rules, &spot),
            Kind::Map(of) => {
                let key = believable().key(spot.name);
                let inner = Spot { name: key, path: pointer(&spot.path, key), ..spot };
                Some(self.make(of, &inner).map_or_else(|| json!({}), |value| json!({ key: value })))
            }
            Kind::Object(object) => Some(self.record(object, &spot)),
            Kind::Union(branches) => results(self.spec, branches).find_map(|branch| self.make(branch, &spot)),
            Kind::Named(_) => None,
        }
    }

    fn record(&self, object: &'a Object, spot: &Spot<'a>) -> Value {
        let mut record = Map::new();
        for (name, field) in &object.fields {
            let inner = Spot { name, path: pointer(&spot.path, name), ..spot.clone() };
            let required = || object.required.contains(name).then(|| self.least(field));
            if let Some(value) = self.make(field, &inner).or_else(required) {
                record.insert(name.clone(), value);
            }
        }
        Value::Object(record)
    }

    /// None where the elements would go too deep, but some are needed.
    fn list(&self, of: &'a Schema, rules: &Rules, spot: &Spot<'a>) -> Option<Value> {
        let count = rules.min_items.unwrap_or(1).clamp(1, 100);
        let element = |index: u64| {
            let turn = if rules.unique { usize::try_from(index).unwrap_or_default() } else { 0 };
            let inner = Spot { path: pointer(&spot.path, &index.to_string()), turn, ..spot.clone() };
            self.make(of, &inner)
        };
        let elements: Vec<Value> = (0..count).map_while(element).collect();
        let enough = !elements.is_empty() || rules.min_items.is_none_or(|least| least == 0);
        enough.then_some(Value::Array(elements))
    }

    /// The smallest value of a type.
    fn least(&self, schema: &Schema) -> Value {
        if nullable(self.spec, schema) {
            return Value::Null;
        }
        match &follow(self.spec, schema).kind {
            Kind::List(_) => json!([]),
            Kind::Scalar(Scalar::Any) => Value::Null,
            _ => json!({}),
        }
    }

    fn scalar(&self, scalar: Scalar, rules: &Rules, spot: &Spot<'a>) -> Value {
        let hash = hash(&spot.path);
        if let Some(value) = rules.values.get(spot.turn).or(rules.values.first()) {
            return written(scalar, value);
        }
        match scalar {
            Scalar::Any if spot.depth == 0 => self.answer.cloned().unwrap_or_else(|| json!({ "data": [] })),
            Scalar::Any => json!(self.text(rules, spot)),
            Scalar::Boolean => json!(hash.is_multiple_of(2)),
            Scalar::Date => json!(believable().time(spot.name, self.shift).split('T').next().unwrap_or_default()),
            Scalar::DateTime => json!(believable().time(spot.name, self.shift)),
            Scalar::Duration => json!(format!("{:02}:{:02} hrs", hash % 48, hash / 48 % 60)),
            Scalar::Time => json!("09:30:00"),
            Scalar::TimeRange => {
                let time = believable().time(spot.name, self.shift);
                json!(format!("{time},{time}"))
            }
            Scalar::Email => json!(believable().email(spot.turn_of_record())),
            Scalar::Url => json!(format!("https://desk.example.com/{}", plain(spot.name))),
            Scalar::Id => json!(self.id(spot, hash)),
            Scalar::Integer => json!(number(rules, spot.name, hash)),
            Scalar::Number => {
                let whole = number(rules, spot.name, hash);
                let room = rules.maximum.is_none_or(|most| whole < most);
                if room { json!(whole as f64 + 0.5) } else { json!(whole) }
            }
            Scalar::Text | Scalar::File => json!(self.text(rules, spot)),
        }
    }

    fn text(&self, rules: &Rules, spot: &Spot<'a>) -> String {
        if let Some(id) = self.known.get(spot.name) {
            return (*id).to_owned();
        }
        let text = believable().text(spot.parent(), spot.name, spot.turn_of_record(), self.shift);
        fitted(rules, &text)
    }

    fn id(&self, spot: &Spot<'a>, hash: u64) -> String {
        let of_record = self.own.filter(|_| spot.name == "id" && spot.depth == 1);
        let named = of_record.or_else(|| self.known.get(spot.name).copied());
        named.map_or_else(|| format!("1892000000{:08}", hash % 100_000_000), str::to_owned)
    }
}

/// An allowed value, as JSON of its kind.
fn written(scalar: Scalar, value: &str) -> Value {
    let parsed = match scalar {
        Scalar::Integer | Scalar::Number | Scalar::Boolean => serde_json::from_str(value).ok(),
        _ => None,
    };
    parsed.unwrap_or_else(|| json!(value))
}

fn number(rules: &Rules, name: &str, hash: u64) -> i64 {
    let (least, most) = believable().range(name).unwrap_or((1, 100));
    let room = u64::try_from(most.saturating_sub(least)).unwrap_or(0).saturating_add(1);
    let free = least.saturating_add(i64::try_from(hash % room).unwrap_or(0));
    let number = rules.maximum.map_or(free, |most| free.min(most));
    rules.minimum.map_or(number, |least| number.max(least))
}

/// The text, in the length that it may have.
fn fitted(rules: &Rules, text: &str) -> String {
    let least = rules.min_length.map_or(0, |least| usize::try_from(least.min(10_000)).unwrap_or(0));
    let most = rules.max_length.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let count = text.chars().count().max(least).min(most);
    text.chars().cycle().take(count).collect()
}

/// A field's name as a part of an address.
fn plain(name: &str) -> String {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    if plain.is_empty() { "name".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(spec: &Spec, written: Value) -> Value {
        let schema: Schema = serde_json::from_value(written).unwrap();
        let known = BTreeMap::from([("ticketId", "42")]);
        Synthesizer { known, own: Some("42"), ..Synthesizer::apart(spec) }.value(&schema, "answer")
    }

    #[test]
    fn values_by_kind() {
        let fields = json!({
            "id": "id", "ticketId": "id", "agentId": "id", "count": { "type": "integer", "minimum": 500 },
            "state": { "type": "text", "values": ["OPEN", "CLOSED"] }, "emailId": "email", "modifiedTime": "date-time",
            "firstResponseTime": "text", "badPercentage": "integer",
            "code": { "type": "text", "min_length": 6 }, "short": { "type": "text", "max_length": 2 },
            "one": { "type": "union", "of": [{ "type": "object", "fields": { "errorCode": "text" } }, "text"] },
        });
        let value = made(&Spec::default(), json!({ "type": "object", "fields": fields }));
        assert_eq!(value["id"], "42");
        assert_eq!(value["ticketId"], "42");
        assert_eq!(value["agentId"].as_str().map(str::len), Some(18));
        assert_eq!(value["count"], 500);
        assert_eq!(value["state"], "OPEN");
        assert!(value["emailId"].as_str().is_some_and(|email| email.ends_with("@zylker.example")));
        assert_eq!(value["modifiedTime"], "2024-05-30T14:10:00.000Z");
        assert_eq!(value["firstResponseTime"].as_str().map(|text| text.ends_with(" hrs")), Some(true));
        assert_eq!(value["code"].as_str().map(|code| code.len() >= 6), Some(true));
        assert_eq!(value["short"].as_str().map(str::len), Some(2));
        assert!(value["badPercentage"].as_i64().is_some_and(|percent| (10..=60).contains(&percent)));
        assert!(value["one"].is_string());
    }

    /// The texts that are a field's own name, with the place.
    fn named_like_themselves(value: &Value, name: &str, at: &str, found: &mut Vec<String>) {
        match value {
            Value::String(text) if text == name => found.push(at.to_owned()),
            Value::Object(fields) => {
                fields.iter().for_each(|(name, value)| named_like_themselves(value, name, &pointer(at, name), found));
            }
            Value::Array(values) => values.iter().for_each(|value| named_like_themselves(value, name, at, found)),
            _ => {}
        }
    }

    #[test]
    fn no_text_is_its_fields_own_name() {
        let spec = crate::spec::built_in().unwrap();
        let synthesizer = Synthesizer::apart(&spec);
        let mut found = Vec::new();
        for listed in &spec.operations {
            for answer in listed.operation.answers.values() {
                let desk_spec::Answer::Json(schema) = answer else { continue };
                let value = synthesizer.value(schema, "answer");
                named_like_themselves(&value, "answer", &listed.operation.id, &mut found);
            }
        }
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn every_answer_is_made_and_made_again_the_same() {
        let spec = crate::spec::built_in().unwrap();
        let synthesizer = Synthesizer::apart(&spec);
        for schema in spec.operations.iter().flat_map(|listed| listed.operation.schemas()) {
            let value = synthesizer.value(schema, "answer");
            assert_eq!(value, synthesizer.value(schema, "answer"));
            assert!(value.to_string().len() < 2_000_000);
        }
    }
}
