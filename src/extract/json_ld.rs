//! What a page says of itself in JSON-LD (schema.org).

use serde_json::Value;

/// Scripts longer than this hold data sets, not descriptions of the page.
const MAX_SCRIPT: usize = 4 << 20;
/// Most objects that are looked at.
const MAX_OBJECTS: usize = 2_000;

/// The facts of the object that describes the page's article; empty where there is none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Linked {
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
pub(crate) fn read(scripts: &[&str], title: &str) -> Linked {
    let mut linked = Linked::default();
    let mut values = Vec::new();
    let mut room = 100_000 + scripts.iter().map(|script| script.len()).sum::<usize>() / 4;
    for script in scripts.iter().filter(|script| script.len() <= MAX_SCRIPT) {
        let cost = cost(script);
        if cost > room {
            linked.broken = true;
            continue;
        }
        room -= cost;
        linked.broken |= !parse(script, &mut values);
    }
    let objects = objects(&values);
    for object in &objects {
        types(object, |name| linked.types.push(name.to_ascii_lowercase()));
    }
    let chosen = choose(&objects, title);
    if let Some((object, is_article)) = chosen {
        linked.is_article = is_article;
        fill(&mut linked, object, &objects);
    }
    for object in objects.iter().filter(|object| is_type(object, "webpage")) {
        linked.published = linked.published.take().or_else(|| text(object, "datePublished"));
        linked.modified = linked.modified.take().or_else(|| text(object, "dateModified"));
    }
    if linked.broken && linked.published.is_none() {
        for script in scripts {
            linked.published = linked.published.take().or_else(|| loose(script, "\"datePublished\""));
            linked.modified = linked.modified.take().or_else(|| loose(script, "\"dateModified\""));
            linked.headline = linked.headline.take().or_else(|| loose(script, "\"headline\""));
        }
    }
    linked
}

