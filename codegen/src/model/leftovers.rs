//! Names that break a naming rule: too long, with a word of transport, or with a number that only keeps two apart. Each
//! has a reason in `spec/local`, or should have a better name.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use super::naming::transport_words;
use super::{BodyModel, Enum, Model, OperationModel, Origin, Record, Role};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::Loaded;

/// The longest name that reads well.
const LONGEST: usize = 45;

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Type,
    Method,
    Setter,
    Field,
    Variant,
}

/// A name that breaks a naming rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    pub kind: Kind,
    /// What has the name, where that is not clear from the name itself.
    pub of: String,
    pub name: String,
    /// What is wrong with it.
    pub problem: String,
    /// Why it stays, according to `spec/local`.
    pub reason: Option<String>,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Type => "type",
            Self::Method => "method",
            Self::Setter => "setter",
            Self::Field => "field",
            Self::Variant => "variant",
        })
    }
}

impl fmt::Display for Leftover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = if self.of.is_empty() { String::new() } else { format!("{}::", self.of) };
        write!(f, "{} {of}{}: {}", self.kind, self.name, self.problem)
    }
}

/// What is wrong with a name.
enum Problem {
    Long(usize),
    Numbered,
    Transport(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Long(length) => write!(f, "{length} characters"),
            Self::Numbered => f.write_str("a number that only keeps two apart"),
            Self::Transport(word) => write!(f, "the word `{word}`"),
        }
    }
}

/// A name that may break rules.
struct Public<'a> {
    kind: Kind,
    of: &'a str,
    name: &'a str,
    /// What the spec calls it; a number in there is not the name's fault.
    spec_names: Vec<&'a str>,
    /// The modules of the spec that have it.
    modules: BTreeSet<&'a str>,
}

/// All names that break a rule, each with the reason that people gave. A reason that no name needs is an error.
pub(super) fn find(loaded: &Loaded, model: &Model, diagnostics: &mut Diagnostics) -> Vec<Leftover> {
    let mut reasons = Reasons::new(loaded);
    let mut leftovers = Vec::new();
    for public in names(model) {
        let problems = public.problems();
        if problems.is_empty() {
            continue;
        }
        let told: Option<BTreeSet<&str>> = problems.iter().map(|problem| reasons.of(&public, problem)).collect();
        let listed = |texts: Vec<String>| texts.join(", ");
        leftovers.push(Leftover {
            kind: public.kind,
            of: public.of.to_owned(),
            name: public.name.to_owned(),
            problem: listed(problems.iter().map(Problem::to_string).collect()),
            reason: told.map(|told| listed(told.into_iter().map(str::to_owned).collect())),
        });
    }
    reasons.finish(diagnostics);
    leftovers.sort_by(|a, b| (a.kind, &a.of, &a.name).cmp(&(b.kind, &b.of, &b.name)));
    leftovers
}

/// The reasons that people gave, and which of them were needed.
struct Reasons<'a> {
    loaded: &'a Loaded,
    /// Why a name was chosen.
    chosen: HashMap<&'a str, &'a str>,
    /// The entries that keep a name, and those about a word.
    keeping: HashMap<&'a str, usize>,
    about: HashMap<&'a str, Vec<usize>>,
    /// By the position of the entry, and the name or module in it.
    needed: BTreeSet<(usize, String)>,
}

impl<'a> Reasons<'a> {
    fn new(loaded: &'a Loaded) -> Self {
        let mut chosen = HashMap::new();
        for one in loaded.names.values().chain(loaded.value_names.values()) {
            chosen.entry(one.name.as_str()).or_insert(one.why.as_str());
        }
        let (mut keeping, mut about) = (HashMap::new(), HashMap::<_, Vec<_>>::new());
        for (index, (kept, _)) in loaded.kept.iter().enumerate() {
            for name in &kept.names {
                keeping.entry(name.as_str()).or_insert(index);
            }
            kept.word.iter().for_each(|word| about.entry(word.as_str()).or_default().push(index));
        }
        Self { loaded, chosen, keeping, about, needed: BTreeSet::new() }
    }

