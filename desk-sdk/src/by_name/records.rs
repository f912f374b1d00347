//! What the records of an answer look like.

use super::lookup;
use crate::catalogue::{AnswerKind, Typed};
use crate::generated::api::LISTS;
use crate::operation::Operation;
use crate::record::{Enclosing, Shape};

/// The key that most lists have, whether they are paged or not.
pub(super) const DATA: &str = LISTS.records;

/// What the records in an operation's answer look like: those of its list, or the answer itself if it is a single
/// record. The operation is given by its id (`get_tickets`) or by its name in the API's own description (`getTickets`).
///
/// `None` if no enabled operation has that name, or if its answer is a file or empty.
///
/// ```
/// use desk_sdk::Shape;
/// use desk_sdk::by_name::record_shape;
///
/// let ticket = record_shape("get_tickets").unwrap();
/// assert_eq!(ticket.field("id"), Some(&Shape::Id));
/// assert_eq!(ticket.field("createdTime"), Some(&Shape::Time));
/// assert_eq!(record_shape("get_ticket"), Some(ticket));
/// ```
pub fn record_shape(operation: &str) -> Option<Shape> {
    let entry = lookup::entry(operation)?;
    match entry.answer {
        AnswerKind::Json(typed) => Some(of_records(entry.operation, (typed.shape)(&mut Enclosing::default()))),
        AnswerKind::Empty | AnswerKind::Bytes => None,
    }
}

/// Whether [`Client::invoke`](crate::Client::invoke) can read the records of an operation's answer. What is described as
/// any JSON may be a list, so it counts as one.
///
/// ```
/// use desk_sdk::by_name::answers_with_list;
///
/// assert!(answers_with_list("get_tickets") && !answers_with_list("get_ticket"));
/// ```
pub fn answers_with_list(operation: &str) -> bool {
    lookup::entry(operation).is_some_and(|entry| match entry.answer {
        AnswerKind::Json(typed) => is_list(entry.operation, typed),
        AnswerKind::Empty | AnswerKind::Bytes => false,
    })
}

/// Whether an operation answers with a file: what [`Invocation::download`](super::Invocation::download) is for.
///
/// ```
/// use desk_sdk::by_name::answers_with_file;
///
/// assert!(answers_with_file("get_organization_logo") && !answers_with_file("get_ticket"));
/// ```
pub fn answers_with_file(operation: &str) -> bool {
    lookup::entry(operation).is_some_and(|entry| matches!(entry.answer, AnswerKind::Bytes))
}

/// Whether an operation answers with a list. What answers with any JSON may do so.
pub(super) fn is_list(operation: &Operation, typed: Typed) -> bool {
    match (typed.shape)(&mut Enclosing::default()) {
        Shape::List(_) | Shape::Json => true,
        Shape::Record { fields, .. } => list(operation, &fields).is_some(),
        _ => false,
    }
}

/// The shape of the records within an answer.
fn of_records(operation: &Operation, answer: Shape) -> Shape {
    match answer {
        Shape::List(of) => *of,
        Shape::Record { name, mut fields } => match list(operation, &fields) {
            Some(index) => match fields.swap_remove(index).1 {
                Shape::List(of) => *of,
                other => other,
            },
            None => Shape::Record { name, fields },
        },
        other => other,
    }
}

/// Which field of an answer is its list of records, as for [`Listing`](crate::Listing): the one that the paging names,
/// else `data`, else the only list of records in a paged answer.
fn list(operation: &Operation, fields: &[(&str, Shape)]) -> Option<usize> {
    let lists = || fields.iter().enumerate().filter(|(_, (_, shape))| matches!(shape, Shape::List(_)));
    let named = |key: &str| lists().find(|(_, (name, _))| *name == key);
    let only = || {
        let mut of_records =
            lists().filter(|(_, (_, shape))| matches!(shape, Shape::List(of) if matches!(**of, Shape::Record { .. })));
        let only = of_records.next().filter(|_| operation.paging.is_some());
        only.filter(|_| of_records.next().is_none())
    };
    let key = operation.paging.map_or(DATA, |paging| paging.key);
    named(key).or_else(|| named(DATA)).or_else(only).map(|(index, _)| index)
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use super::*;
    use crate::catalogue::entries;

    /// How many values a record of this shape may hold.
    fn size(shape: &Shape) -> usize {
        match shape {
            Shape::List(of) | Shape::Map(of) => size(of),
            Shape::Record { fields, .. } => fields.iter().map(|(_, shape)| size(shape)).sum(),
            _ => 1,
        }
    }

    #[test]
    fn whatever_answers_json_has_a_shape_of_bearable_size() {
        let mut records = 0;
        for entry in entries() {
            let id = entry.operation.id;
            let shape = record_shape(id);
            assert_eq!(shape.is_some(), matches!(entry.answer, AnswerKind::Json(_)), "{id}");
            let Some(shape) = shape else { continue };
            records += usize::from(matches!(shape, Shape::Record { .. }));
            assert!(size(&shape) < 2000, "{id}: {}", size(&shape));
            if let Shape::Record { name, .. } = shape {
                assert_ne!(name, "List", "{id}");
            }
        }
        assert!(records > 300, "{records}");
    }

    /// Names are searched for.
    #[test]
    fn the_fields_of_every_record_are_sorted() {
        fn check(shape: &Shape) -> usize {
            match shape {
                Shape::List(of) | Shape::Map(of) => check(of),
                Shape::Record { name, fields } => {
                    assert!(fields.is_sorted_by(|(one, _), (next, _)| one < next), "{name}: {fields:?}");
                    1 + fields.iter().map(|(_, shape)| check(shape)).sum::<usize>()
                }
                _ => 0,
            }
        }
        let shapes = entries().filter_map(|entry| match entry.answer {
            AnswerKind::Json(typed) => Some((typed.shape)(&mut Enclosing::default())),
            AnswerKind::Empty | AnswerKind::Bytes => None,
        });
        let checked: usize = shapes.map(|shape| check(&shape)).sum();
        assert!(checked > 1000, "{checked}");
    }

    #[test]
    fn records_are_found_wherever_an_answer_has_them() {
        // A list; one with pages of its own; a list under another key; a record alone.
        for (operation, record) in [
            ("get_tickets", "Ticket"),
            ("getTickets", "Ticket"),
            ("get_archived_tickets", "Ticket"),
            ("get_articles", "Article"),
            ("get_teams", "Team"),
            ("get_agent", "Agent"),
        ] {
            let shape = record_shape(operation);
            assert!(matches!(shape, Some(Shape::Record { name, .. }) if name == record), "{operation}: {shape:?}");
        }
        assert_eq!(record_shape("get_nothing"), None);
        assert_eq!(record_shape("delete_draft_thread"), None);
    }
}
