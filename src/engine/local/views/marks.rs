//! All that a query finds in one article, whether that matches as a whole or not.

use super::{Scope, article, stories};
use crate::api::Snippet;
use crate::engine::local::failure::{Failure, Fallible};
use crate::engine::local::highlight::matcher::Matcher;
use crate::engine::local::highlight::snippet;
use crate::index::store;

/// The sentences of the article with this id that show something of the query, in the order of the text.
pub(crate) fn marks(scope: &Scope<'_>, id: &str) -> Fallible<Vec<Snippet>> {
    let (address, _) = stories::locate(scope.reader, id)?;
    let mut stored = store::load(&scope.reader.searcher, address)?;
    stored.read_mentions()?;
    let (annotations, lang) = article::annotations(&stored.record).ok_or_else(Failure::damaged)?;
    Ok(snippet::every(&stored.body, &mut Matcher::new(scope.plan.targets()), annotations, lang))
}
