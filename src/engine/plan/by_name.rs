//! Filters by a name: people, places, organisations, authors, sections, datelines, and what lies near a place.
//!
//! What holds is a matter of the match; how much an article is about the person or place that was asked for is scored
//! beside it, from the frequencies that the index keeps ([`crate::index::named`]), where the spelling that was typed
//! counts more than others do.

use std::collections::HashSet;

use super::address::{is_initial, untitled};
use super::field::{Field, Term};
use super::lexicon::Lexicon;
use super::matches::Match;
use super::part::{PERSON, PLACE, Terms, Weighing, WordTerms};
use super::planner::Planner;
use super::spellings::{Person, holders, is_printed};
use super::target::TargetKind;
use crate::annotate::gazetteer::{Entry, Gazetteer};
use crate::annotate::places::likely;
use crate::index::geo::Spot;
use crate::index::named::{folded_words, org_term, person_term, person_word_term, place_name_term, place_term};
use crate::query::{Centre, Role, Spelling};
use crate::text::mandarin_names;

/// Places of the same name that a note names.
const MOST_NAMED: usize = 3;

impl<L: Lexicon> Planner<'_, L> {
    /// The articles that hold the name.
    pub(super) fn name(&mut self, role: Role, name: &str, spelling: Spelling, counts: bool) -> Result<Match, L::Error> {
        let folded = words_of(&folded_words(name));
        // `=` for one name, `--exact` for all.
        let exact = self.exact_only || spelling == Spelling::Exact;
        Ok(match role {
            // An initial or a second name may stand between the words of a byline or organisation.
            Role::By => Match::phrase(&[Field::Byline], &folded, 2),
            Role::Section => Match::phrase(&[Field::Section], &folded, 0),
            Role::Tag => Match::phrase(&[Field::Tag], &folded, 0),
            Role::Dateline => {
                let ids = sorted_ids([name]).into_iter().map(u64::from).collect();
                let words = Match::phrase(&[Field::DatelineWords], &folded, 0);
                Match::or(vec![Match::AnyNumber(Field::Dateline, ids), words])
            }
            Role::Org => {
                let terms = folded.iter().map(|word| WordTerms::of_name(vec![named(&org_term(word))], Vec::new()));
                self.evidence(terms.collect(), TargetKind::Org(folded.clone()), counts);
                Match::phrase(&[Field::Org], &folded, 2)
            }
            Role::Person => self.person(name, exact, counts)?,
            Role::Place if exact => self.place_as_typed(name, counts)?,
            Role::Place => self.place_named(name, counts)?,
        })
    }

    fn person(&mut self, name: &str, exact: bool, counts: bool) -> Result<Match, L::Error> {
        // A table that has the name with its title knows better.
        let titled = exact || !self.tables.others(name).is_empty();
        let name = if titled { name.to_owned() } else { untitled(name) };
        let name = name.as_str();
        let typed_name = folded_words(name);
        let people = self.people(name, exact)?;
        let Some(person) = people.first() else { return Ok(Match::Nothing) };
        self.say_person(name, person, exact);
        let any = Match::or(people.iter().map(Person::matching).collect());
        let mut matching = if exact {
            let typed = person.words.iter().map(|(folded, _)| Match::term(named(&person_word_term(folded))));
            // The key alone finds every spelling, so the typed one is asked for beside it, word by word.
            Match::And { must: typed.chain([any]).collect(), not: Vec::new() }
        } else {
            any
        };
        // An initial alone says nothing of whom an article is about.
        let words: Vec<&(String, Vec<String>)> =
            person.words.iter().filter(|(folded, _)| exact || !is_initial(folded)).collect();
        let mut typed: Vec<Vec<Term>> =
            words.iter().map(|(folded, _)| vec![named(&person_word_term(folded))]).collect();
        let folded: Vec<String> = words.iter().map(|(folded, _)| folded.clone()).collect();
        // Headlines in capitals show no names, and a surname that several people of an article bear is left open there.
        // Without the names that initials stand for, such words may be another's.
        if words.len() == person.words.len() && self.is_always(&folded, &named(&person_word_term(&typed_name)))? {
            for (terms, word) in typed.iter_mut().zip(&folded) {
                terms.push(Field::Title.term(word));
            }
            matching = Match::or(vec![matching, Match::phrase(&[Field::Title, Field::Body], &folded, 0)]);
        }
        let words = typed.into_iter().zip(words).map(|(typed, (_, keys))| {
            let every = keys.iter().filter(|_| !exact).map(|key| named(&person_term(key)));
            WordTerms::of_name(typed, every.collect())
        });
        let words = words.collect();
        let keys = people.iter().map(Person::keys).collect();
        self.evidence(words, TargetKind::Person { name: typed_name, keys, exact }, counts);
        Ok(matching)
    }

    /// The person of this name, and unless it has to be in this spelling the other names of the bearer.
    fn people(&mut self, name: &str, exact: bool) -> Result<Vec<Person>, L::Error> {
        let mut people = vec![Person::find(name, exact, self.lexicon, self.tables)?];
        if !exact {
            // Other names of one word are found as spellings; those of several are people of their own to look for.
            for other in self.tables.others(name).into_iter().filter(|other| other.contains(' ')) {
                people.push(Person::find(other, exact, self.lexicon, self.tables)?);
                self.said.also(&[other.to_owned()]);
            }
            let words: Vec<String> = people[0].words.iter().map(|(folded, _)| folded.clone()).collect();
            for other in mandarin_names(&words) {
                // One name is read in several ways: the archive holds the right one.
                if is_printed(&other, self.lexicon)? {
                    people.push(Person::find(&other, true, self.lexicon, self.tables)?);
                    self.said.also(&[other]);
                }
            }
        }
        Ok(people)
    }

    fn say_person(&mut self, name: &str, person: &Person, exact: bool) {
        let keys: Vec<&str> = person.words.iter().filter_map(|(_, keys)| keys.first()).map(String::as_str).collect();
        self.said.read(match exact {
            true => format!("person:{name}: in this spelling alone"),
            false => format!("person:{name}: every spelling with the key {}", keys.join(" ")),
        });
        self.said.also(&person.also);
    }

    /// A place as it is printed, whatever place it is.
    fn place_as_typed(&mut self, name: &str, counts: bool) -> Result<Match, L::Error> {
        let (own, folded) = (named(&place_name_term(name)), folded_words(name));
        let (typed, mut matching) = self.in_headlines(&own, &folded)?;
        self.said.read(format!("place:{name}: in this spelling alone"));
        let kind = TargetKind::Place { ids: HashSet::new(), name: folded, also: Vec::new(), exact: true };
        self.evidence(vec![WordTerms::of_name(typed, Vec::new())], kind, counts);
        matching.push(Match::term(own));
        Ok(Match::or(matching))
    }

    /// A place under all its names, and all that lies in it.
    fn place_named(&mut self, name: &str, counts: bool) -> Result<Match, L::Error> {
        let (own, folded) = (named(&place_name_term(name)), folded_words(name));
        let (typed, titles) = self.in_headlines(&own, &folded)?;
        let others = self.tables.others(name);
        let sorted = sorted_ids(others.iter().copied().chain([name]));
        self.said.read(format!("place:{name}: {} places of the gazetteer, and all inside them", sorted.len()));
        // Else a mention of a town would count once more for the district named for it.
        let all = outermost(&sorted).into_iter().map(|id| named(&place_term(id))).collect();
        let ids = sorted.iter().copied().map(u64::from).collect();
        let also: Vec<String> = others.iter().map(|other| folded_words(other)).collect();
        let unplaced = also.iter().chain([&folded]).map(|name| Match::phrase(&[Field::Unplaced], &words_of(name), 0));
        let placed = Match::AnyNumber(Field::Place, ids);
        let matching = Match::or([placed].into_iter().chain(unplaced).chain(titles).collect());
        let kind = TargetKind::Place { ids: sorted.into_iter().collect(), name: folded, also, exact: false };
        self.evidence(vec![WordTerms::of_name(typed, all)], kind, counts);
        Ok(matching)
    }

    /// The terms that count a place as typed, `own` among them, and the match of it in headlines, where its words always
    /// mean it.
    fn in_headlines(&self, own: &Term, folded: &str) -> Result<(Vec<Term>, Vec<Match>), L::Error> {
        let words = words_of(folded);
        let mut typed = vec![own.clone()];
        if !self.is_always(&words, own)? {
            return Ok((typed, Vec::new()));
        }
        if let [word] = &words[..] {
            typed.push(Field::Title.term(word));
        }
        Ok((typed, vec![Match::phrase(&[Field::Title], &words, 0)]))
    }

    /// True for words that are the name of a person or place wherever they stand: several words side by side, or one that
    /// three quarters of the articles that hold it name as such. `surface` is the term for the latter.
    fn is_always(&self, folded: &[String], surface: &Term) -> Result<bool, L::Error> {
        let [word] = folded else { return Ok(folded.len() > 1) };
        let held = holders(self.lexicon, &Field::Body.term(word))?;
        // A filter must not let in what only looks like the name: the bar is higher than for plain words, where
        // half will do.
        Ok(held > 0 && holders(self.lexicon, surface)? * 4 >= held * 3)
    }

    /// Lets a filter score and be shown as `what`.
    fn evidence(&mut self, words: Vec<WordTerms>, kind: TargetKind, counts: bool) {
        if counts {
            let weight = if matches!(kind, TargetKind::Person { .. }) { PERSON } else { PLACE };
            self.draft(words, Terms::default(), Weighing::Filter(weight), kind);
        }
    }

    /// The articles that name a place not farther than `metres` from `centre`.
    pub(super) fn near(&mut self, centre: &Centre, metres: u32, counts: bool) -> Result<Match, L::Error> {
        let Some(centre) = self.spot(centre)? else { return Ok(Match::Nothing) };
        let km = f64::from(metres) / 1e3 + f64::from(centre.radius_km);
        let (lat, lon, radius) = (centre.lat, centre.lon, centre.radius_km);
        let of = if radius > 0 { format!(", of which {radius} km are the area itself") } else { String::new() };
        self.said.read(format!("near: places not farther than {km} km from {lat:.2} north, {lon:.2} east{of}"));
        if counts {
            self.targets.push(TargetKind::Near { centre, km });
        }
        Ok(Match::Near { centre, km })
    }

    /// Where distances are measured from; `None`, with a note, where nothing is known of the name.
    fn spot(&mut self, centre: &Centre) -> Result<Option<Spot>, L::Error> {
        let name = match centre {
            Centre::Point(lat, lon) => return Ok(Some(Spot { lat: *lat, lon: *lon, radius_km: 0 })),
            Centre::Name(name) => name,
        };
        let found = match self.centre(name) {
            Some(spot) => Some(spot),
            None => self.lexicon.own_place(&folded_words(name))?,
        };
        if found.is_none() {
            self.said.notes.push(format!(
                "near:{name}: no place of this name is known; NORTH,EAST in degrees will do: near:39.6,46.5,50km"
            ));
        }
        Ok(found)
    }

    /// The place that `name` most likely means, `Paris, Texas` too. A note names others that it may mean.
    fn centre(&mut self, name: &str) -> Option<Spot> {
        /// Places of one name that are nearer than that are no choice: a circle around either holds the other.
        const ONE_PLACE_KM: f64 = 25.0;
        let (inner, outer) = name.split_once(',').unwrap_or((name, ""));
        // `Paris, Texas`: what stands behind the comma is where to look, not a place to measure from.
        let outer = if outer.trim().is_empty() { Vec::new() } else { likely(outer) };
        let held = |entry: &Entry| outer.is_empty() || outer.iter().any(|outer| entry.within(outer));
        let mut places = likely(inner);
        if places.is_empty() {
            places = self.tables.others(inner).into_iter().flat_map(likely).collect();
        }
        // The gazetteer gives the best known first, so the first that is left is meant.
        places.retain(held);
        let first = *places.first()?;
        places
            .retain(|entry| entry.distance_km(&first) > ONE_PLACE_KM && !first.within(entry) && !entry.within(&first));
        if !places.is_empty() {
            let shown: Vec<String> = places.iter().take(MOST_NAMED).map(in_country).collect();
            let more = places.len().saturating_sub(MOST_NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let first = in_country(&first);
            self.said.notes.push(format!("near:{inner}: read as {first}; also so named: {}{more}", shown.join(", ")));
        }
        Some(Spot { lat: first.record.lat, lon: first.record.lon, radius_km: first.record.radius_km })
    }
}

