//! The parts of a person's name, and when two parts are forms of one.

use crate::annotate::names::{Case, Cues, Endings, Gap, Name, Tokens, Traits};

/// One part of a name: a word, or words with hyphens between (`Jean-Baptiste`), folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamePart {
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
pub(super) fn parts(tokens: &Tokens<'_>, start: usize, end: usize) -> Vec<NamePart> {
    let mut out: Vec<NamePart> = Vec::new();
    let mut quoted = false;
    for at in start..end {
        let (token, word) = (&tokens.list[at], tokens.folded(at));
        if at > start && !token.gap.joins() {
            quoted = !quoted;
        }
        if at > start
            // Words with hyphens are one part: `Jean-Baptiste` is no Jean.
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
        out.push(NamePart { text: word.to_owned(), role });
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
pub(super) fn of_name(tokens: &Tokens<'_>, name: &Name) -> Vec<NamePart> {
    parts(tokens, name.start, name.end)
}

/// The parts that are neither particles nor nicknames.
pub(super) fn mains(parts: &[NamePart]) -> impl DoubleEndedIterator<Item = &str> + Clone {
    parts.iter().filter(|part| part.role == Role::Main).map(|part| part.text.as_str())
}

/// The word itself, and the forms that it may have without its case ending.
pub(super) fn bases(word: &str, endings: Endings) -> Vec<String> {
    // The word itself comes first: an exact match wins over a guess at its case.
    let mut out = vec![word.to_owned()];
    endings.strip(word, |form| out.push(form.to_owned()));
    // Instrumentals that only people's names have: `Сидоровым`, `Петровичем`.
    if let Some(stem) = ["ым", "ем"].iter().find_map(|ending| word.strip_suffix(ending))
        && stem.ends_with(['в', 'н', 'ч'])
    {
        out.push(stem.to_owned());
    }
    out
}

/// True when the two may be cases of one word.
pub(super) fn inflections_of_one_word(a: &str, b: &str, endings: Endings) -> bool {
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
        // Two letters are the head of too many names (`Al`, `Jo`); and one letter more is another name (`Ivan`,
        // `Ivana`).
        letters => (letters > 2 && long.chars().count() > letters + 1 && long.starts_with(short)) || familiar(a, b),
    }
}

/// True when one of the two is a familiar form of the other.
fn familiar(a: &str, b: &str) -> bool {
    let rows = &Cues::embedded().familiar_names;
    let short = |full: &str, other: &str| rows.get(full).is_some_and(|short| short.contains(&other));
    short(a, b) || short(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn familiar_names_are_short_for_full_ones() {
        for (a, b) in [("l", "leonard"), ("len", "leonard"), ("bill", "william"), ("саша", "александр")] {
            assert!(short_for(a, b) && short_for(b, a), "{a} {b}");
        }
        for (a, b) in [("anna", "hanna"), ("jo", "john"), ("bill", "robert"), ("bob", "rob"), ("ivan", "ivana")] {
            assert!(!short_for(a, b), "{a} {b}");
        }
    }

    fn said(words: &str) -> String {
        let tokens = Tokens::new(words);
        let role = |role| match role {
            Role::Main => "",
            Role::Particle => "+",
            Role::Nick => "~",
        };
        let parts = parts(&tokens, 0, tokens.list.len());
        parts.iter().map(|part| format!("{}{}", role(part.role), part.text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_name_has_parts() {
        crate::text::tests::table(
            "Anna Petrova ==> anna petrova
             Jean-Baptiste Lanoy ==> jean-baptiste lanoy
             Pieter van der Zee ==> pieter +van +der zee
             Leonard \"Len\" Pym ==> leonard ~len pym
             J. R. Smith ==> j r smith
             Lidia Dupont-Lanoy ==> lidia dupont-lanoy",
            said,
        );
    }

    #[test]
    fn cases_of_one_word_are_told() {
        let endings = |lang| Endings::for_language(Some(lang));
        for (lang, a, b, one) in [
            ("ru", "орлов", "орлова", true),
            ("ru", "орлов", "орловым", true),
            ("ru", "орлов", "соколов", false),
            ("az", "rustemli", "rustemlinin", true),
            ("tr", "ferraz", "ferraz", true),
            ("de", "vollmer", "vollmers", true),
            ("en", "vollmer", "vollmers", false),
            ("pl", "nowak", "nowaka", true),
            ("ru", "иван", "степан", false),
        ] {
            assert_eq!(inflections_of_one_word(a, b, endings(lang)), one, "{lang} {a} {b}");
            assert_eq!(inflections_of_one_word(b, a, endings(lang)), one, "{lang} {b} {a}");
        }
    }

    #[test]
    fn the_word_itself_is_its_first_base() {
        let endings = Endings::for_language(Some("ru"));
        assert_eq!(bases("орловым", endings)[0], "орловым");
        assert!(bases("орловым", endings).contains(&"орлов".to_owned()));
        assert_eq!(bases("smith", Endings::default()), ["smith"]);
    }
}
