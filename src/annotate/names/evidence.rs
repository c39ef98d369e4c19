//! When a word that the gazetteer knows is a place, and when a word looks like a surname.
//!
//! The gazetteer of the world has a place under nearly every word, so size is the first evidence: the thresholds below
//! are inhabitants. They are round numbers, chosen on the development data that README.md names and the news that
//! GeoVirus collects; nothing finer was fitted, and what each one parts is said beside it.

use super::cues::Cues;
use super::lexicon::Traits;
use super::token::{Case, Gap, Tokens};
use super::walk::Match;
use super::{Label, NameRule, Verdict};
use crate::annotate::gazetteer::{Entry, Gazetteer, PlaceKind};

/// A town from here on is known by its name alone: foreign news names it without a country.
const KNOWN: u64 = 100_000;
/// The same where the word is also a name of people, or bears what may be a case ending. News means the person more
/// often than any smaller town.
pub(super) const WELL_KNOWN: u64 = 500_000;
/// The name may be cut off a longer one (`Buenos Aires Herald`) unless the town has so many: two words that chance put
/// together are hardly ever a city of this size.
const BEFORE_UNKNOWN_WORD: u64 = 200_000;
/// A town at home in the text's country needs so many where a capital proves nothing: at the head of a sentence, or in
/// a line of capitals. A village there would shadow half the vocabulary of its own language.
const AT_HOME_WITHOUT_CAPITAL: u64 = 10_000;
/// Two words that are one entry of the gazetteer are rarely so by chance; hamlets have the names of everything.
const SEVERAL_WORDS: u64 = 1_000;
/// A common word needs evidence and half the size of a known town: `in Nice`.
const COMMON_WORD_LOCATED: u64 = KNOWN / 2;
/// A common word that is the main name of a metropolis is the metropolis.
const COMMON_WORD_METROPOLIS: u64 = 2_000_000;
/// What may be a case ending of another word needs a metropolis under the stem.
const ENDING_ALONE: u64 = 2 * WELL_KNOWN;
/// With a capital inside a sentence, and no word of people, a small town is likelier than an unknown surname from here
/// on.
const SMALL_TOWN: u64 = 2_000;
/// Of a script without capitals: a long word that is a town of this size.
const UNCASED_TOWN: u64 = 2_000;
/// Towns of a country that are too small to make its language speak for them.
const LIES_IN: u64 = 1_000;
/// Places of one name that are compared in `Lachin, Azerbaijan`: they come most likely first, and what lies behind
/// these is not meant.
const INNER_PLACES: usize = 40;
/// The same for the place behind the comma, which is well known.
const OUTER_PLACES: usize = 4;

/// A name of the gazetteer in a text, with what speaks for and against it.
struct Candidacy<'t> {
    tokens: &'t Tokens<'t>,
    at: usize,
    place: &'t Match,
    /// The likeliest place.
    best: Entry,
    /// The name is its main one.
    main: bool,
    /// Its inhabitants; places that were entered by hand count as well known.
    people: u64,
    /// It is a country, a region, a lake: anything but a town.
    area: bool,
    words: usize,
    /// A capitalised word that nothing explains comes next.
    follows: bool,
    /// Words beside it say that it is a place.
    told: bool,
    /// The same, or it lies in the country for which the text's language speaks.
    located: bool,
}

