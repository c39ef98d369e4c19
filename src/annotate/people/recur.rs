//! Mentions that the finders missed, of people whom the text names in full.

use std::collections::{HashMap, HashSet};

use super::extent::is_title;
use super::forms::{Role, bases, is_particle, mains, misprint, of_name, parts};
use crate::annotate::gazetteer::{Candidates, Gazetteer, Kind};
use crate::annotate::names::{Case, Endings, Gap, Label, Name, Setting, Tokens, Traits, sex};

/// What names a person by one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Surname,
    Given,
    Nick,
}

/// The parts of the full names of a text.
#[derive(Debug, Default)]
struct Known {
    parts: HashMap<String, Part>,
    /// Surnames with the particles before them.
    led: HashSet<String>,
    /// Surnames in which a misprint would be seen.
    long: Vec<String>,
}

/// Misprints of so many surnames are looked for.
const SURNAMES: usize = 64;

/// Adds to `names` the words that are the surname, given name or nickname of a person named in full, and people with a
/// title whom nobody else found. `names` are in order and do not overlap, before and after.
pub fn recur(tokens: &Tokens<'_>, names: &mut Vec<Name>, setting: Setting) {
    let known = known(tokens, names, setting.endings);
    let mut out: Vec<Name> = Vec::with_capacity(names.len());
    // Nobody asks for the unknown, and people may stand in them.
    names.retain(|name| name.label != Label::Unknown || name.rule == NOBODY);
    let mut old = std::mem::take(names).into_iter().peekable();
    let mut at = 0;
    while at < tokens.list.len() {
        while let Some(name) = old.next_if(|name| name.end <= at) {
            // Words of it went to a name found before it.
            drop(name);
        }
        let here = old.peek().filter(|name| name.start <= at);
        let open = here.is_none_or(|name| yields(tokens, name, &known));
        if open && let Some(name) = missed(tokens, at, &known, setting, here) {
            let limit = old.peek().map_or(usize::MAX, |name| if name.start > at { name.start } else { usize::MAX });
            if name.end <= limit && out.last().is_none_or(|last| last.end <= name.start) {
                at = name.end;
                out.push(name);
                continue;
            }
        }
        match old.next_if(|name| name.start <= at) {
            Some(name) => {
                at = name.end.max(at + 1);
                out.push(name);
            }
            None => at += 1,
        }
    }
    out.extend(old);
    *names = out;
    merge(tokens, names);
}

/// The rule of names that streets and buildings bear.
pub(super) const NOBODY: &str = "named after a person";

/// Joins a given name and the surname right behind it where they were found one by one.
fn merge(tokens: &Tokens<'_>, names: &mut Vec<Name>) {
    let mut at = 1;
    while at < names.len() {
        let (first, second) = (&names[at - 1], &names[at]);
        let people = first.label == Label::Person && second.label == Label::Person;
        let given = first.end == first.start + 1 && tokens.list[first.start].is(Traits::GIVEN);
        if people && given && first.end == second.start && tokens.list[second.start].gap == Gap::Blank {
            names[at - 1].end = names[at].end;
            names.remove(at);
        } else {
            at += 1;
        }
    }
}

fn known(tokens: &Tokens<'_>, names: &[Name], endings: Endings) -> Known {
    let mut known = Known::default();
    for name in names.iter().filter(|name| name.label == Label::Person) {
        let parts = of_name(tokens, name);
        let particle = (name.start + 1..name.end).find(|at| is_particle(tokens, *at));
        if let Some(particle) = particle {
            known.led.insert(tokens.key(particle, name.end));
        }
        let words: Vec<&str> = mains(&parts).collect();
        let [given, .., surname] = words[..] else { continue };
        let whole = |word: &str| word.chars().count() > 2;
        if whole(surname) {
            for form in bases(surname, endings) {
                known.parts.insert(form, Part::Surname);
            }
            if surname.len() > 6 && known.long.len() < SURNAMES && !known.long.iter().any(|long| long == surname) {
                known.long.push(surname.to_owned());
            }
        }
        for inner in &words[1..words.len() - 1] {
            if whole(inner) {
                known.parts.entry((*inner).to_owned()).or_insert(Part::Given);
            }
        }
        if whole(given) {
            known.parts.entry(given.to_owned()).or_insert(Part::Given);
        }
        for nick in parts.iter().filter(|part| part.role == Role::Nick && whole(&part.text)) {
            known.parts.insert(nick.text.clone(), Part::Nick);
        }
    }
    known
}

/// True for a name that gives way to a person named in full: one of nobody, or a town without a preposition.
fn yields(tokens: &Tokens<'_>, name: &Name, known: &Known) -> bool {
    match name.label {
        Label::Place | Label::Org if known.led.contains(&tokens.key(name.start, name.end)) => true,
        Label::Place => {
            let gazetteer = Gazetteer::embedded();
            let first = name.places.clone().next().and_then(|first| gazetteer.row(first.row));
            let area = first.is_some_and(|entry| entry.record.kind != Kind::City);
            let led = name.start > 0
                && tokens.list[name.start - 1].is(Traits::BEFORE_PLACE)
                && tokens.list[name.start].gap == Gap::Blank;
            let held = tokens.list.get(name.end).is_some_and(|next| next.gap == Gap::Comma && next.capital());
            name.end == name.start + 1 && !area && !led && !held
        }
        Label::Person | Label::Org | Label::Unknown => false,
    }
}

