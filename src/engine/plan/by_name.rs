//! Filters by a name: people, places, organisations, authors, sections, datelines, and what lies near a place.
//!
//! What holds is a matter of the match; how much an article is about the person or place that was asked for is scored
//! beside it, from the frequencies that the index keeps ([`crate::index::named`]), where the spelling that was typed
//! counts more than others do.

use std::collections::HashSet;

use tantivy::Term;

use crate::annotate::gazetteer::{Entry, Gazetteer};
use crate::annotate::places::likely;
use crate::engine::local::highlight::targets::{Want, What};
use crate::engine::local::matching::collect;
use crate::engine::local::matching::filter::{self, Matching};
use crate::engine::local::rank::{PERSON, PLACE, Part};
use crate::engine::local::views::article;
use crate::engine::plan::Builder;
use crate::engine::plan::spellings::{Person, holders};
use crate::index::geo::Spot;
use crate::index::named::{folded_words, org_term, person_term, person_word_term, place_name_term, place_term};
use crate::index::schema::schema;
use crate::query::{Centre, Role, Spelling};

/// What showing a mention that satisfies a filter is worth in a snippet, beside the weights of words.
pub(crate) const FILTER_WEIGHT: f64 = 3.0;
/// Places of the same name that a note names.
const MOST_NAMED: usize = 3;