/// What the name at `at` is, how sure that is and why. `follows`: a capitalised word that nothing explains comes next.
pub(super) fn accepts_place(
    tokens: &Tokens<'_>,
    at: usize,
    place: &Match,
    follows: bool,
    home: Option<[u8; 2]>,
) -> Verdict {
    let Some((main, best)) = best(tokens, at, place) else { return Verdict::open(NameRule::NotInCapitals) };
    let people = if best.curated() { WELL_KNOWN } else { best.record.population };
    let someone = place.end == at + 1 && is_someone(tokens, place.end);
    let told = (located(tokens, at) && !someone) || placed_after(tokens, place.end) || contained(tokens, place);
    let token = &tokens.list[at];
    let plain = token.gap != Gap::Sentence && token.case == Case::Title;
    let at_home = home.is_some_and(|home| lies_in(place, home))
        && (plain || place.inflected || people >= AT_HOME_WITHOUT_CAPITAL);
    let case = Candidacy {
        tokens,
        at,
        place,
        best,
        main,
        people,
        area: best.record.kind != PlaceKind::City,
        words: place.end - at,
        follows,
        told,
        located: told || at_home,
    };
    case.other_thing()
        .or_else(|| case.beyond_doubt())
        .or_else(|| case.mere_word())
        .or_else(|| case.by_evidence())
        .or_else(|| case.by_size())
        .unwrap_or(Verdict::open(NameRule::SmallPlace))
}

impl Candidacy<'_> {
    /// What is no place whatever its size: money, a number, a longer name, an organisation.
    fn other_thing(&self) -> Option<Verdict> {
        let token = &self.tokens.list[self.at];
        let after = &self.tokens.text[self.tokens.span(self.at, self.place.end).range().end..];
        if after.starts_with(['$', '£', '€']) {
            return Some(Verdict::open(NameRule::Currency));
        }
        if roman(token.span.of(self.tokens.text)) {
            return Some(Verdict::open(NameRule::Number));
        }
        let short = self.words == 1 || self.people < BEFORE_UNKNOWN_WORD;
        if self.follows && !self.area && !self.told && short {
            return Some(Verdict::open(NameRule::LongerName));
        }
        if token.is(Traits::ORG) && self.words == 1 && !self.area {
            return Some(Verdict::new(Label::Org, 0.6, NameRule::KnownOrg));
        }
        if !self.area && short_acronym(self.tokens, self.at, self.place) {
            return Some(Verdict::open(NameRule::Acronym));
        }
        let common = (self.at..self.place.end).all(|at| self.tokens.list[at].is(Traits::COMMON));
        let chance = self.words > 1 && common && !self.area && !self.located && self.people < KNOWN;
        chance.then_some(Verdict::open(NameRule::CommonWords))
    }

    /// Countries, and names of several words.
    fn beyond_doubt(&self) -> Option<Verdict> {
        let common = self.tokens.list[self.at].is(Traits::COMMON);
        let country =
            matches!(self.best.record.kind, PlaceKind::Country | PlaceKind::Continent) && (self.main || !common);
        let long = self.words > 1 && (self.area || self.people >= SEVERAL_WORDS || self.located);
        (country || long).then_some(Verdict::new(Label::Place, 0.9, NameRule::Gazetteer))
    }

    /// A common word, or a form of one.
    fn mere_word(&self) -> Option<Verdict> {
        let token = &self.tokens.list[self.at];
        let placed = self.located && token.gap != Gap::Sentence && self.people >= COMMON_WORD_LOCATED;
        let metropolis = self.people >= COMMON_WORD_METROPOLIS && self.main;
        if self.words == 1 && token.is(Traits::COMMON) && !placed && !metropolis {
            return Some(Verdict::open(NameRule::CommonWord));
        }
        let inflected = self.place.inflected && !self.located && !self.area && self.people < ENDING_ALONE;
        inflected.then_some(Verdict::open(NameRule::Ending))
    }

    /// What the words beside it or the text's language make a place.
    fn by_evidence(&self) -> Option<Verdict> {
        let rule = if self.told { NameRule::GazetteerAndPreposition } else { NameRule::GazetteerAndLanguage };
        self.located.then_some(Verdict::new(Label::Place, 0.8, rule))
    }

    /// What is large enough to be meant without any evidence.
    fn by_size(&self) -> Option<Verdict> {
        let token = &self.tokens.list[self.at];
        let person = token.is(Traits::GIVEN.with(Traits::SURNAME).with(Traits::PERSON));
        let enough = if person || self.place.inflected { WELL_KNOWN } else { KNOWN };
        if self.people >= enough || (self.area && !person) {
            return Some(Verdict::new(Label::Place, 0.8, NameRule::Gazetteer));
        }
        let small = !person && self.people >= SMALL_TOWN && token.gap != Gap::Sentence;
        small.then_some(Verdict::new(Label::Place, 0.6, NameRule::Gazetteer))
    }
}

