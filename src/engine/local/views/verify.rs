//! What has become of something cited, by the stored texts: those of all captures of the article, and of all articles where
//! it is not there any more.

use super::article::{self, page};
use super::export::in_order;
use super::{Scope, paging};
use crate::api::{Cited, Edit, Listing, Request, Sort, Standing, VERSION, Verdict, VerdictBy, Verification};
use crate::engine::local::failure::{Failure, Fallible};
use crate::error::Error;
use crate::index::Reader;
use crate::index::record::{PageRecord, Record};
use crate::index::store::Stored;
use crate::text::{Quote, Span};

/// Words of a quotation that articles must hold side by side before their text is read.
// As rare as a whole sentence, and quicker to look up.
const HEAD: usize = 12;
/// Words of a quotation by which articles are looked for that say it otherwise.
const MOST_WORDS: usize = 40;
/// Articles that are read then.
// The words of a sentence with one of them changed rank its article first; copies of it may be many.
const MOST_ARTICLES: usize = 20;
/// Percent of the words that must be the same for a wording to be that of a quotation, changed.
// Of sentences on one matter by two writers about a third are.
const NEAR: u32 = 50;

/// What is cited and what is known of it.
pub(crate) struct Inquiry {
    cited: Cited,
    /// The article that is cited, newest capture first.
    captures: Vec<Stored>,
    quote: Option<Quote>,
    by: VerdictBy,
}

impl Inquiry {
    /// Looks up the article; from a text that has the cited digest it knows the cited words.
    pub(crate) fn open(reader: &Reader, cited: &Cited) -> Fallible<Inquiry> {
        let captures = match &cited.id {
            Some(id) => article::captures(reader, article::number(id)?, false)?,
            None => Vec::new(),
        };
        let mut inquiry = Inquiry { cited: cited.clone(), captures, quote: None, by: VerdictBy::Words };
        if inquiry.cited.text.is_none() {
            (inquiry.cited.text, inquiry.by) = inquiry.words();
        }
        if let Some(text) = &inquiry.cited.text {
            let quote = Quote::new(text);
            let none = || Error::usage(format!("'{text}' holds no word that could be looked for"));
            inquiry.quote = Some(quote.ok_or_else(none)?);
        }
        Ok(inquiry)
    }

    /// The cited passage as a capture has it: that with the cited digest, else the newest that has such a place.
    fn words(&self) -> (Option<String>, VerdictBy) {
        let Some((start, end)) = self.cited.start.zip(self.cited.end) else { return (None, VerdictBy::Digest) };
        let passage =
            |body: &str| body.get(start as usize..end as usize).filter(|text| !text.is_empty()).map(str::to_owned);
        let known = self.cited.text_sha256.as_ref();
        let has_digest =
            |record: &Record| page(record).zip(known).is_some_and(|(page, known)| page.text_sha256 == *known);
        if let Some(Stored { body, .. }) = self.captures.iter().find(|stored| has_digest(&stored.record)) {
            return (passage(body), VerdictBy::Words);
        }
        // Of a text that is not there any more nothing is known but that it was another one.
        if known.is_some() {
            return (None, VerdictBy::Digest);
        }
        (self.captures.iter().find_map(|stored| passage(&stored.body)), VerdictBy::Place)
    }

    /// What the cited article says by itself; `None` where it does not decide.
    pub(crate) fn in_article(&self) -> Option<Verification> {
        let Stored { record, body, .. } = self.captures.first()?;
        let page = page(record)?;
        let id = self.cited.id.as_deref()?;
        let Some(quote) = &self.quote else { return Some(self.as_a_whole(id, page, body)) };
        let cited = self.cited.start.zip(self.cited.end);
        if let Some((start, end)) = cited
            && let Some(text) = body.get(start as usize..end as usize)
            && quote.places(text).iter().any(|place| place.verbatim)
        {
            return Some(self.verdict(Verdict::Unchanged, standing(id, page, Some((Span { start, end }, text)))));
        }
        let found = quote.places(body);
        let from = cited.map_or(0, |(start, _)| start);
        let nearest = found.iter().filter(|place| place.verbatim).min_by_key(|place| place.span.start.abs_diff(from));
        if let Some(place) = nearest {
            let verdict = if cited.is_some() { Verdict::Moved } else { Verdict::Unchanged };
            return Some(self.verdict(verdict, standing(id, page, Some((place.span, place.span.of(body))))));
        }
        if cited.is_none() && quote.places(&page.article.title).iter().any(|place| place.verbatim) {
            return Some(self.verdict(Verdict::Unchanged, in_title(id, page)));
        }
        self.changed(id, page, body)
    }

    /// The nearest wording of an article, where that is near.
    fn changed(&self, id: &str, page: &PageRecord, body: &str) -> Option<Verification> {
        let nearest = self.quote.as_ref()?.nearest(body).filter(|nearest| nearest.same >= NEAR)?;
        let now = standing(id, page, Some((nearest.span, nearest.span.of(body))));
        let edit = |edit: crate::text::WordEdit| Edit { cited: edit.cited, now: edit.now };
        let difference = nearest.edits.into_iter().map(edit).collect();
        Some(Verification { same: Some(nearest.same), difference, ..self.verdict(Verdict::Changed, now) })
    }

