//! All names of the audited packages, and what they mean.

mod collect;
mod expand;
mod globs;
mod lookup;
mod members;
mod prelude;
pub(super) mod rules;
pub(super) mod sdk;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::Problem;
use super::budget::Budget;
use super::ir;
use super::manifest::{Dependency, TargetKind};
use super::name::Name;

pub(super) use self::expand::{pasted, size};
pub(super) use self::prelude::is_primitive;
pub(super) use self::rules::FRAGMENT;
pub(super) use self::sdk::{Catalogue, Sdk};

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Def {
    Module(u32),
    /// A struct, a union or an enum.
    Structure(u32),
    /// A variant of an enum, by its number.
    Variant(u32, u32),
    Alias(u32),
    Trait(u32),
    Function(u32),
    Constant(u32),
    Sdk(Sdk),
    /// Something of a crate that is not audited, by its last name.
    Foreign(Name),
    /// Something of a crate whose source is not there, and that may lead to the SDK: the crate, and the last name.
    Absent(Name, Name),
}

/// Types and modules have other names than values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Space {
    Types,
    Values,
}

/// A target that is audited.
#[derive(Debug)]
pub(super) struct Crate {
    pub(super) package: usize,
    pub(super) kind: TargetKind,
    pub(super) name: Name,
    pub(super) root: u32,
}

#[derive(Debug, Default)]
pub(super) struct Module {
    pub(super) of: u32,
    pub(super) parent: Option<u32>,
    /// `None` for a crate's root, and for a block.
    pub(super) name: Option<Name>,
    /// Whether it is the body of a block, which sees what surrounds it.
    pub(super) is_block: bool,
    pub(super) test: bool,
    /// The first of the modules that were added together with it: blocks are known by their numbers from there.
    pub(super) base: u32,
    /// What each name stands for, and whether that is only so in tests.
    names: HashMap<(Name, Space), Vec<(Entry, bool)>>,
    globs: Vec<ir::Import>,
    /// The modules of what `include!` and macros bring in.
    included: Vec<u32>,
}

#[derive(Clone, Debug)]
enum Entry {
    Def(Def),
    Import(Arc<ir::Import>),
}

#[derive(Debug)]
pub(super) struct Structure {
    pub(super) decl: Arc<ir::Structure>,
    pub(super) module: u32,
    /// Several by one name, if a trait is implemented for several types.
    pub(super) methods: HashMap<Name, Vec<u32>>,
    pub(super) constants: HashMap<Name, u32>,
    /// Associated types, each with the impl that says so; several as well.
    pub(super) types: HashMap<Name, Vec<(ir::Type, u32)>>,
    /// The traits of the audited packages that it implements.
    pub(super) traits: Vec<u32>,
}

#[derive(Debug)]
pub(super) struct Trait {
    pub(super) decl: Arc<ir::Trait>,
    pub(super) module: u32,
    pub(super) methods: HashMap<Name, u32>,
}

#[derive(Debug)]
pub(super) struct Alias {
    pub(super) decl: Arc<ir::Alias>,
    pub(super) module: u32,
}

/// Where a function or a constant belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Module,
    Impl(u32),
    Trait(u32),
}

#[derive(Debug)]
pub(super) struct Function {
    pub(super) decl: Arc<ir::Function>,
    pub(super) module: u32,
    pub(super) owner: Owner,
    pub(super) test: bool,
}

#[derive(Debug)]
pub(super) struct Constant {
    pub(super) decl: Arc<ir::Constant>,
    pub(super) module: u32,
    pub(super) owner: Owner,
    pub(super) test: bool,
}

#[derive(Debug)]
pub(super) struct Impl {
    pub(super) decl: Arc<ir::Impl>,
    pub(super) module: u32,
    /// The trait, if it is one of the audited packages.
    pub(super) of_trait: Option<u32>,
}

/// A macro invocation that stands where items do, and that could not be expanded.
#[derive(Clone, Debug)]
pub(super) struct Loose {
    pub(super) call: Arc<ir::Invocation>,
    pub(super) module: u32,
    pub(super) test: bool,
}

