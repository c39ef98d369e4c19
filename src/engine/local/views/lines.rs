//! A concordance: every place where something of the query stands, with what stands around it; and how often that is for
//! the length of what was read.

use std::collections::BTreeMap;

use tantivy::SegmentReader;
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId};

use super::article;
use super::earliest::Sorted;
use super::export::in_order;
use super::{Scope, Totals};
use crate::annotate::Annotations;
use crate::api::{Frequency, Occurrence, Part, Per, Row, Taker, VERSION};
use crate::date::{Interval, Precision};
use crate::engine::local::failure::{Failure, Fallible};
use crate::engine::local::highlight::matcher::Matcher;
use crate::engine::local::matching::collect;
use crate::engine::local::matching::filter::Matching;
use crate::engine::local::plan::Plan;
use crate::index::column;
use crate::index::record::Outcome;
use crate::index::store::Stored;
use crate::query::Query;
use crate::text::Span;

/// Hands every occurrence to `take`, with up to `context` characters on each side.
pub(crate) fn lines(scope: &Scope<'_>, context: usize, take: &mut Taker<'_>) -> Fallible<Totals> {
    let places = in_order(scope)?;
    let mut finder = Finder::new(scope);
    'articles: for (_, id, _, address) in &places {
        scope.stop.check()?;
        let found = finder.find(*address)?;
        let Outcome::Page(page) = &found.stored.record.outcome else { return Err(Failure::damaged()) };
        let article = &page.article;
        let day = article.published.filter(|dated| dated.stamp.precision() >= Precision::Day);
        for (part, text, spans) in
            [(Part::Title, &article.title, &found.title), (Part::Body, &found.stored.body, &found.body)]
        {
            for span in spans {
                let (left, right) = around(text, *span, context);
                let line = Occurrence {
                    v: VERSION,
                    id: article::hex(*id),
                    day: day.map(|dated| dated.stamp.date().to_string()),
                    year: article.published.map(|dated| dated.stamp.date().year()),
                    site: article.site.clone(),
                    lang: article.lang.clone(),
                    title: Some(article.title.clone()).filter(|title| !title.is_empty()),
                    part,
                    start: span.start,
                    end: span.end,
                    left: left.to_owned(),
                    hit: span.of(text).to_owned(),
                    right: right.to_owned(),
                };
                if take(Row::Occurrence(Box::new(line)))?.is_break() {
                    break 'articles;
                }
            }
        }
    }
    Ok(Totals::ungrouped(places.len() as u64))
}

/// Finds what of a query stands in one article after the other.
struct Finder<'s> {
    scope: &'s Scope<'s>,
    matcher: Matcher<'s>,
    with_mentions: bool,
}

/// Where something stands in an article: places in title and body, in their order, none inside another.
struct Found {
    stored: Stored,
    title: Vec<Span>,
    body: Vec<Span>,
}

impl<'s> Finder<'s> {
    fn new(scope: &'s Scope<'s>) -> Finder<'s> {
        let matcher = Matcher::new(scope.plan.targets());
        let with_mentions = matcher.targets().iter().any(|target| !target.kind.is_text());
        Finder { scope, matcher, with_mentions }
    }

    fn find(&mut self, address: DocAddress) -> Fallible<Found> {
        let mut stored = self.scope.reader.load(address)?;
        if self.with_mentions {
            stored.read_mentions()?;
        }
        let (lang, title) = article::lang_and_title(&stored.record).ok_or_else(Failure::damaged)?;
        let title = apart(self.matcher.find(title, &Annotations::default(), lang).iter().map(|mark| mark.span));
        let (annotations, lang) = article::annotations(&stored.record).ok_or_else(Failure::damaged)?;
        let body = apart(self.matcher.find(&stored.body, annotations, lang).iter().map(|mark| mark.span));
        Ok(Found { stored, title, body })
    }
}

