//! How a list is copied.

macro_rules! copies {
    ($($name:ident: $list:ident($listed:ident) => $create:ident($created:ident), $field:ident;)*) => {
        $(
            async fn $name(sides: &Sides) -> desk::Result<()> {
                for one in &sides.from.$list($listed::new()).await?.data {
                    let value = one.$field.clone().unwrap_or_default();
                    sides.to.$create($created::new().$field(value)).await?;
                }
                Ok(())
            }
        )*
    };
}
