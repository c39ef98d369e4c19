//! Mentions that the finders missed, of people whom the text names in full.

use std::collections::{HashMap, HashSet};

use super::fix_boundaries::is_title;
use super::forms::{Role, bases, is_particle, mains, of_name, parts};
use crate::annotate::gazetteer::{Candidates, Gazetteer, PlaceKind};
use crate::annotate::names::{Case, Cues, Endings, Gap, Label, Name, NameRule, Setting, Tokens, Traits, sex};
use crate::text::misprint;

/// What names a person by one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PartKind {
    Surname,
    Given,
    Nick,
}

/// The parts of the full names of a text.
#[derive(Debug, Default)]
struct Known {
    parts: HashMap<String, PartKind>,
    /// Surnames with the particles before them.
    led: HashSet<String>,
    /// How many people's names end in a word.
    counts: HashMap<String, usize>,
    /// Surnames in which a misprint would be seen.
    long: Vec<String>,
}

/// Misprints of so many surnames are looked for.
// Each is held against every unknown name of the text; a text with more is a list of names.
const SURNAMES: usize = 64;

/// Adds to `names` the words that are the surname, given name or nickname of a person named in full, and people with a
/// title whom nobody else found. `names` are in order and do not overlap, before and after.
pub(crate) fn propagate_mentions(tokens: &Tokens<'_>, names: &mut Vec<Name>, setting: Setting) {
    // Nobody asks for the unknown, and people may stand in them.
    names.retain(|name| name.label != Label::Unknown || name.rule == NameRule::NamedAfterPerson);
    if !setting.known {
        add(tokens, names, |at, here| {
            // What is a country in some language may be a given name in this one: `Hélène`.
            let single = |name: &Name| name.end == name.start + 1 && name.label != Label::Org;
            let given = tokens.list[at].is(Traits::GIVEN);
            let end = full_name(tokens, at, setting).filter(|_| here.is_none_or(|name| given && single(name)))?;
            Some(person(tokens, at, end, NameRule::GivenNameAndName))
        });
    }
    let known = known(tokens, names, setting.endings);
    add(tokens, names, |at, here| {
        let open = here.is_none_or(|name| yields(tokens, name, &known));
        missed(tokens, at, &known, setting, here).filter(|_| open)
    });
    merge(tokens, names);
}

/// Adds the names that `find` sees at a word in no name, or in one that it is shown.
fn add(tokens: &Tokens<'_>, names: &mut Vec<Name>, find: impl Fn(usize, Option<&Name>) -> Option<Name>) {
    let mut out: Vec<Name> = Vec::with_capacity(names.len());
    let mut old = std::mem::take(names).into_iter().peekable();
    let mut at = 0;
    while at < tokens.list.len() {
        // What lies before went to names found there. (`next_if` would move each name out and back.)
        while old.peek().is_some_and(|name| name.end <= at) {
            old.next();
        }
        let here = old.peek().filter(|name| name.start <= at);
        if let Some(name) = find(at, here) {
            let limit = old.peek().map_or(usize::MAX, |name| if name.start > at { name.start } else { usize::MAX });
            if name.end <= limit && out.last().is_none_or(|last| last.end <= name.start) {
                at = name.end;
                out.push(name);
                continue;
            }
        }
        match old.peek().is_some_and(|name| name.start <= at).then(|| old.next()).flatten() {
            Some(name) => {
                at = name.end.max(at + 1);
                if out.last().is_none_or(|last| last.end <= name.start) {
                    out.push(name);
                }
            }
            None => at += 1,
        }
    }
    // A name that was found in the last words took the place of those that are left in it.
    let end = out.last().map_or(0, |last| last.end);
    out.extend(old.filter(|name| end <= name.start));
    *names = out;
}

/// Joins a given name and the surname right behind it where they were found one by one.
fn merge(tokens: &Tokens<'_>, names: &mut Vec<Name>) {
    let mut out: Vec<Name> = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        match out.last_mut().filter(|first| is_given(tokens, first, &name)) {
            Some(first) => first.end = name.end,
            None => out.push(name),
        }
    }
    *names = out;
}

