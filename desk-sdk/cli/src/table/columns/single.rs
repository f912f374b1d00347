//! Values without parts, read as leniently as the SDK reads them, but never with a loss.

use desk_sdk::DateTime;
use serde_json::Value;

use super::cell::Cell;
use super::kind::Single;

/// Floats are exact for whole numbers up to here.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// How many digits of a number in text a float surely keeps.
const SURE_DIGITS: usize = 15;

/// Reads a value that is not null: what its column has, which may be nothing. One that does not fit is returned.
pub(super) fn read(single: Single, value: Value) -> Result<Option<Cell>, Value> {
    let empty_list = value.as_array().is_some_and(Vec::is_empty);
    if empty_list || (single != Single::Text && is_blank(&value)) {
        return Ok(None);
    }
    match single {
        Single::Text | Single::Word => text(value).map(Cell::Text),
        Single::Id => id(value).map(Cell::Text),
        Single::Span => span(value).map(Cell::Text),
        Single::Integer => integer(&value).map(Cell::Integer).ok_or(value),
        Single::Number => number(&value).map(Cell::Number).ok_or(value),
        Single::Boolean => boolean(&value).map(Cell::Boolean).ok_or(value),
        Single::Time => time(&value).map(Cell::Time).ok_or(value),
    }
    .map(Some)
}

/// Whether it is blank text, alone or as the only element of a list.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => matches!(list.as_slice(), [Value::String(text)] if text.trim().is_empty()),
        _ => false,
    }
}

fn text(value: Value) -> Result<String, Value> {
    match value {
        Value::String(text) => Ok(text),
        Value::Array(list) if list.len() == 1 => as_written(&list[0]).ok_or(Value::Array(list)),
        other => as_written(&other).ok_or(other),
    }
}

/// A single value as it is written.
fn as_written(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn id(value: Value) -> Result<String, Value> {
    match value {
        Value::String(text) if text.trim().len() == text.len() => Ok(text),
        Value::String(text) => Ok(text.trim().to_owned()),
        Value::Number(number) if !number.is_f64() => Ok(number.to_string()),
        other => Err(other),
    }
}

fn span(value: Value) -> Result<String, Value> {
    match value {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(other),
    }
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().and_then(whole)),
        Value::String(text) => {
            let text = text.trim();
            text.parse().ok().or_else(|| float(text).and_then(whole))
        }
        _ => None,
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) if number.is_f64() => number.as_f64(),
        Value::Number(number) => number.as_f64().filter(|float| float.abs() < EXACT),
        Value::String(text) => float(text.trim()),
        _ => None,
    }
}

fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        Value::Number(number) => match number.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        _ => None,
    }
}

/// Milliseconds since 1970. A time with a finer part does not fit, and neither does a leap second.
fn time(value: &Value) -> Option<i64> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let time = DateTime::from(text.as_str()).timestamp().filter(|_| !text.contains(":60"))?;
    (time.subsec_nanosecond() % 1_000_000 == 0).then(|| time.as_millisecond())
}

