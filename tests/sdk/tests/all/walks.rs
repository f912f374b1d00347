//! Lists are read to their end: every record that stays there comes once, whatever else happens to the list.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::common::listed::{Listed, Rules, Thing, text};
use desk_sdk::activities::GetTasks;
use desk_sdk::contacts::GetContacts;
use desk_sdk::search::{SearchContacts, SearchTickets};
use desk_sdk::testing::FakeDesk;
use desk_sdk::tickets::{GetTicketTimeEntries, GetTickets};
use desk_sdk::{Client, Error, Position, Records, Since, WalkError, types};
use proptest::prelude::*;

/// A time after 2020.
const START: i64 = 1_600_000_000_000;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Things with these distances in milliseconds between the times at which they were created.
fn things(distances: &[u16]) -> Vec<Thing> {
    let mut time = START;
    let thing = |(index, distance): (usize, &u16)| {
        time += i64::from(*distance);
        Thing { id: 1_000 + index as u64, created: time, modified: time + i64::from(*distance) * 7 }
    };
    distances.iter().enumerate().map(thing).collect()
}

/// The ids of all records of a stream.
async fn ids<R: desk_sdk::Leaf + Send + 'static>(
    records: &mut Records<R>,
    id: impl Fn(&R) -> &Option<desk_sdk::Id>,
) -> Result<Vec<u64>, Error> {
    let mut ids = Vec::new();
    while let Some(record) = records.next().await {
        ids.push(id(&record?).as_ref().and_then(desk_sdk::Id::number).expect("an id"));
    }
    Ok(ids)
}

fn all(client: &Client) -> Records<types::Ticket> {
    client.search_tickets(SearchTickets::new()).all()
}

/// Each came once, and none is missing of those that were there from the beginning to the end.
fn assert_complete(met: &[u64], before: &[Thing], after: &[Thing]) {
    let once: BTreeSet<u64> = met.iter().copied().collect();
    assert_eq!(once.len(), met.len(), "some came twice");
    let after: BTreeSet<u64> = after.iter().map(|thing| thing.id).collect();
    let stayed = before.iter().map(|thing| thing.id).filter(|id| after.contains(id));
    let missing: Vec<u64> = stayed.filter(|id| !once.contains(id)).collect();
    assert!(missing.is_empty(), "{} of {} are missing: {missing:?}", missing.len(), before.len());
}

/// What happens to a list while it is read, by the number of the call.
#[derive(Clone, Debug)]
enum Event {
    Add,
    Change(prop::sample::Index),
    Delete(prop::sample::Index),
}

fn events() -> impl Strategy<Value = BTreeMap<usize, Vec<Event>>> {
    let event = prop_oneof![
        Just(Event::Add),
        any::<prop::sample::Index>().prop_map(Event::Change),
        any::<prop::sample::Index>().prop_map(Event::Delete),
    ];
    prop::collection::btree_map(1_usize..20, prop::collection::vec(event, 1..4), 0..12)
}

fn happen(events: &BTreeMap<usize, Vec<Event>>, call: usize, things: &mut Vec<Thing>) {
    let now = START + 400_000_000 + i64::try_from(call).expect("a number") * 1_000;
    for event in events.get(&call).into_iter().flatten() {
        match event {
            Event::Add => {
                let id = 1 + things.iter().map(|thing| thing.id).max().unwrap_or(1_000);
                things.push(Thing { id, created: now, modified: now });
            }
            Event::Change(index) if !things.is_empty() => {
                let place = index.index(things.len());
                things[place].modified = now;
            }
            Event::Delete(index) if !things.is_empty() => drop(things.remove(index.index(things.len()))),
            Event::Change(_) | Event::Delete(_) => {}
        }
    }
}

/// Times that lie far apart, close together, or at the same moment.
fn distances() -> impl Strategy<Value = Vec<u16>> {
    let distance = prop_oneof![5 => 0_u16..3, 2 => 0_u16..1_500, 1 => 1_000_u16..60_000];
    prop::collection::vec(distance, 0..700)
}

