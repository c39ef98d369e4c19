//! Joins the mentions of one person in a document.

use std::collections::HashMap;

use crate::annotate::Person;
use crate::annotate::names::{Endings, Label, Name, Sex, Tokens, sex};
use crate::text::{name_key, words};

/// The people of a document, and for each of its names the person it means.
#[derive(Debug, Default)]
pub struct Linked {
    /// In the order of first mention.
    pub people: Vec<Person>,
    /// A number in `people` for each name; `None` for names of other things and for people left open.
    pub of_name: Vec<Option<u32>>,
}

/// One person while mentions are being joined.
#[derive(Debug)]
struct Cluster {
    /// Folded parts of the fullest form, particles included.
    parts: Vec<String>,
    sex: Option<Sex>,
    /// The paragraph of bytes where the full name stood last.
    last: u32,
    forms: HashMap<String, (usize, u32)>,
}

/// All people so far, to be found by the last and the first part of their names.
#[derive(Debug, Default)]
struct Clusters {
    list: Vec<Cluster>,
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
}

/// Of people with one surname so many are looked at, the latest: a list of thousands is no article.
const NAMESAKES: usize = 32;

impl Clusters {
    fn add(&mut self, parts: Vec<String>, sex: Option<Sex>) -> usize {
        let number = self.list.len();
        for (map, part) in [(&mut self.by_last, parts.last()), (&mut self.by_first, parts.first())] {
            map.entry(part.cloned().unwrap_or_default()).or_default().push(number);
        }
        self.list.push(Cluster { parts, sex, last: 0, forms: HashMap::new() });
        number
    }

    /// The people with that last (or first) part, at most [`NAMESAKES`], whose sex does not differ.
    fn named(&self, part: &str, last: bool, sex: Option<Sex>) -> Vec<usize> {
        let map = if last { &self.by_last } else { &self.by_first };
        let all = map.get(part).map_or(&[][..], Vec::as_slice);
        let late = all.iter().rev().take(NAMESAKES).rev();
        late.copied().filter(|at| !differ(self.list[*at].sex, sex)).collect()
    }
}

fn differ(a: Option<Sex>, b: Option<Sex>) -> bool {
    a.is_some() && b.is_some() && a != b
}

/// The fullest names are joined first, then the single words, each to the latest full name that fits.
pub fn link(tokens: &Tokens<'_>, names: &[Name], endings: Endings) -> Linked {
    let mut clusters = Clusters::default();
    let mut of_name: Vec<Option<usize>> = vec![None; names.len()];
    for (at, name) in full(names) {
        let parts = parts(tokens, name);
        let sex = name.sex.or_else(|| sex(tokens.list[name.start].traits));
        let namesakes = clusters.named(parts.last().map_or("", String::as_str), true, sex);
        let known = namesakes.into_iter().find(|at| same(&clusters.list[*at], &parts));
        let number = known.unwrap_or_else(|| clusters.add(parts.clone(), sex));
        join(tokens, name, &parts, &mut clusters.list[number]);
        of_name[at] = Some(number);
    }
    for (at, name) in single(names) {
        let word = tokens.folded(name.start);
        let number = match latest(tokens, name, word, &clusters, endings) {
            Fit::One(number) => number,
            Fit::Tie => continue,
            Fit::None => clusters.add(vec![word.to_owned()], name.sex),
        };
        join(tokens, name, &[word.to_owned()], &mut clusters.list[number]);
        of_name[at] = Some(number);
    }
    in_order(&clusters.list, &of_name)
}

fn full(names: &[Name]) -> impl Iterator<Item = (usize, &Name)> {
    names.iter().enumerate().filter(|(_, name)| name.label == Label::Person && name.end > name.start + 1)
}

fn single(names: &[Name]) -> impl Iterator<Item = (usize, &Name)> {
    names.iter().enumerate().filter(|(_, name)| name.label == Label::Person && name.end == name.start + 1)
}

fn parts(tokens: &Tokens<'_>, name: &Name) -> Vec<String> {
    (name.start..name.end).map(|at| tokens.folded(at).to_owned()).collect()
}

