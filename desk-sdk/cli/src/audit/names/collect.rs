//! Takes in the items of all targets.

use std::collections::HashMap;
use std::sync::Arc;

use super::{
    Alias, Constant, Crate, Def, Entry, Function, Impl, Loose, Module, Owner, PackageNames, Space, Structure, Trait,
    World,
};
use crate::audit::Problem;
use crate::audit::budget::Budget;
use crate::audit::ir::{self, ItemKind};
use crate::audit::lower;
use crate::audit::manifest::{Packages, TargetKind};
use crate::audit::name::Name;
use crate::audit::source::Sources;

/// Deeper modules than people write.
const DEEPEST: usize = 64;

/// More modules of one crate than people make of one file.
const MOST_OF_FILE: usize = 64;

impl World {
    /// All names of the packages.
    pub(in crate::audit) fn new(packages: &Packages, sources: &Sources) -> Self {
        let files = sources.files.iter().map(|file| file.path.clone()).collect();
        let mut world = Self { files, budget: Budget::of(sources.bytes), ..Self::default() };
        for package in &packages.packages {
            let dependencies = package.dependencies.iter().map(|(name, dependency)| (*name, *dependency)).collect();
            world.packages.push(PackageNames { dependencies, library: None });
        }
        for (number, package) in packages.packages.iter().enumerate() {
            for target in &package.targets {
                let Some(file) = sources.roots.get(&target.root) else { continue };
                let of = world.crates.len() as u32;
                if target.kind == TargetKind::Library {
                    world.packages[number].library = Some(of);
                }
                let root = world.modules.len() as u32;
                world.crates.push(Crate { package: number, kind: target.kind, name: target.name, root });
                let test = target.kind == TargetKind::Test;
                world.taken.clear();
                world.file(sources, *file, of, None, None, test, 0);
            }
        }
        world.expand_items();
        world.link((0, 0, 0));
        world
    }

    /// Adds the modules of a file.
    #[allow(clippy::too_many_arguments, reason = "they are the place of a file among all modules")]
    fn file(
        &mut self,
        sources: &Sources,
        file: usize,
        of: u32,
        parent: Option<u32>,
        name: Option<Name>,
        test: bool,
        depth: usize,
    ) -> u32 {
        let read = &sources.files[file];
        self.within.push(file);
        // A file that cannot be read is an empty module.
        let empty = [lower::Module::default()];
        let lowered = if read.lowered.is_empty() { &empty } else { read.lowered.as_slice() };
        let base = self.add_modules(lowered, of, parent, name, test, false);
        for (number, module) in (0..).zip(&read.lowered) {
            let module_number = base + number;
            for (index, item) in module.items.iter().enumerate() {
                let child = read.children.get(&(number, index)).filter(|child| self.may_take(**child, depth));
                let test = self.modules[module_number as usize].test || item.test;
                match (&item.kind, child) {
                    (ItemKind::Outline { name, .. }, Some(child)) => {
                        let inner = self.file(sources, *child, of, Some(module_number), Some(*name), test, depth + 1);
                        self.name(module_number, *name, Space::Types, Def::Module(inner), test);
                    }
                    (ItemKind::Include(..), Some(child)) => {
                        // Its items are those of this module, which also sees them.
                        let inner = self.file(sources, *child, of, Some(module_number), None, test, depth + 1);
                        self.modules[inner as usize].is_block = true;
                        self.modules[module_number as usize].included.push(inner);
                    }
                    (ItemKind::Outline { .. } | ItemKind::Include(..), None) => {}
                    _ => self.item(module_number, item, test),
                }
            }
        }
        self.within.pop();
        base
    }

    /// Whether a file is taken in once more; else that is told.
    fn may_take(&mut self, file: usize, depth: usize) -> bool {
        let times = self.taken.entry(file).or_default();
        *times += 1;
        let problem = match *times {
            _ if self.within.contains(&file) => "leads to itself, where it was not read again".to_owned(),
            _ if depth >= DEEPEST => format!("is a module more than {DEEPEST} deep, not read"),
            times if times > MOST_OF_FILE => {
                format!("is more than {MOST_OF_FILE} modules of one crate; only the first of them were read")
            }
            _ => return true,
        };
        let problem = Problem::new(&self.files[file], problem);
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
        false
    }

    /// Adds empty modules; the first one is that of a file, or of what a macro was expanded to.
    pub(in crate::audit) fn add_modules(
        &mut self,
        lowered: &[lower::Module],
        of: u32,
        parent: Option<u32>,
        name: Option<Name>,
        test: bool,
        is_block: bool,
    ) -> u32 {
        let base = self.modules.len() as u32;
        for (number, module) in lowered.iter().enumerate() {
            let inner = number > 0;
            let (parent, name) = match (module.parent, inner) {
                (Some(parent), _) => (Some(base + parent), module.name),
                (None, true) => (parent, module.name),
                (None, false) => (parent, name),
            };
            let outer_test = parent.is_some_and(|parent| self.modules[parent as usize].test);
            self.modules.push(Module {
                of,
                parent,
                name,
                is_block: (inner || is_block) && name.is_none(),
                test: test || module.test || outer_test,
                base,
                ..Module::default()
            });
        }
        base
    }

    /// Adds what a macro was expanded to, below a module.
    pub(in crate::audit) fn add_expanded(&mut self, lowered: &[lower::Module], parent: u32, test: bool) -> u32 {
        let of = self.modules[parent as usize].of;
        let base = self.add_modules(lowered, of, Some(parent), None, test, true);
        for (number, module) in (0..).zip(lowered) {
            for item in &module.items {
                let test = self.modules[(base + number) as usize].test || item.test;
                self.item(base + number, item, test);
            }
        }
        base
    }

