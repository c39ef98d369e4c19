//! Which place a name means, by what else the document names.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::states::state_at;
use crate::annotate::gazetteer::{Candidate, Entry, Gazetteer, PlaceKind, meant};
use crate::annotate::names::{Case, Gap, Label, Name, Tokens, Traits};
use crate::text::misprint;

/// A place that a name may mean.
#[derive(Clone, Copy, Debug)]
struct Sense {
    entry: Entry,
    /// The name is the place's main one.
    main: bool,
    /// How likely without the document.
    prior: f64,
    /// What single mentions say for it.
    bonus: f64,
}

/// All mentions of one name.
#[derive(Clone, Debug, Default)]
struct Group {
    /// Its folded words.
    key: String,
    options: Vec<Sense>,
    mentions: usize,
    chosen: Option<Entry>,
    confidence: f32,
}

/// What the document says of where it is.
#[derive(Debug, Default)]
struct Evidence {
    countries: HashMap<[u8; 2], f64>,
    points: Vec<(usize, Entry)>,
    /// States that are named by their abbreviations.
    states: Vec<Entry>,
}

/// At most so many places of one name are weighed; they come most likely first: a bound for San Antonio and San José.
const OPTIONS: usize = 48;
/// Distances are measured to so many settled places, the first of the text.
const POINTS: usize = 100;
/// By how much the best place must lead before the document is asked: forty times the people, or a kind that is better
/// known.
const DOMINANT: f64 = 1.6;
/// By how much the best place must lead at all; below this the name stays without a place, since a wrong dot on the map
/// is worse than none.
const LEAD: f64 = 0.25;

/// The place that each name means, with how sure that is; `None` for names that are no places or stay open. `home` is
/// the country for which the text's language speaks.
pub(crate) fn resolve(
    tokens: &Tokens<'_>,
    names: &[Name],
    home: Option<[u8; 2]>,
    lang: Option<&str>,
) -> Vec<Option<(Entry, f32)>> {
    let (mut groups, mut of_name) = group(tokens, names, lang);
    part(tokens, names, &mut of_name, &mut groups);
    let states = contain(tokens, names, &of_name, &mut groups);
    let mut evidence = Evidence { states, ..Evidence::default() };
    if let Some(country) = home {
        // Less than a country that the text names; and Russian is written about many countries.
        evidence.countries.insert(country, if country == *b"RU" { 0.5 } else { 1.0 });
    }
    for (at, group) in groups.iter_mut().enumerate() {
        if let Some(entry) = dominant(group) {
            evidence.add(at, entry, group.mentions);
        }
    }
    if evidence.countries.is_empty()
        && let Some(country) = shared_country(&groups)
    {
        evidence.countries.insert(country, 1.0);
    }
    for (at, group) in groups.iter_mut().enumerate() {
        choose(at, group, &evidence);
    }
    correct(&mut groups);
    let mean = |(name, group): (&Name, &Option<usize>)| match group.and_then(|group| groups.get(group)) {
        Some(group) => group.chosen.map(|entry| (entry, group.confidence)),
        None if name.label == Label::Place => misprinted(&tokens.key(name.start, name.end), &groups),
        None => None,
    };
    names.iter().zip(&of_name).map(mean).collect()
}

/// Where one of the names would mean a place with a tenth of the people it is no guess any more.
const FAR: f64 = 1.0;

/// The country in which all of several names most likely lie, where none by itself says where the text is: Essex and Kent,
/// Córdoba and Sevilla.
fn shared_country(groups: &[Group]) -> Option<[u8; 2]> {
    let best = |group: &Group, country: Option<[u8; 2]>| {
        let fits = |option: &&Sense| country.is_none_or(|country| option.entry.record.country == country);
        group.options.iter().filter(fits).map(|option| option.prior + option.bonus).reduce(f64::max)
    };
    let named: Vec<&Group> = groups.iter().filter(|group| !group.options.is_empty()).take(POINTS).collect();
    let [first, _, ..] = &named[..] else { return None };
    let lost = |country: [u8; 2]| {
        let less = |group: &&Group| Some(best(group, None)? - best(group, Some(country))?).filter(|less| *less < FAR);
        named.iter().map(less).sum::<Option<f64>>()
    };
    let countries: BTreeSet<[u8; 2]> = first.options.iter().map(|option| option.entry.record.country).collect();
    let lost = countries.into_iter().filter_map(|country| Some((country, lost(country)?)));
    lost.min_by(|one, other| one.1.total_cmp(&other.1)).map(|(country, _)| country)
}