/// True when `parts`, which has the surname of `cluster`, has given names that agree with its.
fn same(cluster: &Cluster, parts: &[String]) -> bool {
    let (a, b) = (&cluster.parts[..cluster.parts.len() - 1], &parts[..parts.len() - 1]);
    let agree = |a: &String, b: &String| a == b || (short(a, b) && a.chars().next() == b.chars().next());
    match (a.first(), b.first()) {
        (Some(first), Some(other)) => {
            agree(first, other) && (a.len() != b.len() || a.iter().zip(b).all(|(a, b)| agree(a, b)))
        }
        _ => true,
    }
}

/// True when one of the two is an initial.
fn short(a: &str, b: &str) -> bool {
    a.chars().count() == 1 || b.chars().count() == 1
}

fn join(tokens: &Tokens<'_>, name: &Name, parts: &[String], cluster: &mut Cluster) {
    let span = tokens.span(name.start, name.end);
    let form = cluster.forms.entry(span.of(tokens.text).to_owned()).or_insert((0, span.start));
    form.0 += 1;
    cluster.sex = cluster.sex.or(name.sex);
    let letters = |parts: &[String]| parts.iter().map(String::len).sum::<usize>();
    if parts.len() > 1 {
        cluster.last = span.start;
        if letters(parts) > letters(&cluster.parts) {
            cluster.parts = parts.to_vec();
        }
    }
}

/// Whom a single word names.
enum Fit {
    One(usize),
    /// Several people, with nothing to choose between them.
    Tie,
    None,
}

/// The latest person before the mention, else the first after it, whose surname the word is, else whose given name.
fn latest(tokens: &Tokens<'_>, name: &Name, word: &str, clusters: &Clusters, endings: Endings) -> Fit {
    let here = tokens.span(name.start, name.end).start;
    let mut forms = vec![word.to_owned()];
    endings.strip(word, |form| forms.push(form.to_owned()));
    for form in &forms {
        for surname in [true, false] {
            let fits = clusters.named(form, surname, name.sex);
            match fits[..] {
                [] => {}
                [one] => return Fit::One(one),
                _ => return nearest(tokens, &clusters.list, &fits, here),
            }
        }
    }
    Fit::None
}

/// Of several people the one named in full last; a tie where two were named in the same sentence or both come later.
fn nearest(tokens: &Tokens<'_>, clusters: &[Cluster], fits: &[usize], here: u32) -> Fit {
    let before = |at: &usize| {
        let starts = clusters[*at].forms.iter().filter(|(form, _)| form.contains(' ')).map(|(_, (_, start))| *start);
        starts.chain([clusters[*at].last]).filter(|start| *start < here).max()
    };
    let mut known: Vec<(u32, usize)> = fits.iter().filter_map(|at| Some((before(at)?, *at))).collect();
    known.sort_unstable();
    match known[..] {
        [] => Fit::Tie,
        [(_, one)] => Fit::One(one),
        [.., (a, _), (b, last)] => {
            let between = tokens.text.get(a as usize..b as usize).unwrap_or("");
            if between.contains(['.', '!', '?', '\n']) { Fit::One(last) } else { Fit::Tie }
        }
    }
}

/// The people that have mentions, in the order of the first, and the numbers of the names turned to theirs.
fn in_order(clusters: &[Cluster], of_name: &[Option<usize>]) -> Linked {
    let mut number: HashMap<usize, u32> = HashMap::new();
    let mut linked = Linked::default();
    for cluster in of_name {
        linked.of_name.push(cluster.map(|cluster| {
            *number.entry(cluster).or_insert_with(|| {
                linked.people.push(person(&clusters[cluster]));
                u32::try_from(linked.people.len() - 1).unwrap_or(u32::MAX)
            })
        }));
    }
    linked
}

fn person(cluster: &Cluster) -> Person {
    let best = cluster.forms.iter().max_by_key(|(form, (count, start))| {
        let words = form.split([' ', '-']);
        let whole = words.clone().filter(|word| word.trim_end_matches('.').chars().count() > 1).count();
        (whole, words.count(), *count, std::cmp::Reverse(*start))
    });
    let name = best.map(|(form, _)| form.clone()).unwrap_or_default();
    let key = person_key(&name);
    Person { name, key }
}

/// The keys of the parts of a name with blanks between them. The Arabic article is left out: print uses it at will.
pub fn person_key(name: &str) -> String {
    let mut parts = Vec::new();
    words(name).for_each_word(|word| {
        if !matches!(word.folded, "al" | "el" | "ال") {
            parts.push(name_key(word.span.of(name)));
        }
    });
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}
