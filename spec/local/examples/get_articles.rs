use desk_sdk::knowledge_base::GetArticles;

let published = GetArticles::new().status(["Published"]).sort_by("-modifiedTime").limit(50);
for article in &client.get_articles(published).await?.data {
    println!("{:?}: {:?} readers", article.title, article.view_count);
}