/// True when `first` is a given name and `second` goes on with it.
fn is_given(tokens: &Tokens<'_>, first: &Name, second: &Name) -> bool {
    let people = first.label == Label::Person && second.label == Label::Person;
    let known = first.rule == NameRule::PartOfFullName || tokens.list[first.start].is(Traits::GIVEN);
    let next = first.end == second.start && tokens.list[second.start].gap == Gap::Blank;
    people && first.end == first.start + 1 && known && next
}

fn known(tokens: &Tokens<'_>, names: &[Name], endings: Endings) -> Known {
    let mut known = Known::default();
    for name in names.iter().filter(|name| name.label == Label::Person) {
        *known.counts.entry(tokens.folded(name.end - 1).to_owned()).or_default() += 1;
        let parts = of_name(tokens, name);
        let particle = (name.start + 1..name.end).find(|at| is_particle(tokens, *at));
        if let Some(particle) = particle {
            known.led.insert(tokens.key(particle, name.end));
        }
        let words: Vec<&str> = mains(&parts).collect();
        // One part names nobody in full.
        let [given, .., surname] = words[..] else { continue };
        let whole = |word: &str| word.chars().count() > 2;
        if whole(surname) {
            for form in bases(surname, endings) {
                known.parts.insert(form, PartKind::Surname);
            }
            // Short names are too close to each other, and every pair is compared: hence the bound.
            if surname.len() > 6 && known.long.len() < SURNAMES && !known.long.iter().any(|long| long == surname) {
                known.long.push(surname.to_owned());
            }
        }
        for inner in &words[1..words.len() - 1] {
            if whole(inner) {
                known.parts.entry((*inner).to_owned()).or_insert(PartKind::Given);
            }
        }
        if whole(given) {
            known.parts.entry(given.to_owned()).or_insert(PartKind::Given);
        }
        for nick in parts.iter().filter(|part| part.role == Role::Nick && whole(&part.text)) {
            known.parts.insert(nick.text.clone(), PartKind::Nick);
        }
    }
    known
}

/// True for a name that gives way to a person named in full: one of nobody, or a town without a preposition.
fn yields(tokens: &Tokens<'_>, name: &Name, known: &Known) -> bool {
    match name.label {
        Label::Place if known.led.contains(&tokens.key(name.start, name.end)) => true,
        Label::Org if known.led.contains(&tokens.key(name.start, name.end)) => {
            tokens.list[name.start].gap == Gap::Sentence
        }
        Label::Place => {
            let gazetteer = Gazetteer::embedded();
            let first = name.places.clone().next().and_then(|first| gazetteer.row(first.row));
            let area = first.is_some_and(|entry| entry.record.kind != PlaceKind::City);
            let led = name.start > 0
                && tokens.list[name.start - 1].is(Traits::BEFORE_PLACE)
                && tokens.list[name.start].gap == Gap::Blank;
            let held = tokens.list.get(name.end).is_some_and(|next| next.gap == Gap::Comma && next.capital());
            // `in Thornbury's coat`
            let owner = tokens.text[tokens.list[name.start].span.range().end..].starts_with(['\'', '’']);
            // Who is named twice or more is the topic; once may be chance.
            let often = known.counts.get(tokens.folded(name.start)).is_some_and(|count| *count > 1);
            name.end == name.start + 1 && !area && (!led || owner && often) && !held
        }
        Label::Person | Label::Org | Label::Unknown => false,
    }
}

/// The person named from word `at` on; `here` is the name in which the word stands, if any.
fn missed(tokens: &Tokens<'_>, at: usize, known: &Known, setting: Setting, here: Option<&Name>) -> Option<Name> {
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
    if end == at + 1 && token.is(Traits::DEMONYM.with(Traits::HONORIFIC).with(Traits::ROLE)) {
        return None;
    }
    // `May` at the head of a sentence is the month or the verb even where Mrs May is named.
    let common = token.is(Traits::COMMON.with(Traits::CALENDAR).with(Traits::DEMONYM)) && end == at + 1;
    let place = here.is_some_and(|name| name.label == Label::Place && name.end == name.start + 1);
    let mut found = None;
    for form in bases(&word, setting.endings) {
        found = found.or_else(|| known.parts.get(&form).copied());
    }
    match found {
        Some(PartKind::Surname) if !(common && (opening || setting.nouns)) => {}
        Some(PartKind::Given) if !common && !place => {}
        Some(PartKind::Nick) => {}
        _ if place || common => return None,
        _ if (led_by_title(tokens, first) || led_by_kin(tokens, first)) && is_plain(tokens, at, end) => {}
        _ if word.len() > 6 && is_plain(tokens, at, end) && known.long.iter().any(|long| misprint(long, &word)) => {}
        _ => return None,
    }
    // More words in capitals follow: the finders saw the whole and did not take it for a person.
    if tokens.list.get(end).is_some_and(|next| next.gap == Gap::Blank && next.capital() && found.is_none()) {
        return None;
    }
    let rule = if found.is_some() { NameRule::PartOfFullName } else { NameRule::TitleAndName };
    Some(person(tokens, first, end, rule))
}

