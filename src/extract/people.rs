//! Who wrote it.
//!
//! Names come from JSON-LD, then from meta tags, then from what the page shows. Only people count at first; where
//! the page credits nobody but an agency, a desk or itself, that name is better than none.

use std::ops::Range;

use super::hints::Hints;
use super::linked::{Linked, plain};
use super::outline::{Block, Outline, Tag};

/// Meta tags that name authors, best first.
const METAS: [&str; 11] = [
    "author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
    "article:author",
    "cxenseparse:author",
    "creator",
];

/// What names are read with.
pub(super) struct Context<'a> {
    pub(super) outline: &'a Outline,
    pub(super) linked: &'a Linked,
    /// Name of the site.
    pub(super) site: Option<&'a str>,
    pub(super) title: &'a str,
    /// Element of the headline.
    pub(super) heading: Option<usize>,
    /// Blocks from the first to after the last of the body.
    pub(super) body: Range<usize>,
    /// ISO 639-1 code.
    pub(super) lang: Option<&'a str>,
}

/// The authors in the order of the page; empty where the page names none.
pub(super) fn find(context: &Context<'_>) -> Vec<String> {
    let (outline, linked) = (context.outline, context.linked);
    let metas: Vec<String> = METAS
        .iter()
        .map(|key| outline.metas.iter().filter(|meta| meta.name == *key).map(|meta| plain(&meta.value)).collect())
        .find(|values: &Vec<String>| {
            values.iter().any(|value| !people(context, std::slice::from_ref(value)).is_empty())
        })
        .unwrap_or_default();
    let declared = [linked.authors.clone(), metas];
    for names in &declared {
        let found = people(context, names);
        if !found.is_empty() {
            return found;
        }
    }
    let linked_author = people(context, &marked(context, true));
    if !linked_author.is_empty() {
        return linked_author;
    }
    let in_byline = people(context, &marked(context, false));
    if !in_byline.is_empty() {
        return in_byline;
    }
    let like_people = |names: Vec<String>| -> Vec<String> {
        people(context, &names).into_iter().filter(|name| is_person_like(name)).collect()
    };
    let by = like_people(by_line(context));
    if !by.is_empty() {
        return by;
    }
    let dated = like_people(beside_date(context));
    if !dated.is_empty() {
        return dated;
    }
    let credited = bodies(context, &declared);
    if credited.is_empty() { like_people(alone(context)) } else { credited }
}

/// The people in a list of credits.
fn people(context: &Context<'_>, names: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names.iter().flat_map(|name| split(name)) {
        let name = tidy(&name);
        let folded = crate::text::fold(&name);
        let is_person =
            is_name(&name) && !is_body(&folded) && !is_outlet(context, &folded) && !repeats_title(context, &folded);
        if is_person && !out.iter().any(|other| crate::text::fold(other) == folded) {
            out.push(name);
        }
    }
    out
}

/// Whether a name is the headline, as damaged tags make it.
fn repeats_title(context: &Context<'_>, folded: &str) -> bool {
    !context.title.is_empty() && crate::text::fold(context.title) == folded
}

/// Agencies, desks and outlets that are credited where no person is.
fn bodies(context: &Context<'_>, declared: &[Vec<String>; 2]) -> Vec<String> {
    let organisation = context.linked.organisations.iter();
    let meta = METAS.iter().filter_map(|key| context.outline.meta(key));
    let names = declared[0].iter().map(String::as_str).chain(organisation.map(String::as_str)).chain(meta);
    let found = names.map(plain).map(|name| tidy(&name)).find(|name| {
        let folded = crate::text::fold(name);
        is_name(name)
            && !matches!(
                folded.as_str(),
                "admin" | "administrator" | "webmaster" | "editor" | "author" | "root" | "no author"
            )
            && !repeats_title(context, &folded)
    });
    found.into_iter().collect()
}

