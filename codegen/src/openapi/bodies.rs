//! What is sent.

use indexmap::IndexMap;

use super::Writer;
use super::document::{Media, RequestBody, Schema};
use crate::spec::{self, Body, Kind, Scalar};

impl Writer<'_> {
    pub(super) fn body(&self, body: &Body) -> RequestBody {
        let made = |schema: &spec::Schema| match body.partial {
            true => self.changes(schema, &body.needed, &mut Vec::new()),
            false => self.schema(schema),
        };
        let json = body.json.as_ref().map(|schema| ("application/json", made(schema)));
        let form = body.multipart.as_ref().map(|schema| ("multipart/form-data", made(schema)));
        let bytes = body.bytes.then(|| ("application/octet-stream", super::schemas::scalar(Scalar::File, false)));
        let media = |(kind, schema): (&str, Schema)| (kind.to_owned(), Media { schema });
        let content: IndexMap<_, _> = [json, form, bytes].into_iter().flatten().map(media).collect();
        RequestBody {
            required: body.required,
            partial: body.partial,
            needed: body.needed.clone(),
            document_parameter: body.document_parameter.clone(),
            content,
            ..RequestBody::default()
        }
    }

    /// A type of which only what changes is sent: no field is required, except for those without which it would say
    /// nothing. A named type that requires some is written out here, and keeps its name as its word.
    fn changes(&self, schema: &spec::Schema, needed: &[String], open: &mut Vec<String>) -> Schema {
        let mut made = self.schema(schema);
        match &schema.kind {
            Kind::Object(object) if object.required != needed => {
                made.own_required = Some(std::mem::take(&mut made.required));
                made.required = needed.iter().filter(|name| object.fields.contains_key(*name)).cloned().collect();
            }
            Kind::Union(of) => {
                for (branch, written) in of.iter().zip(&mut made.any_of) {
                    *written = self.changes(branch, needed, open);
                }
            }
            Kind::Named(name) if !open.contains(name) => {
                let Some(target) = self.spec.types.get(name) else { return made };
                open.push(name.clone());
                let changes = self.changes(target, needed, open);
                open.pop();
                if changes != self.schema(target) {
                    let mark = if schema.nullable { "?" } else { "" };
                    made = Schema { word: Some(format!("{name}{mark}")), ..changes };
                    super::schemas::rules(&mut made, schema);
                }
            }
            Kind::Object(_) | Kind::Named(_) | Kind::Scalar(_) | Kind::List(_) | Kind::Map(_) => {}
        }
        made
    }
}
