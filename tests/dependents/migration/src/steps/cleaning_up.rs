//! What is done at the end.

use desk::contacts::{DeleteContact as Remove, MergeContacts};
use desk::products::GetProducts;
use desk::{Client, Id};

use crate::Sides;

include!("../../shared/steps.rs");

pub(crate) async fn after(sides: &Sides, ids: Vec<Id>) -> desk::Result<()> {
    let steps: Vec<(&str, Step)> = vec![
        (
            "trash",
            Box::new(|client, ids| {
                Box::pin(async move { client.delete_contact(Remove::new().contact_ids(ids)).await.map(|_| ()) })
            }),
        ),
        (
            "merge",
            Box::new(|client, ids| {
                Box::pin(async move {
                    let merge = MergeContacts::new(&ids[0]).ids(&ids[1..]);
                    client.merge_contacts(merge).await.map(|_| ())
                })
            }),
        ),
    ];
    for (name, step) in &steps {
        println!("{name}");
        step(&sides.to, ids.clone()).await?;
    }
    let products = desk::Client::get_products(&sides.to, GetProducts::new()).await?;
    println!("{} of {:?}", products.data.len(), sides.to.organization().await?);
    Ok(())
}