/// Names in elements that the page marks as author: `linked` asks for author links and microdata, else for elements
/// with the name of a byline. The first one counts, and those right beside it.
fn marked(context: &Context<'_>, linked: bool) -> Vec<String> {
    let outline = context.outline;
    let mut out: Vec<String> = Vec::new();
    let mut last = (0, 0);
    for (index, part) in outline.elements.iter().enumerate() {
        let wanted = if linked { part.is_author } else { part.hints.has(Hints::BYLINE) && part.tag != Tag::Body };
        // Inside one that was read, or far from the first.
        if !wanted || part.end <= last.0 || (!out.is_empty() && part.first > last.1 + 3) || is_elsewhere(context, index)
        {
            continue;
        }
        let text = outline.line(part);
        let signed = linked || without_by(&text).len() < text.len();
        let fits = |name: String| is_person_like(&name) || (signed && is_alias(&name));
        let names: Vec<String> = split(&text).into_iter().filter(|name| fits(tidy(name))).collect();
        if (2..120).contains(&text.chars().count()) && !names.is_empty() {
            out.extend(names);
            last = (part.end, part.last);
        }
    }
    out
}

/// Whether the element belongs to comments, other stories or menus; names around the article itself say nothing.
fn is_elsewhere(context: &Context<'_>, index: usize) -> bool {
    let others = Hints::COMMENT.with(Hints::RELATED).with(Hints::TEASER).with(Hints::SIDE).with(Hints::NAV);
    context.outline.is_inside(index as u32, context.body.start, |part| {
        part.hints.has(others) || matches!(part.tag, Tag::Nav | Tag::Aside)
    })
}

/// A line near the headline or the ends of the text that begins with `By`.
fn by_line(context: &Context<'_>) -> Vec<String> {
    let (outline, body) = (context.outline, &context.body);
    let heading = context.heading.map_or(body.start.saturating_sub(8), |at| outline.elements[at].first as usize);
    let near = [
        heading.min(body.start)..body.start.min(heading + 25),
        body.start..(body.start + 3).min(outline.blocks.len()),
        body.end.saturating_sub(2)..(body.end + 4).min(outline.blocks.len()),
    ];
    let mut lines = near.into_iter().flat_map(|range| &outline.blocks[range]).filter(|block| block.words <= 14);
    let found = lines.find(|block| {
        let text = outline.text_of(block);
        let rest = without_by(text);
        rest.len() < text.trim().len() && split(rest).first().is_some_and(|name| is_person_like(&tidy(name)))
    });
    found.map(|block| outline.text_of(block).to_owned()).into_iter().collect()
}

/// Names in the line with the date, between headline and text: `Jo Berg | 28 May 2008`, `28 May 2008, by Jo Berg`, or in an
/// element of their own beside that of the date.
fn beside_date(context: &Context<'_>) -> Vec<String> {
    let (outline, body) = (context.outline, &context.body);
    let heading = context.heading.map_or(body.start.saturating_sub(3), |at| outline.elements[at].first as usize);
    let end = (body.start + 1).min(heading + 8).min(outline.blocks.len());
    let lines = outline.blocks[heading.min(end)..end].iter().filter(|block| (3..=24).contains(&block.words));
    lines.flat_map(|block| signed(context, block)).next().into_iter().collect()
}

/// The credit in a line that has a date, or digits under a headline: an element that is a name, else what stands before
/// the date, else what follows it and begins with `By`.
fn signed(context: &Context<'_>, block: &Block) -> Option<String> {
    let outline = context.outline;
    let text = outline.text_of(block);
    let digit = text.find(char::is_numeric)?;
    let date = crate::date::written(text, context.lang, crate::date::Order::of(context.lang)).map(|date| date.span);
    if date.is_none() && context.heading.is_none() {
        return None;
    }
    let title = crate::text::fold(context.title);
    let parts = outline.elements[block.element as usize..].iter().take_while(|part| part.start < block.end);
    let inside = parts.filter(|part| part.start >= block.start && part.end <= block.end && part.end > part.start);
    let name = inside.map(|part| outline.line(part)).find(|name| is_person_like(name) && name.len() < text.len());
    if let Some(name) = name.filter(|name| !crate::text::fold(name).contains(&title)) {
        return Some(name);
    }
    let before = &text[..date.map_or(digit, |date| date.start as usize)];
    // Lines that are parted by one break are one block: the headline may stand before the name.
    let before = before.strip_prefix(context.title).unwrap_or(before);
    let first = split(before).into_iter().next().map(|name| tidy(&name));
    if let Some(name) = first.filter(|name| is_person_like(name) && before.chars().count() < 60) {
        return Some(name);
    }
    let after = date.map_or("", |date| &text[date.end as usize..]).trim_start_matches(|c: char| !c.is_alphanumeric());
    (without_by(after).len() < after.len()).then(|| after.to_owned())
}

