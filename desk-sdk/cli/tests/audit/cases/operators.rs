// Operators that a program defines for its own types.
use desk_sdk::Client;
use std::ops::{Add, BitOr, Index, Mul, Neg, Not};

struct M(Client);
struct Desks(Vec<Client>);
struct Named(Vec<(String, Client)>);
struct Lazy;
struct Number(u8);

impl Add<u8> for M {
    type Output = Client;
    fn add(self, n: u8) -> Client {
        self.0
    }
}

impl Not for M {
    type Output = Client;
    fn not(self) -> Self::Output {
        self.0
    }
}

impl Neg for &Lazy {
    type Output = Client;
    fn neg(self) -> Self::Output {
        loop {}
    }
}

impl BitOr<Number> for Number {
    type Output = Self;
    fn bitor(self, n: Number) -> Self {
        self
    }
}

impl Mul<Lazy> for u8 {
    type Output = Client;
    fn mul(self, n: Lazy) -> Client {
        loop {}
    }
}

impl Index<&str> for Desks {
    type Output = Client;
    fn index(&self, name: &str) -> &Client {
        &self.0[0]
    }
}

impl Index<usize> for Named {
    type Output = (String, Client);
    fn index(&self, n: usize) -> &Self::Output {
        &self.0[n]
    }
}

fn f(m: M, l: Lazy, d: Desks, named: Named, n: Number) {
    (m + 1).get_agents(x()); // sure: get_agents
    (!m).get_agents(x()); // sure: get_agents
    (-&l).get_agents(x()); // sure: get_agents
    (2 * l).get_agents(x()); // unsure: get_agents
    d["x"].get_agents(x()); // sure: get_agents
    named[0].1.get_agents(x()); // sure: get_agents
    named[0].0.get_agents(x());
    (n | Number(1)).get_agents(x());
    (m - 1).get_agents(x()); // unsure: get_agents
    (1 + 2).get_agents(x());
    (unknown() + 1).get_agents(x()); // unsure: get_agents
    (m + 1).invoke(n, 1); // unseen
    let sum = m + 1;
    sum.get_ticket(x()); // sure: get_ticket
}
