//! From an article to the dates, places and people in it.

mod assemble;
pub mod dates;
pub mod gazetteer;
mod mention;
pub mod names;
pub(crate) mod people;
pub(crate) mod places;
pub mod tagger;
mod version;

pub(crate) use mention::Headline;
pub use mention::{Annotations, Mention, Person, Place, Value};
pub(crate) use version::fingerprint;

use std::collections::HashMap;

use self::assemble::{Resolved, assemble};
use self::dates::{DateMention, DateRule, DateValue};
use self::gazetteer::OwnPlaces;
use self::names::{Label, Name, NameRule, Setting, Tokens};
use crate::date::Stamp;
use crate::text::Span;

/// What annotation knows of a text beside the text itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct ArticleContext<'a> {
    /// The headline, which may name people and places in full.
    pub title: &'a str,
    /// When the text was published; relative dates rest on it.
    pub published: Option<Stamp>,
    /// ISO 639-1 code of its language.
    pub lang: Option<&'a str>,
    /// Places that the user adds to the gazetteer.
    pub own: Option<&'a OwnPlaces>,
}

/// Finds the dates, places and people in `body`. Spans are byte ranges into `body`; mentions are sorted by where they
/// begin. Never fails.
pub fn annotate(body: &str, context: ArticleContext<'_>) -> Annotations {
    let mut out = annotate_names(body, context);
    add_dates(dates::dates(body, context.published, context.lang), &mut out.mentions);
    out
}

/// The places, people and organisations in `body`: the chain of passes that README.md beside this file describes.
fn annotate_names(body: &str, context: ArticleContext<'_>) -> Annotations {
    let tokens = Tokens::new(body);
    let setting = Setting::for_language(context.lang);
    let title = Tokens::new(context.title);
    let headline = names::find(&title, setting);
    let mut names = find_names(&tokens, context, setting, (&title, &headline));
    let own = own_places(&tokens, &mut names, context.own);
    check_order(&names);
    // Labels are final from here on: every place is evidence for the others, and so is every person.
    let resolved = Resolved {
        places: places::resolve(&tokens, &names, setting.home, context.lang),
        people: people::link(&tokens, &names, setting.endings),
        own,
    };
    assemble(&tokens, &names, resolved, (&title, &headline), setting)
}

/// The names of the body with their final labels. `headline` has the names of the headline.
fn find_names(
    tokens: &Tokens<'_>,
    context: ArticleContext<'_>,
    setting: Setting,
    headline: (&Tokens<'_>, &[Name]),
) -> Vec<Name> {
    let mut names = names::find(tokens, setting);
    names::demote_common_words(tokens, &mut names, context.lang);
    names::document_consistency(tokens, &mut names, headline);
    check_order(&names);
    let mut names = tagger::tag(tokens, names, setting, context.lang);
    check_order(&names);
    people::fix_boundaries(tokens, &mut names, setting);
    check_order(&names);
    people::propagate_mentions(tokens, &mut names, setting);
    check_order(&names);
    names::drop_ordinary_words(tokens, &mut names, context.lang);
    places::drop_states(tokens, &mut names);
    // No pass behind this one may ask for unknown names: none are left but those that streets bear.
    debug_assert!(
        names.iter().all(|name| name.label != Label::Unknown || name.rule == NameRule::NamedAfterPerson),
        "unknown names are taken out"
    );
    places::name_dateline(tokens, &mut names, setting);
    check_order(&names);
    names
}

/// Every pass relies on names in the order of the text that do not overlap, and leaves such names.
fn check_order(names: &[Name]) {
    debug_assert!(names.iter().all(|name| name.start < name.end), "a name has words");
    debug_assert!(names.windows(2).all(|pair| pair[0].end <= pair[1].start), "names are in order and do not overlap");
}

/// Makes places of what the user's table names, whatever else it was taken for; by their first words.
fn own_places<'o>(tokens: &Tokens<'_>, names: &mut Vec<Name>, own: Option<&'o OwnPlaces>) -> HashMap<usize, &'o Place> {
    let found = own.map(|own| own.find(tokens)).unwrap_or_default();
    // Whatever overlaps gives way: who writes a row has judged.
    let mut places = found.iter().peekable();
    names.retain(|name| {
        // Both are in the order of the text and neither overlaps itself, so one walk meets all pairs.
        while places.next_if(|(_, end, _)| *end <= name.start).is_some() {}
        places.peek().is_none_or(|(start, _, _)| name.end <= *start)
    });
    names.extend(found.iter().map(|(start, end, _)| {
        let (label, rule, places) = (Label::Place, NameRule::OwnGazetteer, gazetteer::Candidates::default());
        Name { start: *start, end: *end, label, confidence: 0.9, rule, places, sex: None }
    }));
    names.sort_by_key(|name| name.start);
    found.into_iter().map(|(start, _, place)| (start, place)).collect()
}

/// Puts `dates` among the names, in the order of the text. The month in a name ("April Jones") is no date.
fn add_dates(dates: Vec<DateMention>, mentions: &mut Vec<Mention>) {
    let within = |names: &[Mention], span: Span| {
        // Names are in order and do not overlap, so one look is enough.
        let at = names.partition_point(|name| name.span.end <= span.start);
        names.get(at).is_some_and(|name| name.span != span && name.span.contains(span))
    };
    // `New Year's Eve` is a day and no organisation.
    let feasts: Vec<Span> = dates.iter().filter(|date| date.rule == DateRule::Feast).map(|date| date.span).collect();
    mentions.retain(|name| {
        let at = feasts.partition_point(|feast| feast.end <= name.span.start);
        let day = feasts.get(at).is_some_and(|feast| feast.start < name.span.end);
        !(day && matches!(name.value, Value::Org | Value::Person(_)))
    });
    let dates: Vec<Mention> = dates.into_iter().filter(|date| !within(mentions, date.span)).map(date_mention).collect();
    mentions.extend(dates);
    mentions.sort_by_key(|mention| mention.span);
}

fn date_mention(date: DateMention) -> Mention {
    let value = match date.value {
        DateValue::Days(interval) => Value::Date(interval),
        DateValue::Timex(value) => Value::Timex(date.kind, value),
    };
    Mention::new(date.span, value, date.confidence, date.rule.name())
}

#[cfg(test)]
mod tests;
