//! Rules that find names by their capitals, their neighbours and what is known of their words.
//!
//! A run is a longest chain of capitalised words; it is read from left to right and cut into names.

use super::cues::Cues;
use super::evidence::{WELL_KNOWN, accepts_place, accepts_uncased, surname_like};
use super::lexicon::Traits;
use super::token::{Case, Gap, Token, Tokens};
use super::walk::{Match, longest};
use super::{Label, Name, NameRule, Setting, Verdict, sex};
use crate::annotate::gazetteer::{Candidates, Gazetteer, PlaceKind};

/// The names in `tokens`, in order, none overlapping.
pub fn find(tokens: &Tokens<'_>, setting: Setting) -> Vec<Name> {
    let mut finder = Finder { tokens, setting, names: Vec::new() };
    let mut at = 0;
    while at < tokens.list.len() {
        at = match tokens.list[at].case {
            Case::Title | Case::Upper => {
                let end = finder.run_end(at);
                finder.run(at, end)
            }
            Case::Uncased => finder.uncased(at),
            Case::Lower if finder.leads(at) => {
                let end = finder.run_end(at + 1);
                finder.run(at, end)
            }
            Case::Lower | Case::Other => at + 1,
        };
    }
    finder.names
}

pub(super) struct Finder<'a, 't> {
    pub(super) tokens: &'a Tokens<'t>,
    pub(super) setting: Setting,
    names: Vec<Name>,
}

/// Most words of an organisation's name before its head: what is longer is a headline in capitals.
const WORDS_BEFORE_HEAD: usize = 6;
/// A town that news names at all: where GeoNames draws the line of its list of cities (`cities15000`).
const LARGE: u64 = 15_000;

