//! Dates in text: found, and resolved to days. See README.md beside this file for the rules and their reasons.
//!
//! The module stands on `date` and `text` alone and could ship without the rest of the program.

mod amount;
mod anchor;
mod calendar;
mod days;
mod feast;
mod foreign;
mod lexicon;
mod outcome;
mod parser;
mod partial;
mod period;
mod phrases;
mod point;
mod relative;
mod resolve;
mod rule;
mod scan;
mod tense;
mod words;
mod year;

use serde::{Deserialize, Serialize};

pub(crate) use self::rule::DateRule;

use self::lexicon::Lex;
use self::outcome::Outcome;
use self::parser::Parser;
use self::partial::{Expression, Partial};
use self::phrases::Phrases;
use self::resolve::{Resolver, Site};
use self::tense::Tense;
use crate::date::calendar::month as calendar_month;
use crate::date::names::{self, Meaning};
use crate::date::token::{TokenKind, named, named_words, tokens};
use crate::date::{Interval, Order, Precision, Stamp};
use crate::text::Span;

/// What kind of time an expression names; the four of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateKind {
    /// A day or something longer.
    Date,
    /// A time of day, or a part of a day.
    Time,
    /// How long something lasts.
    Duration,
    /// Times that repeat.
    Set,
}

impl DateKind {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            DateKind::Date => "date",
            DateKind::Time => "time",
            DateKind::Duration => "duration",
            DateKind::Set => "set",
        }
    }
}

/// The value of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum DateValue {
    /// The days that it covers.
    Days(Interval),
    /// TIMEX3 notation for what no days can be given: durations (`P3D`), sets, dates before our era (`BC0480`), and
    /// dates that nothing in the text completes (`XXXX-11-10`, `PAST_REF`).
    Timex(String),
}

/// One time expression of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct DateMention {
    /// Bytes of the text.
    pub span: Span,
    /// What kind of time it names.
    pub kind: DateKind,
    /// What it comes to.
    pub value: DateValue,
    /// From 0 to 1: about the share of such mentions whose value was right on the development data.
    pub confidence: f32,
    /// The rule that read it.
    pub(crate) rule: DateRule,
    /// True when this mention and the one before it are the ends of one range.
    pub joined: bool,
}

/// The time expressions of `text`, in order and without overlap.
///
/// `published` completes what the text leaves out ("on Tuesday", "in May"); where it is `None`, that stays unresolved
/// unless the text itself has named a date. `lang` is an ISO 639-1 code: English is read in full, the languages of
/// `date::names` in explicit and numeric forms; `None` reads as English and accepts all names on which the
/// languages agree. Takes time linear in the text.
pub fn dates(text: &str, published: Option<Stamp>, lang: Option<&str>) -> Vec<DateMention> {
    let english = lang.is_none_or(|lang| lang == "en");
    let phrases = lang.filter(|_| !english).and_then(phrases::phrases);
    let known = match phrases {
        _ if lang == Some("en") => lexicon::english_words(),
        _ if english => lexicon::known_words(),
        Some(phrases) => phrases.known_words(),
        None => named_words(),
    };
    let tokens = tokens(text, known, |written, folded| classify(written, folded, lang, phrases));
    // English without a region is read as American, which prints most of the figures with slashes; `Order::of(None)`
    // reads days first.
    let order = if lang == Some("en") { Order::MonthDay } else { Order::of(lang) };
    let parser = Parser { text, tokens: &tokens, order, english, lang: lang.unwrap_or("en"), phrases };
    let founds = scan::scan(&parser);
    // A publication known to the month alone anchors no weekday.
    let published = published.filter(|stamp| stamp.precision() >= Precision::Day).map(|stamp| stamp.date());
    let mut resolver = Resolver::new(published, anchor::recounts(&founds, published));
    let (mut paragraph, mut read) = (0, 0);
    let mut out = Vec::new();
    for found in &founds {
        let at = tokens.get(found.start).map_or(read, |token| token.span.start as usize);
        // Counted on the way, so that the text is walked over once.
        paragraph += text.get(read..at).map_or(0, |gap| gap.matches("\n\n").count());
        read = at;
        out.extend(mention(&parser, &mut resolver, found, paragraph));
    }
    out
}

/// The number of a word with which a phrase of another language can begin.
const PHRASE: u16 = u16::MAX;

/// What a word is: a name of a month or weekday, or a word of the lexicon.
fn classify(written: &str, folded: &str, lang: Option<&str>, phrases: Option<&Phrases>) -> TokenKind {
    let english = lang.is_none_or(|lang| lang == "en");
    // A word of the lexicon first: `second` and `march` are words before they are names.
    let number = if english { lexicon::number(folded) } else { 0 };
    if number != 0 {
        return TokenKind::Word(number);
    }
    let readings = names::lookup(folded);
    let own = lang.unwrap_or("en");
    let capital = written.starts_with(char::is_uppercase);
    if readings.is_empty() {
        return match calendar_month(folded, Some(own)) {
            // English writes the months of all calendars with a capital.
            Some((calendar, month)) if !english || capital => TokenKind::OtherMonth(calendar, month),
            _ if phrases.is_some_and(|phrases| phrases.opens(folded)) => TokenKind::Word(PHRASE),
            _ => TokenKind::Word(0),
        };
    }
    let native = readings.iter().find(|name| name.lang == own);
    let name = match native {
        // English writes these names with a capital; without one they are other words.
        Some(name) if own == "en" && !capital && (name.short || matches!(folded, "may" | "march" | "august")) => None,
        Some(name) => Some((name.meaning, name.short)),
        None if lang == Some("en") => None,
        // What another language calls a month may be a word of this one: `marca` is March in Polish and a mark in
        // Spanish.
        None if !capital && lang.is_some_and(names::speaks) => None,
        None => names::month(folded, lang)
            .map(Meaning::Month)
            .or_else(|| names::weekday(folded, lang).map(Meaning::Weekday))
            .filter(|_| readings.iter().all(|name| !name.short))
            .map(|meaning| (meaning, false)),
    };
    let opens = || u16::from(phrases.is_some_and(|phrases| phrases.opens(folded))) * PHRASE;
    name.map_or_else(|| TokenKind::Word(opens()), |(meaning, short)| named(meaning, short))
}