    /// Of an article that is cited without words: whether its text is the one that was.
    fn as_a_whole(&self, id: &str, page: &PageRecord, body: &str) -> Verification {
        let place = self.cited.start.zip(self.cited.end).map(|(start, end)| Span { start, end });
        let passage = place.map(|span| (span, span.of(body))).filter(|(_, text)| !text.is_empty());
        let now = standing(id, page, passage);
        match &self.cited.text_sha256 {
            Some(known) if *known == page.text_sha256 => self.verdict(Verdict::Unchanged, now),
            Some(_) => self.verdict(Verdict::Changed, now),
            // A place that no capture has was never one of this article.
            None if place.is_some() => self.gone(),
            None => Verification { by: VerdictBy::Place, ..self.verdict(Verdict::Unchanged, now) },
        }
    }

    fn verdict(&self, verdict: Verdict, now: Standing) -> Verification {
        let same = self.quote.as_ref().filter(|_| verdict != Verdict::Changed).map(|_| 100);
        Verification { verdict, now: Some(now), same, ..self.gone() }
    }

    pub(crate) fn gone(&self) -> Verification {
        Verification {
            v: VERSION,
            verdict: Verdict::Gone,
            by: self.by,
            cited: self.cited.clone(),
            now: None,
            same: None,
            difference: Vec::new(),
            others: 0,
        }
    }

    /// What to ask for articles that hold the beginning of the quotation; `None` where no words are cited.
    pub(crate) fn verbatim(&self, request: &Request) -> Option<Request> {
        let text = format!("\"{}\"", self.quote.as_ref()?.beginning(HEAD));
        Some(Request { text, listing: Listing::All, exact: true, ..request.clone() })
    }

    /// What to ask for articles that hold many of its words; `None` where an article is cited, whose wording counts alone.
    pub(crate) fn otherwise(&self, request: &Request) -> Option<Request> {
        let mut words = self.quote.as_ref().filter(|_| self.cited.id.is_none())?.words();
        words.truncate(MOST_WORDS);
        let (text, limit) = (words.join(" "), MOST_ARTICLES);
        // One of a story: its copies say the same.
        Some(Request {
            text,
            limit,
            listing: Listing::Any,
            sort: Sort::Score,
            after: None,
            offset: 0,
            ..request.clone()
        })
    }

    /// The earliest article of the match that says it word for word, and how many others do.
    pub(crate) fn elsewhere(&self, scope: &Scope<'_>) -> Fallible<Option<Verification>> {
        let Some(quote) = &self.quote else { return Ok(None) };
        let (mut first, mut others) = (None, 0);
        for (_, id, _, address) in in_order(scope)? {
            scope.stop.check()?;
            let stored = scope.reader.load(address)?;
            let page = page(&stored.record).ok_or_else(Failure::damaged)?;
            let id = article::hex(id);
            let place = quote.places(&stored.body).into_iter().find(|place| place.verbatim);
            let now = match place {
                Some(place) => standing(&id, page, Some((place.span, place.span.of(&stored.body)))),
                None if quote.places(&page.article.title).iter().any(|place| place.verbatim) => in_title(&id, page),
                None => continue,
            };
            if first.is_none() {
                first = Some(now);
            } else {
                others += 1;
            }
        }
        let verdict = if self.cited.id.is_some() { Verdict::Moved } else { Verdict::Unchanged };
        Ok(first.map(|now| Verification { others, ..self.verdict(verdict, now) }))
    }

    /// Of the best articles of the match the wording that is nearest, where it is near.
    pub(crate) fn nearest(&self, scope: &Scope<'_>) -> Fallible<Option<Verification>> {
        let mut best: Option<Verification> = None;
        for row in paging::page(scope)?.rows {
            scope.stop.check()?;
            let stored = scope.reader.load(row.candidate.address)?;
            let page = page(&stored.record).ok_or_else(Failure::damaged)?;
            let near = self.changed(&article::hex(row.candidate.id), page, &stored.body);
            // Of equals the first: they come best first.
            if near.as_ref().map(|near| near.same) > best.as_ref().map(|best| best.same) {
                best = near;
            }
        }
        Ok(best)
    }
}

fn standing(id: &str, page: &PageRecord, passage: Option<(Span, &str)>) -> Standing {
    let article = &page.article;
    Standing {
        id: id.to_owned(),
        start: passage.map(|(span, _)| span.start),
        end: passage.map(|(span, _)| span.end),
        text: passage.map(|(_, text)| text.to_owned()),
        date: article.published.map(|dated| dated.stamp.to_string()),
        site: article.site.clone(),
        title: Some(article.title.clone()).filter(|title| !title.is_empty()),
        url: article.url.clone(),
        text_sha256: page.text_sha256.clone(),
    }
}

/// Where the headline says it.
fn in_title(id: &str, page: &PageRecord) -> Standing {
    Standing { text: Some(page.article.title.clone()), ..standing(id, page, None) }
}
