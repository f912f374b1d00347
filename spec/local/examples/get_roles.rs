use desk_sdk::agents::GetRoles;

for role in &client.get_roles(GetRoles::new().limit(500)).await?.data {
    println!("{:?} reports to {:?}", role.name, role.reports_to);
}
