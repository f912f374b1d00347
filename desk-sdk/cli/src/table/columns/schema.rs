//! Columns → Arrow's schema.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef, TimeUnit};

use super::kind::{Columns, Kind, Single, UNDECLARED};

/// The name that Parquet's specification gives the elements of a list.
const ELEMENT: &str = "element";

/// Times in files are in UTC.
pub(super) const ZONE: &str = "UTC";

impl Columns {
    /// The schema of every file of the resource.
    pub fn schema(&self) -> SchemaRef {
        let mut fields: Vec<Field> =
            self.fields().iter().map(|(name, kind)| Field::new(*name, data_type(kind), true)).collect();
        fields.push(Field::new(UNDECLARED, DataType::Utf8, true));
        Arc::new(Schema::new(fields))
    }
}

/// What Arrow calls a column.
fn data_type(kind: &Kind) -> DataType {
    match kind {
        Kind::Json | Kind::Single(Single::Text | Single::Word | Single::Id | Single::Span) => DataType::Utf8,
        Kind::Single(Single::Integer) => DataType::Int64,
        Kind::Single(Single::Number) => DataType::Float64,
        Kind::Single(Single::Boolean) => DataType::Boolean,
        Kind::Single(Single::Time) => DataType::Timestamp(TimeUnit::Millisecond, Some(ZONE.into())),
        Kind::List(of) => DataType::List(element(of)),
        Kind::Record(of) => DataType::Struct(fields(of)),
    }
}

/// The elements of a list.
pub(super) fn element(of: &Kind) -> Arc<Field> {
    Arc::new(Field::new(ELEMENT, data_type(of), true))
}

/// The fields of a struct.
pub(super) fn fields(of: &[(&'static str, Kind)]) -> Fields {
    of.iter().map(|(name, kind)| Field::new(*name, data_type(kind), true)).collect()
}