/// What is known about a package.
#[derive(Debug)]
pub(super) struct PackageNames {
    pub(super) dependencies: HashMap<Name, Dependency>,
    /// The number of its library.
    pub(super) library: Option<u32>,
}

#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) catalogue: Catalogue,
    /// The paths of the files, as they are shown.
    pub(super) files: Vec<PathBuf>,
    pub(super) packages: Vec<PackageNames>,
    pub(super) crates: Vec<Crate>,
    pub(super) modules: Vec<Module>,
    pub(super) structures: Vec<Structure>,
    pub(super) traits: Vec<Trait>,
    pub(super) aliases: Vec<Alias>,
    pub(super) functions: Vec<Function>,
    pub(super) constants: Vec<Constant>,
    /// Further constants of the name of one, of which conditions choose.
    pub(super) alternatives: HashMap<u32, Vec<u32>>,
    pub(super) impls: Vec<Impl>,
    pub(super) loose: Vec<Loose>,
    /// Those that become too much.
    pub(super) unexpanded: Vec<Loose>,
    /// What attributes are given whose macros are not in the source.
    pub(super) attributes: Vec<Loose>,
    loose_members: Vec<(Loose, Owner)>,
    /// The methods of impls for the SDK's client.
    pub(super) of_client: HashMap<Name, u32>,
    /// The methods of all traits, and of impls for what is not known.
    pub(super) of_any: HashMap<Name, Vec<u32>>,
    pub(super) rules: rules::AllRules,
    memo: HashMap<Key, Memo>,
    circle: Circle,
    closures: HashMap<u32, Arc<[Glob]>>,
    /// The modules whose globs are being looked for.
    searching: HashSet<u32>,
    /// How often a lookup led to itself: what it found until then is not all.
    circles: usize,
    /// How many lookups are in one another.
    depth: usize,
    /// Whether structs hold a client, as far as it was asked.
    pub(super) holding: HashMap<u32, bool>,
    pub(super) budget: Budget,
    /// How many types are looked for, each for the one before.
    pub(super) asking: usize,
    /// The files that are taken in, each by the one before, and how often each of them was.
    within: Vec<usize>,
    taken: HashMap<usize, usize>,
    pub(super) problems: Vec<Problem>,
}

/// What is looked up: a name of a module.
type Key = (u32, Name, Space);

/// Lookups that led to one another and found nothing, those that were not finished then, and whether one of these found
/// something after all.
#[derive(Debug, Default)]
struct Circle {
    open: Vec<Key>,
    met: HashSet<Key>,
    is_wrong: bool,
    /// Whether one of them was taken for nothing before all were finished, and whether that is not to be done.
    is_guessed: bool,
    is_exact: bool,
}

/// What a lookup found; a lookup that leads to itself finds nothing.
#[derive(Clone, Copy, Debug)]
enum Memo {
    Busy,
    /// Nothing so far, in a circle.
    Open,
    Found(Option<Def>),
}

/// What a glob leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Glob {
    Module(u32),
    Enum(u32),
    Sdk(Sdk),
}

impl World {
    /// The module that is no block.
    pub(super) fn proper(&self, module: u32) -> u32 {
        let mut current = module;
        while self.modules[current as usize].is_block {
            match self.modules[current as usize].parent {
                Some(parent) => current = parent,
                None => break,
            }
        }
        current
    }

    /// The crate of a module.
    pub(super) fn crate_of(&self, module: u32) -> &Crate {
        &self.crates[self.modules[module as usize].of as usize]
    }

    /// A module's path, such as `bot::tools`.
    pub(super) fn path(&self, module: u32) -> String {
        let mut names = Vec::new();
        let mut current = Some(module);
        while let Some(number) = current {
            let module = &self.modules[number as usize];
            names.extend(module.name);
            current = module.parent;
        }
        names.push(self.crate_of(module).name);
        names.iter().rev().map(|name| name.text()).collect::<Vec<_>>().join("::")
    }
}
