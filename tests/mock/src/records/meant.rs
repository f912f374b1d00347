//! The records that a request is about.

use desk_spec::Answer;

use super::Records;
use super::ids::{self, Id};
use super::request::Request;
use crate::exchange::refusal::{Refusal, pointer};
use crate::judge::check::Call;
use crate::seed::Given;
use crate::spec::shape::objects;

/// The key of an answer that reports for each id whether the operation succeeded.
pub(crate) const RESULTS: &str = "results";

/// Some records, each with its collection.
pub(super) type Several = Vec<(usize, Id)>;

impl Records {
    /// The records that ids name, or that the path leads to. If the answer reports on each id, unknown ones are among
    /// the results; otherwise they are refused.
    pub(super) fn meant(
        &self,
        of: &[usize],
        ids: Option<&Given>,
        trashed: bool,
        request: Request<'_>,
    ) -> Result<(Several, Vec<(String, bool)>), Refusal> {
        let Some(given) = ids else { return Ok((request.at.into_iter().collect(), Vec::new())) };
        let value = self.given(request, given).unwrap_or_default();
        let find = |id: Id| {
            let is_there = |place: &usize| {
                if !trashed {
                    return self.live(*place, id).is_some();
                }
                self.stores.get(*place).and_then(|store| store.get(id)).is_some_and(|stored| stored.trashed)
            };
            of.iter().copied().find(is_there).map(|place| (place, id))
        };
        let several: Several = ids::all(&value).into_iter().filter_map(find).collect();
        let result = |text: String| {
            let done = several.iter().any(|(_, id)| id.to_string() == text);
            (text, done)
        };
        let results: Vec<(String, bool)> = ids::texts(&value).into_iter().map(result).collect();
        if !tells_results(request.call) {
            let mut faults = Vec::new();
            let (Given::Body(name) | Given::Query(name)) = given else { return Ok((several, results)) };
            if results.iter().any(|(_, done)| !done)
                && let Some(place) = of.first()
            {
                self.look_for(*place, &value, &pointer("", name), &mut faults);
            }
            let message = format!("{} is for records that are there.", request.call.operation.id);
            match given {
                Given::Query(_) => Refusal::unless_suitable(&message, faults)?,
                _ => Refusal::unless_empty(&message, faults)?,
            }
        }
        Ok((several, results))
    }

    /// All records of some collections, either the trashed ones or the others.
    pub(super) fn all(&self, of: &[usize], trashed: bool) -> Several {
        let all = of.iter().filter_map(|place| Some((*place, self.stores.get(*place)?)));
        let ids = all.flat_map(|(place, store)| store.iter().map(move |stored| (place, stored)));
        ids.filter(|(_, stored)| stored.trashed == trashed).map(|(place, stored)| (place, stored.id)).collect()
    }
}

/// Whether the answer reports for each id whether the operation succeeded.
fn tells_results(call: Call<'_>) -> bool {
    call.operation.answers.values().any(|answer| match answer {
        Answer::Json(schema) => objects(call.spec, schema).iter().any(|object| object.fields.contains_key(RESULTS)),
        Answer::Empty | Answer::Bytes => false,
    })
}
