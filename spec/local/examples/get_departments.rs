use desk_sdk::organization::GetDepartments;

for department in &client.get_departments(GetDepartments::new().is_enabled(true).limit(200)).await?.data {
    println!("{:?}: {:?}", department.id, department.name);
}
