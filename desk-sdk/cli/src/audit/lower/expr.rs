//! Expressions and blocks.

use syn::{Lit, Stmt};

use super::pattern::member;
use super::{Lowering, Module, name};
use crate::audit::ir::{Block, Closure, Expr, For, If, Literal, Local, Method, Statement, While};
use crate::audit::name::Name;

impl Lowering<'_> {
    pub(super) fn expr(&mut self, expr: &syn::Expr) -> Expr {
        match expr {
            syn::Expr::Await(same) => self.expr(&same.base),
            syn::Expr::Try(same) => self.expr(&same.expr),
            syn::Expr::Paren(same) => self.expr(&same.expr),
            syn::Expr::Group(same) => self.expr(&same.expr),
            syn::Expr::Reference(same) if same.mutability.is_some() => Expr::Lent(Box::new(self.expr(&same.expr))),
            syn::Expr::Reference(same) => self.expr(&same.expr),
            syn::Expr::RawAddr(same) => Expr::Lent(Box::new(self.expr(&same.expr))),
            syn::Expr::Unary(unary) => match unary.op {
                syn::UnOp::Deref(_) => self.expr(&unary.expr),
                syn::UnOp::Not(_) => Expr::Operator(Name::new("not"), [self.expr(&unary.expr)].into()),
                syn::UnOp::Neg(_) => Expr::Operator(Name::new("neg"), [self.expr(&unary.expr)].into()),
                _ => Expr::Several([self.expr(&unary.expr)].into()),
            },
            syn::Expr::Array(array) => Expr::List(self.exprs(&array.elems)),
            syn::Expr::Repeat(repeat) => Expr::List([self.expr(&repeat.expr)].into()),
            syn::Expr::Assign(assign) => {
                Expr::Assign(Box::new(self.expr(&assign.left)), Box::new(self.expr(&assign.right)))
            }
            syn::Expr::Async(block) => Expr::Block(self.block(&block.block)),
            syn::Expr::Block(block) => Expr::Block(self.block(&block.block)),
            syn::Expr::Const(block) => Expr::Block(self.block(&block.block)),
            syn::Expr::Unsafe(block) => Expr::Block(self.block(&block.block)),
            syn::Expr::TryBlock(block) => Expr::Block(self.block(&block.block)),
            syn::Expr::Binary(binary) => {
                let (left, right) = (self.expr(&binary.left), self.expr(&binary.right));
                match operator(&binary.op) {
                    Some(method) => Expr::Operator(Name::new(method), [left, right].into()),
                    None if assigns(&binary.op) => Expr::Several([Expr::Lent(Box::new(left)), right].into()),
                    None => Expr::Several([left, right].into()),
                }
            }
            syn::Expr::Range(range) => {
                let ends = [range.start.as_deref(), range.end.as_deref()];
                Expr::Several(ends.into_iter().flatten().map(|end| self.expr(end)).collect())
            }
            syn::Expr::Break(leave) => self.leave(leave.expr.as_deref()),
            syn::Expr::Return(leave) => self.leave(leave.expr.as_deref()),
            syn::Expr::Yield(leave) => self.leave(leave.expr.as_deref()),
            syn::Expr::Call(call) => Expr::Call(Box::new(self.expr(&call.func)), self.exprs(&call.args)),
            syn::Expr::MethodCall(call) => Expr::Method(Box::new(Method {
                receiver: self.expr(&call.receiver),
                name: name(&call.method),
                place: self.place(call.method.span()),
                types: call.turbofish.as_ref().map(|list| self.angle(list).types).unwrap_or_default(),
                arguments: self.exprs(&call.args),
            })),
            syn::Expr::Field(field) => Expr::Field(Box::new(self.expr(&field.base)), member(&field.member)),
            syn::Expr::Index(index) => Expr::Index(Box::new(self.expr(&index.expr)), Box::new(self.expr(&index.index))),
            syn::Expr::Cast(cast) => Expr::Cast(Box::new(self.expr(&cast.expr)), Box::new(self.ty(&cast.ty))),
            syn::Expr::Closure(closure) => Expr::Closure(Box::new(Closure {
                parameters: closure.inputs.iter().map(|input| self.pattern(input)).collect(),
                output: self.output(&closure.output),
                body: self.expr(&closure.body),
            })),
            syn::Expr::If(if_) => {
                let (condition, then) = (self.expr(&if_.cond), self.block(&if_.then_branch));
                let otherwise = if_.else_branch.as_ref().map(|(_, otherwise)| self.expr(otherwise));
                Expr::If(Box::new(If { condition, then, otherwise }))
            }
            syn::Expr::Let(let_) => Expr::Let(Box::new(self.pattern(&let_.pat)), Box::new(self.expr(&let_.expr))),
            syn::Expr::Match(match_) => {
                let of = Box::new(self.expr(&match_.expr));
                Expr::Match(of, match_.arms.iter().map(|arm| (self.pattern(&arm.pat), self.expr(&arm.body))).collect())
            }
            syn::Expr::ForLoop(for_) => {
                let (pattern, list) = (self.pattern(&for_.pat), self.expr(&for_.expr));
                Expr::For(Box::new(For { pattern, list, body: self.block(&for_.body) }))
            }
            syn::Expr::While(while_) => {
                let (condition, body) = (self.expr(&while_.cond), self.block(&while_.body));
                Expr::While(Box::new(While { condition, body }))
            }
            syn::Expr::Loop(loop_) => Expr::Loop(self.block(&loop_.body)),
            syn::Expr::Tuple(tuple) => Expr::Tuple(self.exprs(&tuple.elems)),
            syn::Expr::Struct(literal) => {
                let path = self.path(literal.qself.as_ref(), &literal.path);
                let fields = literal.fields.iter().map(|field| (member(&field.member), self.expr(&field.expr)));
                let fields = fields.collect();
                let rest = literal.rest.as_ref().map(|rest| self.expr(rest));
                Expr::Struct(Box::new(Literal { path, fields, rest }))
            }
            syn::Expr::Path(path) => Expr::Path(self.path(path.qself.as_ref(), &path.path)),
            syn::Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Expr::Text(Name::new(&text.value())),
                Lit::Bool(flag) => Expr::Flag(flag.value),
                _ => Expr::Literal,
            },
            syn::Expr::Macro(call) => self.macro_expr(&call.mac),
            syn::Expr::Continue(_) | syn::Expr::Infer(_) => Expr::Literal,
            // What only a nightly compiler reads.
            syn::Expr::Verbatim(tokens) if !tokens.is_empty() => Expr::Macro(Box::new(self.unread(tokens))),
            _ => Expr::Several([].into()),
        }
    }

    pub(super) fn exprs<'a>(&mut self, list: impl IntoIterator<Item = &'a syn::Expr>) -> Box<[Expr]> {
        list.into_iter().map(|expr| self.expr(expr)).collect()
    }

    fn leave(&mut self, value: Option<&syn::Expr>) -> Expr {
        Expr::Leave(value.map(|value| Box::new(self.expr(value))))
    }

    pub(super) fn block(&mut self, block: &syn::Block) -> Block {
        self.block_of(&block.stmts)
    }

    pub(super) fn block_of(&mut self, statements: &[Stmt]) -> Block {
        let has_items = statements.iter().any(|statement| match statement {
            Stmt::Item(_) => true,
            Stmt::Macro(call) => call.mac.path.is_ident("macro_rules"),
            _ => false,
        });
        if !has_items {
            return Block { items: None, statements: self.statements(statements) };
        }
        let parent = (!self.modules.is_empty()).then_some(self.current);
        let module = Module { parent, test: self.test, ..Module::default() };
        let mut lowered = Box::default();
        let number = self.within(module, |this| {
            for statement in statements {
                if let Stmt::Item(item) = statement {
                    this.item(item);
                }
            }
            lowered = this.statements(statements);
        });
        Block { items: Some(number), statements: lowered }
    }

    fn statements(&mut self, statements: &[Stmt]) -> Box<[Statement]> {
        statements.iter().filter_map(|statement| self.statement(statement)).collect()
    }

    fn statement(&mut self, statement: &Stmt) -> Option<Statement> {
        match statement {
            Stmt::Item(_) => None,
            Stmt::Expr(expr, semicolon) => Some(Statement::Expr(self.expr(expr), semicolon.is_some())),
            Stmt::Macro(call) => Some(Statement::Expr(self.macro_expr(&call.mac), call.semi_token.is_some())),
            Stmt::Local(local) => {
                let value = local.init.as_ref().map(|init| self.expr(&init.expr));
                let otherwise = local.init.as_ref().and_then(|init| init.diverge.as_ref());
                let otherwise = otherwise.map(|(_, otherwise)| self.expr(otherwise));
                Some(Statement::Let(Box::new(Local { pattern: self.pattern(&local.pat), value, otherwise })))
            }
        }
    }
}

/// Whether an operator changes what stands before it.
fn assigns(operator: &syn::BinOp) -> bool {
    use syn::BinOp::{
        AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, RemAssign, ShlAssign, ShrAssign,
        SubAssign,
    };
    matches!(
        operator,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}

/// The method of an operator that gives back something else than whether it is so.
fn operator(operator: &syn::BinOp) -> Option<&'static str> {
    Some(match operator {
        syn::BinOp::Add(_) => "add",
        syn::BinOp::Sub(_) => "sub",
        syn::BinOp::Mul(_) => "mul",
        syn::BinOp::Div(_) => "div",
        syn::BinOp::Rem(_) => "rem",
        syn::BinOp::BitAnd(_) => "bitand",
        syn::BinOp::BitOr(_) => "bitor",
        syn::BinOp::BitXor(_) => "bitxor",
        syn::BinOp::Shl(_) => "shl",
        syn::BinOp::Shr(_) => "shr",
        _ => return None,
    })
}
