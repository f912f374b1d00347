//! `desk-sdk/cli/src/guide/setters.tsv`: setters that are not called as the names of their values suggest.

use heck::ToSnakeCase as _;

use super::inputs::{Input, of_operation};
use crate::model::{Model, OperationModel};
use crate::visible;

pub(super) fn emit(model: &Model) -> String {
    let operations = model.families.iter().flat_map(|family| family.modules.values().flatten());
    let mut lines: Vec<String> = operations.flat_map(|operation| lines(model, operation)).collect();
    lines.sort();
    format!("id\tvalue\tsetter\n{}", lines.concat())
}

fn lines(model: &Model, operation: &OperationModel) -> Vec<String> {
    let odd = |input: &Input<'_>| input.rust != input.wire.to_snake_case();
    let line = |input: &Input<'_>| {
        // At the top of a call's arguments, the name means the parameter.
        let hidden = !input.is_parameter() && operation.parameters.iter().any(|known| known.wire == input.wire);
        let before = if hidden { "body." } else { "" };
        format!("{}\t{before}{}\t{}\n", operation.names.id, visible(input.wire), input.rust)
    };
    of_operation(model, operation).settable.iter().filter(|input| odd(input)).map(line).collect()
}
