// Type parameters that are learnt by way of others.
use desk_sdk::Client;
use std::borrow::Cow;
use std::future::Future;

async fn retried<T, E, F, U>(mut f: F) -> Result<T, E>
where
    U: Future<Output = Result<T, E>>,
    F: FnMut() -> U,
{
    f().await
}

trait With: Sized {
    fn run<R>(&self, f: impl FnOnce(&Self) -> R) -> R {
        f(self)
    }
    fn twice(self) -> (Self, Self);
    fn made() -> Self;
}

struct State {
    desk: Client,
}

impl With for State {
    fn twice(self) -> (Self, Self) {
        loop {}
    }
    fn made() -> Self {
        loop {}
    }
}

fn used(state: State, generic: impl With, name: &str) {
    retried(|| async { Client::builder().build() }).await.unwrap().get_agents(x()); // sure: get_agents
    retried(|| async { Ok(State { desk: connect() }) }).await.unwrap().desk.get_agents(x()); // sure: get_agents
    state.run(|s| s.desk.clone()).get_ticket(x()); // sure: get_ticket
    state.run(|s| drop(s.desk.get_role(x()))); // sure: get_role
    state.twice().1.desk.get_team(x()); // sure: get_team
    State::made().desk.get_team(x()); // sure: get_team
    generic.run(|s| s.get_team(x())); // unsure: get_team
    let (sender, receiver) = watch::channel(connect());
    sender.borrow().get_views(x()); // unsure: get_views
    receiver.borrow().get_views(x()); // unsure: get_views
    let bucket = Bucket::new(8);
    bucket.put(connect());
    bucket.take().get_views(x()); // unsure: get_views
    bucket.all().get_views(x()); // unsure: get_views
    let mut collect = Collect;
    visited(&mut collect).pop().unwrap().get_fields(x()); // sure: get_fields
    unknown_visit(x()).get_fields(x()); // unsure: get_fields
    let alias: Cow<'static, str> = Cow::Borrowed("get_skills");
    connect().invoke(&alias, x()); // sure: get_skills
    connect().invoke(&Cow::from(name), x()); // unseen
}

trait Visitor {
    type Out;
    fn visit(&mut self) -> Self::Out;
}

struct Collect;

impl Visitor for Collect {
    type Out = Vec<Client>;
    fn visit(&mut self) -> Self::Out {
        vec![connect()]
    }
}

fn visited<V: Visitor>(visitor: &mut V) -> V::Out {
    visitor.visit()
}

fn unknown_visit<V: Visitor>(visitor: V) -> Vec<<V as Visitor>::Out> {
    loop {}
}

fn connect() -> Client {
    loop {}
}
