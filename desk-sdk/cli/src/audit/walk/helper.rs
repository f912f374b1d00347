//! Functions that only the program itself calls: what they are given is known from there.
//!
//! It is only asked for where a call is made by a name or a path that the function does not settle itself.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::Walker;
use crate::audit::manifest::TargetKind;
use crate::audit::names::Owner;
use crate::audit::types::Ty;

/// Helpers that call one another.
const DEEPEST: usize = 8;

/// How many functions are gone through again at most.
const MOST: usize = 10_000;

/// What is gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Item {
    Function(u32),
    Constant(u32),
}

/// What a function is given by all who call it: by the program, and by its tests.
#[derive(Clone, Debug, Default)]
struct Given {
    by_program: Vec<Ty>,
    by_tests: Vec<Ty>,
}

/// What functions are given.
type Arguments = HashMap<u32, Vec<Ty>>;

/// Who calls which function, and what was asked for.
#[derive(Debug, Default)]
pub(super) struct Helpers {
    /// What is gone through, if it is a function or a constant.
    pub(super) current: Option<Item>,
    callers: HashMap<u32, Vec<Item>>,
    /// Functions that are used as values, or called from elsewhere.
    escaped: HashSet<u32>,
    /// The functions with calls that could not be seen, and which of the hidden ones those are.
    unseen: Vec<(u32, std::ops::Range<usize>)>,
    given: HashMap<u32, Option<Rc<Given>>>,
    /// What the functions that something calls are given there, while that is looked for; and what was found.
    wanted: Option<Arguments>,
    /// By who calls, and whether it is known what that is given itself.
    passes: HashMap<(Item, bool), Rc<Arguments>>,
    /// What was settled after all.
    pub(super) settled: HashSet<usize>,
    again: usize,
}