/// How sure a place is whose name is misprinted.
const MISPRINTED: f32 = 0.6;
/// A misprint may be the main name of a place with fewer people than this.
// News hardly means so small a place where the text has a large one whose name is a letter away.
const HAMLET: u64 = 5_000;
/// A place that is meant has so many times the people of the one that is not.
const LARGER: u64 = 5;

/// The only place of the text whose name is one letter away.
fn misprinted(key: &str, groups: &[Group]) -> Option<(Entry, f32)> {
    let mut near = groups.iter().filter(|group| group.key != key && misprint(&group.key, key));
    let entry = near.next()?.chosen?;
    near.next().is_none().then_some((entry, MISPRINTED))
}

/// Takes a hamlet, or another name of a town, in a country that the text does not speak of for a misprint of a larger
/// place that it does name: beside Glasgow, `Glasow` is neither in Brandenburg nor German for Glazov.
fn correct(groups: &mut [Group]) {
    let mut found = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let Some(entry) = group.chosen else { continue };
        let lone = |(other, group): (usize, &Group)| {
            other == at || group.chosen.is_none_or(|other| other.record.country != entry.record.country)
        };
        let main = group.options.iter().any(|option| option.main && option.entry.row == entry.row);
        let hamlet = entry.record.kind == PlaceKind::City && (!main || entry.record.population < HAMLET);
        if hamlet && groups.iter().enumerate().all(lone) {
            let place = misprinted(&group.key, groups);
            let larger = place.filter(|(other, _)| other.record.population / LARGER >= entry.record.population);
            found.extend(larger.map(|place| (at, place)));
        }
    }
    for (at, (entry, confidence)) in found {
        (groups[at].chosen, groups[at].confidence) = (Some(entry), confidence);
    }
}

/// The only seat of government whose name a better-known division of its country bears.
const CAPITAL: &str = "washington";

/// A name that is a country's in English alone among these languages, and a state's in all.
const STATE: &str = "georgia";
/// Languages that call the country otherwise: Georgien, Géorgie, Georgië, Gruzja.
const CALLED_OTHERWISE: [&str; 10] = ["az", "cs", "da", "de", "fr", "hu", "nl", "pl", "sv", "tr"];

/// A state is called nothing else where it leads by so much.
const STATE_LEAD: f64 = 0.5;

/// Mentions by name, and for each name the number of its group.
fn group(tokens: &Tokens<'_>, names: &[Name], lang: Option<&str>) -> (Vec<Group>, Vec<Option<usize>>) {
    let mut numbers: HashMap<(String, bool), usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut of_name = Vec::with_capacity(names.len());
    for name in names {
        if name.label != Label::Place || name.places.is_empty() {
            of_name.push(None);
            continue;
        }
        let upper =
            (name.start..name.end).all(|at| tokens.list[at].case == Case::Upper || tokens.list[at].span.len() == 1);
        let number = *numbers.entry((tokens.key(name.start, name.end), upper)).or_insert_with(|| {
            let key = tokens.key(name.start, name.end);
            let mut options = options(&key, name, upper);
            // The capital speaks for its country: `Washington said`. For the state a word beside it says so.
            if key == CAPITAL {
                let city = |option: &&mut Sense| option.entry.record.kind == PlaceKind::City;
                options.iter_mut().filter(city).for_each(|option| option.bonus += 2.0);
            }
            if key == STATE && lang.is_some_and(|lang| CALLED_OTHERWISE.contains(&lang)) {
                options.retain(|option| option.entry.record.kind != PlaceKind::Country);
            }
            groups.push(Group { key, options, ..Group::default() });
            groups.len() - 1
        });
        groups[number].mentions += 1;
        // Three powers of ten: `Lachin district` is the district though the town has more people.
        let area = if area_word(tokens, name) { 3.0 } else { 0.0 };
        // One more, so that Georgia is the state though the country is better known.
        let area = if of_a_state(tokens, name) { 4.0 } else { area };
        for option in groups[number].options.iter_mut().filter(|option| divides(option.entry.record.kind)) {
            option.bonus += area;
        }
        of_name.push(Some(number));
    }
    for group in &mut groups {
        drop_regions(group);
    }
    list_states(tokens, names, &of_name, &mut groups);
    (groups, of_name)
}

