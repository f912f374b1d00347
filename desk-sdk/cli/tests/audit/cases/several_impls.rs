// A trait that a struct implements several times, each time with other types.
use desk_sdk::Client;
use std::ops::{Add, Index};

struct Pool {
    client: Client,
    name: String,
}

impl Add<u8> for Pool {
    type Output = String;
    fn add(self, other: u8) -> Self::Output {
        self.name
    }
}

impl Add<u16> for Pool {
    type Output = Client;
    fn add(self, other: u16) -> Self::Output {
        self.client
    }
}

impl Index<&str> for Pool {
    type Output = String;
    fn index(&self, at: &str) -> &Self::Output {
        &self.name
    }
}

impl Index<usize> for Pool {
    type Output = Client;
    fn index(&self, at: usize) -> &Self::Output {
        &self.client
    }
}

impl Iterator for Pool {
    type Item = u8;
    fn next(&mut self) -> Option<Self::Item> {
        None
    }
}

impl IntoIterator for &Pool {
    type Item = Client;
    type IntoIter = Vec<Client>;
    fn into_iter(self) -> Self::IntoIter {
        let first: Self::Item = self.client.clone();
        first.get_agents(x()); // sure: get_agents
        vec![first]
    }
}

trait Ask<M> {
    type Answer;
    fn ask(&self, message: M) -> Self::Answer;
}

struct Name;
struct Connection;

impl Ask<Name> for Pool {
    type Answer = String;
    fn ask(&self, message: Name) -> Self::Answer {
        self.name.clone()
    }
}

impl Ask<Connection> for Pool {
    type Answer = Result<Client, u8>;
    fn ask(&self, message: Connection) -> Self::Answer {
        let answer: Self::Answer = Ok(self.client.clone());
        answer.unwrap().get_agents(x()); // sure: get_agents
        Ok(self.client.clone())
    }
}

fn used(p: Pool, q: &Pool) {
    (p + 1_u16).get_agents(x()); // sure: get_agents
    q[0].get_ticket(x()); // sure: get_ticket
    q["a"].len();
    p.ask(Connection).unwrap().get_role(x()); // sure: get_role
    Pool::ask(&p, Connection).unwrap().get_role(x()); // sure: get_role
    p.ask(Name).len();
    for c in &p {
        c.get_team(x()); // sure: get_team
    }
}
