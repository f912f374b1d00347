//! Resources: lists of records that are worth keeping a copy of, as data.

use serde_json::{Map, Value};

use crate::generated::resources::RESOURCES;

/// A list of records, and what belongs to them.
///
/// It says how to read all of them with [`Client::invoke`](crate::Client::invoke):
///
/// ```no_run
/// # async fn example(client: desk_sdk::Client) -> desk_sdk::Result<()> {
/// use desk_sdk::by_name::resource;
///
/// let contacts = resource("contacts").expect("a resource");
/// let operation = contacts.by_time.unwrap_or(contacts.operation);
/// let mut records = client.invoke(operation, contacts.fixed_arguments()).all();
/// while let Some(contact) = records.next().await {
///     println!("{}", contact?["lastName"]);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resource {
    /// Its name, such as `tickets`.
    pub name: &'static str,
    /// The operation that lists it, by index or as a whole.
    pub operation: &'static str,
    /// Another operation that gives the same records and can be filtered by a time, so that it reads any number of
    /// them. It may need more scopes.
    pub by_time: Option<&'static str>,
    /// Arguments of every call, each with its value as JSON text.
    pub arguments: &'static [(&'static str, &'static str)],
    /// What it has to be called for, one by one.
    pub each: Option<Each>,
    /// Lists that each of its records has.
    pub children: &'static [Child],
}

/// What a list has to be called for, one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Each {
    /// These values.
    Value {
        /// The parameter that takes the value.
        parameter: &'static str,
        /// The values.
        values: &'static [&'static str],
    },
    /// The records of another list.
    Record {
        /// The parameter that takes a field of the record.
        parameter: &'static str,
        /// The operation that lists the records.
        operation: &'static str,
        /// The field.
        field: &'static str,
    },
}

/// A list that each record of a resource has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Child {
    /// Its name, such as `comments`.
    pub name: &'static str,
    /// The operation that lists it.
    pub operation: &'static str,
    /// The path parameter that takes the id of the record that it belongs to.
    pub parent: &'static str,
    /// A name for this id beside the fields of the list's own records, such as `ticketId`.
    pub key: &'static str,
    /// How the files that its records stand for are downloaded.
    pub files: Option<Attachments>,
}

/// How the files of a list of attachments are downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attachments {
    /// The operation that answers with the file.
    pub operation: &'static str,
    /// The path parameter that takes the id of the record that the attachment belongs to.
    pub parent: &'static str,
    /// The path parameter that takes the attachment's id.
    pub id: &'static str,
}

impl Resource {
    /// The arguments of every call, as a JSON object.
    pub fn fixed_arguments(&self) -> Value {
        fixed(self.arguments)
    }
}

/// Arguments whose values are JSON text, as a JSON object.
pub(super) fn fixed(arguments: &[(&str, &str)]) -> Value {
    let arguments = arguments.iter().map(|(name, value)| {
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(*value));
        ((*name).to_owned(), value)
    });
    Value::Object(arguments.collect::<Map<_, _>>())
}

impl Each {
    /// The parameter that takes the value.
    pub fn parameter(&self) -> &'static str {
        match self {
            Self::Value { parameter, .. } | Self::Record { parameter, .. } => parameter,
        }
    }
}

/// The lists of records that are worth keeping a copy of, by name. Operations of families that are not enabled are named
/// as well; [`operation`](crate::operation) tells whether one can be called.
pub fn resources() -> &'static [Resource] {
    RESOURCES
}

/// The resource with this name.
pub fn resource(name: &str) -> Option<&'static Resource> {
    RESOURCES.iter().find(|resource| resource.name == name)
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use super::*;
    use crate::by_name::record_shape;
    use crate::operation;
    use crate::record::Shape;

    #[test]
    fn every_resource_can_be_read() {
        assert!(resources().is_sorted_by_key(|resource| resource.name.to_lowercase()));
        for resource in resources() {
            for id in [Some(resource.operation), resource.by_time].into_iter().flatten() {
                let shape = record_shape(id);
                assert!(matches!(shape, Some(Shape::Record { .. } | Shape::Json)), "{id}: {shape:?}");
            }
            for child in resource.children {
                assert!(record_shape(child.operation).is_some(), "{}", child.operation);
            }
        }
    }

    #[test]
    fn what_reads_by_time_can_be_filtered_by_it_and_gives_the_same_fields() {
        for resource in resources() {
            let Some(id) = resource.by_time else { continue };
            let timelines = operation(id).unwrap().timelines;
            assert!(timelines.iter().any(|timeline| timeline.range.is_some()), "{id}");
            assert!(timelines.iter().any(|timeline| timeline.field == "modifiedTime"), "{id}");
            assert_eq!(record_shape(id).unwrap().field("id"), record_shape(resource.operation).unwrap().field("id"));
        }
    }

    #[test]
    fn fixed_arguments_are_json() {
        let layouts = resource("layouts").unwrap();
        assert_eq!(layouts.fixed_arguments(), serde_json::json!({ "status": "all" }));
        assert_eq!(resource("tickets").unwrap().fixed_arguments(), serde_json::json!({}));
    }
}