/// Spans that come in the order of the text, those that overlap as one: a name and a word of it are one occurrence.
fn apart(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// What stands before and behind `span`: as many characters, cut to whole words where there are blanks to cut at.
fn around(text: &str, span: Span, context: usize) -> (&str, &str) {
    let (before, behind) = (&text[..span.start as usize], &text[span.end as usize..]);
    let mut left = match before.char_indices().rev().take(context).last() {
        Some((at, _)) => &before[at..],
        None => "",
    };
    let mut right = match behind.char_indices().nth(context) {
        Some((at, _)) => &behind[..at],
        None => behind,
    };
    let whole = |c: Option<char>| c.is_none_or(char::is_whitespace);
    if !whole(before[..before.len() - left.len()].chars().next_back()) {
        left = left.find(char::is_whitespace).map_or(left, |at| &left[at..]);
    }
    if !whole(behind[right.len()..].chars().next()) {
        right = right.rfind(char::is_whitespace).map_or(right, |at| &right[..at]);
    }
    (left.trim_start(), right.trim_end())
}

/// Occurrences by year, month, site or language, beside the words of all articles that the filters of `query` let
/// through. In the order of the values, those without one last.
pub(crate) fn frequencies(scope: &Scope<'_>, query: &Query, per: Per) -> Fallible<(Totals, Vec<Frequency>)> {
    let mut rows: BTreeMap<(bool, Option<String>), Frequency> = BTreeMap::new();
    let row =
        |value: Option<String>| Frequency { value, occurrences: 0, articles: 0, of: 0, words: 0, per_million: 0.0 };
    let all = Plan::new(&query.of_articles(), scope.reader, scope.dictionaries, scope.request, scope.damage)?.all();
    let open = |_: u32, segment: &SegmentReader| Values::new(scope, segment, per);
    collect::each(scope.reader, &all, scope.stop, open, |values, _, doc| {
        let value = values.of(doc)?;
        let row = rows.entry((value.is_none(), value.clone())).or_insert_with(|| row(value));
        row.of += 1;
        row.words += values.words.first(doc).unwrap_or(0);
        Ok(())
    })?;
    let mut found = Vec::new();
    let matching: &Matching = scope.matching;
    collect::each(scope.reader, matching, scope.stop, open, |values, ord, doc| {
        found.push((values.of(doc)?, DocAddress::new(ord, doc)));
        Ok(())
    })?;
    let mut finder = Finder::new(scope);
    for (value, address) in &found {
        scope.stop.check()?;
        let here = finder.find(*address)?;
        let row = rows.entry((value.is_none(), value.clone())).or_insert_with(|| row(value.clone()));
        row.articles += 1;
        row.occurrences += (here.title.len() + here.body.len()) as u64;
    }
    let rows = rows.into_values().map(|row| Frequency { per_million: per_million(row.occurrences, row.words), ..row });
    Ok((Totals::ungrouped(found.len() as u64), rows.collect()))
}

fn per_million(occurrences: u64, words: u64) -> f64 {
    (occurrences as f64 / words.max(1) as f64 * 1e9).round() / 1e3
}

/// What the articles of one segment are told apart by, and their lengths.
struct Values<'r> {
    per: Per,
    sorted: Sorted<'r>,
    published: Option<Column<u64>>,
    words: Column<u64>,
}

impl<'r> Values<'r> {
    fn new(scope: &Scope<'r>, segment: &SegmentReader, per: Per) -> tantivy::Result<Values<'r>> {
        Ok(Values {
            per,
            sorted: Sorted::new(scope.reader, segment)?,
            published: column::PUBLISHED.find(segment)?,
            words: column::WORDS.open(segment)?,
        })
    }

    fn of(&self, doc: DocId) -> tantivy::Result<Option<String>> {
        Ok(match self.per {
            Per::Site => self.sorted.site(doc)?,
            Per::Lang => self.sorted.lang(doc),
            Per::Year | Per::Month => self.month(doc),
        })
    }

    /// The year of publication, or the month where that is asked for and known.
    fn month(&self, doc: DocId) -> Option<String> {
        let found = Interval::from_column(self.published.as_ref()?.first(doc)?)?;
        let (year, month) = (found.start.year(), found.start.month());
        let of_month = self.per == Per::Month && found.end <= found.start.last_of_month();
        Some(if of_month { format!("{year:04}-{month:02}") } else { format!("{year:04}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_is_whole_words() {
        let text = "The ferry of the east bank was late.";
        let at = text.find("east").expect("it is there");
        let span = Span::new(at, at + 4);
        for (context, expected) in [
            (0, ("", "")),
            (1, ("", "")),
            (6, ("the ", " bank")),
            (9, ("of the ", " bank was")),
            (100, ("The ferry of the ", " bank was late.")),
        ] {
            assert_eq!(around(text, span, context), expected, "{context}");
        }
        // Without blanks there is nothing to cut at.
        assert_eq!(around("灯塔看守人数船", Span::new(6, 9), 2), ("灯塔", "守人"));
    }

    #[test]
    fn what_overlaps_is_one() {
        let spans = |pairs: &[(usize, usize)]| pairs.iter().map(|(a, b)| Span::new(*a, *b)).collect::<Vec<_>>();
        assert_eq!(apart(spans(&[(0, 4), (2, 8), (8, 9)]).into_iter()), spans(&[(0, 8), (8, 9)]));
        assert_eq!(per_million(3, 1_000), 3000.0);
        assert_eq!(per_million(0, 0), 0.0);
    }
}
