//! Where a person's name begins and ends, whoever found it.

use crate::annotate::names::{Case, Cues, Gap, Label, Name, NameRule, Setting, Sex, Tokens, Traits, has_title, sex};

/// Takes titles off the names of people, adds to them what hyphens, apostrophes and quotation marks cut off, and makes
/// names of nobody of those of streets and schools. `names` are in order and do not overlap, before and after.
pub(crate) fn fix_boundaries(tokens: &Tokens<'_>, names: &mut Vec<Name>, setting: Setting) {
    let cues = Cues::embedded();
    for name in names.iter_mut().filter(|name| name.label == Label::Org) {
        let titled = name.end > name.start + 1 && cues.civil_titles.has(tokens.folded(name.start));
        if titled && (name.start + 1..name.end).all(|at| may_be_person(tokens, at)) {
            (name.label, name.rule) = (Label::Person, NameRule::TitleAndName);
        }
    }
    for at in 0..names.len() {
        if names[at].label != Label::Person {
            continue;
        }
        // Between the names beside it: widening must not run into them, which the passes behind this one rely on.
        let floor = at.checked_sub(1).map_or(0, |before| names[before].end);
        let ceiling = names.get(at + 1).map_or(tokens.list.len(), |next| next.start);
        unelide(tokens, &mut names[at]);
        untitle(tokens, &mut names[at]);
        widen(tokens, &mut names[at], floor, ceiling);
        // English has the tagger, which learned where names begin.
        if !setting.known {
            names[at].start = after_words(tokens, &names[at]);
        }
        if names[at].end > names[at].start + 2 && bears_name(tokens, names[at].end) {
            // Somebody and the street behind: `Nigar Əliyeva Nizami küçəsində`.
            names[at].end -= 1;
        // Kept as an unknown name, so that nobody finds a person in it again.
        } else if is_building(tokens, &names[at]) {
            (names[at].label, names[at].rule) = (Label::Unknown, NameRule::NamedAfterPerson);
        }
    }
    nicknames(tokens, names);
    split(tokens, names);
}

/// True for a title at word `at` before a name. A few titles are also given names; before a name they are titles.
pub(super) fn is_title(tokens: &Tokens<'_>, at: usize) -> bool {
    has_title(tokens.list[at].traits, tokens.folded(at))
}

fn may_be_person(tokens: &Tokens<'_>, at: usize) -> bool {
    let head = Traits::ORG_HEAD.with(Traits::AREA).with(Traits::FEATURE).with(Traits::DEMONYM);
    let token = &tokens.list[at];
    (token.capital() && !token.is(head) || token.is(Traits::PARTICLE) && tokens.folded(at) != "of") && token.gap.joins()
}

/// Takes an elided preposition off that a finder read into the name of somebody who has a given name: `d'Étienne Valmont`.
fn unelide(tokens: &Tokens<'_>, name: &mut Name) {
    let (first, next) = (&tokens.list[name.start], tokens.list.get(name.start + 1));
    let elided = next.is_some_and(|next| next.gap == Gap::Apostrophe && next.is(Traits::GIVEN));
    name.start +=
        usize::from(elided && first.case == Case::Lower && first.span.len() == 1 && name.end > name.start + 1);
}

fn untitle(tokens: &Tokens<'_>, name: &mut Name) {
    // A title with a hyphen behind is the name of what bears it (`General-Steuben-Platz`).
    while name.end > name.start + 1 && is_title(tokens, name.start) && tokens.list[name.start + 1].gap != Gap::Hyphen {
        name.sex = name.sex.or_else(|| titled(tokens, name.start));
        name.start += 1;
    }
    if name.start > 0 && tokens.list[name.start].gap.joins() && is_title(tokens, name.start - 1) {
        name.sex = name.sex.or_else(|| titled(tokens, name.start - 1));
    }
    while name.end > name.start + 1 && Cues::embedded().titles_behind.has(tokens.folded(name.end - 1)) {
        name.end -= 1;
    }
}

fn titled(tokens: &Tokens<'_>, at: usize) -> Option<Sex> {
    let traits = tokens.list[at].traits;
    if !traits.has(Traits::HONORIFIC) { None } else { sex(traits) }
}

