//! The command of one operation, built when it is called.

use std::collections::HashSet;
use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args as _, Command, FromArgMatches as _, ValueHint};
use clap_complete::engine::ArgValueCompleter;
use desk_sdk::{Kind, Operation, Rule};

use super::given::{Given, given};
use super::input::{Input, Place, inputs};
use super::words::{rules, shape};
use super::{CallOptions, dotted};
use crate::completing;
use crate::problem::Problem;
use crate::scopes::{likely, line};

/// The id of the positional arguments.
pub(super) const POSITIONAL: &str = "=path";

/// A command line that was understood.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The general options.
    pub options: CallOptions,
    /// The arguments of the call.
    pub given: Given,
}

/// The command of an operation: `desk call <operation>`, with the operation's values as options.
pub fn command(operation: &'static Operation) -> Command {
    with_inputs(operation, &operation_inputs(operation))
}

/// The values that an operation takes, called so that they do not collide with the general options.
pub(crate) fn operation_inputs(operation: &'static Operation) -> Vec<Input> {
    inputs(operation, &general_names())
}

/// The names of the general options.
fn general_names() -> HashSet<String> {
    let command = CallOptions::augment_args(Command::new("call"));
    let own = command.get_arguments().filter_map(|argument| argument.get_long().map(str::to_owned));
    own.chain(["help".to_owned()]).collect()
}

/// The command `desk call` without an operation.
pub fn general() -> Command {
    CallOptions::augment_args(Command::new("call"))
        .bin_name("desk call")
        .about("Call an operation of the API, with its values as options")
        .override_usage("desk call <OPERATION> [ITS VALUES] [OPTIONS]")
        .after_help(GENERAL)
}

const GENERAL: &str = "\
Examples:
  desk find search tickets                               which operation it is
  desk call get_tickets --help                           the values that it takes
  desk call get_tickets --limit 5 --include contacts
  desk call get_ticket 4000000008001 --output json
  desk call search_tickets --status Open --all --output jsonl > tickets.jsonl
  desk call update_ticket 4000000008001 --priority High --max-risk write

Values of records: --contact.email a@example.com, or --contact '{\"email\": …}'. Custom fields: --cf-shelf 7.
Files: --file @photo.png. --clear dueDate clears a field.

Exit codes: 0 done, 1 the call failed, 2 it cannot be done as asked, 3 the token is missing, refused or lacks scopes,
4 the day's credits are spent or too many calls were made, 130 interrupted.";

/// The operation that words name, and the other words. None if they name none.
///
/// # Errors
///
/// If there is no such operation, with the likely one.
pub fn split(words: &[OsString]) -> Result<Option<(&'static Operation, Vec<OsString>)>, Problem> {
    let general = general();
    let takes_value = |word: &str| {
        let named = |argument: &&Arg| match word.strip_prefix("--") {
            Some(long) => argument.get_long() == Some(long),
            None => word
                .strip_prefix('-')
                .is_some_and(|short| argument.get_short().map(String::from).as_deref() == Some(short)),
        };
        general.get_arguments().find(named).is_some_and(|argument| argument.get_action().takes_values())
    };
    let mut is_value = false;
    for (index, word) in words.iter().enumerate() {
        let text = word.to_string_lossy();
        if std::mem::take(&mut is_value) {
            continue;
        }
        if text.starts_with('-') {
            is_value = takes_value(&text);
            continue;
        }
        let operation = named(&text)?;
        let others = words.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, word)| word.clone());
        return Ok(Some((operation, others.collect())));
    }
    Ok(None)
}

/// The operation that a person means.
///
/// # Errors
///
/// If there is none, with the likely one.
pub fn named(text: &str) -> Result<&'static Operation, Problem> {
    crate::scopes::named(text).map(|entry| entry.operation).map_err(|_| {
        let meant = likely(text, desk_sdk::operations().map(|operation| operation.id));
        let meant = meant.map(|name| format!(" (did you mean {name}?)")).unwrap_or_default();
        let text = line(&text.chars().take(100).collect::<String>());
        Problem::usage(format!("there is no operation '{text}'{meant}; `desk find WORDS` looks for one"))
    })
}