fn person(tokens: &Tokens<'_>, start: usize, end: usize, rule: NameRule) -> Name {
    let titled = start.checked_sub(1).filter(|_| led_by_title(tokens, start));
    let sex = titled.and_then(|title| sex(tokens.list[title].traits));
    Name { start, end, label: Label::Person, confidence: 0.7, rule, places: Candidates::default(), sex }
}

/// The end of a full name that the finders do not read: given names with a hyphen, a particle with an apostrophe, and
/// any name among the nouns of German.
fn full_name(tokens: &Tokens<'_>, at: usize, setting: Setting) -> Option<usize> {
    let first = &tokens.list[at];
    if first.case != Case::Title || first.gap == Gap::Hyphen {
        return None;
    }
    let titled = at > 0 && tokens.list[at - 1].is(Traits::ROLE.with(Traits::HONORIFIC)) && first.gap == Gap::Blank;
    let hyphen = |at: usize| tokens.list.get(at).is_some_and(|next| next.gap == Gap::Hyphen && next.capital());
    let second = hyphen(at + 1) && tokens.list[at + 1].is(Traits::GIVEN);
    let given = first.is(Traits::GIVEN) && (second || !first.is(Traits::COMMON.with(Traits::DEMONYM)));
    let inflected = !given && first.gap != Gap::Sentence && is_inflected(tokens, at, setting);
    if !(given || inflected || titled && hyphen(at + 1)) {
        return None;
    }
    let mut next = at + 1;
    while hyphen(next) {
        next += 1;
    }
    let surname = skip_particles(tokens, next);
    let elided = surname > next && tokens.list.get(surname).is_some_and(|token| token.gap == Gap::Apostrophe);
    let token = tokens.list.get(surname).filter(|token| token.gap == Gap::Blank || elided)?;
    let led = tokens.list.get(next).is_some_and(|token| token.gap == Gap::Blank);
    let unread = next > at + 1 || elided || inflected || setting.nouns || hyphen(surname + 1);
    if !led || !unread || token.case != Case::Title || !is_plain(tokens, surname, surname + 1) {
        return None;
    }
    let mut end = surname + 1;
    while hyphen(end) {
        end += 1;
    }
    // The surname behind a patronymic in the same case.
    let more =
        |at: usize| tokens.list.get(at).is_some_and(|next| next.gap == Gap::Blank) && is_plain(tokens, at, at + 1);
    Some(if inflected && end < tokens.list.len() && more(end) { end + 1 } else { end })
}

/// True for a given name in another case than the first: `Ивану`, `Максима`.
fn is_inflected(tokens: &Tokens<'_>, at: usize, setting: Setting) -> bool {
    let named = |form: &String| {
        let traits = Traits::of_word(form);
        traits.has(Traits::GIVEN) && !traits.has(Traits::COMMON.with(Traits::DEMONYM))
    };
    // Turkic given names take no ending before a surname.
    let slavic = tokens.folded(at).starts_with(|c| ('\u{0400}'..'\u{0530}').contains(&c));
    slavic && is_plain(tokens, at, at + 1) && bases(tokens.folded(at), setting.endings).iter().skip(1).any(named)
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
    joined && at > 0 && is_title(tokens, at - 1) && !is_office(tokens, at - 1)
}

/// True behind a word for a relative: `my sister, Homa`, `правнучка Соня`.
fn led_by_kin(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.list[at].gap, Gap::Blank | Gap::Comma) && at > 0 && Cues::embedded().kin.has(tokens.folded(at - 1))
}

/// True for a role that is no form of address: `State` of `Secretary of State`, `striker`.
fn is_office(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.list[at].is(Traits::ROLE.with(Traits::BEFORE_ROLE)) && !tokens.list[at].is(Traits::HONORIFIC)
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
