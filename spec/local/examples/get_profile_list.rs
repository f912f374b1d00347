use desk_sdk::agents::GetProfileList;

for profile in &client.get_profile_list(GetProfileList::new().visible(true)).await?.data {
    println!("{:?}: {:?}", profile.id, profile.name);
}
