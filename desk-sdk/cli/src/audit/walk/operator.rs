//! Operators, which a program may define for its own types.

use super::Walker;
use super::texts::joined;
use crate::audit::ir::Expr;
use crate::audit::name::Name;
use crate::audit::types::Ty;

impl Walker<'_> {
    /// What an operator gives back, by the method that defines it.
    pub(super) fn operator(&mut self, method: Name, parts: &[Expr]) -> Ty {
        let parts: Vec<Ty> = parts.iter().map(|part| self.expr(part, None)).collect();
        let Some(first) = parts.first() else { return Ty::Other };
        if let Some(output) = self.operated(first, method) {
            return output;
        }
        // Others' types, and those of which nothing is known, may define it as well.
        let is_defined = |this: &mut Self, part: &Ty| match part.held() {
            Ty::Unknown | Ty::Absent(_) | Ty::Implements(..) => true,
            part => this.world.holds_client(part),
        };
        if parts.iter().any(|part| is_defined(self, part)) && !parts.iter().any(Ty::is_choice) {
            return Ty::Unknown;
        }
        // `2 * own`
        let is_given = parts.iter().any(|part| matches!(part.held(), Ty::Own(..)));
        if is_given && self.world.of_any.contains_key(&method) {
            return Ty::Unknown;
        }
        if method.text() == "add" { joined(&parts) } else { Ty::Other }
    }

    /// What the method of an operator gives back for a type of the audited packages.
    pub(super) fn operated(&mut self, of: &Ty, method: Name) -> Option<Ty> {
        let Ty::Own(structure, _) = of.held() else { return None };
        let number = self.own_method(*structure, method)?;
        let (structure, of) = (*structure, of.held());
        let ty = self.gives_back(number, Some(of));
        Some(self.of_all(ty, structure, method, Some(of)))
    }
}
