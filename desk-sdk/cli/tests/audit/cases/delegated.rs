// Macros in impls and among items whose rules are not in the source, which make methods that call the client's.
use desk_sdk::Client;

struct De(Client);

impl De {
    delegate::delegate! {
        to self.0 {
            pub async fn get_recent_tags(&self, parameters: P) -> R; // unsure: get_recent_tags
            #[call(get_ticket)] // unsure: get_ticket
            fn get_agents<T>(&self, parameters: T); // unsure: get_agents
            fn other(&self) -> u8;
            fn get_role(&self) -> u8 {
                1
            }
        }
    }
    some_macro!(get_views, get_team); // unsure: get_views, get_team
}

forwarded! {
    impl De {
        fn get_contact(&self, parameters: P); // unsure: get_contact
    }
}

fn f(d: De) {
    forwarded!(fn get_skills(&self);); // unsure: get_skills
}
