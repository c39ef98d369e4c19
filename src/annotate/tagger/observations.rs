//! What the tagger knows of each word of a text before it looks at any one.

use std::collections::HashMap;
use std::ops::Range;

use rustc_hash::FxBuildHasher;

use super::tag::Tag;
use crate::annotate::gazetteer::{Candidates, Gazetteer, PlaceKind};
use crate::annotate::names::{Case, Cues, Gap, Label, Name, Setting, Token, Tokens, Traits};
use crate::text::hash::hash_word;

/// What is known of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Observation {
    /// Hash of its folded form.
    pub(super) word: u64,
    /// Hash of its folded end, three letters.
    pub(super) ending: u64,
    /// How it is written.
    pub(super) shape: u8,
    /// What stands before it.
    pub(super) gap: u8,
    /// The rules' tag.
    pub(super) rule: u8,
    /// Which rule gave it.
    pub(super) why: u64,
    /// What the gazetteer knows of it: [`gazetteer_class`].
    pub(super) places: u8,
    /// What the lexicon knows of it.
    pub(super) traits: u32,
    /// What its other mentions show, a set of the bits below; zero in lower case.
    pub(super) elsewhere: u16,
    /// The chain of capitalised words that it stands in.
    pub(super) chain: (u32, u32),
    /// The traits of all words of the chain.
    pub(super) chain_traits: u32,
    /// What the lexicon knows of it without what may be a case ending; zero in English.
    pub(super) base_traits: u32,
    /// The same for the gazetteer.
    pub(super) base_places: u8,
}

/// A text as the tagger sees it.
#[derive(Debug)]
pub struct Observations<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) facts: Vec<Observation>,
    /// The text is in a language with features of its own: any but English.
    pub(super) foreign: bool,
    active: Vec<bool>,
}

const LOWER: u16 = 1;
const INSIDE: u16 = 1 << 1;
const TITLED: u16 = 1 << 2;
const GIVEN_BEFORE: u16 = 1 << 3;
const LOCATED: u16 = 1 << 4;
const HEADED: u16 = 1 << 5;
const SPEAKS: u16 = 1 << 6;
const AFTER_NAME: u16 = 1 << 7;
const BEFORE_NAME: u16 = 1 << 8;
const ROLE_BEFORE: u16 = 1 << 9;
const PERSON: u16 = 1 << 10;
const PLACE: u16 = 1 << 11;
const ORG: u16 = 1 << 12;
/// How many bits [`Observation::elsewhere`] uses.
pub(super) const BITS: u32 = 13;

impl<'a> Observations<'a> {
    /// The observations of `tokens`, in which the rules found `names`.
    pub fn new(tokens: &'a Tokens<'a>, names: &[Name], setting: Setting) -> Observations<'a> {
        let mut facts: Vec<Observation> = (0..tokens.list.len()).map(|at| fact(tokens, at)).collect();
        // Only stretches with a capital are read: most words of a text cost nothing.
        let mut active: Vec<bool> = tokens.list.iter().map(Token::capital).collect();
        for name in names {
            let why = name.rule.feature_id();
            let class = gazetteer_class(&name.places);
            for at in name.start..name.end {
                let tag = match name.label {
                    // Numbers past the tags, so that `unknown` is neither a tag nor outside; two, for its first word
                    // and the others.
                    Label::Unknown => Tag::COUNT + usize::from(at > name.start),
                    label => Tag::in_name(label, at - name.start, name.end - name.start).number(),
                };
                let fact = &mut facts[at];
                (fact.rule, fact.why, active[at]) = (tag as u8, why, true);
                // The top bit tells a name that the rules read as a whole from a word that only begins one.
                fact.places = if class > 0 { class | 0x80 } else { fact.places };
            }
        }
        bridge(tokens, &mut active);
        let foreign = !setting.known;
        if foreign {
            widen(tokens, &mut active, setting.nouns);
            bases(tokens, &mut facts, setting);
        }
        looks(tokens, &active, &mut facts);
        chains(tokens, &mut facts);
        let mut observations = Observations { tokens, facts, foreign, active };
        observations.remember(names);
        observations
    }

    /// The stretches of words among which names may lie; all other words lie outside.
    pub fn stretches(&self) -> impl Iterator<Item = Range<usize>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let start = at + self.active[at..].iter().position(|active| *active)?;
            let end = self.active[start..].iter().position(|active| !active).map_or(self.active.len(), |n| start + n);
            at = end;
            Some(start..end)
        })
    }

    /// True for a word that is written as any noun.
    pub fn may_be_ordinary(&self, at: usize) -> bool {
        self.tokens.list.get(at).is_some_and(|token| token.case == Case::Title)
    }

    /// True for a word in lower case that no rule takes for a part of a name.
    pub(super) fn is_link(&self, at: usize) -> bool {
        self.tokens.list[at].case == Case::Lower && self.facts[at].rule == 0
    }

    /// Gathers what each capitalised word's mentions show, and gives it to all of them.
    fn remember(&mut self, names: &[Name]) {
        let list = &self.tokens.list;
        let mut seen: HashMap<u64, u16, FxBuildHasher> = HashMap::default();
        // One bit of sixteen thousand for each word that is seen: most words in lower case are turned away by it.
        let mut marked = [0_u64; 256];
        let place = |word: u64| ((word >> 6) as usize % 256, 1 << (word % 64));
        for (at, token) in list.iter().enumerate().filter(|(_, token)| token.capital()) {
            let word = self.facts[at].word;
            let (bits, bit) = place(word);
            marked[bits] |= bit;
            *seen.entry(word).or_default() |= evidence(list, at, token);
        }
        for name in names {
            let bit = match name.label {
                Label::Person => PERSON,
                Label::Place => PLACE,
                Label::Org => ORG,
                Label::Unknown => continue,
            };
            for at in name.start..name.end {
                if let Some(bits) = seen.get_mut(&self.facts[at].word) {
                    *bits |= bit;
                }
            }
        }
        // Only words that have a capital somewhere are looked for: the map stays as small as the names.
        for (fact, _) in self.facts.iter().zip(list).filter(|(_, token)| token.case == Case::Lower) {
            let (bits, bit) = place(fact.word);
            if marked[bits] & bit != 0
                && let Some(bits) = seen.get_mut(&fact.word)
            {
                *bits |= LOWER;
            }
        }
        for (fact, _) in self.facts.iter_mut().zip(list).filter(|(_, token)| token.capital()) {
            fact.elsewhere = seen.get(&fact.word).copied().unwrap_or(0);
        }
    }
}