/// A name that stands alone right under the headline or at the end of the text.
fn alone(context: &Context<'_>) -> Vec<String> {
    let (outline, body) = (context.outline, &context.body);
    let heading = context.heading.map_or(body.start, |at| outline.elements[at].last as usize);
    let near = [
        heading.min(body.start)..body.start.min(heading + 4),
        body.end.saturating_sub(1)..(body.end + 1).min(outline.blocks.len()),
    ];
    let mut lines = near.into_iter().flat_map(|range| &outline.blocks[range]).filter(|block| {
        let tag = outline.elements[block.element as usize].tag;
        (2..=4).contains(&block.words) && !matches!(tag, Tag::Heading(_) | Tag::Item | Tag::Cell)
    });
    let found = lines.find(|block| is_person_like(&tidy(outline.text_of(block))));
    found.map(|block| outline.text_of(block).to_owned()).into_iter().collect()
}

/// Splits a line of several names.
fn split(line: &str) -> Vec<String> {
    const MARKS: [&str; 20] = [
        " and ", " und ", " et ", " y ", " e ", " och ", " og ", " en ", " и ", " та ", " i ", " ve ", " & ", ", ",
        ";", " | ", " / ", "、", " · ", " • ",
    ];
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = vec![without_by(&line).to_owned()];
    for mark in MARKS {
        out = out.iter().flat_map(|part| part.split(mark)).map(|part| part.trim().to_owned()).collect();
    }
    let is_mail = |part: &str| part.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    // An address beside a name says nothing that the name does not.
    let named = out.iter().any(|part| !part.is_empty() && !is_mail(part));
    out.retain(|part| !(part.is_empty() || named && is_mail(part)));
    out
}

/// A line without the words that introduce an author.
fn without_by(line: &str) -> &str {
    const BY: &str = "by:|by |von |von: |par |di |por |por: |door |af |av |autor:|autor |autorin:|author:|text:|text |\
                      written by |posted by |автор:|автор |автори:|текст:|tekst:|de |from |story by |words by |reported by |\
                      interview:|redaktion:|yazan:|haber:|yazı:|autore:|auteur:|texte:|texto:|testo:|müəllif:|мүəллиф:|skrevet av |\
                      geschrieben von |published by |ein beitrag von |blog beitrag von |gespeichert von |veröffentlicht von |\
                      publié par |publicado por |rechtsanwalt |rechtsanwältin |نویسنده: |نویسنده:|بقلم: |بقلم |كتب: |كتبت: |\
                      الكاتب: |记者 |作者：|作者:|文/|文／|記者 ";
    let mut line = line.trim();
    loop {
        let lower = line.to_lowercase();
        let Some(mark) = BY.split('|').find(|mark| lower.starts_with(*mark)) else { return line };
        if lower.len() != line.len() {
            return line;
        }
        line = line[mark.len()..].trim_start();
    }
}

