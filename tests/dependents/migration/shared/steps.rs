/// A step, which works on some ids.
type Step = Box<dyn Fn(&Client, Vec<Id>) -> futures_util::future::BoxFuture<'_, desk::Result<()>>>;
