//! A request as the records see it.

use serde_json::{Value, json};

use super::Records;
use super::ids::{self, ID, Id};
use crate::judge::check::{Call, Part, Sent};
use crate::seed::{Conditions, Given, Record, Values};

/// A call whose parents exist.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    pub(super) call: Call<'a>,
    pub(super) sent: &'a Sent,
    pub(super) now: &'a str,
    /// The record that the path leads to: its collection and id.
    pub(super) at: Option<(usize, Id)>,
}

/// A field and the texts of which it has to hold one.
pub(super) type Held = (String, Vec<String>);

impl<'a> Request<'a> {
    pub(super) fn body(self) -> Option<&'a Value> {
        if let Sent::Json(value) = self.sent { Some(value) } else { None }
    }

    fn file(self) -> Option<&'a Part> {
        let Sent::Parts(parts) = self.sent else { return None };
        parts.iter().find(|part| part.file_name.is_some()).or(parts.first())
    }

    /// The last parameter of the path.
    pub(super) fn last(self) -> &'a str {
        self.call.values.last().map_or("", String::as_str)
    }
}

impl Records {
    /// The value that a table leaves to the request; None where the request has none.
    pub(super) fn given(&self, request: Request<'_>, given: &Given) -> Option<Value> {
        match given {
            Given::Literal(value) => Some(value.clone()),
            Given::Path(place) => request.call.values.get(*place).map(|value| json!(value)),
            Given::Query(name) => request.call.incoming.query(name).map(|text| match text {
                "true" => json!(true),
                "false" => json!(false),
                _ if text.contains(',') => json!(text.split(',').collect::<Vec<_>>()),
                _ => json!(text),
            }),
            Given::Body(name) => name.split('.').try_fold(request.body()?, |value, step| value.get(step)).cloned(),
            Given::Record(field) => {
                let (place, id) = request.at?;
                let store = self.stores.get(place)?;
                store.value(store.live(id)?, field).map(|value| value.into_owned())
            }
            Given::FileName => {
                let file = request.file()?;
                Some(json!(file.file_name.as_ref().unwrap_or(&file.name)))
            }
            Given::FileSize => request.file().map(|file| json!(file.size)),
            Given::Now => Some(json!(request.now)),
        }
    }

    /// The resolved conditions. A condition on a query parameter that was not sent is dropped.
    pub(super) fn held(&self, request: Request<'_>, conditions: &Conditions) -> Vec<Held> {
        let held = conditions.iter().filter_map(|(field, given)| {
            let value = self.given(request, given);
            if value.is_none() && matches!(given, Given::Query(_)) {
                return None;
            }
            Some((field.clone(), ids::texts(&value.unwrap_or_default())))
        });
        held.collect()
    }

    /// The fields of the body that are kept.
    pub(super) fn sent(&self, drop: &[String], request: Request<'_>) -> Record {
        let fields = request.body().and_then(Value::as_object).into_iter().flatten();
        let kept = fields.filter(|(name, _)| *name != ID && !drop.contains(name));
        kept.map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// The values of a table; a name may come from the request too.
    pub(super) fn values(&self, values: &Values, request: Request<'_>) -> Record {
        let one = |(name, given): (&String, &Given)| {
            let name = match Given::try_from(json!(name)) {
                Ok(Given::Literal(_)) | Err(_) => name.clone(),
                Ok(from) => self.given(request, &from)?.as_str()?.to_owned(),
            };
            Some((name, self.given(request, given)?))
        };
        values.iter().filter_map(one).collect()
    }
}