    /// Adds an item to a module.
    pub(super) fn item(&mut self, module: u32, item: &ir::Item, test: bool) {
        match &item.kind {
            ItemKind::Use(imports) => imports.iter().for_each(|import| self.import(module, import, test)),
            ItemKind::Crate { name, alias } => {
                let def = match name.text() {
                    "self" => Some(Def::Module(self.crate_of(module).root)),
                    _ => self.other_crate(module, *name),
                };
                if let Some(def) = def {
                    self.name(module, *alias, Space::Types, def, test);
                }
            }
            ItemKind::Inline { name, module: inner } => {
                let inner = self.modules[module as usize].base + inner;
                self.name(module, *name, Space::Types, Def::Module(inner), test);
            }
            ItemKind::Structure(decl) => {
                let number = self.structures.len() as u32;
                self.name(module, decl.name, Space::Types, Def::Structure(number), test);
                self.structures.push(Structure {
                    decl: Arc::clone(decl),
                    module,
                    methods: HashMap::new(),
                    constants: HashMap::new(),
                    types: HashMap::new(),
                    traits: Vec::new(),
                });
            }
            ItemKind::Alias(decl) => {
                self.name(module, decl.name, Space::Types, Def::Alias(self.aliases.len() as u32), test);
                self.aliases.push(Alias { decl: Arc::clone(decl), module });
            }
            ItemKind::Trait(decl) => {
                let number = self.traits.len() as u32;
                self.name(module, decl.name, Space::Types, Def::Trait(number), test);
                self.traits.push(Trait { decl: Arc::clone(decl), module, methods: HashMap::new() });
                self.members(&decl.members, module, Owner::Trait(number), test);
            }
            ItemKind::Impl(decl) => {
                let number = self.impls.len() as u32;
                self.impls.push(Impl { decl: Arc::clone(decl), module, of_trait: None });
                self.members(&decl.members, module, Owner::Impl(number), test);
            }
            ItemKind::Function(decl) => {
                let number = self.function(decl, module, Owner::Module, test);
                self.name(module, decl.name, Space::Values, Def::Function(number), test);
            }
            ItemKind::Value(decl) => {
                let number = self.constant(decl, module, Owner::Module, test);
                match self.constant_named(module, decl.name).filter(|_| !test) {
                    Some(first) => self.alternatives.entry(first).or_default().push(number),
                    None => self.name(module, decl.name, Space::Values, Def::Constant(number), test),
                }
            }
            ItemKind::Rules(rules) => self.rules.add(self.modules[module as usize].of, module, test, rules),
            ItemKind::Macro(call) => self.loose.push(Loose { call: Arc::clone(call), module, test }),
            ItemKind::Attribute(call) => self.attributes.push(Loose { call: Arc::clone(call), module, test }),
            ItemKind::Include(_, place) => {
                let call = ir::Invocation { name: Name::new("include"), place: *place, tokens: Vec::new() };
                self.loose.push(Loose { call: Arc::new(call), module, test });
            }
            ItemKind::Outline { .. } => {}
        }
    }

    /// Adds what a trait or an impl has.
    pub(super) fn members(&mut self, members: &ir::Members, module: u32, owner: Owner, test: bool) {
        for decl in &members.functions {
            let number = self.function(decl, module, owner, test);
            if let Owner::Trait(of) = owner {
                self.traits[of as usize].methods.insert(decl.name, number);
                self.of_any.entry(decl.name).or_default().push(number);
            }
        }
        for decl in &members.constants {
            self.constant(decl, module, owner, test);
        }
        for call in &members.macros {
            self.loose_members.push((Loose { call: Arc::clone(call), module, test }, owner));
        }
    }

    fn function(&mut self, decl: &Arc<ir::Function>, module: u32, owner: Owner, test: bool) -> u32 {
        let test = test || decl.test || self.modules[module as usize].test;
        self.functions.push(Function { decl: Arc::clone(decl), module, owner, test });
        self.functions.len() as u32 - 1
    }

    fn constant(&mut self, decl: &Arc<ir::Constant>, module: u32, owner: Owner, test: bool) -> u32 {
        let test = test || decl.test || self.modules[module as usize].test;
        self.constants.push(Constant { decl: Arc::clone(decl), module, owner, test });
        self.constants.len() as u32 - 1
    }

    fn import(&mut self, module: u32, import: &ir::Import, test: bool) {
        let Some(name) = import.name else {
            return self.modules[module as usize].globs.push(import.clone());
        };
        let shared = Arc::new(import.clone());
        for space in [Space::Types, Space::Values] {
            let entry = Entry::Import(Arc::clone(&shared));
            self.modules[module as usize].names.entry((name, space)).or_default().push((entry, test));
        }
    }

    /// A constant that a module has under a name for more than tests.
    fn constant_named(&self, module: u32, name: Name) -> Option<u32> {
        let entries = self.modules[module as usize].names.get(&(name, Space::Values))?;
        entries.iter().find_map(|(entry, test)| match entry {
            Entry::Def(Def::Constant(number)) if !test => Some(*number),
            _ => None,
        })
    }

    fn name(&mut self, module: u32, name: Name, space: Space, def: Def, test: bool) {
        self.modules[module as usize].names.entry((name, space)).or_default().push((Entry::Def(def), test));
    }
}