impl Finder<'_, '_> {
    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.list.get(at)
    }

    pub(super) fn is(&self, at: usize, any: Traits) -> bool {
        self.token(at).is_some_and(|token| token.is(any))
    }

    fn is_capital(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::capital)
    }

    /// True for the lower-case particle of `al-Sadr` and `bin Laden`.
    fn leads(&self, at: usize) -> bool {
        self.is(at, Traits::PARTICLE)
            && self.continues(at + 1)
            && match self.tokens.folded(at) {
                "bin" | "ibn" | "bint" => true,
                "al" | "el" | "as" | "an" | "at" | "ar" | "ad" => self.tokens.list[at + 1].gap == Gap::Hyphen,
                _ => false,
            }
    }

    /// True when word `at` is capitalised and goes on from the one before.
    pub(super) fn continues(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.capital() && token.gap.joins())
    }

    /// One past the last word of the run that begins at `start`.
    fn run_end(&self, start: usize) -> usize {
        let mut end = start + 1;
        loop {
            if self.continues(end) {
                end += 1;
            } else if let Some(next) = self.over_particles(end) {
                end = next + 1;
            } else {
                return end;
            }
        }
    }

    /// The capitalised word that follows one or two particles from `at` on: `von der Leyen`.
    fn over_particles(&self, at: usize) -> Option<usize> {
        let particle = |at: usize| {
            self.is(at, Traits::PARTICLE) && self.token(at).is_some_and(|t| t.gap.joins() && t.case == Case::Lower)
        };
        let next = (at..at + 3).find(|at| !particle(*at))?;
        (next > at && self.continues(next)).then_some(next)
    }

    /// Cuts the run into names and returns where reading goes on, which may be past the run's end.
    fn run(&mut self, start: usize, end: usize) -> usize {
        let mut at = start;
        let mut title = None;
        while at < end {
            if self.tokens.list[at].case == Case::Lower && at > start {
                at += 1;
                continue;
            }
            let place = longest(self.tokens, at, self.setting);
            let known = place.as_ref().map_or(at, |place| place.end);
            // The head of an organisation is the strongest evidence there is: `Baku State University` is no place.
            let next = self.org(at, end, known).or_else(|| self.feature(at, end, place.as_ref()));
            if let Some(next) = next {
                at = next;
                title = None;
                continue;
            }
            // A name that is read as a whole is not cut at a title or a nationality inside: `Queen Charlotte`, `New
            // Zealand`.
            let whole = place.as_ref().filter(|place| place.end >= at + 2 && self.is_large(place));
            let country = !self.is(at, Traits::DEMONYM) && place.as_ref().is_some_and(|place| self.is_country(place));
            if whole.is_none() && !country && self.skips(at, end, title.is_some()) {
                // A title speaks for the name behind it, also across `former` and `deputy`, not across any other word.
                if self.is(at, Traits::HONORIFIC.with(Traits::ROLE)) || self.tokens.folded(at) == "m" {
                    title = Some(at);
                } else if !self.is(at, Traits::BEFORE_ROLE) {
                    title = None;
                }
                at += 1;
                continue;
            }
            at = self.name(at, end, place, title.take());
        }
        at.max(end)
    }

    /// True for a word of a run that is no part of a name: a title, a nationality, a day, the first word of a sentence.
    fn skips(&self, at: usize, end: usize, titled: bool) -> bool {
        let Some(token) = self.token(at) else { return true };
        let named = token.is(Traits::GIVEN.with(Traits::SURNAME));
        let initial = token.initial(self.tokens.text) && self.token(at + 1).is_some_and(|next| next.gap == Gap::Stop);
        if initial && self.setting.monsieur && self.tokens.folded(at) == "m" {
            return true;
        }
        // Behind a title a name is a name, whatever else the word means: `President Bush`.
        let sure = titled && named && !token.is(Traits::HONORIFIC.with(Traits::ROLE));
        if initial || sure || (token.case == Case::Upper && token.is(Traits::ORG)) {
            return false;
        }
        if token.is(Traits::HONORIFIC.with(Traits::ROLE).with(Traits::BEFORE_ROLE).with(Traits::CALENDAR)) {
            return true;
        }
        // A nationality is a surname behind a given name: `Jane English`.
        if token.is(Traits::DEMONYM) {
            return !(token.is(Traits::SURNAME) && at > 0 && self.is(at - 1, Traits::GIVEN));
        }
        let hyphen = self.token(at + 1).is_some_and(|next| next.gap == Gap::Hyphen);
        // At the head of a sentence `La` is an article; with a hyphen (`Al-Bashir`) it belongs to the name.
        if token.is(Traits::PARTICLE) && token.is(Traits::COMMON) && token.gap == Gap::Sentence && !hyphen {
            return true;
        }
        // At the head of a sentence a capital says nothing. Inside one it does, but before other capitals a common word
        // describes them (`Greater London`).
        if token.is(Traits::COMMON) {
            let alone = at + 1 >= end;
            return if token.gap == Gap::Sentence { alone || !named } else { !named && !alone };
        }
        false
    }

    /// Reads one name at `at` and returns where it ends.
    fn name(&mut self, at: usize, end: usize, place: Option<Match>, title: Option<usize>) -> usize {
        if let Some(place) = place.as_ref().filter(|place| title.is_none() && self.is_team(at, place)) {
            let last = place.end + 1;
            self.push(at, last, Verdict::new(Label::Org, 0.5, NameRule::PlaceAndPlural), Candidates::default());
            return last;
        }
        let person = self.person(at, end, title.is_some());
        let place_end = place.as_ref().map_or(at, |place| place.end);
        if let Some(place) = place.filter(|place| self.prefers_place(at, place, person, title.is_some())) {
            let follows = place.end < end && self.continues(place.end) && !self.is_explained(place.end);
            let found = accepts_place(self.tokens, at, &place, follows, self.setting.home);
            // Small towns bear the given names of half the world: a surname behind one makes it a person's.
            let surname =
                follows && (self.is(place.end, Traits::SURNAME) || surname_like(self.tokens.folded(place.end)));
            if found.label == Label::Place || (person.is_none() && !surname) {
                let end = place.end;
                self.push(at, end, found, place.places);
                return end;
            }
        }
        if let Some((last, rule)) = person {
            let confidence = if title.is_some() { 0.9 } else { 0.8 };
            self.push(at, last, Verdict::new(Label::Person, confidence, rule), Candidates::default());
            if let (Some(title), Some(name)) = (title, self.names.last_mut()) {
                name.sex = sex(self.tokens.list[title].traits);
            }
            return last;
        }
        self.unknown(at, end.max(place_end).min(end))
    }

    /// A place is preferred to a person of the same words when it is longer or large, and never after a title.
    fn prefers_place(&self, at: usize, place: &Match, person: Option<(usize, NameRule)>, titled: bool) -> bool {
        // After a title a place is meant only where it is longer than the person, or well known and opened by no given
        // name.
        match person {
            None => true,
            Some((last, _)) if titled => {
                let named = self.is(at, Traits::GIVEN.with(Traits::SURNAME));
                place.end > last
                    || (!named && self.is_well_known(place) && (self.is_country(place) || last > place.end))
            }
            // One word that is both: `accepts_place` weighs how well the place is known against that.
            Some((last, _)) if last == at + 1 => true,
            Some((last, _)) if place.end == at + 1 => self.is_large(place) && self.is(last - 1, Traits::COMMON),
            Some((last, _)) => {
                place.end > last || self.is_large(place) || (place.end == last && self.is(last - 1, Traits::FEATURE))
            }
        }
    }

    /// True when a match of several words is a place that news names: an area, or a town of some size.
    fn is_large(&self, place: &Match) -> bool {
        area_or_city_of(place, LARGE)
    }

    /// True for a match that news may name without any evidence: an area or a city of half a million.
    pub(super) fn is_well_known(&self, place: &Match) -> bool {
        area_or_city_of(place, WELL_KNOWN)
    }

    /// True for a city and an unknown word in the plural: `Cleveland Rams`, `Boston Celtics`.
    fn is_team(&self, at: usize, place: &Match) -> bool {
        let names = Traits::SURNAME.with(Traits::GIVEN).with(Traits::FEATURE).with(Traits::AREA).with(Traits::CALENDAR);
        self.setting.known
            && place.end > at
            && self.is_large(place)
            && self.continues(place.end)
            && !self.continues(place.end + 1)
            && self.tokens.list[place.end].gap == Gap::Blank
            // Words of four letters that end in `s` are more often names than plurals.
            && self.tokens.folded(place.end).len() > 4
            && self.tokens.folded(place.end).ends_with('s')
            && !self.tokens.folded(place.end).ends_with("ss")
            && !self.is(place.end, names)
    }

    /// True when the most likely place of a match is a country that needs no evidence.
    pub(super) fn is_country(&self, place: &Match) -> bool {
        let gazetteer = Gazetteer::embedded();
        let last = &self.tokens.list[place.end - 1];
        // `US` is a country, `us` and `Us` are not.
        let upper = last.case == Case::Upper || last.span.len() == 1;
        // A common word may be the name of a country in some other language (`pero`), so it counts
        // only where the name is a main one.
        let first = place.places.clone().find(|candidate| upper || !candidate.capitals);
        first
            .filter(|first| first.main || !last.is(Traits::COMMON))
            .and_then(|first| gazetteer.row(first.row))
            .is_some_and(|entry| entry.record.kind == PlaceKind::Country)
    }

    /// True for a word after a place that says what the place has to do with the rest: an office, a direction.
    fn is_explained(&self, at: usize) -> bool {
        let office = Traits::HONORIFIC.with(Traits::ROLE).with(Traits::BEFORE_ROLE);
        self.is(at, office.with(Traits::AREA).with(Traits::CALENDAR).with(Traits::DEMONYM))
            || longest(self.tokens, at, self.setting).is_some_and(|next| next.inflected || self.is_well_known(&next))
    }

    /// The name of an organisation: words of the run up to a head such as `University`, and what `of` adds. `known` is
    /// where a name of the gazetteer ends that begins here.
    fn org(&mut self, at: usize, end: usize, known: usize) -> Option<usize> {
        // The particles of a run belong to people; an organisation goes on over links alone, below. Only so many words are
        // looked at, whatever the length of the run.
        let most = end.min(at + WORDS_BEFORE_HEAD);
        let capitals = (at..most).take_while(|at| self.is_capital(*at)).count();
        let head = (at..at + capitals).rev().find(|at| self.is(*at, Traits::ORG_HEAD))?;
        let mut last = head + 1;
        while self.links(last) && self.continues_after_link(last) {
            last = self.run_end(last + 1 + usize::from(self.is_article(last + 1)));
        }
        let first = &self.tokens.list[at];
        let opens = first.gap == Gap::Sentence && first.is(Traits::COMMON) && !first.is(Traits::ORG_HEAD);
        let titled = first.is(Traits::HONORIFIC.with(Traits::CALENDAR)) && !first.is(Traits::ORG_HEAD);
        if last <= known || last == at + 1 || (at == head && last == head + 1) || opens || titled {
            return None;
        }
        self.push(at, last, Verdict::new(Label::Org, 0.7, NameRule::OrgHead), Candidates::default());
        Some(last)
    }

    /// True for a lower-case word that links the parts of an organisation's name.
    fn links(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.gap == Gap::Blank && token.case == Case::Lower)
            && Cues::embedded().organisation_links.has(self.tokens.folded(at))
    }

    fn is_article(&self, at: usize) -> bool {
        Cues::embedded().organisation_articles.has(self.tokens.folded(at))
    }

    fn continues_after_link(&self, link: usize) -> bool {
        self.continues(link + 1) || (self.is_article(link + 1) && self.continues(link + 2))
    }

    /// A landscape feature: `Lake Sevan`, `Sarsang Reservoir`, where the gazetteer has no longer name.
    fn feature(&mut self, at: usize, end: usize, place: Option<&Match>) -> Option<usize> {
        let before = self.is(at, Traits::FEATURE) && at + 1 < end && !self.is(at + 1, Traits::COMMON);
        // Three words before the head are enough: `Little Karoo Salt Lake`.
        let after = (at + 1..end.min(at + 4)).find(|at| self.is(*at, Traits::FEATURE));
        let last = match (before, after) {
            (_, Some(head)) if self.are_plain(at, head) => head + 1,
            (true, _) => at + 2,
            _ => return None,
        };
        if place.is_some_and(|place| place.end >= last) {
            return None;
        }
        self.push(at, last, Verdict::new(Label::Place, 0.6, NameRule::LandscapeFeature), Candidates::default());
        Some(last)
    }

    /// True when the words from `start` to `end - 1` may all be part of a feature's name.
    fn are_plain(&self, start: usize, end: usize) -> bool {
        let title = Traits::HONORIFIC.with(Traits::ROLE).with(Traits::DEMONYM).with(Traits::CALENDAR);
        (start..end).all(|at| !self.is(at, title))
            && !(self.is(start, Traits::COMMON) && self.tokens.list[start].gap == Gap::Sentence)
    }

    /// A word of a script without capitals: only what the gazetteer knows well.
    fn uncased(&mut self, at: usize) -> usize {
        let Some(place) = longest(self.tokens, at, self.setting) else { return at + 1 };
        if !accepts_uncased(self.tokens, at, &place) {
            return at + 1;
        }
        let end = place.end;
        self.push(at, end, Verdict::new(Label::Place, 0.6, NameRule::Gazetteer), place.places);
        end
    }

    pub(super) fn push(&mut self, start: usize, end: usize, verdict: Verdict, places: Candidates) {
        let Verdict { label, confidence, rule } = verdict;
        self.names.push(Name { start, end, label, confidence, rule, places, sex: None });
    }
}

/// True where the likeliest place of a match is an area, or a city of at least `people`.
fn area_or_city_of(place: &Match, people: u64) -> bool {
    let gazetteer = Gazetteer::embedded();
    let first = place.places.clone().next().and_then(|first| gazetteer.row(first.row));
    first.is_some_and(|entry| entry.record.kind != PlaceKind::City || entry.record.population >= people)
}
