//! One person, one line: which names of a match are forms of one name.
//!
//! An article is linked within itself; across articles a person goes by several names, and only what is plain is joined: titles
//! come off, a middle name joins the name without it where the match has no other middle name, and a surname alone joins the
//! full name with it where hardly anybody else in the match bears it. What may be two people stays apart. A given name alone
//! is nobody where a full name of the match begins with it.

use std::collections::BTreeMap;

use super::bearers::Bearer;
use crate::annotate::names::{Traits, is_title};
use crate::api::{Joined, NameForm};
use crate::query::{Query, Role};
use crate::text::fold;

/// A full name takes the surname alone where it is in so many times the articles of all others with that surname.
// Four of five: of the others' articles most name them in full, so that few bare surnames mean them.
const PLAIN: u64 = 4;
/// And where the surname alone is in at most so many times its articles: a name that is rarely in full may be another's.
const BARE: u64 = 10;
/// Where more people than this bear the surname it is nobody's: each is excluded by a filter of its own.
const OTHERS: usize = 12;

/// The names of one person.
#[derive(Debug)]
pub(super) struct One<'c> {
    /// Without its title.
    pub(super) key: &'c str,
    pub(super) name: &'c str,
    pub(super) documents: u64,
    /// As the articles have them, with why they are joined.
    pub(super) forms: Vec<(&'c str, u64, Joined)>,
    /// The surname alone, where it is joined.
    bare: Option<&'c str>,
    /// Others of that surname.
    others: Vec<&'c str>,
}

impl<'c> One<'c> {
    /// As the answer has them: those of most articles first.
    pub(super) fn forms(&self) -> Vec<NameForm> {
        let mut forms: Vec<NameForm> = self
            .forms
            .iter()
            .map(|(name, articles, why)| NameForm { name: (*name).to_owned(), articles: *articles, why: *why })
            .collect();
        forms.sort_by(|one, other| other.articles.cmp(&one.articles).then_with(|| one.name.cmp(&other.name)));
        forms
    }

    /// The filter that finds the person where a surname alone is joined; `None` where the name by itself finds all.
    pub(super) fn filter(&self) -> Option<String> {
        let of = |name: &str| Query::of_field(Role::Person.name(), name, crate::date::Date::MIN).map(|q| q.to_string());
        let bare = of(self.bare?)?;
        if self.others.is_empty() {
            return Some(bare);
        }
        let mut all = format!("({} OR ({bare}", of(self.name)?);
        for other in &self.others {
            all.push_str(&format!(" -{}", of(other)?));
        }
        all.push_str("))");
        Some(all)
    }

    fn take(&mut self, other: &One<'c>, why: Joined) {
        self.documents += other.documents;
        self.forms.extend(other.forms.iter().map(|(name, articles, known)| match known {
            Joined::Name => (*name, *articles, why),
            known => (*name, *articles, *known),
        }));
    }

    fn words(&self) -> impl DoubleEndedIterator<Item = &'c str> + Clone {
        self.key.split(' ')
    }

    fn is_full(&self) -> bool {
        self.key.contains(' ')
    }

    /// First and last word of a full name.
    fn ends(&self) -> Option<(&'c str, &'c str)> {
        Some((self.words().next()?, self.words().next_back()?)).filter(|_| self.is_full())
    }
}

/// The people of these names, in the order of their keys.
pub(super) fn fold_names(bearers: Vec<Bearer<'_>>) -> Vec<One<'_>> {
    let mut by_key: BTreeMap<&str, One<'_>> = BTreeMap::new();
    for bearer in bearers {
        let (key, name) = untitled(bearer.key, bearer.name);
        let why = if key == bearer.key { Joined::Name } else { Joined::Title };
        let form = (bearer.name, bearer.documents, why);
        let one = by_key.entry(key).or_insert_with(|| One {
            key,
            name,
            documents: 0,
            forms: Vec::new(),
            bare: None,
            others: Vec::new(),
        });
        if why == Joined::Name {
            one.name = name;
        }
        one.documents += bearer.documents;
        one.forms.push(form);
    }
    let mut all: Vec<Option<One<'_>>> = by_key.into_values().map(Some).collect();
    join_middle_names(&mut all);
    join_surnames(&mut all);
    all.into_iter().flatten().collect()
}

/// A name without the titles before it: what is left has two words at least.
fn untitled<'c>(key: &'c str, name: &'c str) -> (&'c str, &'c str) {
    let whole = (key, name);
    let (keys, names) = (key.split(' ').count(), name.split(' ').count());
    // Where words and keys do not stand for each other (hyphens, articles), a cut would part them wrongly.
    if keys < 3 || keys != names {
        return whole;
    }
    let titles = name.split(' ').take(names - 2).map(|word| is_title(&fold(word.trim_end_matches('.'))));
    let Some(last) = titles.enumerate().filter(|(_, title)| *title).map(|(at, _)| at).last() else { return whole };
    let rest = |text: &'c str| text.splitn(last + 2, ' ').last().unwrap_or(text);
    (rest(key), rest(name))
}

