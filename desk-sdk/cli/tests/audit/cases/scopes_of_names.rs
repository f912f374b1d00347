mod prelude {
    pub use crate::desk::*;
    pub use self::super::desk::tickets as t;
}

mod desk {
    pub use desk_sdk::*;
    pub use desk_sdk::tickets;
    pub type Desk = Client;
    pub use desk_sdk::tickets::GetTickets as Listing;
    pub mod nested {
        pub use super::super::prelude::*;
    }
}

mod cyclic {
    pub use super::prelude::*;
    pub use super::cyclic2::*;
}

mod cyclic2 {
    pub use super::cyclic::*;
    pub use super::cyclic2 as again;
}

mod bot {
    use crate::prelude::*;

    pub struct Bot {
        pub desk: Desk,
    }

    impl Bot {
        pub async fn run(&self, p: t::GetTickets) { // sure: get_tickets
            self.desk.get_tickets(p).await; // sure: get_tickets
            self.desk.get_ticket(tickets::GetTicket::new("1")); // sure: get_ticket
            let _ = Listing::new(); // sure: get_tickets
        }
    }

    pub mod deep {
        use super::*;
        use crate::cyclic2::{again::Client, Listing as L};

        pub fn f(bot: &Bot, p: L, c: Client) { // sure: get_tickets
            bot.desk.get_contacts(x); // sure: get_contacts
            c.get_contacts(y); // sure: get_contacts
            use desk_sdk::contacts::GetContact as Get;
            let get = Get::new("1"); // sure: get_contact
            fn inner(c: &Client) {
                c.get_contact(z); // sure: get_contact
            }
        }
    }

    mod none {
        pub struct Client;
        impl Client {
            pub fn get_tickets(&self, p: u8) {}
        }
        pub fn f(c: Client) {
            c.get_tickets(1);
        }
    }
}
