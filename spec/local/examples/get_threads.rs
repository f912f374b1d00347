use desk_sdk::tickets::GetThreads;

// Each with a summary; `get_thread` has the whole text.
for thread in &client.get_threads(GetThreads::new("4000000123")).await?.data {
    println!("{:?} {:?}: {:?}", thread.created_time, thread.direction, thread.summary);
}
