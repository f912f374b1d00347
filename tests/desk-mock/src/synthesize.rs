//! Values made from a type: the same for the same input.

use std::collections::BTreeMap;

use desk_spec::{Kind, Object, Rules, Scalar, Schema, Spec};
use serde_json::{Map, Value, json};

use crate::check::Call;
use crate::hash::hash;
use crate::refusal::pointer;
use crate::shape::{follow, nullable, results};

/// How many lists and records deep a value goes.
const DEPTH: usize = 5;

/// Makes values for one request.
#[derive(Debug)]
pub(crate) struct Synthesizer<'a> {
    spec: &'a Spec,
    /// Ids that the request names: fields of these names have them too.
    known: BTreeMap<&'a str, &'a str>,
    /// The id of the record that the request is about, where its path ends with one.
    own: Option<&'a str>,
}

/// Where a value stands.
#[derive(Clone, Debug)]
struct Spot<'a> {
    /// The field's name, or that of the list it is in.
    name: &'a str,
    path: String,
    depth: usize,
    /// Names of types that the place lies in.
    inside: Vec<&'a str>,
    /// Its place in a list whose values differ; 0 elsewhere.
    turn: usize,
}

impl<'a> Synthesizer<'a> {
    /// Values that agree with the ids in the request's path.
    pub(crate) fn new(call: Call<'a>) -> Self {
        let is_id = |value: &str| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        let known = call.path().filter(|(_, value)| is_id(value)).collect();
        let last = call.values.last().filter(|value| call.operation.path.ends_with('}') && is_id(value));
        Self { spec: call.spec, known, own: last.map(String::as_str) }
    }

    /// Values for no request in particular.
    #[cfg(test)]
    pub(crate) fn apart(spec: &'a Spec) -> Self {
        Self { spec, known: BTreeMap::new(), own: None }
    }

    /// The same with further ids for fields of these names.
    #[cfg(test)]
    pub(crate) fn knowing(mut self, ids: &'a BTreeMap<String, String>) -> Self {
        self.known.extend(ids.iter().map(|(name, id)| (name.as_str(), id.as_str())));
        self
    }

    /// A value of the type; `name` is what it is called.
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
                let inner = Spot { name: "sample", path: pointer(&spot.path, "sample"), ..spot };
                Some(self.make(of, &inner).map_or_else(|| json!({}), |value| json!({ "sample": value })))
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
            Scalar::Any if spot.depth == 0 => json!({ "name": spot.name, "data": [{ "name": spot.name, "count": 1 }] }),
            Scalar::Any => json!(spot.name),
            Scalar::Boolean => json!(hash.is_multiple_of(2)),
            Scalar::Date => json!("2024-05-14"),
            Scalar::DateTime => json!("2024-05-14T09:30:00.000Z"),
            Scalar::Time => json!("09:30:00"),
            Scalar::Email => json!(format!("{}@example.com", plain(spot.name))),
            Scalar::Url => json!(format!("https://desk.example.com/{}", plain(spot.name))),
            Scalar::Id => json!(self.id(spot, hash)),
            Scalar::Integer => json!(number(rules, hash)),
            Scalar::Number => {
                let whole = number(rules, hash);
                let room = rules.maximum.is_none_or(|most| whole < most);
                if room { json!(whole as f64 + 0.5) } else { json!(whole) }
            }
            Scalar::Text | Scalar::File => json!(text(rules, spot.name)),
        }
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

fn number(rules: &Rules, hash: u64) -> i64 {
    let free = i64::try_from(hash % 100).unwrap_or(0) + 1;
    let number = rules.maximum.map_or(free, |most| free.min(most));
    rules.minimum.map_or(number, |least| number.max(least))
}

fn text(rules: &Rules, name: &str) -> String {
    let name = if name.is_empty() { "text" } else { name };
    let least = rules.min_length.map_or(0, |least| usize::try_from(least.min(10_000)).unwrap_or(0));
    let most = rules.max_length.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let count = name.chars().count().max(least).min(most);
    name.chars().cycle().take(count).collect()
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
        Synthesizer { spec, known: BTreeMap::from([("ticketId", "42")]), own: Some("42") }.value(&schema, "answer")
    }

    #[test]
    fn values_by_kind() {
        let fields = json!({
            "id": "id", "ticketId": "id", "agentId": "id", "count": { "type": "integer", "minimum": 500 },
            "state": { "type": "text", "values": ["OPEN", "CLOSED"] }, "emailId": "email", "at": "date-time",
            "code": { "type": "text", "min_length": 6 }, "short": { "type": "text", "max_length": 2 },
            "one": { "type": "union", "of": [{ "type": "object", "fields": { "errorCode": "text" } }, "text"] },
        });
        let value = made(&Spec::default(), json!({ "type": "object", "fields": fields }));
        assert_eq!(value["id"], "42");
        assert_eq!(value["ticketId"], "42");
        assert_eq!(value["agentId"].as_str().map(str::len), Some(18));
        assert_eq!(value["count"], 500);
        assert_eq!(value["state"], "OPEN");
        assert_eq!(value["emailId"], "emailid@example.com");
        assert_eq!(value["at"], "2024-05-14T09:30:00.000Z");
        assert_eq!(value["code"], "codeco");
        assert_eq!(value["short"], "sh");
        assert_eq!(value["one"], "one");
    }

    #[test]
    fn every_answer_is_made_and_made_again_the_same() {
        let spec = crate::spec::built_in().unwrap();
        let synthesizer = Synthesizer { spec: &spec, known: BTreeMap::new(), own: None };
        for schema in spec.operations.iter().flat_map(|listed| listed.operation.schemas()) {
            let value = synthesizer.value(schema, "answer");
            assert_eq!(value, synthesizer.value(schema, "answer"));
            assert!(value.to_string().len() < 2_000_000);
        }
    }
}
