// Results in lists and streams: each of them may have failed.
use desk_sdk::Client;
use std::collections::HashMap;

struct Failed {
    client: Client,
}

fn listed(v: Vec<Result<u8, Client>>, f: Vec<Result<String, Failed>>, m: HashMap<u8, Result<u8, Client>>) {
    let keyed: Result<HashMap<String, Client>, Failed> = x();
    let both: Result<Failed, Client> = x();
    for r in &v {
        if let Err(c) = r {
            c.get_agents(x()); // sure: get_agents
        }
    }
    for r in v.iter() {
        match r {
            Ok(n) => n.get_agents(x()),
            Err(c) => c.get_ticket(x()), // sure: get_ticket
        }
    }
    for (n, r) in v.into_iter().enumerate() {
        let Err(c) = r else { continue };
        c.get_role(x()); // sure: get_role
        n.get_role(x());
    }
    for f in f {
        if let Err(Failed { client }) = f {
            client.get_team(x()); // sure: get_team
        }
    }
    for (_, r) in &m {
        if let Err(c) = r {
            c.get_views(x()); // sure: get_views
        }
    }
    if let Some(Err(c)) = m.get(&1) {
        c.get_views(x()); // sure: get_views
    }
    if let [Err(c), ..] = v[..] {
        c.get_views(x()); // sure: get_views
    }
    while let Some(Err(c)) = v.pop() {
        c.get_views(x()); // sure: get_views
    }
    keyed.unwrap()["a"].get_skills(x()); // sure: get_skills
    keyed.unwrap().get("a").unwrap().get_skills(x()); // sure: get_skills
    both.unwrap().client.get_skills(x()); // sure: get_skills
    v.first().unwrap().as_ref().unwrap_err().get_skills(x()); // sure: get_skills
}

fn gone_through(v: Vec<Result<u8, Client>>) {
    v.iter().filter_map(|r| r.as_ref().err()).for_each(|c| drop(c.get_agents(x()))); // sure: get_agents
    v.into_iter().filter_map(Result::err).for_each(|c| drop(c.get_agents(x()))); // sure: get_agents
    v.into_iter().map(Result::unwrap_err).for_each(|c| drop(c.get_agents(x()))); // sure: get_agents
    for c in v.into_iter().flat_map(Result::err) {
        c.get_ticket(x()); // sure: get_ticket
    }
    v.iter().for_each(|r| {
        if let Err(c) = r {
            c.get_role(x()); // sure: get_role
        }
    });
    v.iter().filter(|r| r.is_err()).map(|r| r.as_ref().unwrap_err().get_team(x())).count(); // sure: get_team
    v.iter().fold(0, |n, r| match r {
        Err(c) => drop(c.get_views(x())), // sure: get_views
        _ => n,
    });
    let (good, bad): (Vec<_>, Vec<_>) = v.into_iter().partition(Result::is_ok);
    bad.into_iter().map(Result::unwrap_err).map(|c| c.get_skills(x())).count(); // sure: get_skills
    let kept: Vec<_> = v.iter().rev().skip(1).collect();
    kept[0].as_ref().unwrap_err().get_skills(x()); // sure: get_skills
    v.iter().map(Result::is_err).count();
    v.into_iter().map(Result::unwrap).map(|n| n.get_skills(x())).count();
}

async fn streamed(mut s: impl Stream<Item = Result<u8, Client>>, set: JoinSet<Result<u8, Failed>>) {
    while let Some(r) = s.next().await {
        if let Err(c) = r {
            c.get_agents(x()); // sure: get_agents
        }
    }
    s.for_each(|r| async move {
        if let Err(c) = r {
            c.get_agents(x()); // sure: get_agents
        }
    });
    while let Some(joined) = set.join_next().await {
        if let Ok(Err(failed)) = joined {
            failed.client.get_ticket(x()); // sure: get_ticket
        }
    }
}
