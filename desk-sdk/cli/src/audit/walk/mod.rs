//! Goes through all code, and notes which operations are used.

mod by_name;
mod call;
mod changes;
mod client;
mod closure;
mod elsewhere;
mod export;
mod expr;
mod failure;
mod function;
mod helper;
mod loose;
mod macros;
mod mentions;
mod method;
mod noted;
mod operator;
mod origin;
mod path;
mod pattern;
mod pieces;
mod step;
mod structs;
mod texts;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::rc::Rc;

use super::finding::{Found, Hidden};
use super::ir;
use super::manifest::Dependency;
use super::name::Name;
use super::names::{Owner, World};
use super::place::Place;
use super::types::{Bounds, Locals, Scope, Ty};

use self::noted::Foreign;

/// What was found in all code.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub(super) found: Vec<Found>,
    pub(super) hidden: Vec<Hidden>,
}

struct Walker<'w> {
    world: &'w mut World,
    walked: Walked,
    /// What is only a use if the file has anything of the SDK in reach.
    candidates: Vec<Found>,
    hidden_candidates: Vec<Hidden>,
    /// The files that have something of the SDK in reach.
    reach: HashSet<u32>,
    /// For each package, whether it can reach the SDK.
    reaching: Vec<bool>,
    /// Whether the SDK is built with calls by name.
    by_name: bool,
    locals: Locals,
    /// The names of variables that may change, and of those that are lists.
    mutable: HashSet<Name>,
    lists: HashSet<Name>,
    /// How often a variable was changed, and whether a loop is gone through for that.
    changes: usize,
    is_learning: bool,
    /// What left the closure, the loop or the function that is gone through, by `return` or `break`.
    left: Ty,
    scope: Scope,
    /// The first of the modules that were added with the code that is gone through.
    base: u32,
    function: String,
    test: bool,
    /// If something is only asked for its value, nothing is noted.
    muted: usize,
    /// How often something unknown was called like an operation, or by a name that is not known.
    asked: usize,
    /// Whether it is in a closure that may be gone through again, when it is known what it takes.
    is_open: bool,
    /// How many closures are gone through again, within one another and in all.
    applying: (usize, usize),
    /// Whether it is in what a macro is given whose rules are not in the source, and that makes items of it.
    foreign: Option<Foreign>,
    /// How deep it is in macros.
    macros: usize,
    /// The files that are included in one another.
    including: Vec<PathBuf>,
    helpers: helper::Helpers,
    scopes: HashMap<u32, Scope>,
    texts: HashMap<texts::Asked, Ty>,
    /// How many functions and constants were gone through.
    done: (usize, usize),
}

/// Finds all uses.
pub(super) fn walk(world: &mut World, by_name: bool) -> Walked {
    let reaching = reaching(world);
    let scope = Scope { module: 0, own: Ty::Other, of: None, bounds: Bounds::default(), open: false };
    let mut walker = Walker {
        world,
        walked: Walked::default(),
        candidates: Vec::new(),
        hidden_candidates: Vec::new(),
        reach: HashSet::new(),
        reaching,
        by_name,
        locals: Locals::default(),
        mutable: HashSet::new(),
        lists: HashSet::new(),
        changes: 0,
        is_learning: false,
        left: Ty::Never,
        scope,
        base: 0,
        function: String::new(),
        test: false,
        muted: 0,
        asked: 0,
        is_open: false,
        applying: (0, 0),
        foreign: None,
        macros: 0,
        including: Vec::new(),
        helpers: helper::Helpers::default(),
        scopes: HashMap::new(),
        texts: HashMap::new(),
        done: (0, 0),
    };
    walker.everything();
    let Walker { mut walked, candidates, hidden_candidates, reach, helpers, .. } = walker;
    let mut number = 0..;
    walked.hidden.retain(|_| number.next().is_none_or(|number| !helpers.settled.contains(&number)));
    walked.found.extend(candidates.into_iter().filter(|found| reach.contains(&found.place.file())));
    // What was gone through again when more was known is settled.
    let sure = walked.found.iter().filter(|found| found.doubt.is_none());
    let settled: HashSet<Place> = sure.map(|found| found.place).collect();
    let hidden = hidden_candidates.into_iter().filter(|hidden| reach.contains(&hidden.place.file()));
    walked.hidden.extend(hidden.filter(|hidden| !settled.contains(&hidden.place)));
    walked
}

/// Which packages depend on the SDK, or on one of the audited packages that does.
fn reaching(world: &World) -> Vec<bool> {
    let mut reaching: Vec<bool> = vec![false; world.packages.len()];
    loop {
        let reaches = |package: &super::names::PackageNames| {
            package.dependencies.values().any(|dependency| match dependency {
                Dependency::Sdk | Dependency::Cli | Dependency::Leading => true,
                Dependency::Own(other) => reaching[*other],
                Dependency::Foreign | Dependency::Absent => false,
            })
        };
        let next: Vec<bool> = world.packages.iter().map(reaches).collect();
        if next == reaching {
            return reaching;
        }
        reaching = next;
    }
}

