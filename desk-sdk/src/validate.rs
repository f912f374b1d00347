//! Checks values against the documented rules, before anything is sent.
//!
//! Doubtful rules are reported but do not stop a call; with [`Check::Report`], no documented rule does. Rules that are
//! not the API's but this crate's own, such as that a path must stay the operation's, always apply.

mod limits;
mod path;

use serde_json::{Map, Value};

use self::limits::{above, allows, below, count, has_twins, is_id, is_range, is_word, length, one_of};
use crate::call::Call;
use crate::generated::api::ORGANIZATION;
use crate::invalid_call::{BrokenRule, InvalidCall};
use crate::operation::{Body, Field, Kind, Parameter, ParameterPlace, Rule};

/// How many broken rules of a call are reported.
const TOLD: usize = 20;

/// How documented rules are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    /// Calls that break one are refused.
    Enforce,
    /// Calls that break one are made, and the rules reported.
    Report,
}

/// Checks a whole call: every declared parameter and field, and that nothing required is missing. Returns the rules
/// that were broken but tolerated, or all those that stop the call.
pub(crate) fn validate(call: &Call, check: Check) -> Result<Vec<BrokenRule>, InvalidCall> {
    let mut checker = Checker::new(call, check);
    call.unwritable.iter().for_each(|broken| checker.refuse_always(broken.clone()));
    for parameter in call.operation.parameters {
        checker.parameter(parameter);
    }
    path::other(call).into_iter().for_each(|broken| checker.refuse_always(broken));
    checker.undeclared();
    checker.whole_body();
    checker.finish()
}

/// Checks one value as if it were a field of the call.
#[cfg(feature = "by-name")]
pub(crate) fn validate_value(call: &Call, value: &Value, kind: Kind, name: &str) -> Result<(), InvalidCall> {
    let mut checker = Checker::new(call, Check::Enforce);
    checker.value(value, kind, &[], name);
    checker.finish().map(drop)
}

struct Checker<'a> {
    call: &'a Call,
    check: Check,
    /// Broken rules that stop the call.
    refused: Vec<BrokenRule>,
    /// Broken rules that are tolerated.
    reported: Vec<BrokenRule>,
}

impl<'a> Checker<'a> {
    fn new(call: &'a Call, check: Check) -> Self {
        Self { call, check, refused: Vec::new(), reported: Vec::new() }
    }

    fn finish(self) -> Result<Vec<BrokenRule>, InvalidCall> {
        match self.refused.is_empty() {
            true => Ok(self.reported),
            false => Err(InvalidCall { operation: self.call.operation.id, broken: self.refused }),
        }
    }
}