/// `Joseph R. Biden` and `Joseph Biden`, where the match has one middle name alone between the two.
fn join_middle_names(all: &mut [Option<One<'_>>]) {
    let mut longer: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        if let Some((ends, one)) = one.as_ref().and_then(|one| Some((one.ends()?, one)))
            && one.words().count() > 2
        {
            longer.entry(ends).or_default().push(at);
        }
    }
    for at in 0..all.len() {
        let short = all[at].as_ref().filter(|one| one.words().count() == 2).and_then(One::ends);
        let Some([long]) = short.and_then(|ends| longer.get(&ends)).map(Vec::as_slice) else { continue };
        if let (Some(long), Some(short)) = (all[*long].take(), all[at].as_mut()) {
            short.take(&long, Joined::Middle);
        }
    }
}

/// Surnames alone join the full name that is most plainly meant; given names alone are dropped where full names begin with them.
fn join_surnames(all: &mut [Option<One<'_>>]) {
    let mut with: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        for word in one.iter().filter(|one| one.is_full()).flat_map(One::words) {
            let known = with.entry(word).or_default();
            if known.last() != Some(&at) {
                known.push(at);
            }
        }
    }
    for at in 0..all.len() {
        let Some((word, name, documents)) =
            all[at].as_ref().filter(|one| !one.is_full()).map(|one| (one.key, one.name, one.documents))
        else {
            continue;
        };
        let full = || with.get(word).into_iter().flatten().filter_map(|at| Some((*at, all[*at].as_ref()?)));
        let given = Traits::of_word(&fold(name)).has(Traits::GIVEN);
        if given && full().any(|(_, one)| one.words().next() == Some(word)) {
            all[at] = None;
            continue;
        }
        let surname = full().filter(|(_, one)| one.words().next_back() == Some(word));
        let Some((top, most)) = surname.max_by_key(|(_, one)| one.documents).map(|(at, one)| (at, one.documents))
        else {
            continue;
        };
        let others: Vec<(&str, u64)> =
            full().filter(|(at, _)| *at != top).map(|(_, one)| (one.name, one.documents)).collect();
        let rest: u64 = others.iter().map(|(_, documents)| documents).sum();
        if others.len() > OTHERS || rest * PLAIN > most || documents > most * BARE {
            continue;
        }
        let others = others.into_iter().map(|(name, _)| name).collect();
        if let (Some(bare), Some(one)) = (all[at].take(), all[top].as_mut()) {
            one.take(&bare, Joined::Surname);
            (one.bare, one.others) = (Some(name), others);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names with their articles, `name=articles; …`, to people: `name=articles (forms) filter`.
    fn folded(names: &str) -> String {
        let rows: Vec<(String, &str, u64)> = names
            .split("; ")
            .map(|row| {
                let (name, documents) = row.split_once('=').expect("a number");
                (name.to_lowercase(), name, documents.parse().expect("a number"))
            })
            .collect();
        let bearers = rows.iter().map(|(key, name, documents)| Bearer { key, name, documents: *documents }).collect();
        let show = |one: &One<'_>| {
            let forms = if one.forms.len() > 1 { format!("/{}", one.forms.len()) } else { String::new() };
            let filter = one.filter().map(|filter| format!(" {filter}")).unwrap_or_default();
            format!("{}={}{forms}{filter}", one.name, one.documents)
        };
        fold_names(bearers).iter().map(show).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_person_is_one_line_and_what_may_be_two_stays_apart() {
        for (names, expected) in [
            ("Nora Velling=3; Velling=5", "Nora Velling=8/2 person:Velling"),
            // Two bearers, neither of them plainly meant.
            ("Nora Velling=3; Otto Velling=2; Velling=5", "Nora Velling=3; Otto Velling=2; Velling=5"),
            (
                "Nora Velling=9; Otto Velling=1; Velling=5",
                "Nora Velling=14/2 (person:\"Nora Velling\" OR (person:Velling -person:\"Otto Velling\")); Otto Velling=1",
            ),
            // Rarely in full: another may be meant.
            ("Nora Velling=1; Velling=50", "Nora Velling=1; Velling=50"),
            ("President Nora Velling=2; Nora Velling=3", "Nora Velling=5/2"),
            ("Mayor Velling=2", "Mayor Velling=2"),
            ("Nora Ann Velling=2; Nora Velling=3", "Nora Velling=5/2"),
            (
                "Nora Ann Velling=2; Nora Bea Velling=2; Nora Velling=3",
                "Nora Ann Velling=2; Nora Bea Velling=2; Nora Velling=3",
            ),
            // A given name alone is nobody beside full names that begin with it, else it is all there is.
            ("John=9; John Velling=1", "John Velling=1"),
            ("John=9; Velling=1", "John=9; Velling=1"),
        ] {
            assert_eq!(folded(names), expected, "{names}");
        }
    }
}
