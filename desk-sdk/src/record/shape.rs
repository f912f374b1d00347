//! What records look like, told by the types that read them.

use super::Held;

/// What a value of an answer looks like. It is what its type declares: real values may be missing, and some contradict
/// their description.
///
/// Nothing is said twice: a record that contains itself, directly or through others, is [`Shape::Json`] in the inner
/// place, so that every shape ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Text, which also includes dates and times of day.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// A number with a fraction.
    Number,
    /// True or false.
    Boolean,
    /// A [point in time](crate::DateTime).
    Time,
    /// The [id](crate::Id) of a record.
    Id,
    /// A value of an [enum](crate::OpenEnum), which may be one that is not listed.
    Word,
    /// A [duration](crate::TimeSpan).
    Span,
    /// Any JSON.
    Json,
    /// A list of values of one shape.
    List(Box<Shape>),
    /// Values of one shape under keys that are not declared.
    Map(Box<Shape>),
    /// A record with declared fields. It may have other keys as well.
    Record {
        /// The Rust name of its type, such as `Ticket`.
        name: &'static str,
        /// Its fields by their wire names, in order.
        fields: Vec<(&'static str, Shape)>,
    },
}

impl Shape {
    /// The shape of the field with this wire name, if it is a record that declares it.
    ///
    /// ```
    /// use desk_sdk::Shape;
    ///
    /// let label = Shape::Record { name: "Label", fields: vec![("id", Shape::Id), ("name", Shape::Text)] };
    /// assert_eq!(label.field("id"), Some(&Shape::Id));
    /// assert_eq!(Shape::Id.field("id"), None);
    /// ```
    pub fn field(&self, wire: &str) -> Option<&Self> {
        let Self::Record { fields, .. } = self else { return None };
        fields.iter().find(|(name, _)| *name == wire).map(|(_, shape)| shape)
    }
}

/// The records around the one whose shape is being told.
#[derive(Debug, Default)]
pub struct Enclosing(Vec<&'static str>);

impl Enclosing {
    /// The shape of a record, by the full name of its type. All records share this code.
    pub(super) fn record(
        &mut self,
        (full_name, name): (&'static str, &'static str),
        names: &[&'static str],
        slots: Vec<&dyn Held>,
    ) -> Shape {
        if self.0.contains(&full_name) {
            return Shape::Json;
        }
        self.0.push(full_name);
        let fields = names.iter().zip(slots).map(|(wire, slot)| (*wire, slot.shape(self))).collect();
        self.0.pop();
        Shape::Record { name, fields }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use serde_json::Value;

    use super::*;
    use crate::record::{Leaf, List};
    use crate::types::{Ticket, TicketStatusType};
    use crate::value::{DateTime, Id, TimeSpan};

    #[allow(unreachable_pub, reason = "the macro is for public records")]
    mod samples {
        use std::sync::Arc;

        crate::record::records! {
            /// Holds itself, alone, in a list and through another.
            pub struct Folder {
                name: Option<String> = "name",
                within: Option<Arc<Folder>> = "within",
                others: Vec<Folder> = "others",
                owner: Option<Arc<Owner>> = "owner",
                second_owner: Option<Arc<Owner>> = "secondOwner",
            }

            /// Holds what holds it.
            pub struct Owner {
                id: Option<crate::value::Id> = "id",
                home: Option<Arc<Folder>> = "home",
            }
        }
    }

    fn shape<T: Leaf>() -> Shape {
        T::shape(&mut Enclosing::default())
    }

    fn list(of: Shape) -> Shape {
        Shape::List(Box::new(of))
    }

    #[test]
    fn every_kind_of_value_has_a_shape() {
        let kinds = [
            (shape::<String>(), Shape::Text),
            (shape::<i64>(), Shape::Integer),
            (shape::<f64>(), Shape::Number),
            (shape::<bool>(), Shape::Boolean),
            (shape::<DateTime>(), Shape::Time),
            (shape::<Id>(), Shape::Id),
            (shape::<TicketStatusType>(), Shape::Word),
            (shape::<TimeSpan>(), Shape::Span),
            (shape::<Value>(), Shape::Json),
            (shape::<Arc<Id>>(), Shape::Id),
            (shape::<Vec<Vec<Id>>>(), list(list(Shape::Id))),
            (shape::<BTreeMap<String, i64>>(), Shape::Map(Box::new(Shape::Integer))),
        ];
        for (told, expected) in kinds {
            assert_eq!(told, expected);
        }
    }

    #[test]
    fn a_record_has_its_fields_in_order() {
        let Shape::Record { name, fields } = shape::<Ticket>() else { panic!("a record") };
        assert_eq!(name, "Ticket");
        let names: Vec<_> = fields.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, <Ticket as crate::Record>::FIELDS);
        let ticket = shape::<Ticket>();
        let of = |name: &str| ticket.field(name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!((of("id"), of("createdTime"), of("isSpam")), (&Shape::Id, &Shape::Time, &Shape::Boolean));
        assert!(matches!(of("contact"), Shape::Record { name: "TicketContact", .. }), "{:?}", of("contact"));
    }

    #[test]
    fn records_that_hold_themselves_end_as_json() {
        let owner = Shape::Record { name: "Owner", fields: vec![("id", Shape::Id), ("home", Shape::Json)] };
        let fields = vec![
            ("name", Shape::Text),
            ("within", Shape::Json),
            ("others", list(Shape::Json)),
            ("owner", owner.clone()),
            // A record that is merely used twice does not hold itself.
            ("secondOwner", owner),
        ];
        assert_eq!(shape::<samples::Folder>(), Shape::Record { name: "Folder", fields });
    }

    #[test]
    fn lists_of_different_records_are_different_records() {
        let outer = shape::<List<List<Id>>>();
        let Some(Shape::List(inner)) = outer.field("data") else { panic!("{outer:?}") };
        assert_eq!(inner.field("data"), Some(&list(Shape::Id)));
    }
}