impl Checker<'_> {
    fn parameter(&mut self, parameter: &Parameter) {
        let name = parameter.field.name;
        if parameter.place != ParameterPlace::Path {
            let overruled = self.check == Check::Report && self.call.query.iter().any(|(given, _)| given == name);
            if overruled {
                return;
            }
            self.declared(&parameter.field, self.call.parameters.get(name), name, &|_| false);
            return self.joined(parameter);
        }
        // The path determines which operation is called, so its rules always apply.
        let check = std::mem::replace(&mut self.check, Check::Enforce);
        self.declared(&parameter.field, self.call.parameters.get(name), name, &|_| false);
        self.check = check;
        if let Some(Value::String(text)) = self.call.parameters.get(name)
            && !path::is_segment(text)
        {
            let rule = "a valid part of a path: not empty, not just dots, no control characters";
            self.refuse_always(BrokenRule::new(name, &Value::from(text.as_str()), rule));
        }
    }

    /// Checks lists whose elements are joined.
    fn joined(&mut self, parameter: &Parameter) {
        let name = parameter.field.name;
        let Some(Value::Array(list)) = self.call.parameters.get(name) else { return };
        if list.is_empty() && parameter.field.required() {
            return self.refuse(BrokenRule::missing(name, None));
        }
        if list.is_empty() {
            // It would not be sent, so that a filter that lets nothing through would let everything through.
            return self.refuse(BrokenRule::given(
                name,
                "[]".to_owned(),
                "left out, or a list with at least one value",
            ));
        }
        // Elements are joined by commas, so one that contains a comma would become two.
        if let Some(one) = list.iter().find(|one| one.as_str().is_some_and(|one| one.contains(','))) {
            self.refuse(BrokenRule::new(name, one, "a list of values without commas"));
        }
    }

    /// `query` is only for undeclared parameters: declared ones have rules, and the organization belongs to the client.
    fn undeclared(&mut self) {
        for (name, _) in &self.call.query {
            let organization = ORGANIZATION.is_some_and(|named| name.eq_ignore_ascii_case(named.header));
            if organization || (self.check == Check::Enforce && self.call.operation.parameter(name).is_some()) {
                let rule = match organization {
                    true => "set on the client, with `organization` or `for_organization`",
                    false => "declared and has its own setter; `query` can set it only on an `unchecked` call",
                };
                // The value itself is not the problem.
                self.refuse_always(BrokenRule::given(name, String::new(), rule));
            }
        }
    }

    fn whole_body(&mut self) {
        let call = self.call;
        match &call.operation.body {
            Body::None | Body::Bytes => {}
            Body::Json { required, fields, .. } if *required || !call.fields.is_empty() => self.body(fields),
            Body::Json { .. } => {}
            Body::Form { fields } => self.body(fields),
            Body::Whole { required: true, .. } if call.whole.is_none() => {
                self.refuse(BrokenRule::missing("body", None))
            }
            Body::Whole { kind, .. } => {
                if let Some(whole) = &call.whole {
                    self.value(whole, *kind, &[], "body");
                }
            }
        }
    }

    fn body(&mut self, fields: &'static [Field]) {
        let call = self.call;
        let file = |wanted: &str| call.files.iter().any(|(name, _)| *name == wanted);
        for field in fields.iter().filter(|field| !file(field.name)) {
            self.declared(field, call.fields.get(field.name), field.name, &|other| call.fields.contains(other));
        }
    }

    fn record(&mut self, map: &Map<String, Value>, fields: &'static [Field], name: &str) {
        for field in fields {
            let place = format!("{name}.{}", field.name);
            self.declared(field, map.get(field.name), &place, &|other| map.contains_key(other));
        }
    }

    /// Checks a declared value; `given` looks up the other values.
    fn declared(&mut self, field: &Field, value: Option<&Value>, name: &str, given: &dyn Fn(&str) -> bool) {
        match value {
            None => {
                for rule in field.rules {
                    match *rule {
                        Rule::Required => self.refuse(BrokenRule::missing(name, None)),
                        Rule::Unless(other) if !given(other) => self.neither(field, other, name),
                        Rule::Expected => self.report(BrokenRule::missing(name, None)),
                        _ => {}
                    }
                }
            }
            Some(Value::Null) => {}
            Some(value) => self.value(value, field.kind, field.rules, name),
        }
    }

    fn value(&mut self, value: &Value, kind: Kind, rules: &'static [Rule], name: &str) {
        let fits = match kind {
            Kind::Any => true,
            Kind::Boolean => value.is_boolean(),
            Kind::DateTime | Kind::File | Kind::Text => value.is_string(),
            Kind::Id => is_id(value) || is_word(value, rules),
            Kind::Integer => value.is_i64() || value.is_u64() || is_word(value, rules),
            Kind::Number => value.is_number(),
            Kind::List(_) => value.is_array(),
            Kind::Map | Kind::Record(_) => value.is_object(),
            Kind::TimeRange => value.as_str().is_some_and(is_range) || is_word(value, rules),
        };
        if !fits {
            return self.refuse(BrokenRule::new(name, value, kind.to_string()));
        }
        match (kind, value) {
            (Kind::List(of), Value::Array(list)) => self.list(list, *of, rules, name),
            (Kind::Record(fields), Value::Object(map)) => self.record(map, fields(), name),
            _ => self.single(value, rules, name),
        }
    }

    fn list(&mut self, list: &[Value], of: Kind, rules: &'static [Rule], name: &str) {
        for rule in rules {
            let broken = match *rule {
                Rule::MinItems(least) => (count(list.len()) < least).then(|| format!("a list of at least {least}")),
                Rule::MaxItems(most) => (count(list.len()) > most).then(|| format!("a list of at most {most}")),
                Rule::Unique => has_twins(list).then(|| "a list without duplicates".to_owned()),
                _ => None,
            };
            if let Some(rule) = broken {
                self.refuse(BrokenRule::new(name, &Value::Array(list.to_vec()), rule));
            }
        }
        for (index, element) in list.iter().enumerate() {
            self.value(element, of, rules, &format!("{name}[{index}]"));
        }
    }

    fn single(&mut self, value: &Value, rules: &'static [Rule], name: &str) {
        if is_word(value, rules) {
            return;
        }
        let descending = rules.contains(&Rule::Descending);
        let range = rules.contains(&Rule::OrTimeRange) && value.as_str().is_some_and(is_range);
        for rule in rules {
            let broken = match *rule {
                Rule::Minimum(least) => below(value, least).then(|| format!("at least {least}")),
                Rule::Maximum(most) => above(value, most).then(|| format!("at most {most}")),
                Rule::MinLength(least) => {
                    length(value).filter(|n| *n < least).map(|_| format!("at least {least} characters"))
                }
                Rule::MaxLength(most) => {
                    length(value).filter(|n| *n > most).map(|n| format!("at most {most} characters (it has {n})"))
                }
                Rule::Prefix(prefix) => value
                    .as_str()
                    .is_some_and(|text| !text.starts_with(prefix) || text.len() == prefix.len())
                    .then(|| format!("a name that starts with {prefix}")),
                Rule::Values(allowed) => {
                    (!range && !allows(allowed, value, descending)).then(|| one_of(allowed, rules))
                }
                _ => None,
            };
            let Some(broken) = broken else { continue };
            let broken = BrokenRule::new(name, value, broken);
            match rule {
                Rule::Values(_) if rules.contains(&Rule::Open) => self.report(broken),
                _ => self.refuse(broken),
            }
        }
    }

    /// One of two fields is required; a missing pair is reported only once.
    fn neither(&mut self, field: &Field, other: &str, name: &str) {
        let place = name.strip_suffix(field.name).unwrap_or_default();
        let told = [&self.refused, &self.reported].into_iter().flatten();
        if !told.into_iter().any(|broken| broken.missing && broken.name.strip_prefix(place) == Some(other)) {
            self.refuse(BrokenRule::missing(name, Some(other)));
        }
    }

    /// Notes that a documented rule is broken.
    fn refuse(&mut self, broken: BrokenRule) {
        match self.check {
            Check::Enforce => self.refuse_always(broken),
            Check::Report => self.report(broken),
        }
    }

    /// Notes that one of this crate's own rules is broken.
    fn refuse_always(&mut self, broken: BrokenRule) {
        if self.refused.len() < TOLD {
            self.refused.push(broken);
        }
    }

    /// Notes that a rule is broken, without stopping the call.
    fn report(&mut self, broken: BrokenRule) {
        if self.reported.len() < TOLD {
            self.reported.push(broken);
        }
    }
}
