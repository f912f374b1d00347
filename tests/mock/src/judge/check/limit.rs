//! Lengths, amounts and counts; an error completes "it is …, but".

use desk_spec::Rules;

/// The fault of a list with duplicate values.
pub(super) const ONCE: &str = "every value may stand once only";

pub(super) fn whole(rules: &Rules, number: i128) -> Result<(), String> {
    let below = rules.minimum.is_some_and(|least| number < i128::from(least));
    if below || rules.maximum.is_some_and(|most| number > i128::from(most)) { Err(range(rules)) } else { Ok(()) }
}

pub(super) fn number(rules: &Rules, number: f64) -> Result<(), String> {
    let below = rules.minimum.is_some_and(|least| number < least as f64);
    let above = rules.maximum.is_some_and(|most| number > most as f64);
    if !number.is_finite() || below || above { Err(range(rules)) } else { Ok(()) }
}

fn range(rules: &Rules) -> String {
    match (rules.minimum, rules.maximum) {
        (Some(least), Some(most)) => format!("it must be from {least} to {most}"),
        (Some(least), None) => format!("it must be at least {least}"),
        (None, Some(most)) => format!("it must be at most {most}"),
        (None, None) => "it must be a finite number".to_owned(),
    }
}

pub(super) fn length(rules: &Rules, text: &str) -> Result<(), String> {
    if rules.min_length.is_none() && rules.max_length.is_none_or(|most| as_u64(text.len()) <= most) {
        return Ok(());
    }
    let count = as_u64(text.chars().count());
    match (rules.min_length, rules.max_length) {
        (Some(least), _) if count < least => Err(format!("it must have at least {least} characters")),
        (_, Some(most)) if count > most => Err(format!("it must have at most {most} characters")),
        _ => Ok(()),
    }
}

/// The number of values in a list.
pub(super) fn count(rules: &Rules, count: usize) -> Result<(), String> {
    let count = as_u64(count);
    if let Some(least) = rules.min_items.filter(|least| count < *least) {
        return Err(format!("it must have at least {least} values"));
    }
    if let Some(most) = rules.max_items.filter(|most| count > *most) {
        return Err(format!("it must have at most {most} values"));
    }
    Ok(())
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