/// The mention of one found expression; `None` where its days do not exist (31 February).
fn mention(parser: &Parser<'_>, resolver: &mut Resolver, found: &Expression, paragraph: usize) -> Option<DateMention> {
    let first = parser.tokens.get(found.start)?;
    let last = parser.tokens.get(found.end.checked_sub(1)?)?;
    let span = Span { start: first.span.start, end: last.span.end };
    let bare = matches!(found.partial, Partial::Year(_));
    let until = lasts_until(parser, found);
    // The second year of `1939-45` says how long it went on, not where the story stands.
    let aside = parser.mark(found.start.wrapping_sub(1), "([") || found.joined && bare || until;
    let tense = tense::around(parser, found);
    if found.partial == Partial::Today(0) && !found.part_of_day && is_nowadays(parser, resolver, found, tense) {
        return None;
    }
    let found = &Expression { partial: repeated(parser, found), ..*found };
    let opens = parser.opens(found.start);
    let site = Site { at: span.end as usize, tense, aside, until, paragraph, opens };
    let outcome = resolver.resolve(found, site);
    let value = match outcome {
        Outcome::Days(days) => DateValue::Days(days),
        Outcome::Timex(timex) => DateValue::Timex(timex),
    };
    // A day that the calendar lacks is a misprint or no date; with a year there is nothing left to guess.
    if matches!((found.partial, &value), (Partial::Day { year: Some(1..), .. }, DateValue::Timex(_))) {
        return None;
    }
    let kind = match found.partial {
        Partial::Duration { .. } => DateKind::Duration,
        Partial::Every(_) | Partial::EveryWeekday(_) | Partial::EveryMonth(_) | Partial::EverySeason(_) => {
            DateKind::Set
        }
        Partial::Clock { .. } => DateKind::Time,
        _ if found.part_of_day => DateKind::Time,
        _ => DateKind::Date,
    };
    let confidence = confidence(found, &value);
    Some(DateMention { span, kind, value, confidence, rule: found.rule, joined: found.joined })
}

/// Whether `today` means nowadays: in a text about the past, with `still`, and at the head of a general statement.
fn is_nowadays(parser: &Parser<'_>, resolver: &Resolver, found: &Expression, tense: Tense) -> bool {
    if resolver.narrative {
        return true;
    }
    if !parser.str(found.start).eq_ignore_ascii_case("today") {
        return false;
    }
    let still = (found.start.saturating_sub(8)..found.start).any(|at| parser.str(at) == "still");
    let general = tense == Tense::Open && parser.begins(found.start);
    // `Today's meeting` is on a day.
    let general = general && found.end < parser.tokens.len() && !parser.mark(found.end, "'\u{2019}");
    still || general || parser.lex_before(found.start) == Lex::Of
}

/// Whether a date tells how long something went on (`lasted until the fall of the city in May 1945`); the text goes on
/// from the beginning of that rather than from its end.
fn lasts_until(parser: &Parser<'_>, found: &Expression) -> bool {
    let before = found.start.saturating_sub(7)..found.start;
    let mut words = before.rev().take_while(|&at| !parser.mark(at, ".!?;,"));
    !found.joined && words.any(|at| matches!(parser.str(at), "until" | "till"))
}

/// A weekday on which something happens again and again: `one flight a week on Thursday`.
fn repeated(parser: &Parser<'_>, found: &Expression) -> Partial {
    let Partial::Weekday { weekday, rel: None } = found.partial else { return found.partial };
    let before = found.start.saturating_sub(8)..found.start;
    let mut words = before.rev().take_while(|&at| !parser.mark(at, ".!?;"));
    let of_each = parser.lex(found.end) == Lex::Of && parser.lex(found.end + 1) == Lex::Each;
    if of_each || words.any(|at| matches!(parser.lex(at), Lex::Each | Lex::Per | Lex::Regular(_))) {
        return Partial::EveryWeekday(weekday);
    }
    found.partial
}

/// The share of mentions of a rule whose value was right on the development data, to the nearest twentieth; 0.7 for
/// rules that were met too seldom there to say.
fn confidence(found: &Expression, value: &DateValue) -> f32 {
    match (found.rule, value) {
        (DateRule::Explicit | DateRule::Year | DateRule::YearRange | DateRule::Decade | DateRule::Century, _) => 0.95,
        (DateRule::Era, _) => 0.9,
        (DateRule::Weekday, DateValue::Days(_)) => 0.85,
        (DateRule::MonthDay | DateRule::RelativeUnit, DateValue::Days(_)) => 0.8,
        (DateRule::ShiftInText | DateRule::UnitAtHand, DateValue::Days(_)) => 0.55,
        (DateRule::Today | DateRule::Season | DateRule::Set, _) => 0.5,
        (_, DateValue::Timex(_)) => 0.5,
        _ => 0.7,
    }
}

#[cfg(test)]
mod tests;
