//! Lists that are read to their end.

use api::desk::search::SearchTickets as Search;
use api::prelude::*;

pub(crate) async fn articles(desk: &Desk, ids: &[api::desk::Id]) -> Result<(), Failure> {
    let mut articles = desk.get_articles(GetArticles::new()).records();
    while let Some(article) = articles.next().await {
        println!("{:?}", article?.title);
    }
    let mut found = desk.search_tickets(Search::new()).all();
    while let Some(ticket) = found.next().await {
        println!("{:?}", ticket?.subject);
    }
    for id in ids {
        let path = format!("/api/v1/tickets/{id}/metrics");
        println!("{}", *desk.request(api::desk::Method::Get, path).await?);
    }
    Ok(())
}