fn rules() -> impl Strategy<Value = Rules> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    flags.prop_map(|(by_second, inclusive, counts, promises)| Rules {
        by_second,
        inclusive,
        counts,
        promises,
        ..Rules::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_records_by_time_come_once(distances in distances(), rules in rules(), events in events()) {
        let before = things(&distances);
        let listed = Listed::new(rules, before.clone());
        let (desk, listed) = listed.moving(move |call, things| happen(&events, call, things)).desk("search_tickets");
        let met = runtime().block_on(async { ids(&mut all(&desk.client()), |ticket| &ticket.id).await });
        assert_complete(&met.expect("all tickets"), &before, &listed.things());
    }

    #[test]
    fn all_records_in_no_order_come_once(distances in distances(), rules in rules(), events in events(), seed: u64) {
        let mut before = things(&distances);
        before.sort_by_key(|thing| thing.id.wrapping_mul(seed | 1));
        let listed = Listed::new(rules, before.clone());
        let (desk, listed) =
            listed.moving(move |call, things| happen(&events, call, things)).desk("get_ticket_time_entries");
        let met = runtime().block_on(async {
            let entries = GetTicketTimeEntries::new(7);
            ids(&mut desk.client().get_ticket_time_entries(entries).all(), |entry| &entry.id).await
        });
        assert_complete(&met.expect("all time entries"), &before, &listed.things());
    }

    #[test]
    fn a_walk_that_is_cut_anywhere_goes_on(distances in distances(), rules in rules(), cuts in prop::collection::vec(1_usize..150, 1..8)) {
        let before = things(&distances);
        let (desk, _) = Listed::new(rules, before.clone()).desk("search_tickets");
        let mut met = Vec::new();
        let mut position: Option<String> = None;
        for cut in cuts.into_iter().map(Some).chain([None]) {
            let mut tickets = all(&desk.client());
            if let Some(position) = &position {
                tickets = tickets.resume_from(serde_json::from_str::<Position>(position).expect("a position"));
            }
            runtime().block_on(async {
                while met.len() < usize::MAX && cut.is_none_or(|cut| cut > 0) {
                    let Some(ticket) = tickets.next().await else { break };
                    met.push(ticket.expect("a ticket").id.expect("an id").number().expect("a number"));
                    if cut.is_some_and(|cut| met.len() % cut == 0) {
                        break;
                    }
                }
            });
            position = tickets.position().map(|position| serde_json::to_string(&position).expect("JSON"));
        }
        assert_complete(&met, &before, &before);
    }

    #[test]
    fn changes_are_told_from_one_walk_to_the_next(distances in distances(), rules in rules(), rounds in prop::collection::vec(events(), 1..4)) {
        let before = things(&distances);
        let (desk, listed) = Listed::new(rules, before.clone()).desk("search_contacts");
        let mut since = Since::from(desk_sdk::DateTime::from(text(START - 1)));
        for (round, events) in rounds.iter().enumerate() {
            let known: BTreeMap<u64, i64> = listed.things().iter().map(|thing| (thing.id, thing.modified)).collect();
            if round > 0 {
                // Each round is later than the one before.
                listed.change(|things| (1..20).for_each(|call| happen(events, round * 1_000 + call, things)));
                listed.change(|things| (1..20).for_each(|call| {
                    let later: BTreeMap<usize, Vec<Event>> = events.iter().map(|(at, events)| (at + round * 1_000, events.clone())).collect();
                    happen(&later, round * 1_000 + call, things);
                }));
            }
            let expected: BTreeSet<u64> = listed.things().iter()
                .filter(|thing| round == 0 || known.get(&thing.id) != Some(&thing.modified))
                .map(|thing| thing.id).collect();
            let mut changed = desk.client().search_contacts(SearchContacts::new()).modified_since(since);
            let met = runtime().block_on(async { ids(&mut changed, |contact| &contact.id).await }).expect("contacts");
            let met: BTreeSet<u64> = met.into_iter().collect();
            assert!(expected.is_subset(&met), "round {round}: {:?} are missing", expected.difference(&met));
            since = changed.position().expect("a position").into();
        }
    }

    #[test]
    fn changes_of_a_sorted_list_are_read_down_to_the_last_ones(distances in prop::collection::vec(0_u16..3_000, 0..400), changed in prop::collection::vec(any::<prop::sample::Index>(), 0..50)) {
        let (desk, listed) = Listed::new(Rules::default(), things(&distances)).desk("get_tasks");
        let read = |since: Since| {
            let mut tasks = desk.client().get_tasks(GetTasks::new()).modified_since(since);
            let met = runtime().block_on(async { ids(&mut tasks, |task| &task.id).await }).expect("tasks");
            (met, tasks.position().expect("a position"))
        };
        let (met, position) = read(Since::from(desk_sdk::DateTime::from(text(START))));
        assert_complete(&met, &listed.things(), &listed.things());
        let before = listed.calls().len();
        let mut expected = BTreeSet::new();
        listed.change(|things| {
            for index in changed.iter().take(things.len() * 50) {
                let place = index.index(things.len());
                things[place].modified = START + 500_000_000;
                expected.insert(things[place].id);
            }
        });
        let (met, _) = read(position.into());
        assert_eq!(met.iter().copied().collect::<BTreeSet<_>>(), expected);
        assert!(listed.calls().len() - before <= 2, "only the first page has them");
    }
}

async fn listed(rules: Rules, count: u64, operation: &str) -> (FakeDesk, Arc<Listed>) {
    let thing = |index| Thing { id: index + 1, created: START + index as i64 * 60_000, modified: START };
    Listed::new(rules, (0..count).map(thing).collect()).desk(operation)
}

#[tokio::test]
async fn a_list_by_index_ends_where_it_ends() {
    for count in [0_u64, 1, 99, 100, 101, 250, 4_999, 5_000, 5_050] {
        // The operation counts from 0. A service that counts from 1 repeats a record a page. What is promised beyond the
        // deepest index cannot be refuted.
        for (first, promises) in [(0, false), (1, false), (0, count < 4_999)] {
            let (desk, _) = listed(Rules { first, promises, ..Rules::default() }, count, "get_contacts").await;
            let mut contacts = desk.client().get_contacts(GetContacts::new()).records();
            let met = ids(&mut contacts, |contact| &contact.id).await.expect("contacts");
            assert_eq!(met, (1..=count).collect::<Vec<_>>(), "{count} from {first}");
            assert_eq!(contacts.position().expect("a position").records(), count);
        }
    }
}

#[tokio::test]
async fn a_list_that_is_too_deep_says_so() {
    for deepest in [4_999, 6_000] {
        let (desk, _) = listed(Rules { deepest, ..Rules::default() }, 9_000, "get_contacts").await;
        let mut contacts = desk.client().get_contacts(GetContacts::new()).records();
        let mut met = 0;
        let error = loop {
            match contacts.next().await {
                Some(Ok(_)) => met += 1,
                Some(Err(error)) => break error,
                None => panic!("it ended after {met}"),
            }
        };
        assert!(met > deepest, "{met}");
        assert!(matches!(error, Error::Walk(WalkError::TooDeep { by_time: false, .. })), "{error}");
        assert!(contacts.next().await.is_none(), "it ends after an error");
    }
    // The search has a declared limit, and another way.
    let (desk, _) = listed(Rules::default(), 9_000, "search_tickets").await;
    let mut tickets = desk.client().search_tickets(SearchTickets::new()).records();
    let error = ids(&mut tickets, |ticket| &ticket.id).await.expect_err("too deep");
    assert!(matches!(error, Error::Walk(WalkError::TooDeep { by_time: true, .. })), "{error}");
    assert_eq!(ids(&mut all(&desk.client()), |ticket| &ticket.id).await.expect("all").len(), 9_000);
}

#[tokio::test]
async fn by_time_any_number_is_read_at_the_lowest_price() {
    let (desk, listed) = listed(Rules { counts: true, ..Rules::default() }, 20_000, "search_tickets").await;
    let client = desk.client();
    let mut tickets = all(&client);
    let estimate = tickets.estimate().await.expect("an estimate");
    assert_eq!((estimate.records, estimate.calls, estimate.credits), (Some(20_000), Some(203), Some(609)));
    let before = listed.credits();
    assert_eq!(ids(&mut tickets, |ticket| &ticket.id).await.expect("all").len(), 20_000);
    assert_eq!(listed.credits() - before, 609);
}

#[tokio::test]
async fn too_many_records_at_one_time_are_told() {
    let thing = |id| Thing { id, created: START, modified: START };
    let (desk, _) = Listed::new(Rules::default(), (1..7_000).map(thing).collect()).desk("search_tickets");
    let error = ids(&mut all(&desk.client()), |ticket| &ticket.id).await.expect_err("too many");
    assert!(matches!(error, Error::Walk(WalkError::TooManyAtOnce { field: "createdTime", .. })), "{error}");
    let (desk, _) = Listed::new(Rules::default(), (1..5_000).map(thing).collect()).desk("search_tickets");
    assert_eq!(ids(&mut all(&desk.client()), |ticket| &ticket.id).await.expect("all").len(), 4_999);
}

#[tokio::test]
async fn a_page_that_fails_is_named_and_can_be_tried_again() {
    let (desk, _) = listed(Rules::default(), 250, "get_contacts").await;
    let failing = FakeDesk::new();
    let _ = desk;
    let page = |from: u64| serde_json::json!({ "data": (from..from + 100).map(|id| serde_json::json!({ "id": id.to_string() })).collect::<Vec<_>>() });
    failing.on("get_contacts", page(1));
    failing.on("get_contacts", desk_sdk::ApiError::new("get_contacts", 403).code("FORBIDDEN"));
    failing.on("get_contacts", page(101));
    failing.on("get_contacts", desk_sdk::testing::Reply::empty());
    let mut pages = failing.client().get_contacts(GetContacts::new()).pages();
    assert_eq!(pages.next().await.expect("a page").expect("the first").records.len(), 100);
    let error = pages.next().await.expect("an error").expect_err("the second");
    let told = error.to_string();
    assert!(told.starts_with("page 2 could not be read (get_contacts after 100 records, at index 100): "), "{told}");
    assert!(error.is_forbidden() && error.status() == Some(403), "{error:?}");
    assert!(pages.next().await.is_none(), "it ends after an error");
    pages.try_again();
    let second = pages.next().await.expect("a page").expect("the second");
    assert_eq!((second.number, second.records.len()), (2, 100));
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn positions_belong_to_their_call() {
    let (desk, _) = listed(Rules::default(), 250, "get_contacts").await;
    let client = desk.client();
    let mut pages = client.get_contacts(GetContacts::new()).pages();
    let position = pages.next().await.expect("a page").expect("a page").position().clone();
    let refused = async |mut records: Records<types::Ticket>| match records.next().await {
        Some(Err(Error::Walk(error @ WalkError::OtherPosition { .. }))) => error.to_string(),
        other => panic!("{other:?}"),
    };
    let told = refused(client.get_tickets(GetTickets::new()).records().resume_from(&position)).await;
    assert!(
        told.starts_with("the position belongs to get_contacts, so get_tickets cannot be resumed from it"),
        "{told}"
    );
    let mut other = client.get_contacts(GetContacts::new().sort_by("lastName")).records().resume_from(&position);
    let told = other.next().await.expect("an error").expect_err("another call").to_string();
    assert!(told.contains("get_contacts with other parameters"), "{told}");
}

#[tokio::test]
async fn what_a_walk_chooses_itself_cannot_be_set() {
    let client = FakeDesk::new().client();
    let error = client.search_tickets(SearchTickets::new().sort_by("createdTime").from(3)).all().next().await;
    let told = error.expect("an error").expect_err("an error").to_string();
    assert!(told.contains("sortBy must be left out") && told.contains("from must be left out"), "{told}");
    let error = client.get_contacts(GetContacts::new()).modified_since(desk_sdk::DateTime::from("soon")).next().await;
    let told = error.expect("an error").expect_err("an error").to_string();
    assert!(told.contains("get_contacts"), "{told}");
}

#[tokio::test]
async fn a_limit_loses_nothing_whatever_it_divides() {
    for limit in [37, 99, 100, 130, 250, 700] {
        let (desk, _) = listed(Rules::default(), 520, "search_tickets").await;
        let client = desk.client();
        let call = || client.search_tickets(SearchTickets::new());
        for way in 0..4 {
            let (mut met, mut position) = (Vec::new(), None::<Position>);
            loop {
                let mut pages = if way < 2 { call().pages() } else { call().all().pages() };
                pages = pages.limit(limit).ahead(way);
                if let Some(position) = &position {
                    pages = pages.resume_from(position);
                }
                let before = met.len();
                if way % 2 == 0 {
                    while let Some(page) = pages.next().await {
                        let page = page.expect("a page");
                        assert_eq!(Some(page.position()), pages.position().as_ref());
                        met.extend(page.records.iter().map(|ticket| ticket.id.as_ref().unwrap().number().unwrap()));
                    }
                    position = pages.position();
                } else {
                    let mut records = pages.records();
                    met.extend(ids(&mut records, |ticket| &ticket.id).await.expect("tickets"));
                    position = records.position();
                }
                if met.len() - before < limit {
                    break;
                }
            }
            assert_eq!(met, (1..=520).collect::<Vec<_>>(), "limit {limit}, way {way}");
        }
    }
}

#[tokio::test]
async fn what_reads_the_rest_is_named() {
    let (desk, _) = listed(Rules::default(), 9_000, "get_tickets").await;
    let mut tickets = desk.client().get_tickets(GetTickets::new()).records();
    let error = ids(&mut tickets, |ticket| &ticket.id).await.expect_err("too deep").to_string();
    assert!(error.contains("`all` of search_tickets reads every one of them"), "{error}");
    let mut resumed = desk.client().get_tickets(GetTickets::new()).records();
    resumed = resumed.resume_from(tickets.position().expect("a position"));
    let told = resumed.estimate().await.expect_err("too deep").to_string();
    assert!(told.contains("search_tickets"), "{told}");
    let changes = desk.client().get_tickets(GetTickets::new()).modified_since(desk_sdk::DateTime::from(text(START)));
    let told = futures_util::TryStreamExt::try_collect::<Vec<_>>(changes).await.expect_err("no changes").to_string();
    assert!(told.contains("; search_tickets can"), "{told}");
}

#[test]
fn a_list_says_how_many_records_it_has_and_when_it_has_ended() {
    let desk = FakeDesk::new();
    let ticket = |id: u64| serde_json::json!({ "id": id.to_string() });
    let page =
        |ids: &[u64]| serde_json::json!({ "data": ids.iter().map(|id| ticket(*id)).collect::<Vec<_>>(), "count": 3 });
    // Each page but the first repeats the last record of the one before.
    desk.on("get_tickets", page(&[1, 2])).on("get_tickets", page(&[2, 3])).on("get_tickets", page(&[3]));
    runtime().block_on(async {
        let mut tickets = desk.client().get_tickets(GetTickets::new().limit(2)).records().ahead(0);
        assert_eq!((tickets.total(), tickets.has_ended()), (None, false));
        for _ in 0..3 {
            tickets.next().await.expect("a ticket").expect("no error");
            assert_eq!((tickets.total(), tickets.has_ended()), (Some(3), false));
        }
        assert!(tickets.next().await.is_none());
        assert!(tickets.has_ended());
    });
}