/// What is known of any word; how it looks is added by [`looks`].
fn fact(tokens: &Tokens<'_>, at: usize) -> Observation {
    let token = &tokens.list[at];
    Observation {
        word: tokens.hash(at),
        gap: token.gap as u8,
        places: if token.capital() { known_place(tokens, at) } else { 0 },
        traits: token.traits.bits(),
        ..Observation::default()
    }
}

/// Adds ending and shape of the words that a window over an active one holds: no feature asks for those of others.
fn looks(tokens: &Tokens<'_>, active: &[bool], facts: &mut [Observation]) {
    /// Words on either side of a window.
    const BESIDE: usize = 2;
    let mut until = 0;
    for (at, fact) in facts.iter_mut().enumerate() {
        // The first active word that may be in reach of this one; at the start of the text there are two more before it.
        let first = if at == 0 { 0 } else { at + BESIDE };
        if let Some(here) = (first..=at + BESIDE).rfind(|here| active.get(*here) == Some(&true)) {
            until = here + BESIDE + 1;
        }
        if at >= until {
            continue;
        }
        let (token, folded) = (&tokens.list[at], tokens.folded(at));
        // Letters, not bytes: three bytes are one and a half letters of Cyrillic.
        let tail = folded.char_indices().rev().nth(2).map_or(folded, |(start, _)| &folded[start..]);
        (fact.ending, fact.shape) = (hash_word(tail.as_bytes()), shape(token, token.span.of(tokens.text)));
    }
}

/// What one mention shows.
fn evidence(list: &[Token], at: usize, token: &Token) -> u16 {
    let mut bits = 0;
    let mut when = |holds: bool, bit: u16| bits |= if holds { bit } else { 0 };
    when(token.gap != Gap::Sentence, INSIDE);
    if let Some(before) = at.checked_sub(1).and_then(|at| list.get(at)).filter(|_| token.gap.joins()) {
        when(before.is(Traits::HONORIFIC), TITLED);
        when(before.is(Traits::GIVEN) && before.capital(), GIVEN_BEFORE);
        when(before.is(Traits::BEFORE_PLACE) && before.case == Case::Lower, LOCATED);
        when(before.is(Traits::ROLE), ROLE_BEFORE);
        when(before.capital(), AFTER_NAME);
    }
    if let Some(after) = list.get(at + 1).filter(|after| after.gap.joins()) {
        when(after.capital() && after.is(Traits::ORG_HEAD), HEADED);
        when(after.is(Traits::SPEECH), SPEAKS);
        when(after.capital(), BEFORE_NAME);
    }
    bits
}