fn fill(linked: &mut Linked, object: &Value, objects: &[&Value]) {
    linked.headline = text(object, "headline").or_else(|| text(object, "name")).map(|text| plain(&text));
    linked.published = text(object, "datePublished").or_else(|| text(object, "dateCreated"));
    linked.modified = text(object, "dateModified");
    linked.section = text(object, "articleSection").map(|text| plain(&text));
    linked.keywords = keywords(object);
    linked.body = text(object, "articleBody").or_else(|| text(object, "text"));
    linked.description = text(object, "description").map(|text| plain(&text));
    linked.url = text(object, "url")
        .or_else(|| text(object, "mainEntityOfPage"))
        .or_else(|| object.get("mainEntityOfPage").and_then(|page| text(page, "@id").or_else(|| text(page, "url"))));
    linked.publisher = object.get("publisher").and_then(|publisher| text(publisher, "name")).map(|text| plain(&text));
    linked.free = object.get("isAccessibleForFree").and_then(|free| match free {
        Value::Bool(free) => Some(*free),
        Value::String(free) => Some(!free.eq_ignore_ascii_case("false")),
        _ => None,
    });
    for key in ["author", "creator"] {
        if let Some(author) = object.get(key).filter(|_| linked.authors.is_empty() && linked.organisations.is_empty()) {
            names(author, objects, linked);
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
fn names(author: &Value, objects: &[&Value], linked: &mut Linked) {
    let out = &mut linked.authors;
    let mut open = vec![author];
    let mut left = 100;
    while let Some(value) = open.pop() {
        left -= 1;
        if left == 0 {
            return;
        }
        match value {
            Value::String(name) if !name.starts_with("http") => out.push(plain(name)),
            Value::Array(list) => open.extend(list.iter().rev()),
            Value::Object(fields) => {
                if is_type(value, "organization") {
                    linked.organisations.extend(text(value, "name").map(|name| plain(&name)));
                    continue;
                }
                if let Some(name @ (Value::String(_) | Value::Array(_))) = fields.get("name") {
                    open.push(name);
                } else if let Some(id) = text(value, "@id") {
                    let named = objects.iter().find(|other| {
                        other.get("name").is_some() && other.get("@id").and_then(Value::as_str) == Some(&id)
                    });
                    if let Some(other) = named.filter(|other| !is_type(other, "organization")) {
                        out.extend(text(other, "name").map(|name| plain(&name)));
                    }
                }
            }
            _ => {}
        }
    }
}

/// The object that describes the article, and whether it calls itself one.
fn choose<'v>(objects: &[&'v Value], title: &str) -> Option<(&'v Value, bool)> {
    let mut best: Option<(&Value, f32)> = None;
    for object in objects.iter().filter(|object| is_article(object)) {
        let headline = text(object, "headline").or_else(|| text(object, "name")).unwrap_or_default();
        let agreement = crate::extract::fields::title::overlap(&plain(&headline), title);
        let full = f32::from(u8::from(object.get("datePublished").is_some()));
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

/// Parses a script; false where some of it could not be read.
fn parse(script: &str, out: &mut Vec<Value>) -> bool {
    let cleaned: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let body = cleaned.trim();
    let body = ["<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"]
        .iter()
        .fold(body, |body, mark| body.strip_prefix(mark).unwrap_or(body).trim_start());
    let body = ["-->", "//]]>", "]]>", "/*]]>*/", ";"]
        .iter()
        .fold(body, |body, mark| body.strip_suffix(mark).unwrap_or(body).trim_end());
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

/// Text from JSON-LD as a reader would see it: entities decoded, tags out, on one line.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (piece, used) = if rest.starts_with('&') { entity(rest) } else { markup(rest) };
        out.push_str(&piece);
        rest = &rest[used..];
    }
    out.push_str(rest);
    crate::text::squeeze(&out)
}

/// What the tag at the start of `text` becomes, and how many bytes it took.
fn markup(text: &str) -> (String, usize) {
    let is_tag = text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    let window = text.char_indices().take(400).find(|(_, c)| *c == '>');
    match window {
        Some((end, _)) if is_tag => (" ".to_owned(), end + 1),
        _ => ("<".to_owned(), 1),
    }
}

/// What the entity at the start of `text` stands for, and how many bytes it took.
fn entity(text: &str) -> (String, usize) {
    let Some(end) = text.bytes().take(12).position(|b| b == b';') else { return ("&".to_owned(), 1) };
    let name = &text[1..end];
    let code = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    });
    let c = match name {
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "nbsp" => Some(' '),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        "hellip" => Some('…'),
        "laquo" => Some('«'),
        "raquo" => Some('»'),
        _ => code.and_then(char::from_u32).or_else(|| accented(name)),
    };
    match c {
        // An entity that was encoded twice.
        Some('&') if text[end + 1..].starts_with(['#', 'q', 'n', 'l', 'r', 'a']) => {
            let (inner, used) = entity_again(&text[end + 1..]);
            (inner, end + 1 + used)
        }
        Some(c) => (c.to_string(), end + 1),
        None => ("&".to_owned(), 1),
    }
}

/// The letter of an entity that names it and its accent: `&oacute;`, `&Ntilde;`, `&szlig;`.
fn accented(name: &str) -> Option<char> {
    if name == "szlig" {
        return Some('ß');
    }
    const ACCENTS: [(&str, char); 7] = [
        ("acute", '\u{301}'),
        ("grave", '\u{300}'),
        ("circ", '\u{302}'),
        ("tilde", '\u{303}'),
        ("uml", '\u{308}'),
        ("cedil", '\u{327}'),
        ("ring", '\u{30a}'),
    ];
    let (letter, accent) = ACCENTS.iter().find_map(|(end, accent)| Some((name.strip_suffix(end)?, accent)))?;
    let written = format!("{letter}{accent}");
    let composed = crate::text::nfc(&written);
    let mut chars = composed.chars();
    chars.next().filter(|_| letter.len() == 1 && chars.next().is_none())
}

fn entity_again(rest: &str) -> (String, usize) {
    let inner = format!("&{}", rest.chars().take(10).collect::<String>());
    if inner.contains("&amp;") {
        return ("&".to_owned(), 0);
    }
    match entity(&inner) {
        (text, used) if used > 1 => (text, used - 1),
        _ => ("&".to_owned(), 0),
    }
}
