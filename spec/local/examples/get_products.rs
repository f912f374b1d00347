use desk_sdk::products::GetProducts;

for product in &client.get_products(GetProducts::new().sort_by("productName").limit(100)).await?.data {
    println!("{:?}: {:?}", product.product_code, product.product_name);
}