/// Opens up to two linking words between words that are active.
fn bridge(tokens: &Tokens<'_>, active: &mut [bool]) {
    let links = &Cues::embedded().tagger_links;
    for at in 1..active.len() {
        let link = |at: usize| !active[at] && links.has(tokens.folded(at));
        if active[at - 1] && link(at) {
            // Two links at most (`of the`): a third is a clause.
            let words = if at + 1 < active.len() && link(at + 1) { 2 } else { 1 };
            if active.get(at + words) == Some(&true) {
                active[at..at + words].fill(true);
            }
        }
    }
}

/// Words in lower case that a name may go on with in languages other than English: the name of an organisation has its one
/// capital at its head there (`Vrhovni sud`, `Министерство обороны`), and few more words in capitals are lost by this.
const TAIL: usize = 2;

/// Opens words in lower case beside those that are active: behind a hyphen (`LO-förbunden`), a few that go on (none in German,
/// whose nouns have capitals), and the head of an organisation before its name (`мэрия Москвы`).
fn widen(tokens: &Tokens<'_>, active: &mut [bool], nouns: bool) {
    let endings = &Cues::embedded().hyphened_endings;
    let list = &tokens.list;
    let mut left = 0;
    for at in 0..active.len() {
        if active[at] {
            left = if nouns { 0 } else { TAIL };
            let before =
                at.checked_sub(1).filter(|before| list[at].gap == Gap::Blank && list[*before].case == Case::Lower);
            if let Some(before) = before.filter(|before| list[*before].is(Traits::ORG_HEAD)) {
                active[before] = true;
            }
            continue;
        }
        let hyphen = at > 0 && active[at - 1] && list[at].gap == Gap::Hyphen && !endings.has(tokens.folded(at));
        let goes_on = left > 0 && list[at].gap == Gap::Blank;
        left = left.saturating_sub(1);
        if list[at].case == Case::Lower && (hyphen || goes_on) {
            active[at] = true;
        } else {
            left = 0;
        }
    }
}

/// Looks capitalised words up without their endings.
fn bases(tokens: &Tokens<'_>, facts: &mut [Observation], setting: Setting) {
    let gazetteer = Gazetteer::embedded();
    for (at, fact) in facts.iter_mut().enumerate().filter(|(at, _)| tokens.list[*at].capital()) {
        setting.endings.strip(tokens.folded(at), |form| {
            fact.base_traits |= Traits::of_word(form).bits();
            let class = gazetteer.step(gazetteer.start(), form).map_or(0, |walk| gazetteer_class(&gazetteer.at(walk)));
            // The lower of two classes is the greater place; zero is none.
            if class > 0 && (fact.base_places == 0 || class < fact.base_places) {
                fact.base_places = class;
            }
        });
    }
}

fn chains(tokens: &Tokens<'_>, facts: &mut [Observation]) {
    let mut at = 0;
    while at < facts.len() {
        let mut end = at + 1;
        while tokens.list[at].capital() && tokens.list.get(end).is_some_and(|next| next.capital() && next.gap.joins()) {
            end += 1;
        }
        // Once for the chain, not for each of its words: a page may be one chain from end to end.
        let traits = facts[at..end].iter().fold(0, |all, fact| all | fact.traits);
        for fact in &mut facts[at..end] {
            (fact.chain, fact.chain_traits) = ((at as u32, end as u32), traits);
        }
        at = end;
    }
}

/// How a word is written: its case, single letters, capitals inside, digits, short words in capitals.
fn shape(token: &Token, surface: &str) -> u8 {
    let case = token.case as u8;
    // Single letters, capitals inside (`McLeod`) and short words in capitals behave unlike others of their case.
    let kind = match token.case {
        Case::Title if surface.len() == 1 => 1,
        Case::Title if surface.chars().skip(1).any(char::is_uppercase) => 2,
        Case::Upper if surface.len() < 5 => 3,
        _ => 0,
    };
    let digit = u8::from(surface.bytes().any(|byte| byte.is_ascii_digit()));
    // Zero is what lies past the ends of a sentence.
    1 + case + kind * 8 + digit * 32
}

/// The class of what a single word names in the gazetteer; zero where nothing.
fn known_place(tokens: &Tokens<'_>, at: usize) -> u8 {
    tokens.places(at).map_or(0, |walk| gazetteer_class(&Gazetteer::embedded().at(walk)))
}

