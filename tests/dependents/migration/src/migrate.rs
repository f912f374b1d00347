//! Copies contacts, accounts and products from one organization to another.

#[macro_use]
mod copying;
#[path = "steps/cleaning_up.rs"]
mod cleanup;

use std::sync::OnceLock;

use desk::contacts::*;
use desk::{Answer, Client, Content, Endpoint};
use futures_util::future::try_join_all;

static SOURCE: OnceLock<Client> = OnceLock::new();

/// Both organizations.
struct Sides {
    from: Client,
    to: Client,
}

copies! {
    contacts: get_contacts(GetContacts) => create_contact(CreateContact), last_name;
    accounts: get_accounts(GetAccounts) => create_account(CreateAccount), account_name;
}

/// Any call, with a word about it.
async fn told<E: Endpoint>(client: &Client, parameters: E) -> desk::Result<Answer<E::Answer>>
where
    E::Answer: Content,
{
    println!("{}", E::OPERATION.summary);
    client.call(parameters).await
}

async fn details(sides: &Sides, ids: &[desk::Id]) -> desk::Result<usize> {
    let calls = ids.iter().map(GetContact::new).map(|one| sides.from.get_contact(one));
    let people = try_join_all(calls).await?;
    let read = Client::get_account;
    let accounts = ids.iter().map(|id| read(&sides.from, GetAccount::new(id)));
    let accounts = try_join_all(accounts).await?;
    let statistics = told(&sides.to, GetAccountStatistics::new(&ids[0])).await?;
    println!("{statistics:?}");
    Ok(people.len() + accounts.len())
}

fn source() -> desk::Result<&'static Client> {
    if let Some(known) = SOURCE.get() {
        return Ok(known);
    }
    let client = Client::builder().access_token("1000.x").organization("1").build()?;
    Ok(SOURCE.get_or_init(|| client))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> desk::Result<()> {
    let from = source()?.clone();
    let to = from.for_organization("2");
    let sides = Sides { from, to };
    contacts(&sides).await?;
    accounts(&sides).await?;
    let listed = source()?.get_contacts(GetContacts::new()).await?;
    let ids: Vec<desk::Id> = listed.data.iter().filter_map(|contact| contact.id.clone()).collect();
    println!("{}", details(&sides, &ids).await?);
    cleanup::after(&sides, ids).await
}