/// True for `XX` and the ordinals of French, `XXe`.
fn roman(word: &str) -> bool {
    let digits = word.trim_end_matches(['e', 'è']);
    digits.len() > 1 && digits.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
}

/// True for `HIV`: up to four capitals, where the words beside are not in capitals too and no dateline begins.
fn short_acronym(tokens: &Tokens<'_>, at: usize, place: &Match) -> bool {
    let token = &tokens.list[at];
    let upper = |at: usize| tokens.list.get(at).is_some_and(|token| token.case == Case::Upper && token.span.len() > 4);
    let among = (at > 0 && upper(at - 1)) || upper(place.end);
    let dateline = token.gap == Gap::Sentence
        && tokens.list.get(place.end).is_some_and(|next| matches!(next.gap, Gap::Comma | Gap::Open | Gap::Other));
    place.end == at + 1 && token.case == Case::Upper && token.span.len() <= 4 && !among && !dateline
}

/// The most likely place whose way of writing fits the text, and whether the name is its main one.
fn best(tokens: &Tokens<'_>, at: usize, place: &Match) -> Option<(bool, Entry)> {
    let upper = (at..place.end).all(|at| tokens.list[at].case == Case::Upper || tokens.list[at].initial(tokens.text));
    let gazetteer = Gazetteer::embedded();
    let mut fitting = place.places.clone().filter(|candidate| upper || !candidate.capitals);
    fitting.next().and_then(|candidate| Some((candidate.main, gazetteer.row(candidate.row)?)))
}

/// True when the word before is a preposition of place.
fn located(tokens: &Tokens<'_>, at: usize) -> bool {
    at > 0
        && tokens.list[at].gap == Gap::Blank
        && (tokens.list[at - 1].case == Case::Lower || tokens.list[at - 1].gap == Gap::Sentence)
        && tokens.list[at - 1].is(Traits::BEFORE_PLACE)
}

/// True before a relative pronoun of people: a ball goes `to Baker, who caught it`.
fn is_someone(tokens: &Tokens<'_>, end: usize) -> bool {
    tokens
        .list
        .get(end)
        .is_some_and(|next| next.gap == Gap::Comma && matches!(tokens.folded(end), "who" | "whose" | "whom"))
}

/// True when a word for an area comes next (`Zabux kəndində`), or an ending of place after an apostrophe (`Bakü'den`).
fn placed_after(tokens: &Tokens<'_>, end: usize) -> bool {
    tokens.list.get(end).is_some_and(|next| match next.gap {
        Gap::Blank => next.is(Traits::AREA) && next.case == Case::Lower,
        Gap::Apostrophe => Cues::embedded().place_endings.has(tokens.folded(end)),
        _ => false,
    })
}

/// True when a town of some size among the places lies in the country.
pub(super) fn lies_in(place: &Match, country: [u8; 2]) -> bool {
    let gazetteer = Gazetteer::embedded();
    let mut rows = place.places.clone().filter_map(|candidate| gazetteer.row(candidate.row));
    rows.any(|entry| {
        entry.record.country == country && (entry.record.population >= LIES_IN || entry.record.kind != PlaceKind::City)
    })
}