/// Where a name begins that words at the head of a sentence were read into: `Мастер Эльчин Джафаров`, `Açılışda
/// Prezident İlham Əliyev`.
fn after_words(tokens: &Tokens<'_>, name: &Name) -> usize {
    let list = &tokens.list;
    let given = |at: usize| list[at].is(Traits::GIVEN) && list[at].gap == Gap::Blank;
    let inner = name.start + 1..name.end - 1;
    if let Some(title) = inner.clone().find(|at| is_title(tokens, *at) && given(at + 1)) {
        return title + 1;
    }
    let names = Traits::GIVEN.with(Traits::SURNAME).with(Traits::PARTICLE);
    let word = list[name.start].gap == Gap::Sentence && !list[name.start].is(names);
    name.start + usize::from(!inner.is_empty() && word && given(name.start + 1))
}

/// Adds the rest of a name that goes on across a hyphen, and particles cut off by an apostrophe.
fn widen(tokens: &Tokens<'_>, name: &mut Name, floor: usize, ceiling: usize) {
    let list = &tokens.list;
    while name.start > floor && matches!(list[name.start].gap, Gap::Hyphen | Gap::Apostrophe) {
        let before = &list[name.start - 1];
        // `d'Arcourt`, `O'Brien`: longer words before an apostrophe are possessives far more often than names
        // (`Dell'Utri` is lost by this).
        // `le discours d'Étienne Valmont`: before a given name it is the preposition.
        let elided = before.case == Case::Lower && list[name.start].is(Traits::GIVEN);
        let letter = list[name.start].gap == Gap::Apostrophe && before.span.len() == 1 && !elided;
        let word = list[name.start].gap == Gap::Hyphen && (before.capital() || before.is(Traits::PARTICLE));
        if !letter && !word {
            break;
        }
        name.start -= 1;
    }
    // Particles before it are its own where they begin a sentence with a capital: `Van der Berg`.
    while name.start > floor && list[name.start].gap == Gap::Blank && is_led(tokens, name) {
        name.start -= 1;
    }
    while name.end < ceiling && list[name.end].gap == Gap::Hyphen && list[name.end].capital() {
        name.end += 1;
    }
    // `Tsai` and the given names behind it.
    let given = name.end - name.start == 1
        && name.end + 1 < ceiling
        && list[name.end].gap == Gap::Blank
        && list[name.end].capital()
        && is_syllable(tokens, name.end)
        && goes_on_small(tokens, name.end + 1);
    name.end += 2 * usize::from(given);
    if name.end - name.start == 2 && name.end < ceiling && goes_on_small(tokens, name.end) {
        name.end += 1;
    }
}

/// True for a second syllable in small letters behind a hyphen: `Ban Ki-moon`. `Joe Biden-era` has none.
fn goes_on_small(tokens: &Tokens<'_>, at: usize) -> bool {
    const WORDS: [&str; 14] = [
        "led", "era", "run", "like", "born", "made", "held", "owned", "aged", "style", "based", "type", "free", "bound",
    ];
    let token = &tokens.list[at];
    let second = token.gap == Gap::Hyphen && token.case == Case::Lower && !WORDS.contains(&tokens.folded(at));
    second && is_syllable(tokens, at) && (at - 2..at).all(|at| is_syllable(tokens, at))
}

