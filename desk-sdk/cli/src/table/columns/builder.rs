//! Cells → Arrow's arrays.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Float64Builder, Int64Builder, NullBufferBuilder, StringBuilder, TimestampMillisecondBuilder,
};
use arrow_array::{ArrayRef, ListArray, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, FieldRef, Fields};

use super::cell::Cell;
use super::kind::{Kind, Single};
use super::schema::{ZONE, element, fields};

/// Bytes that a text takes besides its own, and a fixed value takes at most.
const OFFSET: usize = 4;
const FIXED: usize = 8;

/// A column being built.
pub(super) enum Builder {
    Text(StringBuilder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Boolean(BooleanBuilder),
    Time(TimestampMillisecondBuilder),
    List { of: Box<Builder>, element: FieldRef, ends: Vec<i32>, valid: NullBufferBuilder },
    Record { of: Vec<Builder>, fields: Fields, valid: NullBufferBuilder },
}

impl Builder {
    pub(super) fn new(kind: &Kind) -> Self {
        match kind {
            Kind::Json | Kind::Single(Single::Text | Single::Word | Single::Id | Single::Span) => Self::text(),
            Kind::Single(Single::Integer) => Self::Integer(Int64Builder::new()),
            Kind::Single(Single::Number) => Self::Number(Float64Builder::new()),
            Kind::Single(Single::Boolean) => Self::Boolean(BooleanBuilder::new()),
            Kind::Single(Single::Time) => Self::Time(TimestampMillisecondBuilder::new().with_timezone(ZONE)),
            Kind::List(of) => Self::List {
                of: Box::new(Self::new(of)),
                element: element(of),
                ends: vec![0],
                valid: NullBufferBuilder::new(0),
            },
            Kind::Record(of) => Self::Record {
                of: of.iter().map(|(_, kind)| Self::new(kind)).collect(),
                fields: fields(of),
                valid: NullBufferBuilder::new(0),
            },
        }
    }

    pub(super) fn text() -> Self {
        Self::Text(StringBuilder::new())
    }

    /// Adds a value, and says how many bytes that took.
    pub(super) fn append(&mut self, cell: Option<Cell>) -> usize {
        match (self, cell) {
            (Self::Text(builder), Some(Cell::Text(text))) => append_text(builder, &text),
            (Self::Text(builder), Some(Cell::Json(value))) => append_text(builder, &value.to_string()),
            (Self::Integer(builder), Some(Cell::Integer(number))) => fixed(|| builder.append_value(number)),
            (Self::Number(builder), Some(Cell::Number(number))) => fixed(|| builder.append_value(number)),
            (Self::Boolean(builder), Some(Cell::Boolean(flag))) => fixed(|| builder.append_value(flag)),
            (Self::Time(builder), Some(Cell::Time(time))) => fixed(|| builder.append_value(time)),
            (Self::List { of, ends, valid, .. }, Some(Cell::List(cells))) => {
                let last = ends.last().copied().unwrap_or_default();
                ends.push(last.saturating_add(i32::try_from(cells.len()).unwrap_or(i32::MAX)));
                valid.append_non_null();
                OFFSET + cells.into_iter().map(|cell| of.append(cell)).sum::<usize>()
            }
            (Self::Record { of, valid, .. }, Some(Cell::Record(cells))) => {
                valid.append_non_null();
                of.iter_mut().zip(cells).map(|(builder, cell)| builder.append(cell)).sum()
            }
            // A cell is made for its column, so this is null.
            (builder, _) => builder.append_null(),
        }
    }

    fn append_null(&mut self) -> usize {
        match self {
            Self::Text(builder) => {
                builder.append_null();
                OFFSET
            }
            Self::Integer(builder) => fixed(|| builder.append_null()),
            Self::Number(builder) => fixed(|| builder.append_null()),
            Self::Boolean(builder) => fixed(|| builder.append_null()),
            Self::Time(builder) => fixed(|| builder.append_null()),
            Self::List { ends, valid, .. } => {
                ends.push(ends.last().copied().unwrap_or_default());
                valid.append_null();
                OFFSET
            }
            Self::Record { of, valid, .. } => {
                valid.append_null();
                of.iter_mut().map(Self::append_null).sum()
            }
        }
    }

    /// Takes what was added; the builder starts again.
    pub(super) fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Text(builder) => Arc::new(builder.finish()),
            Self::Integer(builder) => Arc::new(builder.finish()),
            Self::Number(builder) => Arc::new(builder.finish()),
            Self::Boolean(builder) => Arc::new(builder.finish()),
            Self::Time(builder) => Arc::new(builder.finish()),
            Self::List { of, element, ends, valid } => {
                let ends = OffsetBuffer::new(std::mem::replace(ends, vec![0]).into());
                Arc::new(ListArray::try_new(Arc::clone(element), ends, of.finish()?, valid.finish())?)
            }
            Self::Record { of, fields, valid } => {
                let arrays = of.iter_mut().map(Self::finish).collect::<Result<_, _>>()?;
                Arc::new(StructArray::try_new(fields.clone(), arrays, valid.finish())?)
            }
        })
    }
}

fn append_text(builder: &mut StringBuilder, text: &str) -> usize {
    builder.append_value(text);
    OFFSET + text.len()
}

fn fixed(append: impl FnOnce()) -> usize {
    append();
    FIXED
}
