//! Request bodies → what an operation sends.

use super::media::{self, Kind as Media};
use super::told::Fix;
use super::tree::{Entry, Node};
use super::{Importer, openapi};
use crate::spec::{Body, Kind, Method};

impl<'n> Importer<'n> {
    /// What an operation sends; none if nothing is declared that can be sent.
    pub(super) fn body(&mut self, written: &'n Node<'n>, method: Method, file: &'n str) -> Option<Body> {
        let (home, keys) = self.resolved(written, file, &openapi::REQUEST_BODY)?;
        let shared = !std::ptr::eq(keys.node, written);
        let content = self.object(keys, "content").and_then(Node::entries).unwrap_or_default();
        if content.is_empty() {
            let problem = "a body without `content`: nothing is sent";
            self.note(home, keys.node.at(), problem, Fix::Change("body", "{\"json\": \"any\"}".to_owned()));
            return None;
        }
        let required = self.flag(keys, "required") == Some(true);
        let mut body = Body { required, partial: method == Method::Patch, ..Body::default() };
        for entry in content {
            self.keys(&entry.value, home, &openapi::MEDIA);
            let mut schema = self.media_schema(&entry.value, home);
            let inline = matches!(schema.kind, Kind::Object(_) | Kind::Union(_));
            if let (true, true, 1) = (shared, inline, content.len())
                && let Some(name) = self.shared_name(written, file)
            {
                schema.kind = Kind::Named(name);
            }
            // If every field of a change is required, none can be left out.
            body.partial &= !self.is_all_required(&schema);
            // A body with required fields is itself required.
            body.required |= !body.partial && self.has_required(&schema);
            match media::kind(&entry.key) {
                Media::Json if body.json.is_none() => body.json = Some(schema),
                Media::Json => self.second(entry, "the first kind of JSON is used", home),
                Media::Form if self.is_record(&schema, |_| true) => body.multipart = Some(schema),
                Media::Form => self.second(entry, "a form must be a record; it was left out", home),
                Media::Bytes => body.bytes = true,
                Media::Other if content.len() > 1 => self.second(entry, "it was left out", home),
                Media::Other => {
                    self.second(entry, "clients cannot write it, so the caller sends its bytes", home);
                    body.bytes = true;
                }
            }
        }
        (body.json.is_some() || body.multipart.is_some() || body.bytes).then_some(body)
    }

    fn second(&mut self, entry: &'n Entry<'n>, what: &str, file: &'n str) {
        let problem = format!("a body of {}: {what}", entry.key);
        self.note(file, entry.at, problem, Fix::Change("body", "{\"json\": \"…\"}".to_owned()));
    }

    /// The name of the shared body that an operation refers to.
    fn shared_name(&mut self, written: &'n Node<'n>, file: &'n str) -> Option<String> {
        let text = written.get("$ref").or_else(|| written.get("ref")).and_then(Node::text)?;
        let found = self.find(text, file, written.at())?;
        Some(self.reach(found))
    }
}