impl Walker<'_> {
    fn everything(&mut self) {
        for number in 0..self.world.structures.len() {
            let of = &self.world.structures[number];
            let (decl, module) = (of.decl.clone(), of.module);
            self.enter(module, Owner::Module, &[], decl.name, false, Place::default());
            self.scope.bounds = Rc::new(decl.generics.parameters.clone());
            decl.variants.iter().flat_map(|(_, fields)| fields).for_each(|(_, ty)| self.mention(ty));
            decl.generics.defaults.iter().for_each(|(_, ty)| self.mention(ty));
        }
        for number in 0..self.world.impls.len() {
            let of = &self.world.impls[number];
            let (decl, module) = (of.decl.clone(), of.module);
            self.enter(module, Owner::Impl(number as u32), &[], Name::new(""), false, Place::default());
            self.mention(&decl.of);
            decl.of_trait.iter().for_each(|path| self.mention_path(path));
            decl.members.types.iter().for_each(|(_, ty)| self.mention(ty));
        }
        self.remaining();
        self.loose_macros();
        self.attributes();
        self.helpers();
        self.tell_spent();
    }

    /// Functions and constants that were not gone through yet: macros in bodies may bring further ones.
    fn remaining(&mut self) {
        loop {
            if self.done.0 < self.world.functions.len() {
                self.done.0 += 1;
                self.function(self.done.0 - 1);
            } else if self.done.1 < self.world.constants.len() {
                self.done.1 += 1;
                self.constant(self.done.1 - 1);
            } else {
                break;
            }
        }
    }

    /// Goes to an item, which stands at a place.
    fn enter(
        &mut self,
        module: u32,
        owner: Owner,
        generics: &[(Name, Vec<ir::Path>)],
        name: Name,
        test: bool,
        place: Place,
    ) {
        self.tell_spent();
        self.world.budget.begin(place);
        let mut scope = self.world.scope(module, owner, false);
        if !generics.is_empty() {
            scope.bounds = Rc::new(scope.bounds.iter().chain(generics).cloned().collect());
        }
        self.scope = scope;
        self.base = self.world.modules[module as usize].base;
        self.locals.clear();
        self.mutable.clear();
        self.lists.clear();
        self.left = Ty::Never;
        self.macros = 0;
        self.helpers.current = None;
        self.test = test || self.world.modules[module as usize].test;
        let of = match (owner, &self.scope.own) {
            (Owner::Impl(_), Ty::Own(structure, _)) => Some(self.world.structures[*structure as usize].decl.name),
            (Owner::Trait(number), _) => Some(self.world.traits[number as usize].decl.name),
            _ => None,
        };
        self.function = self.world.path(module);
        for name in of.into_iter().chain([name]).filter(|name| !name.text().is_empty()) {
            self.function.push_str("::");
            self.function.push_str(name.text());
        }
    }

    fn function(&mut self, number: usize) {
        self.tell_spent();
        let (hidden, open) = (self.walked.hidden.len(), self.hidden_candidates.len());
        self.function_given(number as u32, &[], None);
        let is_any = (self.walked.hidden.len(), self.hidden_candidates.len()) != (hidden, open);
        self.unseen_in(number as u32, hidden..self.walked.hidden.len(), is_any);
    }

    /// Goes through a function, as far as it is known what it is given.
    fn function_given(&mut self, number: u32, given: &[Ty], in_test: Option<bool>) {
        let number = number as usize;
        let of = &self.world.functions[number];
        let (decl, module, owner, test) = (of.decl.clone(), of.module, of.owner, of.test);
        self.enter(module, owner, &decl.generics.parameters, decl.name, in_test.unwrap_or(test), decl.place);
        self.helpers.current = Some(helper::Item::Function(number as u32));
        decl.generics.parameters.iter().flat_map(|(_, bounds)| bounds).for_each(|bound| self.mention_path(bound));
        if decl.has_self {
            let own = self.scope.own.clone();
            self.locals.push(Name::new("self"), own);
        }
        for (index, (pattern, ty)) in decl.parameters.iter().enumerate() {
            self.mention(ty);
            let declared = self.world.ty(ty, &self.scope);
            match given.get(index) {
                Some(given) if given.is_choice() && !declared.matters() => self.bind(pattern, given),
                _ => self.bind(pattern, &declared),
            }
        }
        let output = decl.output.as_ref().map(|output| {
            self.mention(output);
            self.world.ty(output, &self.scope)
        });
        if let Some(body) = &decl.body {
            self.block(body, output.as_ref());
        }
    }

    fn constant(&mut self, number: usize) {
        let of = &self.world.constants[number];
        let (decl, module, owner, test) = (of.decl.clone(), of.module, of.owner, of.test);
        self.enter(module, owner, &[], decl.name, test, decl.place);
        self.helpers.current = Some(helper::Item::Constant(number as u32));
        self.mention(&decl.of);
        let ty = self.world.ty(&decl.of, &self.scope);
        if let Some(value) = &decl.value {
            let value = self.expr(value, Some(&ty));
            self.needed(&value);
        }
    }
}