/// `Georgia, Florida and the Carolinas`, `Oregon and Washington`: a name in a list beside a state that nothing but a state is
/// called means the state.
fn list_states(tokens: &Tokens<'_>, names: &[Name], of_name: &[Option<usize>], groups: &mut [Group]) {
    let is_state = |entry: &Entry| entry.record.kind == PlaceKind::Region && &entry.record.country == b"US";
    // Beside Nevada there is a town of that name, and nobody means it.
    let plain: Vec<bool> = groups
        .iter()
        .map(|group| matches!(best_two(group, |sense| sense.prior), (Some((best, score)), second) if is_state(&best) && score - second >= STATE_LEAD))
        .collect();
    let mut listed = HashSet::new();
    for (at, pair) in names.windows(2).enumerate() {
        let (Some(one), Some(other)) = (of_name[at], of_name[at + 1]) else { continue };
        let between = pair[1].start - pair[0].end;
        let and = between == 1 && matches!(tokens.folded(pair[0].end), "and" | "or" | "und" | "et" | "y");
        if one != other && (and || (between == 0 && tokens.list[pair[1].start].gap == Gap::Comma)) {
            listed.extend(
                [(one, other), (other, one)].into_iter().filter(|(_, other)| plain[*other]).map(|(one, _)| one),
            );
        }
    }
    for group in listed {
        for option in groups[group].options.iter_mut().filter(|option| is_state(&option.entry)) {
            // More than a country or a capital leads by.
            option.bonus += 5.0;
        }
    }
}

/// What the name `key` may mean, by the rules' places in it.
fn options(key: &str, name: &Name, upper: bool) -> Vec<Sense> {
    let fitting = name.places.clone().filter(|candidate| upper || !candidate.capitals).take(OPTIONS);
    meant(key, fitting).into_iter().map(|(candidate, entry)| sense(candidate, entry)).collect()
}

fn sense(candidate: Candidate, entry: Entry) -> Sense {
    Sense { entry, main: candidate.main, prior: prior(&entry, candidate.main), bonus: 0.0 }
}

/// How likely a name means a place where nothing else is known: roughly the power of ten of the people concerned.
fn prior(entry: &Entry, main: bool) -> f64 {
    let people = (entry.record.population as f64 + 10.0).log10();
    let kind = match entry.record.kind {
        // Print names English counties bare, and those of America with the word, which asks for the division by itself.
        PlaceKind::District if entry.record.country == *b"GB" => 0.0,
        PlaceKind::District if entry.record.country == *b"US" && entry.name().ends_with(" County") => -2.0,
        PlaceKind::Country | PlaceKind::Continent => 3.0,
        PlaceKind::City => 0.5,
        PlaceKind::Region => 0.0,
        PlaceKind::District => -1.0,
        PlaceKind::Area | PlaceKind::Water | PlaceKind::Land | PlaceKind::Island => 4.0,
    };
    people + kind + if main { 1.0 } else { 0.0 }
}

fn divides(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Region | PlaceKind::District)
}

/// True when the words beside the name say that it is an area: `Lachin district`, `the province of Quebec`.
fn area_word(tokens: &Tokens<'_>, name: &Name) -> bool {
    let after = tokens.list.get(name.end).is_some_and(|next| next.gap.joins() && next.is(Traits::AREA));
    let before = name.start >= 2
        && matches!(tokens.folded(name.start - 1), "of" | "de")
        && tokens.list[name.start - 2].is(Traits::AREA);
    let city = |at: usize| matches!(tokens.folded(at), "city" | "town" | "village" | "capital");
    (after && !city(name.end)) || (before && !city(name.start - 2))
}

/// True when those beside the name are of a state rather than of a town: `Oklahoma lawmakers`, `the governor of Georgia`.
fn of_a_state(tokens: &Tokens<'_>, name: &Name) -> bool {
    const STATE: [&str; 8] =
        ["lawmakers", "legislators", "governor", "gov", "legislature", "sheriff", "gouverneur", "gouverneurin"];
    let is = |at: usize| STATE.contains(&tokens.folded(at));
    let behind = tokens.list.get(name.end).is_some_and(|next| next.gap == Gap::Blank) && is(name.end);
    let before = name.start >= 2 && matches!(tokens.folded(name.start - 1), "of" | "von" | "in") && is(name.start - 2);
    behind || before
}

/// A division that is named after a town in it yields to the town, where the town is a good part of it.
fn drop_regions(group: &mut Group) {
    let towns: Vec<Entry> =
        group.options.iter().map(|option| option.entry).filter(|entry| entry.record.kind == PlaceKind::City).collect();
    for option in group.options.iter_mut().filter(|option| divides(option.entry.record.kind) && option.bonus == 0.0) {
        // Quebec is the province: the city has under a tenth of its people. Below that share the name means the
        // division.
        let share = option.entry.record.population / 10;
        if towns.iter().any(|town| town.within(&option.entry) && town.record.population >= share) {
            // Below every prior, so that the division is chosen only where nothing else bears the name.
            option.bonus = -9.0;
        }
    }
}

