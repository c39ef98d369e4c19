//! `related`: copies of an article, and articles on the same matter.

use super::{begin, counted, day, id};
use crate::api::{Asked, Engine, Hit, Reading, Teller};
use crate::error::Result;
use crate::mcp::Call;
use crate::mcp::text::name;

pub(in crate::mcp) fn related(call: &Call<'_>) -> Result<String> {
    let id = id(call)?.id.unwrap_or_default();
    match call.arguments.choice("how") {
        "similar" => similar(call, &id),
        _ => copies(call, &id),
    }
}

fn copies(call: &Call<'_>, id: &str) -> Result<String> {
    let story = call.engine.copies(id, &call.request(Asked::default()))?.body;
    let first = format!(
        "{} this story, earliest first",
        match story.articles {
            1 => "one article alone tells".to_owned(),
            n => format!("{n} articles tell"),
        }
    );
    let mut text = begin(call, &first, &Reading::default());
    let mut shown = 0;
    for teller in story.copies.iter().take(call.arguments.number("limit")) {
        if !text.add(&line(teller, id)) {
            break;
        }
        shown += 1;
    }
    let left = story.articles.saturating_sub(shown);
    Ok(text.end(&match left {
        0 => "All are shown. A copy shares half of the sentences at least.".to_owned(),
        _ => format!("{left} more: raise limit or max_bytes."),
    }))
}

fn line(teller: &Teller, asked: &str) -> String {
    let same = if teller.id == asked { "the one asked for".to_owned() } else { format!("{} % the same", teller.same) };
    let date = teller.date.as_deref().unwrap_or("undated");
    let mut out = name(&format!("{} · {date} · {same} ", teller.id), teller.site.as_deref().unwrap_or(""));
    out.push_str(&name("  ", teller.title.as_deref().unwrap_or("(no headline)")));
    out
}

fn similar(call: &Call<'_>, id: &str) -> Result<String> {
    let asked = Asked { limit: Some(call.arguments.number("limit")), snippets: Some(0), ..Asked::default() };
    let found = call.engine.similar(id, &call.request(asked))?;
    let hits = &found.body.hits;
    let first = format!("{} share telling words with it, best first", counted(found.total, "article", "articles"));
    let mut text = begin(call, &first, &found.reading);
    let mut shown = 0;
    for hit in hits {
        if !text.add(&article(hit)) {
            break;
        }
        shown += 1;
    }
    Ok(text.end(&format!("{shown} are shown, without the article itself and its copies.")))
}

fn article(hit: &Hit) -> String {
    let mut out = name(&format!("{} · {} ", hit.id, day(hit.date.as_deref())), hit.site.as_deref().unwrap_or(""));
    out.push_str(&name("  ", hit.title.as_deref().unwrap_or("(no headline)")));
    out
}
