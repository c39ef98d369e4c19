//! What annotation may not say of any text.

use search::annotate::{self, Annotations, ArticleContext, Value};
use search::date::{Date, Stamp};

/// Languages whose texts are read in ways of their own, and none.
pub const LANGUAGES: &[Option<&str>] =
    &[None, Some("en"), Some("de"), Some("ru"), Some("tr"), Some("az"), Some("fr"), Some("zh"), Some("ar"), Some("ka")];

/// What is wrong with the annotations of `data`: two bytes for language and day, the first line is the headline.
pub fn fault_in(data: &[u8]) -> Option<String> {
    let (head, text) = data.split_first_chunk::<2>()?;
    let text = search::text::nfc(&String::from_utf8_lossy(text)).into_owned();
    let (title, body) = text.split_once('\n').unwrap_or(("", &text));
    let lang = LANGUAGES[usize::from(head[0]) % LANGUAGES.len()];
    let published = (head[1] > 0).then(|| Date::new(2020, 1 + (head[1] % 12) as i8, 28).ok()).flatten();
    fault(body, ArticleContext { title, published: published.map(Stamp::day), lang, own: None })
}

/// What is wrong with the annotations of `body`.
pub fn fault(body: &str, context: ArticleContext<'_>) -> Option<String> {
    let found = annotate::annotate(body, context);
    let mut ends = [0, 0];
    for (at, mention) in found.mentions.iter().enumerate() {
        let span = mention.span;
        if body.get(span.range()).is_none_or(str::is_empty) {
            return Some(format!("the span {span:?} is none of the body"));
        }
        if at > 0 && found.mentions[at - 1].span.start > span.start {
            return Some(format!("{span:?} is not in the order of the text"));
        }
        let end = &mut ends[usize::from(matches!(mention.value, Value::Date(_) | Value::Timex(..)))];
        if span.start < *end {
            return Some(format!("{span:?} overlaps one of its family"));
        }
        *end = span.end;
        if !(0.0..=1.0).contains(&mention.confidence) {
            return Some(format!("{span:?} is believed by {}", mention.confidence));
        }
    }
    unnamed(&found)
}

/// Places and people that no mention has, and the other way round.
fn unnamed(found: &Annotations) -> Option<String> {
    let (mut places, mut people) = (vec![false; found.places.len()], vec![false; found.people.len()]);
    for mention in &found.mentions {
        let known = match mention.value {
            Value::Place(at) => places.get_mut(at as usize),
            Value::Person(at) => people.get_mut(at as usize),
            _ => continue,
        };
        match known {
            Some(known) => *known = true,
            None => return Some(format!("nothing is at the index of {mention:?}")),
        }
    }
    (!places.iter().chain(&people).all(|known| *known)).then(|| "a place or a person that nothing mentions".to_owned())
}