/// What holds the place that name `at` means, where that stands right behind it: `Arlington, Va.`, `Lachin (Azerbaijan)`.
fn holder(
    tokens: &Tokens<'_>,
    names: &[Name],
    of_name: &[Option<usize>],
    groups: &[Group],
    at: usize,
) -> Option<Entry> {
    let options = &groups[of_name[at]?].options;
    let holds =
        |outer: &Entry| options.iter().any(|option| option.entry.row != outer.row && option.entry.within(outer));
    if let Some((state, _)) = state_at(tokens, names[at].end) {
        return Some(state).filter(holds);
    }
    let next = names.get(at + 1).filter(|next| next.start == names[at].end)?;
    let outer = of_name[at + 1].filter(|outer| Some(*outer) != of_name[at])?;
    let beside = matches!(tokens.list[next.start].gap, Gap::Comma | Gap::Open);
    groups[outer].options.iter().filter(|_| beside).take(OUTERS).map(|option| option.entry).find(holds)
}

/// A name that stands before two places that hold it has two bearers: `Tripoli, Lebanon`, `Tripoli, Libya`. A mention with
/// neither means the one that was named last.
fn part(tokens: &Tokens<'_>, names: &[Name], of_name: &mut [Option<usize>], groups: &mut Vec<Group>) {
    let holders: Vec<Option<u32>> =
        (0..names.len()).map(|at| holder(tokens, names, of_name, groups, at).map(|holder| holder.row)).collect();
    let mut first: HashMap<usize, u32> = HashMap::new();
    let held = of_name.iter().zip(&holders).filter_map(|(group, holder)| Some(((*group)?, (*holder)?)));
    let parted: HashSet<usize> = held
        .filter(|(group, holder)| *first.entry(*group).or_insert(*holder) != *holder)
        .map(|(group, _)| group)
        .collect();
    let mut own: HashMap<(usize, u32), usize> = HashMap::new();
    for group in &parted {
        own.insert((*group, first[group]), *group);
        groups[*group].mentions = 0;
    }
    let mut last: HashMap<usize, usize> = HashMap::new();
    for (group, holder) in of_name.iter_mut().zip(&holders) {
        let Some(whole) = group.filter(|group| parted.contains(group)) else { continue };
        let number = match holder {
            Some(holder) => *own.entry((whole, *holder)).or_insert_with(|| {
                groups.push(Group { mentions: 0, ..groups[whole].clone() });
                groups.len() - 1
            }),
            None => last.get(&whole).copied().unwrap_or(whole),
        };
        groups[number].mentions += 1;
        last.insert(whole, number);
        *group = Some(number);
    }
}

/// So many places that a name behind another may mean are asked whether they hold it; they come most likely first.
const OUTERS: usize = 6;

/// `Lachin, Azerbaijan`, `Lachin (Azerbaijan)`: the second place holds the first. Returns the states that abbreviations name.
fn contain(tokens: &Tokens<'_>, names: &[Name], of_name: &[Option<usize>], groups: &mut [Group]) -> Vec<Entry> {
    let mut states: Vec<Entry> = Vec::new();
    for (name, inner) in names.iter().zip(of_name) {
        // `Arlington, Va.`
        if let (Some(inner), Some((state, _))) = (inner, state_at(tokens, name.end)) {
            for option in groups[*inner].options.iter_mut().filter(|option| option.entry.within(&state)) {
                // As for a place that is named in full.
                option.bonus += 6.0;
            }
            if states.iter().all(|known| known.row != state.row) {
                states.push(state);
            }
        }
    }
    for (at, pair) in names.windows(2).enumerate() {
        let (Some(inner), Some(outer)) = (of_name[at], of_name[at + 1]) else { continue };
        let gap = tokens.list[pair[1].start].gap;
        if inner == outer || pair[0].end != pair[1].start || !matches!(gap, Gap::Comma | Gap::Open | Gap::Blank) {
            continue;
        }
        let outers: Vec<Entry> = groups[outer].options.iter().take(OUTERS).map(|option| option.entry).collect();
        let mut held = None;
        for option in &mut groups[inner].options {
            let holder = outers.iter().find(|outer| outer.row != option.entry.row && option.entry.within(outer));
            if let Some(holder) = holder {
                // More than any prior: `Paris, Texas` outweighs two million people.
                option.bonus += 6.0;
                held = held.or(Some(*holder));
            }
        }
        if let Some(holder) = held {
            for option in groups[outer].options.iter_mut().filter(|option| option.entry.row == holder.row) {
                // And the holder is the one that holds it: Georgia behind Atlanta is the state.
                option.bonus += 3.0;
            }
        }
    }
    states
}