/// Syllables of Korean and Chinese names have at most five letters, in plain Latin script.
fn is_syllable(tokens: &Tokens<'_>, at: usize) -> bool {
    let word = tokens.list[at].span.of(tokens.text);
    word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// True when a particle stands before the name that belongs to it.
fn is_led(tokens: &Tokens<'_>, name: &Name) -> bool {
    let leading = &Cues::embedded().leading_particles;
    let before = &tokens.list[name.start - 1];
    let word = tokens.folded(name.start - 1);
    let own = leading.has(word) && before.case == Case::Lower
        || before.gap == Gap::Sentence && before.case == Case::Title && (leading.has(word) || word == "de");
    let inner = matches!(word, "der" | "den" | "la")
        && name.start >= 2
        && matches!(tokens.folded(name.start - 2), "van" | "von" | "de");
    let led = matches!(tokens.folded(name.start), "der" | "den" | "la" | "de");
    own && (name.end - name.start == 1 || led) || inner
}

/// True for what only bears a person's name: `Antonio Machado` behind `calle` or before `Street`, `Victor-Hugo` behind
/// `lycée`, and saints in the names of towns.
fn is_building(tokens: &Tokens<'_>, name: &Name) -> bool {
    let cues = Cues::embedded();
    let last = tokens.folded(name.end - 1);
    let hyphen = name.end - name.start > 1 && tokens.list[name.end - 1].gap == Gap::Hyphen;
    let first = tokens.folded(name.start);
    let saint =
        cues.saints_of_towns.has(first) && tokens.list.get(name.start + 1).is_some_and(|next| next.gap == Gap::Hyphen);
    // `General-Steuben-Kaserne`: with hyphens all along it is a building or street.
    let general = hyphen && name.end - name.start > 2 && is_title(tokens, name.start);
    let opened = name.end > name.start + 1 && cues.buildings_before.has(first);
    bears_name(tokens, name.end)
        || opened
        || saint
        || general
        || (hyphen && cues.buildings_behind.has(last))
        || is_behind_building(tokens, name.start)
}

/// True when the word at `at` is a street, building or area that the name before it is a part of.
fn bears_name(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.list.get(at).is_some_and(|next| {
        let area = next.is(Traits::AREA) && next.case == Case::Lower && tokens.folded(at) != "capital";
        matches!(next.gap, Gap::Blank | Gap::Hyphen | Gap::Apostrophe)
            && (area || Cues::embedded().buildings_behind.has(tokens.folded(at)))
    })
}

fn is_behind_building(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let cues = Cues::embedded();
    let here = tokens.list[at].gap == Gap::Blank;
    let article = cues.building_articles.has(tokens.folded(before));
    let before = if article { before.saturating_sub(1) } else { before };
    here && cues.buildings_before.has(tokens.folded(before))
}

/// Joins `Leonard Arthur "Len" Pym`, of which finders see the head and at best the tail.
fn nicknames(tokens: &Tokens<'_>, names: &mut Vec<Name>) {
    let mut out: Vec<Name> = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        let last = out.last_mut().filter(|last| last.end > name.start);
        match last {
            // The tail of a name that a quotation parts, or what stands in the quotation.
            Some(last) if name.label == Label::Person => last.end = last.end.max(name.end),
            Some(_) => {}
            None => {
                let tail = quoted(tokens, &name).filter(|_| name.label == Label::Person);
                out.push(Name { end: tail.map_or(name.end, |tail| tail + 1), ..name });
            }
        }
    }
    *names = out;
}

/// The word after the quotation that stands right behind `name`, where both words beside it are parts of one name.
fn quoted(tokens: &Tokens<'_>, name: &Name) -> Option<usize> {
    let between = |at: usize| {
        let (before, here) = (tokens.list.get(at.checked_sub(1)?)?, tokens.list.get(at)?);
        tokens.text.get(before.span.range().end..here.span.range().start)
    };
    let opening = between(name.end)?.strip_prefix(' ')?;
    let mut chars = opening.chars();
    let mark = chars.next().filter(|_| chars.next().is_none())?;
    let closing = match mark {
        '"' => '"',
        '“' | '„' => '”',
        '«' => '»',
        '‘' => '’',
        '(' => ')',
        _ => return None,
    };
    // Three words of nickname at most: a longer quotation is what somebody said.
    let tail = (name.end + 1..tokens.list.len().min(name.end + 4)).find(|at| !tokens.list[*at].gap.joins())?;
    let closed = between(tail)?.strip_prefix([closing, '“'])?;
    let plain = Traits::COMMON.with(Traits::ORG_HEAD).with(Traits::DEMONYM);
    (closed == " " && tokens.list[tail].capital() && !tokens.list[tail].is(plain) && tokens.list[tail - 1].capital())
        .then_some(tail)
}

/// Parts `Robledo Paz y Cáceres`, two people, at a word for `and` that only joins surnames inside a full name.
fn split(tokens: &Tokens<'_>, names: &mut Vec<Name>) {
    let mut out: Vec<Name> = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        match and(tokens, &name) {
            Some(and) => {
                out.push(Name { end: and, ..name.clone() });
                out.push(Name { start: and + 1, ..name });
            }
            None => out.push(name),
        }
    }
    *names = out;
}

/// The word for `and` between two surnames that stand as one name.
fn and(tokens: &Tokens<'_>, name: &Name) -> Option<usize> {
    // Behind a given name `y` joins the two surnames of one person: `José Ortega y Gasset`.
    if name.label != Label::Person || tokens.list[name.start].is(Traits::GIVEN) {
        return None;
    }
    (name.start + 1..name.end.saturating_sub(1)).find(|at| {
        Cues::embedded().and.has(tokens.folded(*at))
            && tokens.list[*at].case == Case::Lower
            && tokens.list[*at].gap == Gap::Blank
            && tokens.list[*at + 1].gap == Gap::Blank
    })
}