/// Understands the words after the operation's name.
///
/// # Errors
///
/// [`Err`] of clap for help and for words that it cannot place, so that they look as everywhere; of the rest, what is
/// wrong.
pub fn parse(operation: &'static Operation, words: &[OsString]) -> Result<Parsed, Misunderstood> {
    let mut inputs = operation_inputs(operation);
    let mut extra: Vec<Input> = Vec::new();
    for word in options(words) {
        if extra.iter().any(|known| known.long == word) {
            continue;
        }
        extra.extend(dotted::input(operation, &inputs, &word)?);
    }
    inputs.extend(extra);
    let command = with_inputs(operation, &inputs);
    let name = OsString::from(operation.id);
    let matches = command.try_get_matches_from(std::iter::once(&name).chain(words));
    let matches = matches.map_err(|error| unknown(operation, &inputs, error))?;
    let options = CallOptions::from_arg_matches(&matches).map_err(Misunderstood::Clap)?;
    if let (Some(most), false) = (options.at_most, options.all) {
        let text =
            format!("--at-most {most} is the total of a list that is read with --all: add --all; --limit is a page's");
        return Err(Problem::usage(text).into());
    }
    let given = given(operation, &inputs, &options, &matches)?;
    Ok(Parsed { options, given })
}

/// Why words were not understood.
#[derive(Debug)]
pub enum Misunderstood {
    /// As clap tells it, which includes help.
    Clap(clap::Error),
    /// As this crate tells it.
    Problem(Problem),
}

