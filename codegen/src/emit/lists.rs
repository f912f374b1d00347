//! `spec/lists.tsv`: how all records of each list are read.

use crate::model::{AnswerModel, Model, OperationModel, Type};
use crate::spec::Method;
use crate::visible;

pub(super) fn emit(model: &Model) -> String {
    let operations = model.families.iter().flat_map(|family| family.modules.values().flatten());
    let mut lines: Vec<String> = operations.filter(|one| is_list(model, one)).map(line).collect();
    lines.sort();
    format!("id\tall\tby\tchanges\tfirst\tpage\tkey\trecord id\n{}", lines.concat())
}

/// Whether an operation answers with a list, or with a record that has one.
fn is_list(model: &Model, operation: &OperationModel) -> bool {
    match &operation.answer {
        // Others answer with what they did to several records.
        _ if operation.operation.method != Method::Get => false,
        _ if operation.operation.paging.is_some() => true,
        AnswerModel::Json(Type::List(_) | Type::Records(_)) => true,
        AnswerModel::Json(Type::Record(id)) => model.listings.contains_key(&model.records[id.0].name),
        AnswerModel::Json(_) | AnswerModel::Empty | AnswerModel::Bytes => false,
    }
}

fn line(operation: &OperationModel) -> String {
    let walked = &operation.walked;
    let paging = operation.operation.paging.as_ref();
    let filtered = walked.filtered().filter(|_| paging.is_some());
    let (all, by) = match (paging, filtered) {
        (None, _) => ("whole", ""),
        (Some(_), None) => ("index", ""),
        (Some(_), Some(time)) if time.sort.is_some() => ("time", time.field.as_str()),
        (Some(_), Some(time)) => ("windows", time.field.as_str()),
    };
    let changed = walked.changes().filter(|_| paging.is_some());
    let changes = changed.map_or("", |time| if time.range.is_some() { "range" } else { "newest" });
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let first = number(paging.map(|paging| paging.first));
    let page = number(paging.and_then(|paging| paging.maximum.or(paging.default)));
    let key = visible(paging.map_or("", |paging| paging.key.as_str()));
    let (by, id) = (visible(by), visible(walked.id.as_deref().unwrap_or_default()));
    format!("{}\t{all}\t{by}\t{changes}\t{first}\t{page}\t{key}\t{id}\n", operation.operation.id)
}
