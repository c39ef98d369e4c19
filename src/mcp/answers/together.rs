//! `together`: who or what stands beside what is asked for, with the sentences.

use super::{begin, counted, day, read_as, whole_match};
use crate::api::{Asked, Engine, Pair, PairsAsked, Window, With};
use crate::error::Result;
use crate::mcp::Call;
use crate::mcp::text::{name, quote};

pub(in crate::mcp) fn together(call: &Call<'_>) -> Result<String> {
    let arguments = &call.arguments;
    let limit = arguments.number("limit");
    let asked = PairsAsked {
        with: match arguments.choice("with") {
            "places" => With::Places,
            "orgs" => With::Orgs,
            _ => With::People,
        },
        window: match arguments.choice("window") {
            "paragraph" => Window::Paragraph,
            "article" => Window::Article,
            _ => Window::Sentence,
        },
        evidence: arguments.number("evidence"),
        show: None,
    };
    // One more tells whether there are more.
    let request = call.request(Asked { limit: Some(limit + 1), ..whole_match(call) });
    let found = call.engine.pairs(&request, asked)?;
    let (with, window) = (arguments.choice("with"), arguments.choice("window"));
    let total = counted(found.total, "article", "articles");
    let first = format!("{total} · {with} in one {window} with it · {}", read_as(&found.reading));
    let mut text = begin(call, &first, &found.reading);
    let mut shown = 0;
    for pair in found.body.iter().take(limit) {
        if !text.add(&block(pair)) {
            break;
        }
        shown += 1;
    }
    Ok(text.end(&match found.body.len() {
        0 => "Nobody and nothing of this kind stands there: another window, or read an article.".to_owned(),
        all if all == shown => "All are shown. Cite as id#start-end.".to_owned(),
        _ => "There are more: raise limit or max_bytes, lower evidence, or narrow the query. Cite as id#start-end."
            .to_owned(),
    }))
}

fn block(pair: &Pair) -> String {
    let numbers = [
        counted(pair.articles, "article", "articles"),
        counted(pair.stories, "story", "stories"),
        counted(pair.times, "time", "times"),
    ];
    let mut out = name(&format!("{} ", numbers.join(" · ")), &pair.value);
    for one in &pair.evidence {
        let place = format!("  {}#{}-{} · {} ", one.id, one.start, one.end, day(one.date.as_deref()));
        out.push_str(&quote(&place, &one.text));
    }
    out
}
