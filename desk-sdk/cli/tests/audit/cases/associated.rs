// Associated types, where a bound says what they are.
use desk_sdk::Client;
use std::borrow::Borrow;
use std::ops::Deref;

trait Backend {
    type Conn;
    fn conn(&self) -> Self::Conn;
    fn shared(&self) -> Option<&Self::Conn> {
        None
    }
    fn named(&self) -> <Self as Backend>::Conn;
}

trait Pointing {
    type Conn: Deref<Target = Client>;
    fn conn(&self) -> Self::Conn;
}

struct Own;

impl Backend for Own {
    type Conn = Client;
    fn conn(&self) -> Client {
        loop {}
    }
}

struct Texts;

impl Backend for Texts {
    type Conn = String;
    fn conn(&self) -> String {
        loop {}
    }
}

struct Over<B>(B);

impl<B: Backend<Conn = Client>> Over<B> {
    fn run(&self) {
        self.0.conn().get_agents(x()); // sure: get_agents
    }
}

fn bound<T: Backend<Conn = Client>>(t: T, d: &dyn Backend<Conn = Client>, i: impl Backend<Conn = Client>) {
    t.conn().get_agents(x()); // sure: get_agents
    t.shared().unwrap().get_agents(x()); // sure: get_agents
    t.named().get_agents(x()); // sure: get_agents
    d.conn().get_ticket(x()); // sure: get_ticket
    i.conn().get_role(x()); // sure: get_role
    i.conn().invoke(n, 1); // unseen
}

fn boxed(b: Box<dyn Backend<Conn = Client>>, all: Vec<Box<dyn Backend<Conn = Client>>>) {
    b.conn().get_agents(x()); // sure: get_agents
    all[0].conn().get_agents(x()); // sure: get_agents
}

fn whereby<T>(t: T, c: T::Conn)
where
    T: Backend,
    T::Conn: AsRef<Client>,
{
    t.conn().as_ref().get_agents(x()); // sure: get_agents
    c.as_ref().get_agents(x()); // sure: get_agents
}

fn equal<T>(t: T, c: <T as Backend>::Conn)
where
    T: Backend<Conn = Client>,
{
    t.conn().get_agents(x()); // sure: get_agents
    c.get_agents(x()); // sure: get_agents
}

fn not_said<T: Backend>(t: T, c: T::Conn) {
    t.conn().get_agents(x()); // unsure: get_agents
    c.get_agents(x()); // unsure: get_agents
}

fn pointing<T: Pointing>(t: T, c: T::Conn) {
    t.conn().get_agents(x()); // sure: get_agents
    c.get_agents(x()); // sure: get_agents
}

fn known(o: Own, s: Texts) {
    o.conn().get_agents(x()); // sure: get_agents
    o.shared().unwrap().get_agents(x()); // sure: get_agents
    s.shared().unwrap().get_agents(x());
    s.conn().get_agents(x());
}

fn items<I>(items: I, more: impl Iterator<Item = Client>)
where
    I: IntoIterator,
    I::Item: Borrow<Client>,
{
    for one in items {
        one.borrow().get_agents(x()); // sure: get_agents
    }
    more.for_each(|c| drop(c.get_agents(x()))); // sure: get_agents
}
