//! Set phrases of languages other than English, by table: `data/dates/phrases.tsv`, and the feasts of
//! `data/dates/holidays.tsv`. A language's phrases are a tree of tokens, so that a text costs one look-up a token.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::feast;
use super::parser::Parser;
use super::partial::{Expression, Feast, Partial, Rel, Unit};
use super::rule::DateRule;
use crate::date::filter::WordFilter;
use crate::date::token::{TokenKind, named_words, tokens};

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Said {
    /// Days from the publication.
    Today(i8),
    /// A unit beside that of the publication.
    Unit(Unit, Rel),
    /// As many units before or after the publication as the number in the phrase.
    Shift {
        unit: Unit,
        back: bool,
    },
    /// So many units before or after it.
    Fixed {
        unit: Unit,
        amount: i8,
    },
    /// A day of the week.
    Weekday(i8),
    /// The day of the week whose figure follows: `周二`.
    WeekdayInFigures,
    /// Beside a year: it is before our era.
    BeforeEra,
    /// The number is the tens of a decade of the twentieth century.
    Tens,
    /// The number is the first year of a decade.
    Decade,
    Feast(Feast),
}

#[derive(Debug, Default)]
struct Node {
    next: FxHashMap<String, usize>,
    /// Where a number leads to.
    number: Option<usize>,
    said: Option<Said>,
}

/// The phrases of one language.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    nodes: Vec<Node>,
    /// Number words, folded.
    numbers: FxHashMap<String, f64>,
    /// Words behind which a phrase is none, by the first word of the phrase: `la mañana`.
    blocked: FxHashSet<(String, String)>,
    /// First words that must stand as they are written: `morgen`.
    exact: FxHashSet<String>,
    /// The words that mean something in a text of the language: those with which phrases begin, and all names of months
    /// and weekdays.
    known: Option<WordFilter>,
}

const FILE: &str = include_str!("../../../data/dates/phrases.tsv");

/// The phrases of a language; `None` where there are none.
pub(super) fn phrases(lang: &str) -> Option<&'static Phrases> {
    static ONE: OnceLock<FxHashMap<&'static str, Phrases>> = OnceLock::new();
    ONE.get_or_init(|| {
        let mut all: FxHashMap<&'static str, Phrases> = FxHashMap::default();
        for row in FILE.lines().filter(|row| !row.starts_with('#')) {
            let mut cells = row.split('\t');
            let (Some(langs), Some(phrase), Some(value)) = (cells.next(), cells.next(), cells.next()) else { continue };
            for lang in langs.split(',') {
                all.entry(lang).or_default().add_row(phrase, value, cells.clone().next().unwrap_or(""));
            }
        }
        for (lang, name, feast) in feast::foreign() {
            all.entry(lang).or_default().add(name, Said::Feast(feast));
        }
        all.values_mut().for_each(Phrases::gather_known);
        all
    })
    .get(lang)
}

impl Phrases {
    fn add_row(&mut self, phrase: &'static str, value: &str, blocked: &str) -> Option<()> {
        if value == "numbers" {
            for (number, words) in (1..).zip(phrase.split(' ')) {
                for word in words.split('|') {
                    self.numbers.insert(crate::text::fold(word), f64::from(number));
                }
            }
            return Some(());
        }
        let said = read(value)?;
        let exact = phrase.strip_prefix('=');
        let phrase = exact.unwrap_or(phrase);
        let first = crate::text::fold(phrase.split([' ', '|']).next()?);
        for word in blocked.split(' ').filter(|word| !word.is_empty()) {
            self.blocked.insert((first.clone(), crate::text::fold(word)));
        }
        if exact.is_some() {
            self.exact.insert(phrase.split(' ').next()?.to_owned());
        }
        self.add(phrase, said);
        Some(())
    }

    /// Adds a phrase; `a|b` in it are two ways of saying one word.
    fn add(&mut self, phrase: &str, said: Said) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let mut ends = vec![0];
        for word in phrase.split(' ') {
            let mut after = Vec::new();
            for way in word.split('|') {
                after.extend(ends.iter().map(|&node| self.step(node, way)));
            }
            ends = after;
        }
        for end in ends {
            self.nodes[end].said = Some(said);
        }
    }

    /// The node behind `node` by way of a word, which may be several tokens.
    fn step(&mut self, mut node: usize, word: &str) -> usize {
        for token in tokens(word, named_words(), |_, _| TokenKind::Word(0)) {
            let count = self.nodes.len();
            let key = crate::text::fold(token.span.of(word));
            let next = if key == "#" {
                *self.nodes[node].number.get_or_insert(count)
            } else {
                *self.nodes[node].next.entry(key).or_insert(count)
            };
            if next == count {
                self.nodes.push(Node::default());
            }
            node = next;
        }
        node
    }

    fn gather_known(&mut self) {
        let mut known = named_words().clone();
        let first = self.nodes.first().into_iter().flat_map(|root| root.next.keys());
        first.chain(self.numbers.keys()).for_each(|word| known.add(word));
        self.known = Some(known);
    }

    /// The words that mean something in a text of the language.
    pub(super) fn known_words(&self) -> &WordFilter {
        self.known.as_ref().unwrap_or(named_words())
    }

    /// True when a phrase can begin with this folded word.
    pub(super) fn opens(&self, folded: &str) -> bool {
        self.nodes.first().is_some_and(|root| {
            root.next.contains_key(folded) || root.number.is_some() && self.numbers.contains_key(folded)
        })
    }
}

