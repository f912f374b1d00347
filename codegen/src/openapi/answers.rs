//! What comes back.

use indexmap::IndexMap;

use super::document::{Media, Response, Schema};
use super::{ERROR, Writer};
use crate::spec::{Answer, Operation, Scalar};

impl Writer<'_> {
    /// The answers by status. What is not declared is a refusal like those that are.
    pub(super) fn responses(&self, operation: &Operation) -> IndexMap<String, Response> {
        let successes = operation.answers.iter().map(|(status, answer)| (status.to_string(), self.answer(answer)));
        let errors = operation.errors.iter().map(ToString::to_string).chain(["default".to_owned()]);
        successes.chain(errors.map(|status| (status, refusal()))).collect()
    }

    fn answer(&self, answer: &Answer) -> Response {
        let (description, content) = match answer {
            Answer::Empty => ("Done; there is no body.", None),
            Answer::Bytes => {
                ("A file.", Some(("application/octet-stream", super::schemas::scalar(Scalar::File, false))))
            }
            Answer::Json(schema) => ("Done.", Some(("application/json", self.schema(schema)))),
        };
        let media = |(kind, schema): (&str, Schema)| (kind.to_owned(), Media { schema });
        Response {
            description: description.to_owned(),
            content: content.map(media).into_iter().collect(),
            ..Response::default()
        }
    }
}

fn refusal() -> Response {
    Response { reference: Some(format!("#/components/responses/{ERROR}")), ..Response::default() }
}
