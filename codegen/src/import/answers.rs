//! Responses → what a success answers.

use indexmap::IndexMap;

use super::told::Fix;
use super::tree::{Entry, Node};
use super::{Importer, media, openapi};
use crate::spec::{Answer, Kind, Scalar, Schema, Status};

impl<'n> Importer<'n> {
    /// The answer of each success status.
    pub(super) fn answers(
        &mut self,
        responses: &'n [Entry<'n>],
        operation: &'n Node<'n>,
        file: &'n str,
    ) -> IndexMap<Status, Answer> {
        let mut answers = IndexMap::new();
        for entry in responses {
            let Some(status) = self.status(entry, responses, file) else { continue };
            let answer = self.answer(&entry.value, file);
            answers.insert(status, answer);
        }
        answers.sort_keys();
        if answers.is_empty() {
            let problem = "no success answer is declared; any JSON is accepted";
            self.note(file, operation.at(), problem, Fix::Change("answers", "{\"204\": \"empty\"}".to_owned()));
            answers.insert(200, Answer::Json(Schema::scalar(Scalar::Any)));
        }
        answers
    }

    /// The success status that a response is for. `2XX` and `default` mean those that are not listed.
    fn status(&mut self, entry: &'n Entry<'n>, all: &'n [Entry<'n>], file: &'n str) -> Option<Status> {
        let listed =
            || all.iter().any(|other| other.key.parse().is_ok_and(|status: Status| (200..300).contains(&status)));
        let others = |word: &str| all.iter().any(|other| other.key.eq_ignore_ascii_case(word));
        match entry.key.as_ref() {
            key if key.starts_with("x-") => None,
            // Any status that is not listed: an error if a success is.
            "default" if listed() || others("2XX") => None,
            "default" => {
                let problem = "only `default` is declared; it is read as the answer of a success";
                self.note(file, entry.at, problem, Fix::Change("answers", "{\"204\": \"empty\"}".to_owned()));
                Some(200)
            }
            key if key.eq_ignore_ascii_case("2XX") => (!listed()).then_some(200),
            key if matches!(key.as_bytes(), [b'1' | b'3'..=b'5', b'x' | b'X', b'x' | b'X']) => None,
            key => {
                let status = key.parse::<Status>().ok().filter(|status| (100..600).contains(status));
                if status.is_none() {
                    let problem = format!("{key:?} is not a status; the response was left out");
                    self.note(
                        file,
                        entry.at,
                        problem,
                        Fix::Change("answers", "{\"200\": {\"json\": \"…\"}}".to_owned()),
                    );
                }
                status.filter(|status| (200..300).contains(status))
            }
        }
    }

    fn answer(&mut self, response: &'n Node<'n>, file: &'n str) -> Answer {
        let keys = self.keys(response, file, &openapi::RESPONSE);
        let Some(text) = self.reference(keys) else { return self.content(response, file) };
        let Some(found) = self.find(text, file, response.at()) else { return any() };
        if found.target.is_none() {
            let (missing, hint) = (found.reference.clone(), self.documents.other_ending(&found.reference));
            let name = self.reach(found);
            let problem = format!("the response {missing} does not exist; it is read as JSON of the type {name}{hint}");
            self.note(file, response.at(), problem, Fix::Type(name.clone()));
            return Answer::Json(Schema::new(Kind::Named(name)));
        }
        let Some((file, keys)) = self.resolved(response, file, &openapi::RESPONSE) else { return any() };
        match self.content(keys.node, file) {
            // A shared response with an inline type keeps the response's name.
            Answer::Json(Schema { kind: Kind::Object(_) | Kind::Union(_), nullable, rules }) => {
                Answer::Json(Schema { kind: Kind::Named(self.reach(found)), nullable, rules })
            }
            other => other,
        }
    }

    fn content(&mut self, response: &'n Node<'n>, file: &'n str) -> Answer {
        let content = response.get("content").and_then(Node::entries).unwrap_or_default();
        for entry in content {
            self.keys(&entry.value, file, &openapi::MEDIA);
        }
        let json = content.iter().find(|entry| media::is_json(&entry.key));
        if let [first, ..] = content
            && content.len() > 1
        {
            let mut kinds: Vec<_> = content.iter().map(|entry| entry.key.as_ref()).collect();
            kinds.sort_unstable();
            let used = if json.is_some() { "JSON was used" } else { "it is read as bytes" };
            let problem = format!("declared as {}; {used}", kinds.join(" and "));
            self.note(file, first.at, problem, Fix::Change("answers", "{\"200\": \"bytes\"}".to_owned()));
        }
        match json {
            Some(json) => Answer::Json(self.media_schema(&json.value, file)),
            None if content.is_empty() => Answer::Empty,
            None => Answer::Bytes,
        }
    }

    /// The type of a kind of content; any value if it has no schema.
    pub(super) fn media_schema(&mut self, media: &'n Node<'n>, file: &'n str) -> Schema {
        media.get("schema").map_or_else(|| Schema::scalar(Scalar::Any), |schema| self.schema(schema, file))
    }
}

fn any() -> Answer {
    Answer::Json(Schema::scalar(Scalar::Any))
}