/// The name of a place and of the first that contains it.
fn in_country(entry: &Entry) -> String {
    let country = Some(entry.country()).filter(|country| !country.is_empty()).map(|country| format!(", {country}"));
    let region = entry.parent().filter(|parent| parent.name() != entry.name()).map(|parent| parent.name());
    match region {
        Some(region) => format!("{} ({region}{})", entry.name(), country.unwrap_or_default()),
        None => format!("{}{}", entry.name(), country.unwrap_or_default()),
    }
}

/// A term of the field that counts how much an article is about something.
fn named(term: &str) -> Term {
    Field::Named.term(term)
}

/// Words with single blanks between them, one by one. No words are one empty word, which nothing holds.
fn words_of(folded: &str) -> Vec<String> {
    folded.split(' ').map(str::to_owned).collect()
}

/// The ids of the places that bear one of `names`, sorted, each once.
fn sorted_ids<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<u32> {
    let mut ids: Vec<u32> = names.into_iter().flat_map(crate::index::place_ids).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Those of `ids` that lie in no other of them: the town of a district of its name counts with the district.
fn outermost(ids: &[u32]) -> Vec<u32> {
    let gazetteer = Gazetteer::embedded();
    let inside = |id: &u32| {
        let ancestors = gazetteer.place(*id).into_iter().flat_map(|entry| entry.ancestors());
        ancestors.into_iter().any(|outer| ids.contains(&outer.record.id))
    };
    ids.iter().copied().filter(|id| !inside(id)).collect()
}