/// The kind of the likeliest place, whether the name is its main one, and roughly how many people live there; zero
/// where there is none.
fn gazetteer_class(places: &Candidates) -> u8 {
    let Some(first) = places.clone().next() else { return 0 };
    let Some(entry) = Gazetteer::embedded().row(first.row) else { return 0 };
    // Steps of four to ten times: the order of magnitude counts, and the model shall not learn single towns.
    let class = match (entry.record.kind, entry.record.population) {
        (PlaceKind::Country | PlaceKind::Continent, _) => 1,
        (PlaceKind::Region, _) => 2,
        (PlaceKind::District, _) => 3,
        (PlaceKind::City, 1_000_000..) => 4,
        (PlaceKind::City, 200_000..) => 5,
        (PlaceKind::City, 50_000..) => 6,
        (PlaceKind::City, 5_000..) => 7,
        (PlaceKind::City, _) => 8,
        _ => 9,
    };
    class + if first.main { 16 } else { 0 } + if first.capitals { 32 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::names::find;
    use crate::annotate::tests::marked;

    /// What the mentions of `word` in an English text show.
    fn elsewhere(text: &str, word: &str) -> u16 {
        let (plain, given) = marked::read(text);
        let tokens = Tokens::new(&plain);
        let setting = Setting::for_language(Some("en"));
        let names = marked::names(&tokens, &given, setting);
        let observations = Observations::new(&tokens, &names, setting);
        let at = (0..tokens.list.len()).find(|at| tokens.folded(*at) == word && tokens.list[*at].capital());
        observations.facts[at.expect("the word with a capital")].elsewhere
    }

    #[test]
    fn all_mentions_of_a_word_speak_for_each() {
        for (text, bits) in [
            ("Kalbo left.", 0),
            ("He saw Kalbo there.", INSIDE),
            ("Kalbo left. A kalbo came.", LOWER),
            ("Then Mr Kalbo left.", INSIDE | TITLED | AFTER_NAME),
            ("He lives in Kalbo now.", INSIDE | LOCATED),
            ("Kalbo said so.", SPEAKS),
            ("Kalbo University left.", HEADED | BEFORE_NAME),
            ("Then Anna Kalbo left.", INSIDE | GIVEN_BEFORE | AFTER_NAME),
            ("he saw {p Kalbo} there", INSIDE | PERSON),
            ("he saw {l Kalbo} and {o Kalbo} there", INSIDE | PLACE | ORG),
            ("he saw {? Kalbo} there", INSIDE),
        ] {
            assert_eq!(elsewhere(text, "kalbo"), bits, "{text}");
        }
    }

    #[test]
    fn stretches_are_capitals_with_links_between() {
        let stretches = |text: &str| {
            let tokens = Tokens::new(text);
            let setting = Setting::for_language(Some("en"));
            let names = find(&tokens, setting);
            let observations = Observations::new(&tokens, &names, setting);
            observations.stretches().map(|range| tokens.key(range.start, range.end)).collect::<Vec<_>>()
        };
        assert_eq!(stretches("he saw Baku and left"), ["baku"]);
        assert_eq!(stretches("the Bank of England fell"), ["bank of england"]);
        assert_eq!(stretches("Bank of the West fell"), ["bank of the west"]);
        assert_eq!(stretches("Bank of all the West fell"), ["bank", "west"]);
        assert!(stretches("nothing here").is_empty() && stretches("").is_empty());
    }

    #[test]
    fn in_other_languages_stretches_go_on_in_lower_case() {
        for (lang, text, expected) in [
            ("hr", "jučer je Vrhovni sud Republike odlučio isto", "vrhovni sud republike odlucio isto"),
            ("da", "han sagde LO-formanden gik", "lo formanden gik"),
            ("hu", "Saddam-tól jött", "saddam"),
            ("de", "er sah Köln und ging", "koln"),
        ] {
            let (tokens, setting) = (Tokens::new(text), Setting::for_language(Some(lang)));
            let observations = Observations::new(&tokens, &[], setting);
            let stretches: Vec<String> =
                observations.stretches().map(|range| tokens.key(range.start, range.end)).collect();
            assert_eq!(stretches, [expected], "{text}");
        }
    }

    #[test]
    fn a_chain_has_the_traits_of_all_its_words() {
        let tokens = Tokens::new("then Anna Maria Smith left");
        let observations = Observations::new(&tokens, &[], Setting::for_language(Some("en")));
        for fact in &observations.facts[1..4] {
            assert_eq!(fact.chain, (1, 4));
            assert_eq!(fact.chain_traits, observations.facts[1..4].iter().fold(0, |all, fact| all | fact.traits));
        }
        assert_eq!(observations.facts[0].chain, (0, 1));
    }

    #[test]
    fn the_shape_of_a_word_tells_how_it_is_written() {
        let shape_of = |word: &str| {
            let tokens = Tokens::new(word);
            shape(&tokens.list[0], word)
        };
        let shapes: Vec<u8> = ["word", "Word", "W", "McWord", "WORDS", "WRD", "Word2"].map(shape_of).to_vec();
        let distinct: std::collections::HashSet<&u8> = shapes.iter().collect();
        assert_eq!(distinct.len(), shapes.len(), "{shapes:?}");
        assert_eq!(shape_of("Anna"), shape_of("Paul"));
    }
}
