//! The parts of a person's name, and when two parts are forms of one.

use crate::annotate::names::{Case, Endings, Gap, Name, Tokens, Traits};

/// One part of a name: a word, or words with hyphens between (`Jean-Baptiste`), folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) role: Role,
}

/// What a part does in the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Given name, patronymic, surname.
    Main,
    /// `van`, `de la`, `oğlu`.
    Particle,
    /// What stands in quotation marks: `Leonard "Len" Pym`.
    Nick,
}

/// The parts of the words `start..end`.
pub(super) fn parts(tokens: &Tokens<'_>, start: usize, end: usize) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut quoted = false;
    for at in start..end {
        let (token, word) = (&tokens.list[at], tokens.folded(at));
        if at > start && !token.gap.joins() {
            quoted = !quoted;
        }
        if at > start
            && matches!(token.gap, Gap::Hyphen)
            && let Some(last) = out.last_mut()
        {
            last.text.push('-');
            last.text.push_str(word);
            last.role = if quoted { Role::Nick } else { Role::Main };
            continue;
        }
        let role = match () {
            () if quoted => Role::Nick,
            () if at + 1 < end && is_particle(tokens, at) => Role::Particle,
            () => Role::Main,
        };
        out.push(Part { text: word.to_owned(), role });
    }
    out
}

/// True for a particle of a surname. One letter with a capital is an initial.
pub(super) fn is_particle(tokens: &Tokens<'_>, at: usize) -> bool {
    let token = &tokens.list[at];
    token.is(Traits::PARTICLE)
        && !token.initial(tokens.text)
        && (token.case == Case::Lower || !token.is(Traits::GIVEN.with(Traits::SURNAME)) || token.span.len() < 4)
        || token.span.len() == 1 && tokens.list.get(at + 1).is_some_and(|next| next.gap == Gap::Apostrophe)
}

/// The parts of `name`.
pub(super) fn of_name(tokens: &Tokens<'_>, name: &Name) -> Vec<Part> {
    parts(tokens, name.start, name.end)
}

/// The parts that are neither particles nor nicknames.
pub(super) fn mains(parts: &[Part]) -> impl DoubleEndedIterator<Item = &str> + Clone {
    parts.iter().filter(|part| part.role == Role::Main).map(|part| part.text.as_str())
}

/// The word itself, and the forms that it may have without its case ending.
pub(super) fn bases(word: &str, endings: Endings) -> Vec<String> {
    let mut out = vec![word.to_owned()];
    endings.strip(word, |form| out.push(form.to_owned()));
    out
}

/// True when the two may be cases of one word.
pub(super) fn agree(a: &str, b: &str, endings: Endings) -> bool {
    if a == b {
        return true;
    }
    // Cases of one word begin alike.
    if a.chars().next() != b.chars().next() {
        return false;
    }
    let (a, b) = (bases(a, endings), bases(b, endings));
    a.iter().any(|form| b.contains(form))
}

/// True when one of the two given names is an initial, the head or a familiar form of the other.
pub(super) fn short_for(a: &str, b: &str) -> bool {
    let (short, long) = if a.chars().count() < b.chars().count() { (a, b) } else { (b, a) };
    match short.chars().count() {
        0 => false,
        1 => long.starts_with(short),
        letters => (letters > 2 && long.chars().count() > letters + 1 && long.starts_with(short)) || familiar(a, b),
    }
}

/// True when `a` and `b` stand in one row of [`FAMILIAR`], where the first is what the others are short for.
fn familiar(a: &str, b: &str) -> bool {
    FAMILIAR.iter().any(|row| {
        let mut names = row.split(' ');
        let full = names.next().unwrap_or("");
        let other = if full == a { b } else { a };
        (full == a || full == b) && names.any(|name| name == other)
    })
}

/// Given names and their familiar forms that are not their heads, folded.
const FAMILIAR: &[&str] = &[
    "william bill billy will willie liam",
    "robert bob bobby rob",
    "richard dick rick rich ricky",
    "james jim jimmy jamie",
    "john jack johnny jon",
    "joseph joe joey",
    "michael mike mick micky",
    "thomas tom tommy",
    "anthony tony",
    "edward ed eddie ted teddy ned",
    "henry harry hank",
    "charles charlie chuck",
    "lawrence larry",
    "margaret maggie peggy meg",
    "elizabeth liz betty beth lizzie libby eliza",
    "katherine kate kathy katie",
    "catherine kate cathy katie",
    "patricia pat trish",
    "dorothy dot dottie",
    "susan sue susie",
    "александр саша шура",
    "александра саша шура",
    "алексей леша",
    "анна аня",
    "дмитрий дима митя",
    "евгений женя",
    "евгения женя",
    "екатерина катя",
    "елена лена",
    "иван ваня",
    "мария маша",
    "михаил миша",
    "наталья наташа",
    "николай коля",
    "ольга оля",
    "павел паша",
    "петр петя",
    "сергей сережа",
    "софья соня",
    "татьяна таня",
    "юрий юра",
    "francisco paco pancho",
    "jose pepe",
    "josef sepp",
    "johannes hans",
];

/// True when one letter more, less, other or two swapped inside make one of the two words of the other: a misprint. The
/// first letter is hardly ever misprinted, and one more at the end makes another name (`Aliyeva`, `Martins`).
pub(super) fn misprint(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < SHORTEST || long.len() - short.len() > 1 || a[0] != b[0] {
        return false;
    }
    let head = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let (rest, other) = (&short[head..], &long[head..]);
    if long.len() > short.len() {
        // A doubled last letter is no other name, whatever else stands at the end is.
        return other[1..] == *rest && (!rest.is_empty() || long[head - 1] == long[head]);
    }
    let swapped = rest.len() > 1 && rest[0] == other[1] && rest[1] == other[0] && rest[2..] == other[2..];
    let vowels = |c: char| matches!(c, 'a' | 'а' | 'i' | 'и' | 'я' | 'o' | 'о');
    let gender = rest.len() == 1 && vowels(rest[0]) && vowels(other[0]);
    swapped || (rest.len() > 1 || !gender) && rest[1.min(rest.len())..] == other[1.min(other.len())..]
}

/// Names of fewer letters are too close to each other for misprints to be told.
const SHORTEST: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misprints_are_one_letter_inside() {
        for row in "achterberg achtenberg
             lomidze lomidse
             gelashvili gelashvilli
             thornbury thornbary
             brandl brandel
             tariverdi tarivedri"
            .lines()
        {
            let (a, b) = row.trim().split_once(' ').expect("two names");
            assert!(misprint(a, b) && misprint(b, a), "{row}");
        }
        for row in "aliyev aliyeva
             martin martins
             kowalski kowalska
             larsen carsen
             smith smithson
             hall hill"
            .lines()
        {
            let (a, b) = row.trim().split_once(' ').expect("two names");
            assert!(!misprint(a, b) && !misprint(b, a), "{row}");
        }
    }

    #[test]
    fn familiar_names_are_short_for_full_ones() {
        for (a, b) in [("l", "leonard"), ("len", "leonard"), ("bill", "william"), ("саша", "александр")] {
            assert!(short_for(a, b) && short_for(b, a), "{a} {b}");
        }
        for (a, b) in [("anna", "hanna"), ("jo", "john"), ("bill", "robert"), ("bob", "rob"), ("ivan", "ivana")] {
            assert!(!short_for(a, b), "{a} {b}");
        }
    }
}
