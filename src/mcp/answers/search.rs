//! `search`: hits with sentences to cite.

use super::{SPELLINGS, begin, counted, day, matching, read_as};
use crate::api::{Answer, Asked, Engine, Hit, Hits, Sort};
use crate::error::{Error, Result};
use crate::mcp::Call;
use crate::mcp::text::{name, quote};

pub(in crate::mcp) fn search(call: &Call<'_>) -> Result<String> {
    let arguments = &call.arguments;
    let after = arguments.text("after").map(|text| {
        text.parse().map_err(|()| Error::usage("after: give what the last line of the page before has, as it is there"))
    });
    let asked = Asked {
        limit: Some(arguments.number("limit")),
        snippets: Some(arguments.number("snippets")),
        sort: Sort::named(arguments.choice("sort")),
        versions: arguments.switch("versions"),
        after: after.transpose()?,
        ..matching(call)
    };
    let request = call.request(asked);
    let found = call.engine.search(&request)?;
    let mut text = begin(call, &first(&found), &found.reading);
    if !found.reading.also.is_empty() {
        text.add(&name("also searched ", &found.reading.also.join(" · ")));
    }
    let mut shown = None;
    for hit in &found.body.hits {
        if !text.add(&block(hit)) {
            break;
        }
        shown = Some(hit);
    }
    if found.total == 0 {
        for near in call.engine.near(&request)?.body {
            text.add(&name(&format!("{} with the query ", counted(near.articles, "article", "articles")), &near.query));
        }
    }
    Ok(text.end(&last(&found, shown)))
}

/// How many there are.
fn first(found: &Answer<Hits>) -> String {
    let Hits { partial, hits } = &found.body;
    if found.total == 0 && hits.is_empty() {
        return format!("no article matches · {}", read_as(&found.reading));
    }
    let mut line = counted(found.total, "article", "articles");
    if found.stories != found.total {
        line.push_str(&format!(" tell {}", counted(found.stories, "story", "stories")));
    }
    if *partial > 0 {
        line.push_str(&format!(" · {partial} more lack some words"));
    }
    format!("{line} · {}", read_as(&found.reading))
}

/// How to cite, and how it goes on.
fn last(found: &Answer<Hits>, shown: Option<&Hit>) -> String {
    let Some(hit) = shown else {
        return match found.body.hits.is_empty() {
            true => "Nothing found: fewer words, any: true, or one of the queries above.".to_owned(),
            false => "No hit fits: raise max_bytes, or lower snippets.".to_owned(),
        };
    };
    let all = found.stories + found.body.partial;
    let place = format!("1 to {} of {all} stories shown. Cite as id#start-end.", hit.rank);
    let all_shown = hit.rank >= all;
    match &hit.cursor {
        Some(cursor) if !all_shown => format!("{place} More: after=\"{cursor}\" with the same arguments."),
        _ => place,
    }
}

/// One hit with its headline and sentences.
fn block(hit: &Hit) -> String {
    let mut head = format!("{} {} · {}", hit.rank, hit.id, day(hit.date.as_deref()));
    if let Some(story) = hit.story.as_ref().filter(|story| story.articles > 1) {
        head.push_str(&format!(" · +{}", counted(story.articles - 1, "copy", "copies")));
        match story.first.id == hit.id {
            true => head.push_str(", first here"),
            false => head.push_str(&format!(", first {} {}", story.first.id, day(story.first.date.as_deref()))),
        }
    }
    if hit.kind != "article" {
        head.push_str(&format!(" · {}", hit.kind));
    }
    if let Some(captured) = &hit.captured {
        head.push_str(&format!(" · captured {captured}"));
    }
    let mut out = name(&format!("{head} "), hit.site.as_deref().unwrap_or(""));
    out.push_str(&name("  ", hit.title.as_deref().unwrap_or("(no headline)")));
    if !hit.missing.is_empty() {
        out.push_str(&name("  lacks ", &hit.missing.join(", ")));
    }
    if !hit.spellings.is_empty() {
        let more = hit.spellings.len().saturating_sub(SPELLINGS);
        let named = hit.spellings[..hit.spellings.len() - more].join(", ");
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        out.push_str(&name(&format!("  here spelled{more} "), &named));
    }
    for snippet in &hit.snippets {
        out.push_str(&quote(&format!("  #{}-{} ", snippet.start, snippet.end), &snippet.text));
    }
    out
}
