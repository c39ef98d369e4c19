//! Addresses within the site. All of them are made here, from what is asked.

use url::form_urlencoded::Serializer;

use crate::api::Asked;

/// `path` with what is asked behind it.
pub(super) fn to(path: &str, asked: &Asked) -> String {
    let pairs = asked.pairs();
    if pairs.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", Serializer::new(String::new()).extend_pairs(pairs).finish())
}

/// The same question without a place in its list, for other views of it.
pub(super) fn whole(asked: &Asked) -> Asked {
    Asked { offset: None, after: None, ..asked.clone() }
}

/// The question narrowed to what `filter` finds.
pub(super) fn narrowed(asked: &Asked, filter: &str) -> Asked {
    let q = asked.q.trim();
    let q = match q {
        "" | "*" => filter.to_owned(),
        // What binds more loosely than words side by side is held together.
        _ if q.split_whitespace().any(|word| matches!(word, "AND" | "NOT" | "OR")) => format!("({q}) {filter}"),
        _ => format!("{q} {filter}"),
    };
    Asked { q, ..whole(asked) }
}

/// The question without what `filter` finds.
pub(super) fn without(asked: &Asked, filter: &str) -> Asked {
    let filter = format!("-{filter}");
    match asked.q.trim() {
        // What is only left out finds nothing by itself.
        "" | "*" => Asked { q: format!("* {filter}"), ..whole(asked) },
        _ => narrowed(asked, &filter),
    }
}

/// The filters of a query as they were typed: words with a colon, whatever is quoted in them.
pub(super) fn filters(q: &str) -> Vec<&str> {
    words(q).into_iter().filter(|word| word.split('"').next().is_some_and(|start| start.contains(':'))).collect()
}

/// The question without the filter at this place of [`filters`].
pub(super) fn dropped(asked: &Asked, filter: &str) -> Asked {
    let mut left = true;
    let kept = words(&asked.q).into_iter().filter(|word| !(left && *word == filter && std::mem::take(&mut left)));
    Asked { q: kept.collect::<Vec<_>>().join(" "), ..whole(asked) }
}

/// What stands between blanks that are not quoted.
fn words(q: &str) -> Vec<&str> {
    let (mut words, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in q.char_indices() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => {
                words.push(&q[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    words.push(&q[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// The command that lists the same, for a shell.
pub(super) fn command(asked: &Asked) -> String {
    let mut command = "search query".to_owned();
    for (name, value) in asked.pairs() {
        match (name, value.as_str()) {
            ("q", _) => {}
            (name, "") => command.push_str(&format!(" --{name}")),
            (name, value) => command.push_str(&format!(" --{name}={}", quoted(value))),
        }
    }
    format!("{command} -e {}", quoted(if asked.q.trim().is_empty() { "*" } else { &asked.q }))
}

/// One word for a shell.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.,:/=".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(q: &str) -> Asked {
        Asked { q: q.to_owned(), offset: Some(20), exact: true, ..Asked::default() }
    }

    #[test]
    fn a_question_is_narrowed_and_widened() {
        for (q, filter, narrow, less) in [
            ("", "date:2020", "date:2020", "* -date:2020"),
            ("medal", "person:\"A B\"", "medal person:\"A B\"", "medal -person:\"A B\""),
            ("a AND b", "lang:en", "(a AND b) lang:en", "(a AND b) -lang:en"),
        ] {
            assert_eq!(narrowed(&asked(q), filter).q, narrow);
            assert_eq!(without(&asked(q), filter).q, less);
        }
        assert_eq!(to("/", &narrowed(&asked("ə&"), "x:1")), "/?q=%C9%99%26+x%3A1&exact=");
        let q = "medal  person:\"A: B\" \"a:b c\" date:2020 date:2020";
        assert_eq!(filters(q), ["person:\"A: B\"", "date:2020", "date:2020"]);
        assert_eq!(dropped(&asked(q), "date:2020").q, "medal person:\"A: B\" \"a:b c\" date:2020");
        assert_eq!(command(&asked("it's")), r"search query --offset=20 --exact -e 'it'\''s'");
    }
}