/// A number in text, if a float keeps all of its digits.
fn float(text: &str) -> Option<f64> {
    let float: f64 = text.parse().ok()?;
    let digits = text.split(['e', 'E']).next().unwrap_or_default();
    let significant = digits.trim_start_matches(['-', '+', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    let kept = significant <= SURE_DIGITS && (float != 0.0 || significant == 0);
    // What Rust writes, it reads as the same float; but of a large whole number, it writes zeros for digits that differ.
    let written = format!("{float:?}") == text || format!("{float}") == text;
    let exact = float.abs() < EXACT || !digits.bytes().all(|digit| digit.is_ascii_digit() || digit == b'-');
    (float.is_finite() && (kept || (written && exact))).then_some(float)
}

/// A float without a fraction, if it lies where floats are exact.
fn whole(number: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and in range")]
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn reads(single: Single, cases: &[(Value, Cell)]) {
        for (sent, cell) in cases {
            assert_eq!(read(single, sent.clone()), Ok(Some(cell.clone())), "{single:?} from {sent}");
        }
    }

    fn refuses(single: Single, cases: &[Value]) {
        for sent in cases {
            assert_eq!(read(single, sent.clone()), Err(sent.clone()), "{single:?} from {sent}");
        }
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn text_is_read_from_whatever_is_written_alike() {
        reads(Single::Text, &[(json!(""), text("")), (json!(7), text("7")), (json!(true), text("true"))]);
        reads(Single::Text, &[(json!(["a"]), text("a")), (json!([""]), text(""))]);
        refuses(Single::Text, &[json!(["a", "b"]), json!({}), json!([["a"]]), json!([null])]);
        reads(Single::Word, &[(json!(["AGENT"]), text("AGENT")), (json!("On Hold"), text("On Hold"))]);
        reads(Single::Id, &[(json!(" 7 "), text("7")), (json!(u64::MAX), text("18446744073709551615"))]);
        refuses(Single::Id, &[json!(1.5), json!(true), json!(["7"])]);
        reads(Single::Span, &[(json!("41:50 hrs"), text("41:50 hrs")), (json!(5), text("5"))]);
    }

    #[test]
    fn empty_text_and_empty_lists_are_no_value() {
        for single in [Single::Word, Single::Id, Single::Span, Single::Integer, Single::Boolean, Single::Time] {
            for sent in [json!(""), json!(" "), json!([""]), json!([])] {
                assert_eq!(read(single, sent.clone()), Ok(None), "{single:?} from {sent}");
            }
        }
        assert_eq!(read(Single::Text, json!([])), Ok(None));
    }

    #[test]
    fn numbers_that_would_lose_digits_do_not_fit() {
        let number = Cell::Number;
        reads(Single::Integer, &[(json!("12"), Cell::Integer(12)), (json!(3.0), Cell::Integer(3))]);
        reads(Single::Integer, &[(json!(i64::MIN), Cell::Integer(i64::MIN)), (json!("1e3"), Cell::Integer(1000))]);
        refuses(Single::Integer, &[json!(1.5), json!(u64::MAX), json!("many"), json!(1e300), json!([1])]);
        reads(Single::Number, &[(json!("1.50"), number(1.5)), (json!(7), number(7.0)), (json!("0.0"), number(0.0))]);
        reads(Single::Number, &[(json!("0.30000000000000004"), number(0.1 + 0.2))]);
        refuses(Single::Number, &[json!(9_007_199_254_740_993_i64), json!("9007199254740993"), json!("1e-400")]);
        refuses(
            Single::Number,
            &[
                json!("3798174309848374300"),
                json!("inf"),
                json!("NaN"),
                json!("1e400"),
                json!("0.10000000000000000001"),
            ],
        );
    }

    #[test]
    fn booleans_are_read_as_the_sdk_reads_them() {
        let [yes, no] = [true, false].map(Cell::Boolean);
        reads(
            Single::Boolean,
            &[(json!("True"), yes.clone()), (json!(1), yes), (json!("false"), no.clone()), (json!(0), no)],
        );
        refuses(Single::Boolean, &[json!("yes"), json!(2), json!(0.0), json!([true])]);
    }

    #[test]
    fn times_are_read_in_every_notation_and_kept_exactly() {
        let time = Cell::Time(1_715_679_000_000);
        for sent in [
            json!("2024-05-14T09:30:00.000Z"),
            json!("2024-05-14T09:30:00Z"),
            json!("2024-05-14T11:30:00+02:00"),
            json!("1715679000000"),
            json!(1_715_679_000_000_u64),
        ] {
            reads(Single::Time, &[(sent, time.clone())]);
        }
        refuses(Single::Time, &[json!("2024-05-14"), json!("soon"), json!("2024-05-14T09:30:00.0001Z"), json!(true)]);
        refuses(Single::Time, &[json!("2016-12-31T23:59:60Z"), json!(1e300), json!(i64::MAX)]);
    }

    /// Where the SDK reads a value, so does the column, unless it would lose digits.
    #[test]
    fn whatever_the_sdk_reads_is_read() {
        for sent in
            [json!("7"), json!(7), json!(7.0), json!("7.5"), json!(true), json!("true"), json!(["7"]), json!("x")]
        {
            let body = sent.to_string();
            fn fits<T: desk_sdk::Leaf + Default>(body: &str) -> bool {
                desk_sdk::decode::<T>(body.as_bytes(), desk_sdk::Decoding::Strict).is_ok()
            }
            for (single, fits) in [
                (Single::Text, fits::<String>(&body)),
                (Single::Integer, fits::<i64>(&body)),
                (Single::Number, fits::<f64>(&body)),
                (Single::Boolean, fits::<bool>(&body)),
            ] {
                assert_eq!(read(single, sent.clone()).is_ok(), fits, "{single:?} from {sent}");
            }
        }
    }
}
