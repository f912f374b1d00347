//! Types and paths.

use syn::{GenericArgument, GenericParam, PathArguments, ReturnType, TypeParamBound, WherePredicate};

use super::{Lowering, name};
use crate::audit::ir::{Arguments, Generics, Path, Segment, Type};
use crate::audit::name::Name;

impl Lowering<'_> {
    pub(super) fn ty(&self, ty: &syn::Type) -> Type {
        match ty {
            syn::Type::Array(array) => self.ty(&array.elem),
            syn::Type::Slice(slice) => self.ty(&slice.elem),
            syn::Type::Reference(reference) => self.ty(&reference.elem),
            syn::Type::Ptr(pointer) => self.ty(&pointer.elem),
            syn::Type::Paren(paren) => self.ty(&paren.elem),
            syn::Type::Group(group) => self.ty(&group.elem),
            syn::Type::Tuple(tuple) => Type::Tuple(tuple.elems.iter().map(|part| self.ty(part)).collect()),
            syn::Type::FnPtr(function) => {
                let inputs = function.inputs.iter().map(|input| self.ty(&input.ty)).collect();
                Type::Function(inputs, Box::new(self.output(&function.output).unwrap_or(Type::Other)))
            }
            syn::Type::ImplTrait(implemented) => Type::Bounds(self.bounds(implemented.bounds.iter()).into()),
            syn::Type::TraitObject(object) => Type::Bounds(self.bounds(object.bounds.iter()).into()),
            syn::Type::Path(path) => Type::Path(self.path(path.qself.as_ref(), &path.path)),
            // What a macro makes, or what only a nightly compiler reads, is as unknown here.
            syn::Type::Infer(_) | syn::Type::Macro(_) | syn::Type::Verbatim(_) => Type::Inferred,
            _ => Type::Other,
        }
    }

    pub(super) fn output(&self, output: &ReturnType) -> Option<Type> {
        match output {
            ReturnType::Default => None,
            ReturnType::Type(_, ty) => Some(self.ty(ty)),
        }
    }

    pub(super) fn path(&self, of: Option<&syn::QSelf>, path: &syn::Path) -> Path {
        // In `<T as Trait>::name`, the trait is no part of what is meant.
        let skipped = of.map_or(0, |of| of.position);
        let segments = path.segments.iter().skip(skipped).map(|segment| Segment {
            name: name(&segment.ident),
            place: self.place(segment.ident.span()),
            arguments: self.arguments(&segment.arguments),
        });
        Path {
            of: of.map(|of| Box::new(self.ty(&of.ty))),
            global: path.leading_colon.is_some() && of.is_none(),
            segments: segments.collect(),
        }
    }

    fn arguments(&self, arguments: &PathArguments) -> Option<Box<Arguments>> {
        match arguments {
            PathArguments::None => None,
            PathArguments::AngleBracketed(list) => Some(Box::new(self.angle(list))),
            PathArguments::Parenthesized(list) => {
                let output = self.output(&list.output).unwrap_or(Type::Other);
                Some(Box::new(Arguments {
                    types: list.inputs.iter().map(|input| self.ty(&input.ty)).collect(),
                    bindings: [(Name::new("Output"), output)].into(),
                    call: true,
                }))
            }
        }
    }

    pub(super) fn angle(&self, list: &syn::AngleBracketedGenericArguments) -> Arguments {
        let (mut types, mut bindings) = (Vec::new(), Vec::new());
        for argument in &list.args {
            match argument {
                GenericArgument::Type(ty) => types.push(self.ty(ty)),
                GenericArgument::AssocType(bound) => bindings.push((name(&bound.ident), self.ty(&bound.ty))),
                GenericArgument::Constraint(bound) => {
                    let bounds = self.bounds(bound.bounds.iter());
                    bindings.push((name(&bound.ident), Type::Bounds(bounds.into())));
                }
                _ => {}
            }
        }
        Arguments { types: types.into(), bindings: bindings.into(), call: false }
    }

    pub(super) fn bounds<'b>(&self, bounds: impl Iterator<Item = &'b TypeParamBound>) -> Vec<Path> {
        bounds
            .filter_map(|bound| match bound {
                TypeParamBound::Trait(bound) => Some(self.path(None, &bound.path)),
                _ => None,
            })
            .collect()
    }

    pub(super) fn generics(&self, generics: &syn::Generics) -> Generics {
        let (mut parameters, mut defaults): (Vec<(Name, Vec<Path>)>, Vec<_>) = (Vec::new(), Vec::new());
        for parameter in &generics.params {
            if let GenericParam::Type(parameter) = parameter {
                let default = parameter.default.as_ref().map(|(_, default)| (name(&parameter.ident), self.ty(default)));
                defaults.extend(default);
                parameters.push((name(&parameter.ident), self.bounds(parameter.bounds.iter())));
            }
        }
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            let WherePredicate::Type(predicate) = predicate else { continue };
            let Type::Path(path) = self.ty(&predicate.bounded_ty) else { continue };
            let Some(name) = bounded_name(&path) else { continue };
            let bounds = self.bounds(predicate.bounds.iter());
            match parameters.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => known.extend(bounds),
                // A bound of `Self`, of a parameter of what surrounds it, or of an associated type.
                None => parameters.push((name, bounds)),
            }
        }
        Generics { parameters, defaults: defaults.into() }
    }
}

/// The name of what a bound is about: `T`, or `T::Item` for an associated type, which may be written `<T as Trait>::Item`.
fn bounded_name(path: &Path) -> Option<Name> {
    let of = |of: Name, name: Name| Name::new(&format!("{}::{}", of.text(), name.text()));
    match (path.of.as_deref(), &*path.segments) {
        (None, [one]) => Some(one.name),
        (None, [first, one]) => Some(of(first.name, one.name)),
        (Some(Type::Path(outer)), [one]) => match &*outer.segments {
            [first] => Some(of(first.name, one.name)),
            _ => None,
        },
        _ => None,
    }
}