/// The place of a name that needs no document: one that leads by far.
fn dominant(group: &mut Group) -> Option<Entry> {
    let (best, second) = best_two(group, |option| option.prior + option.bonus);
    let (entry, score) = best?;
    // Those that lead by far are settled before the others, in the order of the text, and speak for them.
    (score - second >= DOMINANT).then_some(entry)
}

/// The best option with its score, and the score of the next one (0 where there is none) that lies elsewhere: Geneva
/// the city and Geneva the canton are no two answers.
fn best_two(group: &Group, score: impl Fn(&Sense) -> f64) -> (Option<(Entry, f64)>, f64) {
    let (mut best, mut second): (Option<(Entry, f64)>, f64) = (None, 0.0);
    for option in &group.options {
        let score = score(option);
        if best.is_none_or(|(_, top)| score > top) {
            best = Some((option.entry, score));
        }
    }
    let Some((top, _)) = best else { return (best, second) };
    // Geneva the canton is no rival of Geneva the city.
    for option in group.options.iter().filter(|option| !is_one(&option.entry, &top)) {
        second = second.max(score(option));
    }
    (best, second)
}

/// True for a place and one of its name that lies in it or around it.
fn is_one(one: &Entry, other: &Entry) -> bool {
    one.row == other.row || one.within(other) || other.within(one)
}

/// The places that bear `name`, the best known first, a division after the town that it is named for.
pub(crate) fn likely(name: &str) -> Vec<Entry> {
    let gazetteer = Gazetteer::embedded();
    let upper = !name.chars().any(char::is_lowercase);
    let fitting = gazetteer.find(name).filter(|candidate| upper || !candidate.capitals).take(OPTIONS);
    let options = meant(name, fitting).into_iter().map(|(candidate, entry)| sense(candidate, entry)).collect();
    let mut group = Group { options, ..Group::default() };
    drop_regions(&mut group);
    let weight = |sense: &Sense| sense.prior + sense.bonus;
    group.options.sort_by(|one, other| weight(other).total_cmp(&weight(one)).then(one.entry.row.cmp(&other.entry.row)));
    group.options.into_iter().map(|sense| sense.entry).collect()
}

fn choose(at: usize, group: &mut Group, evidence: &Evidence) {
    let (best, second) = best_two(group, |option| option.prior + option.bonus + evidence.weigh(at, &option.entry));
    let Some((entry, score)) = best else { return };
    let lead = score - second;
    if lead >= LEAD {
        group.chosen = Some(entry);
        // A lead of two powers of ten is certainty; at the least lead the choice is little better than the toss of a
        // coin.
        group.confidence = (0.5 + lead / 4.0).min(1.0) as f32;
    }
}

impl Evidence {
    fn add(&mut self, group: usize, entry: Entry, mentions: usize) {
        // A country that is named says more than a town in it, which may be named for its own sake.
        let whole = if entry.record.kind == PlaceKind::Country { 2.0 } else { 1.0 };
        // The tenth mention says less than the second.
        let weight = whole * (1.0 + (mentions as f64).ln());
        *self.countries.entry(entry.record.country).or_default() += weight;
        if entry.record.kind != PlaceKind::Country && self.points.len() < POINTS {
            self.points.push((group, entry));
        }
    }

    /// What the other names of the document say for `entry`, the place of group `at`.
    fn weigh(&self, at: usize, entry: &Entry) -> f64 {
        // Countries are not near each other: Georgia the country gains nothing from Atlanta.
        if entry.record.kind == PlaceKind::Country {
            return 0.0;
        }
        let most = self.countries.values().fold(1.0, |most: f64, weight| most.max(*weight));
        let country = self.countries.get(&entry.record.country).copied().unwrap_or(0.0) / most;
        let others = self.points.iter().filter(|(group, _)| *group != at);
        let nearest = others.map(|(_, other)| entry.distance_km(other)).fold(f64::MAX, f64::min);
        let near = match nearest {
            // A day's errand, a region, a small country: chosen on the development half of GeoVirus, whose reports name
            // the towns around an outbreak.
            km if km < 60.0 => 1.5,
            km if km < 200.0 => 1.0,
            km if km < 500.0 => 0.5,
            _ => 0.0,
        };
        // `TROY, N.C.` speaks for the Montgomery County of that state, which is not the largest.
        let held = if self.states.iter().any(|state| entry.within(state)) { 2.0 } else { 0.0 };
        2.0 * country + near + held
    }
}
