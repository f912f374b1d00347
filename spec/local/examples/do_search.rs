use desk_sdk::search::DoSearch;
use desk_sdk::types::RecordModule;

let search = DoSearch::new().module(RecordModule::Tickets).search_str("lamp").sort_by("relevance").limit(20);
for found in &client.do_search(search).await?.data {
    println!("{:?}: {:?}", found.ticket_number, found.subject);
}
