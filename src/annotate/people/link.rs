//! Joins the mentions of one person in a document.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::forms::{self, NamePart, Role, bases, inflections_of_one_word, mains, short_for};
use super::person::{Surfaces, person};
use crate::annotate::Person;
use crate::annotate::names::{Endings, Label, Name, Sex, Tokens, Traits, sex};
use crate::text::misprint;

/// The people of a document, and for each of its names the person it means.
#[derive(Debug, Default)]
pub(crate) struct Linked {
    /// In the order of first mention.
    pub(crate) people: Vec<Person>,
    /// A number in `people` for each name; `None` for names of other things and for people left open.
    pub(crate) of_name: Vec<Option<u32>>,
}

/// One person while mentions are being joined.
#[derive(Debug)]
struct Cluster {
    /// Parts of the fullest form.
    parts: Vec<NamePart>,
    sex: Option<Sex>,
    /// Where full names begin; in order once all are joined.
    full: Vec<u32>,
    surfaces: Surfaces,
    mentions: usize,
}

/// All people so far, to be found by a part of their names.
#[derive(Debug, Default)]
struct Clusters {
    list: Vec<Cluster>,
    by_part: HashMap<(PartPosition, String), Vec<usize>>,
}

/// Where in a name a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum PartPosition {
    Surname,
    /// `García` of `Gabriel García Márquez`.
    Inner,
    Given,
    Nick,
}

/// Of people with one surname so many are looked at, the latest: a list of thousands is no article.
const NAMESAKES: usize = 32;
/// So many people of a text are looked at for misprints and familiar names.
const PEOPLE: usize = 256;

impl Clusters {
    fn add(&mut self, parts: Vec<NamePart>, sex: Option<Sex>) -> usize {
        let number = self.list.len();
        let last = mains(&parts).count().saturating_sub(1);
        for (at, part) in mains(&parts).enumerate() {
            if at == last {
                self.enter(PartPosition::Surname, part, number);
            } else {
                self.enter(if at == 0 { PartPosition::Given } else { PartPosition::Inner }, part, number);
            }
        }
        if last == 0 {
            mains(&parts).for_each(|part| self.enter(PartPosition::Given, part, number));
        }
        for nick in parts.iter().filter(|part| part.role == Role::Nick) {
            self.enter(PartPosition::Nick, &nick.text, number);
        }
        self.list.push(Cluster { parts, sex, full: Vec::new(), surfaces: HashMap::new(), mentions: 0 });
        number
    }

    fn enter(&mut self, place: PartPosition, part: &str, number: usize) {
        let known = self.by_part.entry((place, part.to_owned())).or_default();
        if known.last() != Some(&number) {
            known.push(number);
        }
    }

    /// Makes `name` a mention of person `number`.
    fn join(&mut self, tokens: &Tokens<'_>, name: &Name, parts: Vec<NamePart>, number: usize) {
        let span = tokens.span(name.start, name.end);
        let cluster = &mut self.list[number];
        let surface = cluster.surfaces.entry(span.of(tokens.text).to_owned()).or_insert((0, span.start));
        *surface = (surface.0 + 1, surface.1.min(span.start));
        cluster.mentions += 1;
        cluster.sex = cluster.sex.or(name.sex);
        if mains(&parts).count() < 2 {
            return;
        }
        cluster.full.push(span.start);
        let initial = mains(&cluster.parts).any(|part| part.chars().count() == 1);
        // `J. Smith` becomes `John Smith` where the text has him in full, so that `John` finds him.
        if initial && mains(&parts).all(|part| part.chars().count() > 1) {
            let given = mains(&parts).next().unwrap_or("").to_owned();
            cluster.parts = parts;
            self.enter(PartPosition::Given, &given, number);
        }
    }

    /// The people with that part there, at most [`NAMESAKES`], whose sex does not differ.
    fn named(&self, place: PartPosition, part: &str, sex: Option<Sex>) -> Vec<usize> {
        let all = self.by_part.get(&(place, part.to_owned())).map_or(&[][..], Vec::as_slice);
        // The latest: who was named pages ago is hardly meant.
        let late = all.iter().rev().take(NAMESAKES).rev();
        late.copied().filter(|at| !differ(self.list[*at].sex, sex)).collect()
    }

    /// The only one of the first [`PEOPLE`] that `fits`.
    fn only(&self, sex: Option<Sex>, fits: impl Fn(&Cluster) -> bool) -> Option<usize> {
        let all = self.list.iter().take(PEOPLE).enumerate();
        let mut found = all.filter(|(_, one)| mains(&one.parts).count() > 1 && !differ(one.sex, sex) && fits(one));
        found.next().filter(|_| found.next().is_none()).map(|(at, _)| at)
    }
}