impl From<Problem> for Misunderstood {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// The names of long options in words.
fn options(words: &[OsString]) -> impl Iterator<Item = String> {
    let words = words.iter().filter_map(|word| word.to_str()).take_while(|word| *word != "--");
    let names = words.filter_map(|word| word.strip_prefix("--"));
    names.filter_map(|word| word.split('=').next()).filter(|name| !name.is_empty()).map(str::to_owned)
}

fn with_inputs(operation: &'static Operation, inputs: &[Input]) -> Command {
    let places: Vec<&Input> = inputs.iter().filter(|input| input.place == Place::Path).collect();
    let positional: String = places.iter().map(|input| format!(" <{}>", input.name())).collect();
    // The general options come last, but what they say about themselves is not said of the operation.
    let mut command = Command::new(operation.id);
    if !places.is_empty() {
        let names: Vec<String> = places.iter().map(|input| input.name()).collect();
        let most = places.len();
        let path = Arg::new(POSITIONAL).num_args(0..=most).value_name("PATH").help_heading("Path");
        command = command.arg(path.help(format!("In this order: {}", names.join(", "))));
    }
    command = CallOptions::augment_args(command.args(inputs.iter().map(argument)));
    command
        .bin_name(format!("desk call {}", operation.id))
        .about(line(operation.summary))
        .before_help(format!("{} {}, {}", operation.method, operation.path, operation.risk))
        .override_usage(format!("desk call {}{positional} [OPTIONS]", operation.id))
        .after_help(format!("`desk help {}` has scopes, limits and examples.", operation.id))
}

/// The id of an option, which no general option has.
pub(super) fn id(input: &Input) -> String {
    format!("={}", input.name())
}

fn argument(input: &Input) -> Arg {
    let is_dotted = input.long.contains('.') && input.place == Place::Body && input.path.len() > 1;
    let heading = match input.place {
        Place::Path => "Path",
        Place::Query => "Query",
        Place::Header => "Headers",
        Place::Body => "Body",
    };
    let mut argument = Arg::new(id(input)).long(input.long.clone()).help_heading(heading).help(rules(input));
    argument = argument.value_name(shape(input.kind)).hide(is_dotted && input.path[0] != super::input::BODY);
    if let Some(wire) = &input.wire {
        argument = argument.alias(wire.clone());
    }
    if let Some(offered) = offered(input) {
        argument = argument.add(offered);
    }
    match input.kind {
        Kind::Boolean => {
            argument.action(ArgAction::Set).num_args(0..=1).require_equals(true).default_missing_value("true")
        }
        Kind::List(of) => {
            let files = matches!(of, Kind::File).then_some(ValueHint::FilePath);
            signed(argument, input).action(ArgAction::Append).value_hint(files.unwrap_or(ValueHint::Other))
        }
        Kind::File => argument.action(ArgAction::Set).value_hint(ValueHint::FilePath),
        _ => signed(argument, input).action(ArgAction::Set).value_hint(ValueHint::Other),
    }
}

/// What shells offer for a value, if it is known.
fn offered(input: &Input) -> Option<ArgValueCompleter> {
    let values = input.rules.iter().flat_map(|rule| match rule {
        Rule::Values(values) | Rule::Words(values) => *values,
        _ => &[],
    });
    let mut values: Vec<String> = values.map(|value| (*value).to_owned()).collect();
    if input.rules.contains(&Rule::Descending) {
        values.extend_from_within(..);
        let downwards = values.len() / 2;
        values[downwards..].iter_mut().for_each(|value| value.insert(0, '-'));
    }
    match input.kind {
        Kind::Boolean => Some(completing::one_of(vec!["true".to_owned(), "false".to_owned()])),
        _ if values.is_empty() => None,
        Kind::List(_) => Some(completing::some_of(values)),
        _ => Some(completing::one_of(values)),
    }
}

/// Whether a value may begin with a minus: numbers, and names to sort by.
fn signed(argument: Arg, input: &Input) -> Arg {
    let is_number =
        matches!(input.kind, Kind::Integer | Kind::Number | Kind::Id | Kind::List(Kind::Id | Kind::Integer));
    let may_descend = input.rules.iter().any(|rule| match rule {
        Rule::Descending => true,
        Rule::Values(values) => values.iter().any(|value| value.starts_with('-')),
        Rule::Words(words) => words.iter().any(|word| word.starts_with('-')),
        _ => false,
    });
    match (may_descend, is_number) {
        (true, _) => argument.allow_hyphen_values(true),
        (_, true) => argument.allow_negative_numbers(true),
        _ => argument,
    }
}

/// An option that the operation does not have, with the likely one and those that it has.
fn unknown(operation: &Operation, inputs: &[Input], error: clap::Error) -> Misunderstood {
    use clap::error::{ContextKind, ContextValue};
    let word = match (error.kind(), error.get(ContextKind::InvalidArg)) {
        (ErrorKind::UnknownArgument, Some(ContextValue::String(word))) if word.starts_with("--") => word.clone(),
        (ErrorKind::UnknownArgument, Some(ContextValue::String(word))) if !word.starts_with('-') => {
            return Misunderstood::Problem(bare(operation, inputs, word));
        }
        _ => return Misunderstood::Clap(error),
    };
    let general = general_names();
    let known = || inputs.iter().map(|input| input.long.as_str());
    let meant = likely(word.trim_start_matches('-'), known().chain(general.iter().map(String::as_str)));
    let meant = meant.map_or_else(|| ".".to_owned(), |name| format!("; did you mean --{name}?"));
    let all: Vec<String> = known().map(|name| format!("--{name}")).collect();
    let all = match all.is_empty() {
        true => "It takes no values".to_owned(),
        false => format!("It has {}", all.join(", ")),
    };
    let (id, word) = (operation.id, line(&word));
    Misunderstood::Problem(Problem::usage(format!("{id} has no option '{word}'{meant} {all}; see `desk help {id}`")))
}

/// A value without an option, where the operation's path has no room for one.
fn bare(operation: &Operation, inputs: &[Input], word: &str) -> Problem {
    let is_id = |input: &&Input| matches!(input.kind, Kind::Id | Kind::List(Kind::Id));
    let needed = || inputs.iter().filter(|input| input.required());
    let ids = needed().filter(is_id).chain(needed().filter(|input| !is_id(input)));
    let ids = ids.chain(inputs.iter().filter(|input| is_id(input) && !input.required()));
    let (id, word) = (operation.id, line(word));
    let way = match ids.map(|input| input.long.as_str()).next() {
        Some(long) => format!("it is probably the value of an option, as in --{long} {word}"),
        None => "none of its options takes an id".to_owned(),
    };
    Problem::usage(format!("{id} has no place for '{word}': {way}; see `desk help {id}`"))
}

/// What was given for an option, in order.
pub(super) fn texts<'m>(matches: &'m ArgMatches, id: &str) -> Vec<&'m str> {
    matches.get_many::<String>(id).map(|values| values.map(String::as_str).collect()).unwrap_or_default()
}