/// A name without what is written beside it: brackets, handles, dates, roles after a dash.
fn tidy(name: &str) -> String {
    let name = without_by(name);
    let name = name.split(['(', '|', '•', '·', '@', '[', '/', '<']).next().unwrap_or("");
    let name = [" - ", " – ", " — ", " on ", " am ", " for ", " für "]
        .iter()
        .fold(name, |name, mark| name.split(*mark).next().unwrap_or(name));
    // `Jo Berg. Drawings`: a sentence ends, which no initial does.
    let ends = name.match_indices(". ").find(|(at, _)| {
        let word = name[..*at].rsplit(' ').next().unwrap_or("");
        word.chars().count() > 3 && *at > word.len()
    });
    let name = ends.map_or(name, |(at, _)| &name[..at]);
    // A date that follows the name.
    let digit = name.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 3);
    let name = digit.map_or(name, |at| name[..at].trim_end());
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while digit.is_some() && words.last().is_some_and(|word| is_date_word(word)) {
        words.pop();
    }
    // `News Staff` without its role would be another name; Korean names are one word.
    while words.last().is_some_and(|word| is_role_word(word))
        && (words.len() > 2 || words.len() == 2 && !words[0].is_ascii())
    {
        words.pop();
    }
    if let Some(at) = (2..words.len()).find(|at| opens_role(words[*at])) {
        words.truncate(at);
    }
    let name = words.join(" ");
    crate::text::nfc(name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.')).into_owned()
}

fn is_date_word(word: &str) -> bool {
    let folded = crate::text::fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    folded.is_empty()
        || !crate::date::names::lookup(&folded).is_empty()
        || matches!(folded.as_str(), "posted" | "on" | "updated" | "published")
}

fn is_role_word(word: &str) -> bool {
    let folded = crate::text::fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    const ROLES: &str = "기자 특파원 reporter correspondent editor writer contributor journalist journalistin redakteur redakteurin \
                         chefredakteur chefredakteurin korrespondent columnist staff coordinator stand";
    ROLES.split(' ').any(|role| role == folded)
}

/// Whether the word begins a role or an outlet: `Jo Berg Senior Reporter`, `Jo Berg The Ostmark Herald`.
fn opens_role(word: &str) -> bool {
    const OPENINGS: &str = "senior staff chief head the associate managing contributing special guest political deputy executive \
                            associated reuters alle all view more content marketing";
    let folded = crate::text::fold(word);
    OPENINGS.split(' ').any(|opening| opening == folded)
}

/// Whether the text can be the name under which somebody writes: one or two words.
fn is_alias(name: &str) -> bool {
    name.split_whitespace().count() <= 2
        && is_name(name)
        && !has_stop_word(name)
        && !name.chars().any(|c| "?!:%$€".contains(c))
}

/// Whether the text can be a name at all.
fn is_name(name: &str) -> bool {
    let count = name.chars().count();
    let words = name.split_whitespace().count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    (2..=60).contains(&count) && words <= 7 && digits <= 2 && !name.contains("http") && !name.contains("www.")
}

/// Whether the text looks like a person's name: two to five words with capitals, no word that names have not.
fn is_person_like(name: &str) -> bool {
    const PARTICLES: [&str; 24] = [
        "de", "van", "von", "der", "den", "la", "le", "du", "da", "dos", "das", "di", "del", "della", "bin", "al",
        "el", "ter", "zu", "af", "av", "y", "dr.", "ibn",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    let first = name.chars().next().unwrap_or(' ');
    if crate::text::is_cjk(first) {
        return words.len() <= 2 && name.chars().count() <= 6;
    }
    let cased = first.is_lowercase() || first.is_uppercase();
    let capital =
        |word: &&str| word.starts_with(char::is_uppercase) || PARTICLES.contains(&word.to_lowercase().as_str());
    (2..=5).contains(&words.len())
        && name.chars().count() <= 45
        && !name.chars().any(|c| c.is_numeric() || matches!(c, '?' | '!' | ':' | '"' | '%' | '$' | '€'))
        && (!cased || (words.iter().all(capital) && first.is_uppercase()))
        && !has_stop_word(name)
        && !words.iter().any(|word| is_month(word))
}

/// Whether a word is in the text that buttons and labels have and names have not.
fn has_stop_word(name: &str) -> bool {
    const NEVER: &str = "more read all articles member login log sign posted follow name share comments comment by cc the \
                         view about author authors our us contact subscribe newsletter home news next previous photo image \
                         images getty video hours ago min minutes updated published category categories tags features special \
                         guest post posts alle artikel mehr autoren autor redaktion termine folgen publicado creative \
                         copyright shop story menu apply now also you this article hip translated weiter zur zum uber \
                         kommentare kommentieren google facebook twitter download skip navigation strategy expert reviewer \
                         reviewed";
    let folded = crate::text::fold(name);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| NEVER.split(' ').any(|never| never == word))
}