impl Walker<'_> {
    /// Notes that a function is called here.
    pub(super) fn calls(&mut self, number: u32) {
        match self.helpers.current {
            _ if self.helpers.wanted.is_some() => {}
            Some(caller) => {
                let callers = self.helpers.callers.entry(number).or_default();
                if callers.last() != Some(&caller) {
                    callers.push(caller);
                }
            }
            None => drop(self.helpers.escaped.insert(number)),
        }
    }

    /// Notes what a function is given here, if that is looked for.
    pub(super) fn gives(&mut self, number: u32, index: usize, given: &Ty) {
        let Some(wanted) = &mut self.helpers.wanted else { return };
        let count = self.world.functions[number as usize].decl.parameters.len();
        let found = wanted.entry(number).or_insert_with(|| vec![Ty::Never; count]);
        if let Some(known) = found.get_mut(index) {
            *known = std::mem::replace(known, Ty::Never).or(given.clone());
        }
    }

    /// Notes that a function is given on, to whoever calls it.
    pub(super) fn escapes(&mut self, number: u32) {
        self.helpers.escaped.insert(number);
    }

    /// Notes which calls of a function could not be seen.
    pub(super) fn unseen_in(&mut self, number: u32, hidden: std::ops::Range<usize>, is_any: bool) {
        if is_any && self.takes_any(number) {
            self.helpers.unseen.push((number, hidden));
        }
    }

    /// Whether a function is called by its name, and given something.
    fn takes_any(&self, number: u32) -> bool {
        let of = &self.world.functions[number as usize];
        let is_inherent = match of.owner {
            Owner::Module => true,
            Owner::Impl(number) => self.world.impls[number as usize].decl.of_trait.is_none(),
            Owner::Trait(_) => false,
        };
        is_inherent && !of.decl.parameters.is_empty()
    }

    /// Whether others may call a function as well, and give it anything.
    fn may_be_others(&self, number: u32) -> bool {
        let of = &self.world.functions[number as usize];
        let is_library = self.world.crate_of(of.module).kind == TargetKind::Library;
        of.decl.is_called_elsewhere || (of.decl.is_public && is_library) || self.helpers.escaped.contains(&number)
    }

    /// Goes through functions again whose calls could not be seen, now that it is known what they are given.
    pub(super) fn helpers(&mut self) {
        for (number, hidden) in std::mem::take(&mut self.helpers.unseen) {
            let Some(given) = self.given(number, 0) else { continue };
            if !given.by_program.iter().any(Ty::is_choice) {
                continue;
            }
            self.helpers.settled.extend(hidden);
            self.again(number, &given.by_program, None);
            if given.by_tests.iter().any(Ty::is_choice) {
                self.again(number, &given.by_tests, Some(true));
            }
        }
    }

    fn again(&mut self, number: u32, given: &[Ty], test: Option<bool>) {
        self.helpers.again += 1;
        self.function_given(number, given, test);
        // What macros in it bring in was gone through the first time.
        self.done = (self.world.functions.len(), self.world.constants.len());
    }

    fn given(&mut self, number: u32, depth: usize) -> Option<Rc<Given>> {
        if let Some(known) = self.helpers.given.get(&number) {
            return known.clone();
        }
        // What leads to itself gives nothing new.
        self.helpers.given.insert(number, None);
        if depth > DEEPEST || !self.takes_any(number) {
            return None;
        }
        let mut callers = self.helpers.callers.get(&number)?.clone();
        let mut given = Given::default();
        if self.may_be_others(number) {
            given.by_program = vec![Ty::Unknown; self.world.functions[number as usize].decl.parameters.len()];
        }
        // What it gives itself comes last, and twice, since that may be what it was given in another place.
        let is_itself = |caller: &Item| *caller == Item::Function(number);
        if callers.iter().any(is_itself) {
            callers.retain(|caller| !is_itself(caller));
            callers.extend([Item::Function(number); 2]);
        }
        for caller in callers {
            let of_caller = match caller {
                caller if is_itself(&caller) => Some(Rc::new(given.clone())),
                Item::Function(caller) => self.given(caller, depth + 1),
                Item::Constant(_) => None,
            };
            if self.helpers.again > MOST {
                return None;
            }
            let is_test = match caller {
                Item::Function(caller) => self.world.functions[caller as usize].test,
                Item::Constant(caller) => self.world.constants[caller as usize].test,
            };
            let of_caller = of_caller.unwrap_or_default();
            let found = self.arguments(number, caller, &of_caller.by_program);
            let is_test = is_test && !self.world.functions[number as usize].test;
            let known = if is_test { &mut given.by_tests } else { &mut given.by_program };
            known.resize(found.len(), Ty::Never);
            known
                .iter_mut()
                .zip(found)
                .for_each(|(known, found)| *known = std::mem::replace(known, Ty::Never).or(found));
        }
        let given = Some(Rc::new(given));
        self.helpers.given.insert(number, given.clone());
        given
    }

    /// What a function is given by one that calls it. All that this one calls is found out at once, unless it is given
    /// something else each time, as by itself.
    fn arguments(&mut self, number: u32, caller: Item, of_caller: &[Ty]) -> Vec<Ty> {
        let count = self.world.functions[number as usize].decl.parameters.len();
        let is_itself = caller == Item::Function(number);
        let key = (caller, of_caller.is_empty());
        let pass = match self.helpers.passes.get(&key).filter(|_| !is_itself) {
            Some(known) => Some(Rc::clone(known)),
            None => self.pass(caller, of_caller).map(Rc::new),
        };
        // What was not gone through to its end may give anything.
        let Some(pass) = pass else { return vec![Ty::Unknown; count] };
        let found = pass.get(&number).cloned().unwrap_or_else(|| vec![Ty::Never; count]);
        if !is_itself {
            self.helpers.passes.insert(key, pass);
        }
        found
    }

    /// What all functions are given by one that calls them.
    fn pass(&mut self, caller: Item, of_caller: &[Ty]) -> Option<Arguments> {
        let outer = self.helpers.wanted.replace(Arguments::new());
        self.muted += 1;
        match caller {
            Item::Function(caller) => self.again(caller, of_caller, None),
            Item::Constant(caller) => self.constant(caller as usize),
        }
        self.muted -= 1;
        let is_whole = !self.world.budget.is_spent();
        std::mem::replace(&mut self.helpers.wanted, outer).filter(|_| is_whole)
    }
}