impl Builder<'_> {
    /// The documents that hold the name.
    pub(crate) fn name(
        &mut self,
        role: Role,
        name: &str,
        spelling: Spelling,
        counts: bool,
    ) -> tantivy::Result<Matching> {
        let (_, f) = schema();
        let folded: Vec<String> = folded_words(name).split(' ').map(str::to_owned).collect();
        let exact = self.exact_only || spelling == Spelling::Exact;
        Ok(match role {
            Role::By => filter::phrase(&[f.byline], &folded, 2),
            Role::Section => filter::phrase(&[f.section], &folded, 0),
            Role::Tag => filter::phrase(&[f.tag], &folded, 0),
            Role::Dateline => {
                let terms = sorted_ids([name]).into_iter().map(|id| Term::from_field_u64(f.dateline, u64::from(id)));
                let words = filter::phrase(&[f.dateline_words], &folded, 0);
                filter::or(vec![filter::any_term(terms), words])
            }
            Role::Org => {
                let terms = folded.iter().map(|word| (vec![named(&org_term(word))], Vec::new())).collect();
                self.evidence(terms, What::Org(folded.clone()), counts);
                filter::phrase(&[f.org], &folded, 2)
            }
            Role::Person => self.person(name, exact, counts)?,
            Role::Place => self.place_named(name, exact, counts)?,
        })
    }

    fn person(&mut self, name: &str, exact: bool, counts: bool) -> tantivy::Result<Matching> {
        let mut people = vec![Person::find(name, exact, self.reader, self.tables)?];
        if !exact {
            for other in self.tables.others(name).into_iter().filter(|other| other.contains(' ')) {
                people.push(Person::find(other, exact, self.reader, self.tables)?);
                self.also(&[other.to_owned()]);
            }
        }
        let person = &people[0];
        let keys: Vec<&str> = person.words.iter().filter_map(|(_, keys)| keys.first()).map(String::as_str).collect();
        self.read(match exact {
            true => format!("person:{name}: in this spelling alone"),
            false => format!("person:{name}: every spelling with the key {}", keys.join(" ")),
        });
        self.also(&person.also.clone());
        let words = person.words.iter().map(|(folded, keys)| {
            let all = keys.iter().map(|key| named(&person_term(key))).collect();
            (vec![named(&person_word_term(folded))], if exact { Vec::new() } else { all })
        });
        let words: Vec<(Vec<Term>, Vec<Term>)> = words.collect();
        let typed = words.iter().flat_map(|(exact, _)| exact).cloned().map(filter::term);
        let any = filter::or(people.iter().map(Person::matching).collect());
        let matching = if exact { filter::and(typed.chain([any]).collect(), Vec::new()) } else { any };
        // Headlines, and a surname that several people of an article bear.
        let (folded, surface): (Vec<String>, Term) = (
            person.words.iter().map(|(folded, _)| folded.clone()).collect(),
            named(&person_word_term(&folded_words(name))),
        );
        let mut words = words;
        let matching = if self.is_always(&folded, &surface)? {
            for ((exact, _), word) in words.iter_mut().zip(&folded) {
                exact.push(Term::from_field_text(schema().1.title, word));
            }
            filter::or(vec![matching, filter::phrase(&[schema().1.title, schema().1.body], &folded, 0)])
        } else {
            matching
        };
        let keys = people.iter().map(Person::keys).collect();
        self.evidence(words, What::Person { name: folded_words(name), keys, exact }, counts);
        Ok(matching)
    }

    fn place_named(&mut self, name: &str, exact: bool, counts: bool) -> tantivy::Result<Matching> {
        let (_, f) = schema();
        let own = named(&place_name_term(name));
        let folded = folded_words(name);
        let typed: Vec<String> = folded.split(' ').map(str::to_owned).collect();
        let (mut terms_typed, mut titles) = (vec![own.clone()], Vec::new());
        if self.is_always(&typed, &own)? {
            titles.push(filter::phrase(&[f.title], &typed, 0));
            terms_typed.extend(match &typed[..] {
                [word] => Some(Term::from_field_text(f.title, word)),
                _ => None,
            });
        }
        if exact {
            self.read(format!("place:{name}: in this spelling alone"));
            let what = What::Place { ids: HashSet::new(), name: folded, also: Vec::new(), exact };
            self.evidence(vec![(terms_typed, Vec::new())], what, counts);
            titles.push(filter::term(own));
            return Ok(filter::or(titles));
        }
        let others = self.tables.others(name);
        let sorted = sorted_ids(others.iter().copied().chain([name]));
        self.read(format!("place:{name}: {} places of the gazetteer, and all inside them", sorted.len()));
        let all = outermost(&sorted).into_iter().map(|id| named(&place_term(id))).collect();
        let terms = sorted.iter().map(|id| Term::from_field_u64(f.place, u64::from(*id)));
        let also: Vec<String> = others.iter().map(|other| folded_words(other)).collect();
        let words = |name: &String| name.split(' ').map(str::to_owned).collect::<Vec<String>>();
        let unplaced = also.iter().chain([&folded]).map(|name| filter::phrase(&[f.unplaced], &words(name), 0));
        let matching = filter::or([filter::any_term(terms)].into_iter().chain(unplaced).chain(titles).collect());
        let what = What::Place { ids: sorted.into_iter().collect(), name: folded, also, exact };
        self.evidence(vec![(terms_typed, all)], what, counts);
        Ok(matching)
    }

    /// True for words that are the name of a person or place wherever they stand: several words side by side, or one that
    /// three quarters of the articles that hold it name as such. `surface` is the term for the latter.
    fn is_always(&self, folded: &[String], surface: &Term) -> tantivy::Result<bool> {
        let [word] = folded else { return Ok(folded.len() > 1) };
        let held = holders(self.reader, &Term::from_field_text(schema().1.body, word))?;
        Ok(held > 0 && holders(self.reader, surface)? * 4 >= held * 3)
    }

    /// Lets a filter score and be shown as `what`. `words` are, for each word of the name, the terms as typed and those
    /// of all spellings.
    fn evidence(&mut self, words: Vec<(Vec<Term>, Vec<Term>)>, what: What, counts: bool) {
        if counts {
            let weight = if matches!(what, What::Person { .. }) { PERSON } else { PLACE };
            self.parts.push(Part::evidence(words, self.wants.len(), weight));
            self.wants.push(Want { what, weight: FILTER_WEIGHT });
        }
    }

    /// The documents that name a place not farther than `metres` from `centre`.
    pub(crate) fn near(&mut self, centre: &Centre, metres: u32, counts: bool) -> tantivy::Result<Matching> {
        let centre = match centre {
            Centre::Point(lat, lon) => Spot { lat: *lat, lon: *lon, radius_km: 0 },
            Centre::Name(name) => {
                let known = self.centre(name);
                let own = if known.is_none() { self.own_place(name)? } else { None };
                let Some(spot) = known.or(own) else {
                    self.notes.push(format!(
                        "near:{name}: no place of this name is known; NORTH,EAST in degrees will do: near:39.6,46.5,50km"
                    ));
                    return Ok(filter::nothing());
                };
                spot
            }
        };
        let reach = f64::from(metres) / 1e3 + f64::from(centre.radius_km);
        let (lat, lon, radius) = (centre.lat, centre.lon, centre.radius_km);
        let of = if radius > 0 { format!(", of which {radius} km are the area itself") } else { String::new() };
        self.read(format!("near: places not farther than {reach} km from {lat:.2} north, {lon:.2} east{of}"));
        if counts {
            self.wants.push(Want { what: What::Near { centre, km: reach }, weight: FILTER_WEIGHT });
        }
        Ok(filter::near(centre, reach))
    }

    /// The place that `name` most likely means, `Paris, Texas` too. A note names others that it may mean.
    fn centre(&mut self, name: &str) -> Option<Spot> {
        let (inner, outer) = name.split_once(',').unwrap_or((name, ""));
        let outer = if outer.trim().is_empty() { Vec::new() } else { likely(outer) };
        let held = |entry: &Entry| outer.is_empty() || outer.iter().any(|outer| entry.within(outer));
        let mut places = likely(inner);
        if places.is_empty() {
            places = self.tables.others(inner).into_iter().flat_map(likely).collect();
        }
        places.retain(held);
        let first = *places.first()?;
        places.retain(|entry| entry.distance_km(&first) > 25.0 && !first.within(entry) && !entry.within(&first));
        if !places.is_empty() {
            let shown: Vec<String> = places.iter().take(MOST_NAMED).map(in_country).collect();
            let more = places.len().saturating_sub(MOST_NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let first = in_country(&first);
            self.notes.push(format!("near:{inner}: read as {first}; also so named: {}{more}", shown.join(", ")));
        }
        Some(Spot { lat: first.record.lat, lon: first.record.lon, radius_km: first.record.radius_km })
    }

    /// A place of the user's that some article names.
    fn own_place(&self, name: &str) -> tantivy::Result<Option<Spot>> {
        let folded = folded_words(name);
        let words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
        let matching = filter::phrase(&[schema().1.unplaced], &words, 0);
        let Some(first) = collect::first(self.reader, &matching)? else { return Ok(None) };
        let stored = crate::index::store::load(&self.reader.searcher, first)?;
        let mut places = article::annotations(&stored.record).into_iter().flat_map(|(found, _)| &found.places);
        let place = places.find(|place| place.also.first().is_some_and(|own| folded_words(own) == folded));
        Ok(place.map(|place| Spot { lat: place.lat, lon: place.lon, radius_km: place.radius_km }))
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

fn named(term: &str) -> Term {
    Term::from_field_text(schema().1.named, term)
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
