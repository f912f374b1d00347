//! Lists by the operation's name.

use serde_json::Value;

use super::invocation::Invocation;
use super::records::{DATA, is_list};
use crate::answer::Answer;
use crate::call::Call;
use crate::catalogue::AnswerKind;
use crate::client::{Client, Options, Pending, Prepared};
use crate::error::Result;
use crate::walk::{self, Fetched, Fetching, Goal, Pages, Records, SAID, Since};
use crate::walk_error::WalkError;

impl Invocation {
    /// The pages of a list, as [`Pending::pages`], with records as received. An operation that does not answer with a
    /// list fails with [`WalkError::NotAList`].
    pub fn pages(self) -> Pages<Value> {
        walk::pages(self.list(), untyped, &Goal::Indexed)
    }

    /// The records of a list, as [`Pending::records`].
    ///
    /// ```no_run
    /// # async fn example(client: desk_sdk::Client) -> desk_sdk::Result<()> {
    /// use serde_json::json;
    ///
    /// let mut agents = client.invoke("get_agents", json!({ "status": "ACTIVE" })).records();
    /// while let Some(agent) = agents.next().await {
    ///     println!("{}", agent?["name"]);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn records(self) -> Records<Value> {
        self.pages().records()
    }

    /// All records of a list, as [`Pending::all`].
    pub fn all(self) -> Records<Value> {
        walk::pages(self.list(), untyped, &Goal::All).records()
    }

    /// The records that have changed, as [`Pending::modified_since`].
    pub fn modified_since(self, since: impl Into<Since>) -> Records<Value> {
        walk::modified_since(self.list(), untyped, since.into()).records()
    }

    /// The call, if it can answer with a list.
    fn list(self) -> Result<Prepared> {
        let (prepared, answer) = self.into_parts()?;
        let operation = prepared.call.operation();
        match answer {
            AnswerKind::Json(typed) if is_list(operation, typed) => Ok(prepared),
            _ => Err(WalkError::NotAList { operation: operation.id }.into()),
        }
    }
}

/// Reads a page as it was received.
fn untyped(client: Client, call: Call, options: Options) -> Fetching<Value> {
    Box::pin(async move {
        let operation = call.operation();
        let Answer { value, meta, .. } = Pending::<Value>::with(client, call, options).await?;
        let said = SAID.map(|key| value.get(key).cloned());
        let key = operation.paging.map(|paging| paging.key);
        let records = records(value, key).ok_or(WalkError::NotAList { operation: operation.id })?;
        Ok(Fetched { records, meta, said })
    })
}

/// The records of an answer: under the key of its pages, under the usual one, or else the only list of a page.
fn records(answer: Value, key: Option<&str>) -> Option<Vec<Value>> {
    match answer {
        Value::Null => Some(Vec::new()),
        Value::Array(records) => Some(records),
        Value::Object(mut fields) => {
            let mut named = |key: &str| {
                let found = fields.get_mut(key)?;
                let found = if found.is_array() { found } else { found.get_mut(key)? };
                found.is_array().then(|| found.take())
            };
            let found = named(key.unwrap_or(DATA)).or_else(|| named(DATA));
            let found = found.or_else(|| fields.into_iter().map(|(_, value)| value).find(Value::is_array));
            match found {
                Some(Value::Array(records)) => Some(records),
                // A page without records may lack the key.
                _ => key.map(|_| Vec::new()),
            }
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::records;

    #[test]
    fn records_are_found_wherever_they_lie() {
        let two = Some(vec![json!(1), json!(2)]);
        assert_eq!(records(json!([1, 2]), Some("data")), two);
        assert_eq!(records(json!({ "count": 2, "data": [1, 2] }), Some("data")), two);
        assert_eq!(records(json!({ "count": 2, "data": { "data": [1, 2] } }), Some("data")), two);
        assert_eq!(records(json!({ "a": [9], "data": [1, 2] }), Some("data")), two);
        assert_eq!(records(json!({ "teams": [1, 2] }), Some("data")), two);
        assert_eq!(records(json!({ "teams": [1, 2] }), None), two);
        assert_eq!((records(json!(null), None), records(json!({}), Some("data"))), (Some(vec![]), Some(vec![])));
        assert_eq!((records(json!({ "id": "1" }), None), records(json!("text"), Some("data"))), (None, None));
    }
}
