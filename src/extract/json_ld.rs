//! What a page says of itself in JSON-LD (schema.org).

use serde_json::Value;

use crate::extract::html::value_text::plain;
use crate::extract::word_bag;

/// Scripts longer than this hold data sets, not descriptions of the page.
const MAX_SCRIPT: usize = 4 << 20;
/// Most objects that are looked at.
// An article is described by some dozens; thousands are a catalogue.
const MAX_OBJECTS: usize = 2_000;

/// The facts of the object that describes the page's article; empty where there is none.
#[derive(Clone, Debug, Default)]
pub(crate) struct JsonLd {
    pub(crate) headline: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) authors: Vec<String>,
    /// Organisations given as author.
    pub(crate) organisations: Vec<String>,
    pub(crate) section: Option<String>,
    /// Key words, one or a list of them in each.
    pub(crate) keywords: Vec<String>,
    pub(crate) body: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) publisher: Option<String>,
    /// `isAccessibleForFree`.
    pub(crate) free: Option<bool>,
    /// Types of all objects on the page, in lower case, in order.
    pub(crate) types: Vec<String>,
    /// The page describes an article.
    pub(crate) is_article: bool,
    /// An object did not parse.
    pub(crate) broken: bool,
}

/// Reads the scripts; `title` is the page's own title, by which one of several articles is chosen.
pub(crate) fn read(scripts: &[&str], title: &str) -> JsonLd {
    let mut found = JsonLd::default();
    let mut values = Vec::new();
    // Some three megabytes of values, whatever the page; see `cost`.
    let mut room = 100_000 + scripts.iter().map(|script| script.len()).sum::<usize>() / 4;
    for script in scripts.iter().filter(|script| script.len() <= MAX_SCRIPT) {
        let cost = cost(script);
        if cost > room {
            found.broken = true;
            continue;
        }
        room -= cost;
        found.broken |= !parse(script, &mut values);
    }
    let objects = objects(&values);
    for object in &objects {
        types(object, |name| found.types.push(name.to_ascii_lowercase()));
    }
    let chosen = choose(&objects, title);
    if let Some((object, is_article)) = chosen {
        found.is_article = is_article;
        fill(&mut found, object, &objects);
    }
    for object in objects.iter().filter(|object| is_type(object, "webpage")) {
        found.published = found.published.take().or_else(|| text(object, "datePublished"));
        found.modified = found.modified.take().or_else(|| text(object, "dateModified"));
    }
    if found.broken && found.published.is_none() {
        for script in scripts {
            found.published = found.published.take().or_else(|| loose(script, "\"datePublished\""));
            found.modified = found.modified.take().or_else(|| loose(script, "\"dateModified\""));
            found.headline = found.headline.take().or_else(|| loose(script, "\"headline\""));
        }
    }
    found
}

fn fill(found: &mut JsonLd, object: &Value, objects: &[&Value]) {
    found.headline = text(object, "headline").or_else(|| text(object, "name")).map(|text| plain(&text));
    found.published = text(object, "datePublished").or_else(|| text(object, "dateCreated"));
    found.modified = text(object, "dateModified");
    found.section = text(object, "articleSection").map(|text| plain(&text));
    found.keywords = keywords(object);
    found.body = text(object, "articleBody").or_else(|| text(object, "text"));
    found.description = text(object, "description").map(|text| plain(&text));
    found.url = text(object, "url")
        .or_else(|| text(object, "mainEntityOfPage"))
        .or_else(|| object.get("mainEntityOfPage").and_then(|page| text(page, "@id").or_else(|| text(page, "url"))));
    found.publisher = object.get("publisher").and_then(|publisher| text(publisher, "name")).map(|text| plain(&text));
    found.free = object.get("isAccessibleForFree").and_then(|free| match free {
        Value::Bool(free) => Some(*free),
        Value::String(free) => Some(!free.eq_ignore_ascii_case("false")),
        _ => None,
    });
    for key in ["author", "creator"] {
        if let Some(author) = object.get(key).filter(|_| found.authors.is_empty() && found.organisations.is_empty()) {
            names(author, objects, found);
        }
    }
}