/// The person named from word `at` on; `here` is the name in which the word stands, if any.
fn missed(tokens: &Tokens<'_>, at: usize, known: &Known, setting: Setting, here: Option<&Name>) -> Option<Name> {
    if here.is_none()
        && let Some(end) = full_name(tokens, at, setting)
    {
        return Some(person(tokens, at, end, "given name and name"));
    }
    let first = at;
    let at = skip_particles(tokens, at);
    let token = tokens.list.get(at).filter(|token| token.capital())?;
    if at > 0 && tokens.list[at].gap == Gap::Hyphen {
        return None;
    }
    let mut end = at + 1;
    while tokens.list.get(end).is_some_and(|next| next.gap == Gap::Hyphen && next.capital()) {
        end += 1;
    }
    let word = parts(tokens, at, end).into_iter().next()?.text;
    let opening = token.gap == Gap::Sentence;
    let common = token.is(Traits::COMMON.with(Traits::CALENDAR).with(Traits::DEMONYM)) && end == at + 1;
    let place = here.is_some_and(|name| name.label == Label::Place && name.end == name.start + 1);
    let mut found = None;
    for form in bases(&word, setting.endings) {
        found = found.or_else(|| known.parts.get(&form).copied());
    }
    match found {
        Some(Part::Surname) if !(common && (opening || setting.nouns)) => {}
        Some(Part::Given) if !common && !place => {}
        Some(Part::Nick) => {}
        _ if place || common => return None,
        _ if led_by_title(tokens, first) && is_plain(tokens, at, end) => {}
        _ if word.len() > 6 && is_plain(tokens, at, end) && known.long.iter().any(|long| misprint(long, &word)) => {}
        _ => return None,
    }
    if tokens.list.get(end).is_some_and(|next| next.gap == Gap::Blank && next.capital() && found.is_none()) {
        return None;
    }
    let rule = if found.is_some() { "surname of a person named in full" } else { "title and name" };
    Some(person(tokens, first, end, rule))
}

fn person(tokens: &Tokens<'_>, start: usize, end: usize, rule: &'static str) -> Name {
    let titled = start.checked_sub(1).filter(|_| led_by_title(tokens, start));
    let sex = titled.and_then(|title| sex(tokens.list[title].traits));
    Name { start, end, label: Label::Person, confidence: 0.7, rule, places: Candidates::default(), sex }
}

/// The end of a full name that the finders do not read: given names with a hyphen, a particle with an apostrophe, and
/// any name among the nouns of German.
fn full_name(tokens: &Tokens<'_>, at: usize, setting: Setting) -> Option<usize> {
    let first = &tokens.list[at];
    let titled = at > 0 && tokens.list[at - 1].is(Traits::ROLE.with(Traits::HONORIFIC)) && first.gap == Gap::Blank;
    let hyphen = |at: usize| tokens.list.get(at).is_some_and(|next| next.gap == Gap::Hyphen && next.capital());
    let given = first.is(Traits::GIVEN) && !first.is(Traits::COMMON.with(Traits::DEMONYM)) || titled && hyphen(at + 1);
    if setting.known || !given || first.case != Case::Title || first.gap == Gap::Hyphen {
        return None;
    }
    let mut next = at + 1;
    while hyphen(next) {
        next += 1;
    }
    let double = next > at + 1;
    let surname = skip_particles(tokens, next);
    let elided = surname > next && tokens.list.get(surname).is_some_and(|token| token.gap == Gap::Apostrophe);
    let token = tokens.list.get(surname).filter(|token| token.gap == Gap::Blank || elided)?;
    let led = tokens.list.get(next).is_some_and(|token| token.gap == Gap::Blank);
    if !led
        || token.case != Case::Title
        || !(double || elided || setting.nouns)
        || !is_plain(tokens, surname, surname + 1)
    {
        return None;
    }
    let mut end = surname + 1;
    while hyphen(end) {
        end += 1;
    }
    Some(end)
}

/// The first word from `at` on that is no particle of a surname.
fn skip_particles(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut next = at;
    while next < at + 3
        && next + 1 < tokens.list.len()
        && is_particle(tokens, next)
        && tokens.list[next + 1].gap.joins()
    {
        next += 1;
    }
    next
}

fn led_by_title(tokens: &Tokens<'_>, at: usize) -> bool {
    let joined = matches!(tokens.list[at].gap, Gap::Blank | Gap::Stop);
    joined && at > 0 && is_title(tokens, at - 1) && !tokens.list[at - 1].is(Traits::ROLE.with(Traits::BEFORE_ROLE))
}

/// True for words of which nothing is known but that they may be names of people.
fn is_plain(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let other = Traits::COMMON
        .with(Traits::ORG)
        .with(Traits::ORG_HEAD)
        .with(Traits::ROLE)
        .with(Traits::HONORIFIC)
        .with(Traits::BEFORE_ROLE)
        .with(Traits::AREA)
        .with(Traits::CALENDAR)
        .with(Traits::DEMONYM)
        .with(Traits::FEATURE);
    (at..end).all(|at| tokens.list[at].case == Case::Title && !tokens.list[at].is(other))
}
