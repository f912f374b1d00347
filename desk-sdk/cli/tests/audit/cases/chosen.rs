// What macros choose between: a pattern, what it is made of, and what is done with it.
use desk_sdk::Client;
use tokio::sync::mpsc::Receiver;

enum Job {
    Read { client: Client, id: String },
    Stop,
}

async fn failing() -> Result<u8, Client> {
    loop {}
}

async fn chosen(mut jobs: Receiver<Job>, mut pairs: Receiver<(u8, Client)>, mut r: Receiver<Result<u8, Client>>) {
    tokio::select! {
        Err(c) = failing() => c.get_agents(x()), // sure: get_agents
        Some(Job::Read { client, id }) = jobs.recv() => {
            client.get_ticket(x()); // sure: get_ticket
            id.get_ticket(x());
        }
        Some((n, ref c)) = pairs.recv(), if n > 1 => {
            c.get_role(x()); // sure: get_role
            n.get_role(x());
        }
        Some(Ok(_) | Err(c)) = r.recv() => {
            c.get_team(x()); // sure: get_team
        }
        (n, c) = async { pairs.recv().await.unwrap() } => {
            c.get_views(x()); // sure: get_views
        }
        job @ (Some(Job::Stop) | None) = jobs.recv() => {
            if let Some(Job::Read { client, .. }) = job {
                client.get_skills(x()); // sure: get_skills
            }
        }
        else => {}
    }
    futures::select! {
        one = failing().fuse() => one.unwrap_err().get_fields(x()), // sure: get_fields
        complete => {},
    }
}