/// Reads the value of a phrase: `day-1`, `week+1`, `year-#`, `bc`, `w3`.
fn read(value: &str) -> Option<Said> {
    match value {
        "bc" => return Some(Said::BeforeEra),
        "weekday" => return Some(Said::WeekdayInFigures),
        "tens" => return Some(Said::Tens),
        "decade" => return Some(Said::Decade),
        _ => {}
    }
    if let Some(weekday) = value.strip_prefix('w').and_then(|day| day.parse().ok()) {
        return Some(Said::Weekday(weekday));
    }
    let sign = value.find(['-', '+'])?;
    let unit = match &value[..sign] {
        "day" => Unit::Day,
        "week" => Unit::Week,
        "weekend" => Unit::Weekend,
        "month" => Unit::Month,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        "hour" => Unit::Hour,
        _ => return None,
    };
    if value.ends_with('#') {
        return Some(Said::Shift { unit, back: value[sign..].starts_with('-') });
    }
    let amount: i8 = value[sign..].parse().ok()?;
    Some(match (unit, amount) {
        (Unit::Day, days) => Said::Today(days),
        (_, -1) => Said::Unit(unit, Rel::Last),
        (_, 0) => Said::Unit(unit, Rel::This),
        (_, 1) => Said::Unit(unit, Rel::Next),
        (Unit::Year, -2) => Said::Unit(unit, Rel::LastButOne),
        (Unit::Year, 2) => Said::Unit(unit, Rel::NextButOne),
        _ => Said::Fixed { unit, amount },
    })
}

/// Letters of a preposition with a capital; given names are longer.
const SHORT: usize = 3;
/// The figures of Chinese days of the week.
const FIGURES: &str = "一二三四五六日";

