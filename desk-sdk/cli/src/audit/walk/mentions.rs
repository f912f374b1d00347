//! Types: where the parameters of an operation are named, it is used.

use super::Walker;
use crate::audit::finding::How;
use crate::audit::ir::{Path, Type};
use crate::audit::names::{Def, Sdk, Space};
use crate::audit::types::Ty;

impl Walker<'_> {
    /// Notes the parameters that a type names.
    pub(super) fn mention(&mut self, ty: &Type) {
        match ty {
            Type::Path(path) => self.mention_path(path),
            Type::Tuple(parts) => parts.iter().for_each(|part| self.mention(part)),
            Type::Function(inputs, output) => {
                inputs.iter().for_each(|input| self.mention(input));
                self.mention(output);
            }
            Type::Bounds(bounds) => bounds.iter().for_each(|bound| self.mention_path(bound)),
            Type::Inferred | Type::Other => {}
        }
    }

    pub(super) fn mention_path(&mut self, path: &Path) {
        if let Some(of) = &path.of {
            self.mention(of);
        }
        for segment in &path.segments {
            if let Some(arguments) = &segment.arguments {
                arguments.types.iter().for_each(|ty| self.mention(ty));
                arguments.bindings.iter().for_each(|(_, ty)| self.mention(ty));
            }
        }
        let Some(last) = path.segments.last() else { return };
        match self.world.resolve_path(self.scope.module, path, Space::Types) {
            Some((Def::Sdk(sdk), taken)) => {
                self.reach.insert(last.place.file());
                if let Sdk::Parameters(number) = sdk {
                    let segment = &path.segments[taken - 1];
                    self.found(number, How::Parameters, segment.name.text(), segment.place);
                }
            }
            // By another name.
            Some((Def::Alias(_), taken)) => {
                let head = Path { segments: path.segments[..taken].into(), ..path.clone() };
                let segment = &path.segments[taken - 1];
                let ty = self.world.ty(&Type::Path(head), &self.scope);
                self.reaches(&ty, segment.place);
                if let Ty::Parameters(operation) = ty {
                    self.note(operation, How::Parameters, segment.name.text(), segment.place, None);
                }
            }
            Some((Def::Structure(structure), _)) if self.world.structure_holds_client(structure) => {
                self.reach.insert(last.place.file());
            }
            _ => {}
        }
    }
}