    /// The reason of the first entry that keeps the name or is about the word in one of its modules, or else the reason
    /// why the name was chosen.
    fn of(&mut self, public: &Public<'_>, problem: &Problem) -> Option<&'a str> {
        let kept = &self.loaded.kept;
        let named = self.keeping.get(public.name).map(|index| (*index, public.name));
        let about = match problem {
            Problem::Transport(word) => self.about.get(word.as_str()).map(Vec::as_slice).unwrap_or_default(),
            _ => &[],
        };
        let module =
            |index: usize| kept[index].0.modules.iter().find(|module| public.modules.contains(module.as_str()));
        let meant = about.iter().find_map(|index| Some((*index, module(*index)?.as_str())));
        // Of one entry, the name counts.
        match named.into_iter().chain(meant).min_by_key(|(index, _)| *index) {
            Some((index, found)) => {
                self.needed.insert((index, found.to_owned()));
                Some(&kept[index].0.why)
            }
            None => self.chosen.get(public.name.strip_suffix("Input").unwrap_or(public.name)).copied(),
        }
    }

    fn finish(self, diagnostics: &mut Diagnostics) {
        for (index, (kept, location)) in self.loaded.kept.iter().enumerate() {
            for (key, named) in [("names", &kept.names), ("modules", &kept.modules)] {
                let idle =
                    named.iter().enumerate().filter(|(_, name)| !self.needed.contains(&(index, (*name).clone())));
                for (position, name) in idle {
                    let location = location.join(key).join(position.to_string());
                    let problem = format!("{name} needs no reason");
                    diagnostics.push(Diagnostic::new(location, problem, "take it out, or mend what it names"));
                }
            }
        }
    }
}

impl Public<'_> {
    fn problems(&self) -> Vec<Problem> {
        let length = self.name.trim_start_matches("r#").len();
        let long = (self.kind != Kind::Variant && length > LONGEST).then_some(Problem::Long(length));
        let numbered = self.is_numbered().then_some(Problem::Numbered);
        let words = if self.kind == Kind::Type { transport_words(self.name) } else { Vec::new() };
        // A word of the module's name has a meaning there.
        let meant: BTreeSet<String> = self.modules.iter().flat_map(|module| transport_words(module)).collect();
        let words: BTreeSet<String> = words.into_iter().filter(|word| !meant.contains(word)).collect();
        long.into_iter().chain(numbered).chain(words.into_iter().map(Problem::Transport)).collect()
    }

    fn is_numbered(&self) -> bool {
        let number = |text: &str| text.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).ends_with(digit);
        number(self.name) && !self.spec_names.iter().any(|name| number(name))
    }
}

fn digit(character: char) -> bool {
    character.is_ascii_digit()
}

fn names(model: &Model) -> Vec<Public<'_>> {
    let records = model.records.iter().zip(&model.record_families).filter(|(_, families)| !families.is_empty());
    let enums = model.enums.enums.iter().zip(&model.enum_families).filter(|(_, families)| !families.is_empty());
    let operations: Vec<&OperationModel> =
        model.families.iter().flat_map(|family| family.modules.values().flatten()).collect();
    let ids: BTreeSet<&str> = operations
        .iter()
        .flat_map(|operation| std::iter::once(&operation.names).chain(&operation.aliases))
        .map(|names| names.id.as_str())
        .collect();
    records
        .flat_map(|(record, _)| of_record(record))
        .chain(enums.flat_map(|(one, _)| of_enum(one)))
        .chain(operations.into_iter().flat_map(|operation| of_operation(operation, &ids)))
        .collect()
}

fn of_record(record: &Record) -> Vec<Public<'_>> {
    let (spec_names, modules) = match &record.origin {
        Origin::Types(types) => (
            types.iter().map(String::as_str).collect(),
            types.iter().filter_map(|name| Some(name.split_once('.')?.0)).collect(),
        ),
        Origin::Part { field, .. } => (vec![field.as_str()], BTreeSet::from([record.module.as_str()])),
        Origin::Answer(about) | Origin::Element(about) => {
            (vec![about.as_str()], BTreeSet::from([record.module.as_str()]))
        }
    };
    let kind = match record.role {
        Role::Answer => Kind::Field,
        Role::Input => Kind::Setter,
    };
    let fields = record.fields.iter().map(|field| member(kind, &record.name, &field.rust, &field.wire));
    let record = Public { kind: Kind::Type, of: "", name: &record.name, spec_names, modules };
    std::iter::once(record).chain(fields).collect()
}

fn of_enum(one: &Enum) -> Vec<Public<'_>> {
    let modules = BTreeSet::from([one.module.as_str()]);
    let variants = one.variants.iter().map(|variant| member(Kind::Variant, &one.name, &variant.name, &variant.wire));
    std::iter::once(Public { kind: Kind::Type, of: "", name: &one.name, spec_names: Vec::new(), modules })
        .chain(variants)
        .collect()
}

fn of_operation<'a>(operation: &'a OperationModel, ids: &BTreeSet<&str>) -> Vec<Public<'a>> {
    let of = operation.names.parameters.as_str();
    let parameters = operation.parameters.iter().map(|one| member(Kind::Setter, of, &one.rust, &one.wire));
    let fields = match &operation.body {
        BodyModel::Fields { fields, .. } => fields.as_slice(),
        BodyModel::None | BodyModel::Whole { .. } | BodyModel::Bytes => &[],
    };
    let fields = fields.iter().map(|field| member(Kind::Setter, of, &field.rust, &field.wire));
    let methods = std::iter::once(&operation.names).chain(&operation.aliases).map(|names| {
        // A number tells two registrations apart where the other one exists without a number.
        let bare = names.id.trim_end_matches(digit).trim_end_matches('_');
        let spec_name = if ids.contains(bare) && bare != names.id { bare } else { &names.id };
        member(Kind::Method, "", &names.method, spec_name)
    });
    parameters.chain(fields).chain(methods).collect()
}

fn member<'a>(kind: Kind, of: &'a str, name: &'a str, wire: &'a str) -> Public<'a> {
    Public { kind, of, name, spec_names: vec![wire], modules: BTreeSet::new() }
}