impl Parser<'_> {
    /// The longest phrase at `at`: what it says, the number in it, and the token after it.
    pub(super) fn said(&self, at: usize) -> Option<(Said, Option<f64>, usize)> {
        let phrases = self.phrases?;
        // Numbers open phrases of some languages only.
        if matches!(self.kind(at), TokenKind::Number(..)) && phrases.nodes.first()?.number.is_none() {
            return None;
        }
        let first = self.folded(at);
        if at > 0 && !phrases.blocked.is_empty() && phrases.blocked.contains(&(first.clone(), self.folded(at - 1))) {
            return None;
        }
        // Words of Korean are parted by blanks, though their characters stand alone here.
        let hangul = |at: usize| matches!(self.kind(at), TokenKind::Mark('\u{AC00}'..='\u{D7A3}'));
        if hangul(at) && at > 0 && self.glued(at) && hangul(at - 1) {
            return None;
        }
        let (mut node, mut next, mut number, mut best) = (phrases.nodes.first()?, at, None, None);
        // Phrases are short: the longest of the table has eight tokens.
        while next < at + 12 {
            let token = if next == at { first.clone() } else { self.folded(next) };
            let exact = next == at && phrases.exact.contains(&token) && self.str(at) != token;
            let step = node.next.get(&token).copied().filter(|_| !exact);
            let step = step.or_else(|| {
                let value = match self.kind(next) {
                    TokenKind::Number(value, 1..=4) => f64::from(value),
                    _ => *phrases.numbers.get(&token)?,
                };
                number = Some(value);
                node.number
            });
            let Some(step) = step else { break };
            node = &phrases.nodes[step];
            next += 1;
            if let Some(said) = node.said {
                best = Some((said, number, next));
            }
        }
        best
    }

    /// A phrase that is an expression by itself, or with the date behind it: `vorige Woche`, `去年3月5日`.
    pub(super) fn phrase(&self, at: usize) -> Option<Expression> {
        let (said, number, end) = self.said(at)?;
        let (partial, end, rule) = match said {
            Said::Today(days) => (Partial::Today(days), end, DateRule::Today),
            Said::Unit(Unit::Week, rel) if self.figure(end).is_some() => (
                Partial::WeekdayIn { weekday: self.figure(end)?, weeks: rel.step() as i8 },
                end + 1,
                DateRule::RelativeWeekday,
            ),
            Said::Unit(unit, rel) => {
                let dated = self.dated_by(at, end, unit, rel);
                if dated.is_some() {
                    return dated;
                }
                (Partial::Unit { unit, rel }, end, DateRule::RelativeUnit)
            }
            Said::Shift { unit, back } => {
                let amount = number.filter(|amount| *amount < 1000.0)?;
                (Partial::Shift { unit, amount: Some(amount), back, on_text: false }, end, DateRule::Ago)
            }
            Said::Fixed { unit, amount } => {
                let back = amount < 0;
                let amount = Some(f64::from(amount.unsigned_abs()));
                (Partial::Shift { unit, amount, back, on_text: false }, end, DateRule::RelativeUnit)
            }
            Said::Weekday(weekday) => (Partial::Weekday { weekday, rel: None }, end, DateRule::Weekday),
            Said::WeekdayInFigures => {
                (Partial::Weekday { weekday: self.figure(end)?, rel: None }, end + 1, DateRule::Weekday)
            }
            Said::BeforeEra => {
                let year = self.number(end, 1, 4).filter(|year| *year > 0)?;
                (Partial::Year(-(year as i32)), end + 1 + usize::from(self.mark(end + 1, "年년")), DateRule::Era)
            }
            Said::Tens => {
                let tens = number.filter(|tens| *tens < 100.0 && *tens % 10.0 == 0.0)? as i32;
                (Partial::Decade(1900 + tens), end, DateRule::Decade)
            }
            Said::Decade => {
                let year = number? as i32;
                let year = if (20..100).contains(&year) { 1900 + year } else { year };
                let round = year % 10 == 0 && (1000..2100).contains(&year);
                round.then_some((Partial::Decade(year), end, DateRule::Decade))?
            }
            Said::Feast(feast) => {
                let named = self.str(at).starts_with(char::is_uppercase);
                // Feasts are people's names too: `Natale Rossi`, `Pascal Noël`; but `À Noël` opens a sentence.
                let behind_name = at > 0
                    && self.capital(at - 1)
                    && !(self.begins(at - 1) && self.str(at - 1).chars().count() <= SHORT);
                if feast::has_capital(feast) && (!named || self.capital(end) || behind_name) {
                    return None;
                }
                let next = if matches!(self.str(end), "de" | "del" | "di" | "von" | "do") { end + 1 } else { end };
                let year = self.number(next, 4, 4).filter(|year| (1000..2100).contains(year)).map(|year| year as i32);
                (Partial::Feast { feast, year, shift: 0 }, if year.is_some() { next + 1 } else { end }, DateRule::Feast)
            }
        };
        Some(self.found(at, end, partial, rule))
    }

    /// A Chinese figure for a day of the week.
    fn figure(&self, at: usize) -> Option<i8> {
        let TokenKind::Mark(c) = self.kind(at) else { return None };
        let c = if c == '天' { '日' } else { c };
        // `周一次` counts.
        let counts = self.mark(at + 1, "次个個年月份");
        (1..).zip(FIGURES.chars()).find(|(_, figure)| *figure == c && !counts).map(|(weekday, _)| weekday)
    }

    /// The date behind a word for its year or month: `去年3月5日`, `先月5日`.
    fn dated_by(&self, start: usize, at: usize, unit: Unit, rel: Rel) -> Option<Expression> {
        match unit {
            Unit::Year => {
                if let Some(found) = self.modified(at)
                    && let Partial::Day { year: None, .. } = found.partial
                {
                    return Some(Expression { start, year: Some(rel), ..found });
                }
                let month = self.number(at, 1, 2).filter(|month| (1..=12).contains(month))?;
                let partial = Partial::Month { year: None, month: month as i8, rel: None };
                let found =
                    self.mark(at + 1, "月월").then(|| self.found(start, at + 2, partial, DateRule::MonthDay))?;
                Some(Expression { year: Some(rel), ..found })
            }
            Unit::Month => {
                let day = self.number(at, 1, 2).filter(|day| (1..=31).contains(day))?;
                let partial = Partial::DayOf { months: rel.step() as i8, day: day as i8 };
                self.mark(at + 1, "日일号號").then(|| self.found(start, at + 2, partial, DateRule::DayOfMonth))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        for row in FILE.lines().filter(|row| !row.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!((3..=4).contains(&cells.len()), "{row}");
            assert!(Phrases::default().add_row(cells[1], cells[2], "").is_some(), "{row}");
        }
    }
}