/// The key words of an object: a text, a list of texts, or of objects with a name; at most 200.
fn keywords(object: &Value) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(_) => text(value, "name"),
        _ => None,
    };
    match object.get("keywords") {
        Some(Value::Array(list)) => list.iter().take(200).filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Names of the people (or of whoever) in an author field.
fn names(author: &Value, objects: &[&Value], found: &mut JsonLd) {
    let out = &mut found.authors;
    let mut open = vec![author];
    let mut left = 100;
    while let Some(value) = open.pop() {
        // An author can be a list of lists, or name itself.
        left -= 1;
        if left == 0 {
            return;
        }
        match value {
            Value::String(name) if !name.starts_with("http") => out.push(plain(name)),
            Value::Array(list) => open.extend(list.iter().rev()),
            Value::Object(_) if is_type(value, "organization") => {
                found.organisations.extend(text(value, "name").map(|name| plain(&name)));
            }
            Value::Object(fields) => match fields.get("name") {
                Some(name @ (Value::String(_) | Value::Array(_))) => open.push(name),
                _ => out.extend(name_in_parts(value).or_else(|| name_elsewhere(value, objects))),
            },
            _ => {}
        }
    }
}

/// The name of a person that is given in two.
fn name_in_parts(person: &Value) -> Option<String> {
    let parts = ["givenName", "additionalName", "familyName"].into_iter().filter_map(|key| text(person, key));
    let name = parts.map(|part| plain(&part)).collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

/// The name of a person that `reference` gives by `@id`, where another object of the page has it.
fn name_elsewhere(reference: &Value, objects: &[&Value]) -> Option<String> {
    let id = text(reference, "@id")?;
    let has_id = |other: &Value| other.get("@id").and_then(Value::as_str) == Some(&id);
    let is_named = |other: &Value| other.get("name").is_some() || other.get("familyName").is_some();
    let other = objects.iter().find(|other| is_named(other) && has_id(other))?;
    if is_type(other, "organization") {
        return None;
    }
    text(other, "name").map(|name| plain(&name)).or_else(|| name_in_parts(other))
}

/// The object that describes the article, and whether it calls itself one.
fn choose<'v>(objects: &[&'v Value], title: &str) -> Option<(&'v Value, bool)> {
    let mut best: Option<(&Value, f32)> = None;
    for object in objects.iter().filter(|object| is_article(object)) {
        let headline = text(object, "headline").or_else(|| text(object, "name")).unwrap_or_default();
        let agreement = word_bag::overlap(&plain(&headline), title);
        let full = f32::from(u8::from(object.get("datePublished").is_some()));
        // A date tells the article from the stubs beside it, but a clear agreement with the title counts for more.
        let score = agreement + full * 0.3;
        if best.is_none_or(|(_, other)| score > other) {
            best = Some((object, score));
        }
    }
    best.map(|(object, _)| (object, true))
}

fn is_article(object: &Value) -> bool {
    let mut found = false;
    types(object, |name| {
        let name = name.to_ascii_lowercase();
        found |= ["article", "posting", "report", "review", "recipe", "opinion"].iter().any(|part| name.contains(part));
    });
    found
}

fn is_type(object: &Value, part: &str) -> bool {
    let mut found = false;
    types(object, |name| found |= name.to_ascii_lowercase().contains(part));
    found
}

fn types(object: &Value, mut each: impl FnMut(&str)) {
    match object.get("@type") {
        Some(Value::String(name)) => each(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).for_each(each),
        _ => {}
    }
}

/// All typed objects in reading order, `@graph` and nested ones included.
fn objects(values: &[Value]) -> Vec<&Value> {
    let mut out = Vec::new();
    let mut open: Vec<&Value> = values.iter().rev().collect();
    while let Some(value) = open.pop() {
        if out.len() >= MAX_OBJECTS {
            break;
        }
        match value {
            Value::Array(list) => open.extend(list.iter().rev()),
            Value::Object(fields) => {
                if fields.contains_key("@type") {
                    out.push(value);
                }
                let inner: Vec<&Value> =
                    fields.values().filter(|value| value.is_object() || value.is_array()).collect();
                open.extend(inner.into_iter().rev());
            }
            _ => {}
        }
    }
    out
}

/// The text of a field; of a list its first text.
fn text(object: &Value, key: &str) -> Option<String> {
    let text = match object.get(key)? {
        Value::String(text) => text.trim(),
        Value::Array(list) => list.iter().find_map(Value::as_str)?.trim(),
        _ => return None,
    };
    (!text.is_empty()).then(|| text.to_owned())
}

/// What the values of a script take, in units of some 32 bytes: an object takes twenty whatever is in it, any other
/// value one. Pages are given as many as a quarter of their bytes of JSON-LD and a few megabytes beside; real ones have
/// fifty bytes and more an object.
fn cost(script: &str) -> usize {
    let count = |byte: u8| memchr::memchr_iter(byte, script.as_bytes()).count();
    20 * count(b'{') + count(b',')
}

/// A script without the comments and the CDATA that hide it from old programs.
fn unwrapped(script: &str) -> &str {
    let body = ["<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"]
        .iter()
        .fold(script.trim(), |body, mark| body.strip_prefix(mark).unwrap_or(body).trim_start());
    ["-->", "//]]>", "]]>", "/*]]>*/", ";"]
        .iter()
        .fold(body, |body, mark| body.strip_suffix(mark).unwrap_or(body).trim_end())
}

/// Parses a script; false where some of it could not be read.
fn parse(script: &str, out: &mut Vec<Value>) -> bool {
    let cleaned: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let body = unwrapped(&cleaned);
    let mut stream = serde_json::Deserializer::from_str(body).into_iter::<Value>();
    let mut all = true;
    for value in &mut stream {
        match value {
            Ok(value) => out.push(value),
            Err(_) => {
                all = false;
                break;
            }
        }
    }
    if !all {
        let mended = mend(body);
        if let Ok(value) = serde_json::from_str(&mended) {
            out.push(value);
            return true;
        }
    }
    all
}

/// Repairs what generators get wrong most: commas before a closing bracket, and backslashes that escape nothing.
fn mend(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut in_string = false;
    let mut chars = body.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if in_string => {
                if chars.peek().is_some_and(|next| "\"\\/bfnrtu".contains(*next)) {
                    out.push(c);
                    out.extend(chars.next());
                }
            }
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            '}' | ']' if !in_string => {
                let end = out.trim_end().trim_end_matches(',').len();
                out.truncate(end);
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// The string after `key` in a script that does not parse.
fn loose(script: &str, key: &str) -> Option<String> {
    let after = &script[script.find(key)? + key.len()..];
    let value = after.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let value = &value[..value.find('"')?];
    (!value.is_empty() && value.len() < 400).then(|| plain(value))
}

#[cfg(test)]
mod tests;
