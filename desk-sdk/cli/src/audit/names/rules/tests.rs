use super::*;
use crate::audit::tokens::{Rendered, keep};

fn tokens(text: &str) -> Vec<Token> {
    keep(text.parse().unwrap(), &|_| Place::default())
}

/// What an invocation becomes, without white space.
fn expanded(rules: &str, given: &str) -> Option<String> {
    let mut all = AllRules::default();
    let rules = Rules { name: Name::new("m"), place: Place::default(), tokens: tokens(rules) };
    all.add(3, 0, false, &Arc::new(rules));
    let call = Invocation { name: Name::new("m"), place: Place::default(), tokens: tokens(given) };
    let expanded = all.expand(0, &call)?;
    Some(Rendered::new(&expanded).text.split_whitespace().collect())
}

#[test]
fn fragments_are_replaced_where_the_first_rule_is_met() {
    for (rules, given, becomes) in [
        ("($c:expr, $m:ident) => { $c.$m() }", "self.client, get_tickets", "(self.client).get_tickets()"),
        ("($c:ident . $m:ident) => { $c.$m() }", "a.b", "a.b()"),
        ("(a) => { 1 }; ($($x:tt)*) => { 2 }", "b c", "2"),
        ("($($x:expr),* $(,)?) => { [$($x),*] }", "1, f(2, 3), x + y,", "[1,(f(2,3)),(x+y)]"),
        (
            "($($k:ident => $v:expr);*) => { $(f(stringify!($k), $v);)* }",
            "a => 1; b => 2",
            "f(stringify!(a),1);f(stringify!(b),2);",
        ),
        ("($t:ty, $n:literal) => { <$t>::f($n) }", "Vec<Map<u8, u16>>, \"x\"", "<Vec<Map<u8,u16>>>::f(\"x\")"),
        ("($v:vis fn $n:ident) => { $v fn $n() }", "pub(crate) fn a", "pub(crate)fna()"),
        ("($v:vis fn $n:ident) => { $v fn $n() }", "fn a", "fna()"),
        ("($($o:ident: [$($i:ident),*]),*) => { $($o($($i + $o),*);)* }", "a: [x, y], b: []", "a(x+a,y+a);b();"),
        ("($p:path) => { $p::new() }", "a::B", "a::B::new()"),
        ("($b:block) => { async $b }", "{ 1 }", "async{1}"),
        ("($l:lifetime $($x:ident)?) => { $l: loop {} }", "'a", "'a:loop{}"),
        ("() => { $crate::f() }", "", "__root_of_crate_3::f()"),
        ("($($x:ident)+*) => { $($x)-* }", "a + b", "a-b"),
    ] {
        assert_eq!(expanded(rules, given).as_deref(), Some(becomes), "{rules}");
    }
}

#[test]
fn what_meets_no_rule_becomes_nothing() {
    for (rules, given) in [
        ("($c:expr) => { $c }", "a, b"),
        ("($m:ident) => { $m }", "1"),
        ("($($x:ident),*) => { $x }", "a, b"),
        ("($x:unknown) => { 1 }", "a"),
        ("", ""),
    ] {
        assert_eq!(expanded(rules, given), None, "{rules}");
    }
}