/// True for `Lachin, Azerbaijan`: a comma and a place that contains the first.
fn contained(tokens: &Tokens<'_>, place: &Match) -> bool {
    let gazetteer = Gazetteer::embedded();
    if tokens.list.get(place.end).is_none_or(|next| next.gap != Gap::Comma || !next.capital()) {
        return false;
    }
    let Some(outer) = super::longest(tokens, place.end, super::Setting::default()) else { return false };
    let outer: Vec<Entry> = outer.places.take(OUTER_PLACES).filter_map(|outer| gazetteer.row(outer.row)).collect();
    let mut inner = place.places.clone().take(INNER_PLACES).filter_map(|inner| gazetteer.row(inner.row));
    inner.any(|inner| outer.iter().any(|outer| inner.row != outer.row && inner.within(outer)))
}

/// Whether a match in a script without capitals is a place: long enough and well known, since any word may begin one.
pub(super) fn accepts_uncased(tokens: &Tokens<'_>, at: usize, place: &Match) -> bool {
    let letters: usize = (at..place.end).map(|at| tokens.folded(at).chars().count()).sum();
    let Some((_, best)) = best(tokens, at, place) else { return false };
    let dense = crate::text::is_cjk(tokens.folded(at).chars().next().unwrap_or(' '));
    if letters < if dense { 2 } else { 3 }
        || (place.end == at + 1 && tokens.list[at].is(Traits::COMMON.with(Traits::AREA)))
    {
        return false;
    }
    best.record.kind == PlaceKind::Country
        || best.record.population >= KNOWN
        || (letters >= 5 && best.record.population >= UNCASED_TOWN)
        || best.record.kind != PlaceKind::City
}

/// True for a word that ends as surnames of some languages do.
pub(super) fn surname_like(folded: &str) -> bool {
    // Five letters and more: `Ian` and `Nova` are no surnames with an ending.
    folded.chars().count() > 4 && Cues::embedded().surname_endings.iter().any(|ending| folded.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numbers_are_told_from_names() {
        for word in ["XX", "XXe", "IV", "XIXè"] {
            assert!(roman(word), "{word}");
        }
        for word in ["X", "Xavier", "IVAN", "e", ""] {
            assert!(!roman(word), "{word}");
        }
    }

    #[test]
    fn surnames_are_told_by_their_ends() {
        for word in ["qworvov", "qworvyan", "qworvenko", "qworshvili", "кворвский", "qworoglu", "qworsson"] {
            assert!(surname_like(word), "{word}");
        }
        for word in ["ivov", "yan", "table", ""] {
            assert!(!surname_like(word), "{word}");
        }
    }

    #[test]
    fn a_word_of_place_or_an_area_is_evidence() {
        let tokens =
            Tokens::new("He lives in Zabukh village. In Zabukh he sleeps; the Zabukh man, Zabukh'da, Zabukh's.");
        let at: Vec<usize> = (0..tokens.list.len()).filter(|at| tokens.folded(*at) == "zabukh").collect();
        let shown: Vec<(bool, bool)> =
            at.iter().map(|at| (located(&tokens, *at), placed_after(&tokens, at + 1))).collect();
        assert_eq!(shown, [(true, true), (true, false), (false, false), (false, true), (false, false)]);
    }

    #[test]
    fn what_who_follows_is_somebody() {
        for (text, someone) in
            [("to Baker, who ran", true), ("from Zabukh, whose son ran", true), ("to Baker, which ran", false)]
        {
            assert_eq!(is_someone(&Tokens::new(text), 2), someone, "{text}");
        }
    }

    #[test]
    fn short_acronyms_stand_among_other_words() {
        let acronym = |text: &str| {
            let tokens = Tokens::new(text);
            let at = (0..tokens.list.len()).find(|at| tokens.folded(*at) == "oran").expect("the word");
            short_acronym(&tokens, at, &Match { end: at + 1, places: Default::default(), inflected: false })
        };
        assert!(acronym("He saw ORAN there."));
        assert!(!acronym("He saw Oran there."));
        assert!(!acronym("STORMS NEAR ORAN TODAY HE SAID"));
        assert!(!acronym("ORAN, March 5 - It rained."));
    }
}