fn is_month(word: &str) -> bool {
    let folded = crate::text::fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    folded.chars().count() > 4
        && !crate::date::names::lookup(&folded).is_empty()
        && !matches!(folded.as_str(), "april" | "august")
}

fn is_outlet(context: &Context<'_>, folded: &str) -> bool {
    let squeeze = |text: &str| -> String { crate::text::fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    let name = squeeze(folded);
    let outlets = [context.site, context.linked.publisher.as_deref()];
    outlets.into_iter().flatten().any(|outlet| name == squeeze(outlet.strip_prefix("www.").unwrap_or(outlet)))
}

/// Whether the words speak of a desk, a role or a company rather than of a person.
fn is_body(folded: &str) -> bool {
    const WORDS: &str = "staff editor editors admin administrator reporter reporters correspondent correspondents redaktion \
                         redaccion redazione redacao newsroom desk team news press reuters afp dpa apa ap agency agencies \
                         agence agentur agencia redaction redactie guest author writer contributor editorial magazine online \
                         com de media times bureau redaktor webdesk web journalist webmaster redakce ritzau sid ltd inc gmbh \
                         group agenturen ev daily gazette telegram newspaper tribune ajansi haberler редакция агентство \
                         sponsored خبرگزاري وكالات";
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // `de` in the middle is a particle, at the end a domain.
    let is_body = |word: &str| WORDS.split(' ').any(|known| known == word);
    words.first() == Some(&"the")
        || words.iter().enumerate().any(|(at, word)| is_body(word) && (*word != "de" || at + 1 == words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_become_names() {
        for row in [
            "By Jo Berg and Anna Holm ==> Jo Berg|Anna Holm",
            "Von: Jo Berg, Redakteur ==> Jo Berg|Redakteur",
            "Jo Berg (Ostmark) ==> Jo Berg",
            "Jo Berg - Mar 27 ==> Jo Berg",
            "Jo Berg February 8 ==> Jo Berg",
            "Jo Berg @joberg ==> Jo Berg",
        ] {
            let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
            let found: Vec<String> = split(input).iter().map(|name| tidy(name)).collect();
            assert_eq!(found.join("|"), expected, "{input}");
        }
    }

    #[test]
    fn bylines_of_many_countries() {
        let text =
            "<p>The council of Ostmark voted to rebuild the old bridge, which had been closed since the flood.</p>";
        for row in [
            "<p>Jo Berg | 28 May 2008 11:40</p> ==> Jo Berg",
            "<p>7 May 2015, by Jo Berg</p> ==> Jo Berg",
            "<p>Orxan Quliyev, 16 avqust 2022-ci il</p> ==> Orxan Quliyev",
            "<p><span class=x>مریم تهرانی</span> <span class=y>جمعه ۱۲ آبان ۱۴۰۲</span></p> ==> مریم تهرانی",
            "<p><span class=author>Текст: Игорь Петров</span> 4 октября 2019</p> ==> Игорь Петров",
            "<p class=byline>By Jo Berg, jo.berg@herald.example</p> ==> Jo Berg",
            "<meta name=author content='News Staff'> ==> News Staff",
            "<meta name=author content='Bridge to be rebuilt'><p>By Jo Berg</p> ==> Jo Berg",
        ] {
            let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
            let html = format!("<title>Bridge to be rebuilt</title><h1>Bridge to be rebuilt</h1>{input}{text}");
            assert_eq!(
                crate::extract::extract(&crate::extract::tests::page(&html)).byline.join("|"),
                expected,
                "{input}"
            );
        }
    }

    #[test]
    fn people_are_told_from_lines() {
        for name in ["Jo Berg", "María de la Cruz", "Игорь Петров", "Dr. Anna Holm"] {
            assert!(is_person_like(name), "{name}");
        }
        for line in ["Read More", "several hundred commits", "3 hours ago", "Holm", "December 2020"] {
            assert!(!is_person_like(line), "{line}");
        }
    }
}