fn differ(a: Option<Sex>, b: Option<Sex>) -> bool {
    a.is_some() && b.is_some() && a != b
}

/// The fullest names are joined first, then those of one part, each to the latest full name that fits.
pub(crate) fn link(tokens: &Tokens<'_>, names: &[Name], endings: Endings) -> Linked {
    let mut clusters = Clusters::default();
    let mut of_name: Vec<Option<usize>> = vec![None; names.len()];
    let people = names.iter().enumerate().filter(|(_, name)| name.label == Label::Person);
    let mut all: Vec<(usize, &Name, Vec<NamePart>)> =
        people.map(|(at, name)| (at, name, forms::of_name(tokens, name))).collect();
    // The fullest first, so that a bare surname finds everybody it may mean. The sort is stable: of equals the order of
    // the text decides.
    all.sort_by_key(|(_, _, parts)| Reverse(mains(parts).count()));
    let mut sorted = false;
    for (at, name, parts) in all {
        if mains(&parts).count() < 2 && !std::mem::replace(&mut sorted, true) {
            // All full names are joined: names of one part look for the one before them.
            clusters.list.iter_mut().for_each(|one| one.full.sort_unstable());
        }
        let sex = name.sex.or_else(|| given_sex(tokens, name, &parts));
        let number = if mains(&parts).count() > 1 {
            let known = known(&clusters, &parts, sex, endings);
            known.unwrap_or_else(|| clusters.add(parts.clone(), sex))
        } else {
            match latest(tokens, name, &parts, &clusters, endings) {
                Fit::One(number) => number,
                // Left out: a wrong join makes one person say what another said.
                Fit::Tie => continue,
                Fit::None => clusters.add(parts.clone(), name.sex),
            }
        };
        clusters.join(tokens, name, parts, number);
        of_name[at] = Some(number);
    }
    in_order(&clusters.list, &of_name, endings)
}

/// What the given name of a full name says of the sex.
fn given_sex(tokens: &Tokens<'_>, name: &Name, parts: &[NamePart]) -> Option<Sex> {
    (mains(parts).count() > 1).then(|| sex(tokens.list[name.start].traits)).flatten()
}

/// The person that a full name means among those named at least as fully.
fn known(clusters: &Clusters, parts: &[NamePart], sex: Option<Sex>, endings: Endings) -> Option<usize> {
    let surname = mains(parts).next_back()?;
    // Exact surnames first, through the index; what follows compares everybody and is bounded by PEOPLE.
    for form in bases(surname, endings) {
        let namesakes = clusters.named(PartPosition::Surname, &form, sex);
        let found = namesakes.into_iter().find(|at| same(&clusters.list[*at].parts, parts, endings));
        if found.is_some() {
            return found;
        }
    }
    let within = |cluster: &Cluster| contains(&cluster.parts, parts, endings);
    let inflected = |cluster: &Cluster| {
        let last =
            mains(&cluster.parts).next_back().is_some_and(|last| inflections_of_one_word(last, surname, endings));
        last && same(&cluster.parts, parts, endings)
    };
    let wrong = |cluster: &Cluster| misprinted(&cluster.parts, parts);
    clusters.only(sex, within).or_else(|| clusters.only(sex, inflected)).or_else(|| clusters.only(sex, wrong))
}

/// True when two names with one surname have given names that agree, an initial agreeing with what it begins. What one
/// of them leaves out does not matter behind the first.
fn same(a: &[NamePart], b: &[NamePart], endings: Endings) -> bool {
    let given = |parts: &[NamePart]| {
        let mut given: Vec<String> = mains(parts).map(str::to_owned).collect();
        given.pop();
        given
    };
    let (a, b) = (given(a), given(b));
    let fit = |a: &String, b: &String| inflections_of_one_word(a, b, endings) || short_for(a, b);
    match (a.first(), b.first()) {
        (Some(first), Some(other)) => {
            fit(first, other) && (a.len() != b.len() || a.iter().zip(&b).all(|(a, b)| fit(a, b)))
        }
        _ => true,
    }
}

