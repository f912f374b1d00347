//! Answers that hold records alongside other facts: which of their fields is the list.

use std::collections::BTreeMap;

use super::types::{Record, Type};
use super::{AnswerModel, FamilyModel, OperationModel};

/// The list fields, by the record's name: the field that the paging names, else the one that most lists have, else the
/// only list of records in a paged answer.
pub(super) fn find(families: &[FamilyModel], records: &[Record], usual: &str) -> BTreeMap<String, String> {
    let operations = families.iter().flat_map(|family| family.modules.values().flatten());
    operations.filter_map(|operation| of_answer(operation, records, usual)).collect()
}

fn of_answer(operation: &OperationModel, records: &[Record], usual: &str) -> Option<(String, String)> {
    let AnswerModel::Json(Type::Record(id)) = &operation.answer else { return None };
    let paging = operation.operation.paging.as_ref();
    let lists = || records[id.0].fields.iter().filter(|field| matches!(field.ty, Type::List(_)));
    let key = paging.map_or(usual, |paging| &paging.key);
    let named = lists().find(|field| field.wire == key);
    let only = || {
        let mut holding =
            lists().filter(|field| matches!(&field.ty, Type::List(of) if matches!(**of, Type::Record(_))));
        let only = holding.next().filter(|_| paging.is_some());
        only.filter(|_| holding.next().is_none())
    };
    named.or_else(only).map(|field| (records[id.0].name.clone(), field.wire.clone()))
}
