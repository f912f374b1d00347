//! Items.

use std::sync::Arc;

use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, Fields, FnArg, ImplItem, TraitItem};

use super::attributes::{conditional_paths, dereferenced, derives, is_test, may_be_called_elsewhere, path_attribute};
use super::uses::imports;
use super::{Lowering, Module, name};
use crate::audit::ir::{Alias, Constant, Function, Generics, Impl, Item, ItemKind, Members, Structure, Trait, Type};
use crate::audit::name::Name;

impl Lowering<'_> {
    pub(super) fn item(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Const(value) => {
                let constant = self.constant(&value.ident, &value.ty, Some(&value.expr), &value.attrs);
                self.put(&value.attrs, ItemKind::Value(constant));
            }
            syn::Item::Static(value) => {
                let mut constant = self.constant(&value.ident, &value.ty, Some(&value.expr), &value.attrs);
                let is_mut = matches!(value.mutability, syn::StaticMutability::Mut(_));
                Arc::make_mut(&mut constant).may_change = is_mut || may_change(&constant.of);
                self.put(&value.attrs, ItemKind::Value(constant));
            }
            syn::Item::Fn(function) => {
                let is_public = matches!(function.vis, syn::Visibility::Public(_));
                let lowered = self.function(&function.sig, Some(&function.block), &function.attrs, is_public);
                self.put(&function.attrs, ItemKind::Function(lowered));
            }
            syn::Item::Struct(structure) => {
                let variants = vec![(name(&structure.ident), self.fields(&structure.fields))];
                let derefs_to = derives(&structure.attrs, "Deref").then(|| dereferenced(&structure.fields)).flatten();
                let generics = self.generics(&structure.generics);
                self.structure(&structure.ident, generics, variants, derefs_to, &structure.attrs);
            }
            syn::Item::Union(union) => {
                let fields = union.fields.named.iter().map(|field| self.field(0, field)).collect();
                let generics = self.generics(&union.generics);
                self.structure(&union.ident, generics, vec![(name(&union.ident), fields)], None, &union.attrs);
            }
            syn::Item::Enum(item) => {
                let generics = self.generics(&item.generics);
                let variants = item.variants.iter();
                let variants = variants.map(|one| {
                    self.foreign_attributes(&one.attrs, self.test);
                    (name(&one.ident), self.fields(&one.fields))
                });
                let variants = variants.collect();
                let lowered = Structure { name: name(&item.ident), generics, is_enum: true, variants, derefs_to: None };
                self.put(&item.attrs, ItemKind::Structure(Arc::new(lowered)));
            }
            syn::Item::Type(alias) => {
                let (generics, aliased) = (self.generics(&alias.generics), self.ty(&alias.ty));
                let lowered = Alias { name: name(&alias.ident), generics, aliased };
                self.put(&alias.attrs, ItemKind::Alias(Arc::new(lowered)));
            }
            syn::Item::Trait(item) => {
                let supertraits = self.bounds(item.supertraits.iter());
                let generics = self.generics(&item.generics);
                let members = self.trait_members(&item.items);
                let lowered = Trait { name: name(&item.ident), generics, supertraits, members };
                self.put(&item.attrs, ItemKind::Trait(Arc::new(lowered)));
            }
            syn::Item::Impl(item) => {
                let test = self.test;
                self.test |= is_test(&item.attrs);
                let lowered = Impl {
                    generics: self.generics(&item.generics),
                    of_trait: item.trait_.as_ref().map(|(path, _)| self.path(None, path)),
                    of: self.ty(&item.self_ty),
                    members: self.impl_members(&item.items),
                };
                self.test = test;
                self.put(&item.attrs, ItemKind::Impl(Arc::new(lowered)));
            }
            syn::Item::Mod(module) => self.module(module),
            syn::Item::Use(item) => {
                self.put(&item.attrs, ItemKind::Use(imports(item)));
            }
            syn::Item::ExternCrate(item) => {
                let alias = item.rename.as_ref().map_or_else(|| name(&item.ident), |(_, alias)| name(alias));
                self.put(&item.attrs, ItemKind::Crate { name: name(&item.ident), alias });
            }
            syn::Item::Macro(item) => {
                let kind = self.macro_item(item);
                self.put(&item.attrs, kind);
            }
            // What only a nightly compiler reads.
            syn::Item::Verbatim(tokens) => {
                let kind = self.unread_item(tokens);
                self.put(&[], kind);
            }
            syn::Item::TraitAlias(item) => {
                let supertraits = self.bounds(item.bounds.iter());
                let generics = self.generics(&item.generics);
                let members = Members::default();
                let lowered = Trait { name: name(&item.ident), generics, supertraits, members };
                self.put(&item.attrs, ItemKind::Trait(Arc::new(lowered)));
            }
            _ => {}
        }
    }

    fn put(&mut self, attributes: &[Attribute], kind: ItemKind) {
        let test = self.test || is_test(attributes);
        self.foreign_attributes(attributes, test);
        self.add(Item { test, kind });
    }

    fn structure(
        &mut self,
        ident: &syn::Ident,
        generics: Generics,
        variants: Vec<(Name, Vec<(Name, Type)>)>,
        derefs_to: Option<Name>,
        attributes: &[Attribute],
    ) {
        let lowered = Structure { name: name(ident), generics, is_enum: false, variants, derefs_to };
        self.put(attributes, ItemKind::Structure(Arc::new(lowered)));
    }

    fn fields(&mut self, fields: &Fields) -> Vec<(Name, Type)> {
        fields.iter().enumerate().map(|(index, field)| self.field(index, field)).collect()
    }

    fn field(&mut self, index: usize, field: &syn::Field) -> (Name, Type) {
        self.foreign_attributes(&field.attrs, self.test);
        let name = field.ident.as_ref().map_or_else(|| Name::new(&index.to_string()), name);
        (name, self.ty(&field.ty))
    }

    fn module(&mut self, module: &syn::ItemMod) {
        let test = self.test || is_test(&module.attrs);
        self.foreign_attributes(&module.attrs, test);
        let (called, path) = (name(&module.ident), path_attribute(&module.attrs));
        let kind = match &module.content {
            None => {
                let place = self.place(module.ident.span());
                let conditional = conditional_paths(&module.attrs);
                let may_lack = path.is_none() && !conditional.is_empty();
                for path in conditional {
                    let kind = ItemKind::Outline { name: called, path: Some(path), place, may_lack: false };
                    self.add(Item { test, kind });
                }
                ItemKind::Outline { name: called, path, place, may_lack }
            }
            Some((_, items)) => {
                let mut folders =
                    self.modules.get(self.current as usize).map(|outer| outer.folders.clone()).unwrap_or_default();
                folders.push(path.unwrap_or(called));
                let inner =
                    Module { parent: Some(self.current), name: Some(called), test, folders, ..Module::default() };
                let number = self.within(inner, |this| items.iter().for_each(|item| this.item(item)));
                ItemKind::Inline { name: called, module: number }
            }
        };
        self.add(Item { test, kind });
    }

    fn constant(
        &mut self,
        ident: &syn::Ident,
        ty: &syn::Type,
        value: Option<&Expr>,
        attributes: &[Attribute],
    ) -> Arc<Constant> {
        let test = self.test || is_test(attributes);
        let (of, value) = (self.ty(ty), value.map(|value| self.expr(value)));
        let place = self.place(ident.span());
        Arc::new(Constant { name: name(ident), place, test, may_change: false, of, value })
    }

    fn function(
        &mut self,
        signature: &syn::Signature,
        body: Option<&syn::Block>,
        attributes: &[Attribute],
        is_public: bool,
    ) -> Arc<Function> {
        let test = self.test;
        self.test |= is_test(attributes);
        let mut has_self = false;
        let mut parameters = Vec::new();
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(_) => has_self = true,
                FnArg::Typed(typed) => {
                    self.foreign_attributes(&typed.attrs, self.test);
                    parameters.push((self.pattern(&typed.pat), self.ty(&typed.ty)));
                }
            }
        }
        let lowered = Function {
            name: name(&signature.ident),
            place: self.place(signature.ident.span()),
            test: self.test,
            is_public,
            is_called_elsewhere: may_be_called_elsewhere(attributes),
            generics: self.generics(&signature.generics),
            has_self,
            parameters: parameters.into(),
            output: self.output(&signature.output),
            body: body.map(|body| self.block(body)),
        };
        self.test = test;
        Arc::new(lowered)
    }

    pub(super) fn impl_members(&mut self, items: &[ImplItem]) -> Members {
        let mut members = Members::default();
        for item in items {
            match item {
                ImplItem::Const(item) => {
                    self.foreign_attributes(&item.attrs, self.test);
                    members.constants.push(self.constant(&item.ident, &item.ty, Some(&item.expr), &item.attrs));
                }
                ImplItem::Fn(item) => {
                    self.foreign_attributes(&item.attrs, self.test);
                    let is_public = matches!(item.vis, syn::Visibility::Public(_));
                    members.functions.push(self.function(&item.sig, Some(&item.block), &item.attrs, is_public));
                }
                ImplItem::Type(item) => members.types.push((name(&item.ident), self.ty(&item.ty))),
                ImplItem::Macro(item) => members.macros.push(Arc::new(self.invocation(&item.mac))),
                ImplItem::Verbatim(tokens) => members.macros.push(Arc::new(self.unread(tokens))),
                _ => {}
            }
        }
        members
    }

    fn trait_members(&mut self, items: &[TraitItem]) -> Members {
        let mut members = Members::default();
        for item in items {
            match item {
                TraitItem::Const(item) => {
                    let value = item.default.as_ref().map(|(_, value)| value);
                    members.constants.push(self.constant(&item.ident, &item.ty, value, &item.attrs));
                }
                TraitItem::Fn(item) => {
                    self.foreign_attributes(&item.attrs, self.test);
                    members.functions.push(self.function(&item.sig, item.default.as_ref(), &item.attrs, true));
                }
                TraitItem::Type(item) => {
                    members.types.push((name(&item.ident), Type::Bounds(self.bounds(item.bounds.iter()).into())));
                }
                TraitItem::Macro(item) => members.macros.push(Arc::new(self.invocation(&item.mac))),
                TraitItem::Verbatim(tokens) => members.macros.push(Arc::new(self.unread(tokens))),
                _ => {}
            }
        }
        members
    }
}

/// Where a macro is used.
pub(super) fn start(call: &syn::Macro) -> proc_macro2::Span {
    call.path.span()
}

/// Whether a static of a type may be given another value.
fn may_change(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.segments.iter().any(|segment| {
            let inner = segment.arguments.as_ref().map(|arguments| &*arguments.types).unwrap_or_default();
            let is_cell = matches!(
                segment.name.text(),
                "Mutex" | "RwLock" | "ReentrantMutex" | "Cell" | "RefCell" | "UnsafeCell" | "ArcSwap" | "DashMap"
            );
            is_cell || inner.iter().any(may_change)
        }),
        Type::Tuple(parts) => parts.iter().any(may_change),
        _ => false,
    }
}