/// True when the main parts of `short` stand next to each other in `long`: a name with its patronymic but without its
/// surname, or with the first of two surnames.
fn contains(long: &[NamePart], short: &[NamePart], endings: Endings) -> bool {
    if mains(long).count() <= mains(short).count() {
        return false;
    }
    let long: Vec<&str> = mains(long).collect();
    let short: Vec<&str> = mains(short).collect();
    long.windows(short.len())
        .any(|window| window.iter().zip(&short).all(|(a, b)| inflections_of_one_word(a, b, endings)))
}

/// True when the two have as many parts, all but one equal, and that one a misprint.
fn misprinted(a: &[NamePart], b: &[NamePart]) -> bool {
    let (mut wrong, mut rest) = (0, true);
    for (a, b) in mains(a).zip(mains(b)).filter(|(a, b)| a != b) {
        wrong += 1;
        rest &= misprint(a, b);
    }
    wrong == 1 && rest && mains(a).count() == mains(b).count()
}

/// Whom a name of one part means.
enum Fit {
    One(usize),
    /// Several people, with nothing to choose between them.
    Tie,
    None,
}

/// The latest person before the mention, else the first after it, whose surname the part is, else whose second surname,
/// given name or nickname; then the same without a case ending; then a familiar name, then a misprint.
fn latest(tokens: &Tokens<'_>, name: &Name, parts: &[NamePart], clusters: &Clusters, endings: Endings) -> Fit {
    let here = tokens.span(name.start, name.end).start;
    let Some(word) = mains(parts).next_back() else { return Fit::None };
    for form in bases(word, endings) {
        for place in [PartPosition::Surname, PartPosition::Inner, PartPosition::Nick, PartPosition::Given] {
            let fits = clusters.named(place, &form, name.sex);
            match fits[..] {
                [] => {}
                [one] => return Fit::One(one),
                _ => return nearest(tokens, &clusters.list, &fits, here),
            }
        }
    }
    let surname =
        |one: &Cluster| mains(&one.parts).next_back().is_some_and(|last| inflections_of_one_word(last, word, endings));
    let familiar =
        |one: &Cluster| word.len() > 2 && mains(&one.parts).next().is_some_and(|given| short_for(given, word));
    // A name that the lexicon knows is that name; only unknown ones are misprints of others.
    let rare = !Traits::of_word(word).has(Traits::GIVEN.with(Traits::SURNAME).with(Traits::COMMON));
    let wrong = |one: &Cluster| {
        (rare || one.mentions > 2) && mains(&one.parts).next_back().is_some_and(|last| misprint(last, word))
    };
    let found = clusters.only(name.sex, surname);
    let found = found.or_else(|| clusters.only(name.sex, familiar)).or_else(|| clusters.only(name.sex, wrong));
    found.map_or(Fit::None, Fit::One)
}

/// Of several people the one named in full last, or where all come later the first of them: a headline. A tie where the
/// two next to the mention were named in the same sentence.
fn nearest(tokens: &Tokens<'_>, clusters: &[Cluster], fits: &[usize], here: u32) -> Fit {
    let before = |at: &usize| {
        let full = &clusters[*at].full;
        debug_assert!(full.is_sorted(), "full names are in the order of the text");
        full.partition_point(|start| *start < here).checked_sub(1).map(|last| (full[last], *at))
    };
    let mut known: Vec<(u32, usize)> = fits.iter().filter_map(before).collect();
    if known.is_empty() {
        known = fits.iter().filter_map(|at| Some((u32::MAX - clusters[*at].full.first()?, *at))).collect();
    }
    known.sort_unstable();
    match known[..] {
        [] => Fit::Tie,
        [(_, one)] => Fit::One(one),
        [.., (a, _), (b, last)] => {
            // Those that come after the mention were turned round to sort the nearest last.
            let (a, b) = if b > u32::MAX / 2 { (u32::MAX - b, u32::MAX - a) } else { (a, b) };
            let between = tokens.text.get(a as usize..b as usize).unwrap_or("");
            if between.contains(['.', '!', '?', '\n']) { Fit::One(last) } else { Fit::Tie }
        }
    }
}

/// The people that have mentions, in the order of the first, and the numbers of the names turned to theirs.
fn in_order(clusters: &[Cluster], of_name: &[Option<usize>], endings: Endings) -> Linked {
    let mut number: HashMap<usize, u32> = HashMap::new();
    let mut linked = Linked::default();
    for cluster in of_name {
        linked.of_name.push(cluster.map(|cluster| {
            *number.entry(cluster).or_insert_with(|| {
                linked.people.push(person(&clusters[cluster].surfaces, endings));
                u32::try_from(linked.people.len() - 1).unwrap_or(u32::MAX)
            })
        }));
    }
    linked
}
