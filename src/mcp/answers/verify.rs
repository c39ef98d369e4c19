//! `verify`: what has become of something cited.

use super::{begin, footnote};
use crate::api::{Asked, Cited, Engine, Hit, Reading, Snippet, Standing, VerdictBy, Verification};
use crate::error::{Error, Result};
use crate::mcp::Call;
use crate::mcp::text::{Text, name, quote};

pub(in crate::mcp) fn verify(call: &Call<'_>) -> Result<String> {
    let found = call.engine.verify(&cited(call)?, &call.request(Asked::default()))?.body;
    let by = match found.by {
        VerdictBy::Words => "by the words",
        VerdictBy::Digest => "by the digest of the text",
        VerdictBy::Place => "by the place alone: give quote or sha256 to check the words too",
    };
    let mut text = begin(call, &format!("{} · {by}", found.verdict.name()), &Reading::default());
    if let Some(same) = found.same {
        text.say(&format!("{same} % of the words are the same"));
    }
    differences(&mut text, &found);
    if let Some(now) = &found.now {
        stands(&mut text, now);
        text.add(&quote("footnote ", &note(call, now)?));
    }
    let others = match found.others {
        0 => String::new(),
        n => format!(" {n} more articles hold the words."),
    };
    Ok(text.end(&format!("Verdict: {}.{others}", found.verdict.name())))
}

fn cited(call: &Call<'_>) -> Result<Cited> {
    let arguments = &call.arguments;
    let mut cited = match arguments.text("cite") {
        None => Cited::default(),
        Some(text) => Cited::parse(text)
            .ok_or_else(|| Error::usage("cite: there is no id#start-end in it; give it as search prints it"))?,
    };
    if let Some(quote) = arguments.text("quote") {
        cited.text = Some(quote.to_owned());
    }
    if let Some(digest) = arguments.text("sha256") {
        let digest = digest.trim_start_matches("sha256:").to_ascii_lowercase();
        if digest.len() != 64 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Error::usage("sha256: give 64 hex digits"));
        }
        cited.text_sha256 = Some(digest);
    }
    if cited.id.is_none() && cited.text.is_none() {
        return Err(Error::usage("give cite, quote, or both"));
    }
    Ok(cited)
}

/// Both wordings, where they differ.
fn differences(text: &mut Text, found: &Verification) {
    for edit in found.difference.iter().filter(|edit| edit.cited != edit.now) {
        if !edit.cited.is_empty() {
            text.add(&name("cited ", &edit.cited));
        }
        if !edit.now.is_empty() {
            text.add(&name("now ", &edit.now));
        }
    }
}

/// Where it stands.
fn stands(text: &mut Text, now: &Standing) {
    let place = match now.start.zip(now.end) {
        Some((start, end)) => format!("{}#{start}-{end}", now.id),
        None => now.id.clone(),
    };
    let date = now.date.as_deref().unwrap_or("undated");
    text.add(&name(&format!("stands at {place} · {date} "), now.site.as_deref().unwrap_or("")));
    text.add(&name("  ", now.title.as_deref().unwrap_or("(no headline)")));
    if let Some(words) = &now.text {
        text.add(&quote("  ", words));
    }
}

/// The footnote for where it stands.
fn note(call: &Call<'_>, now: &Standing) -> Result<String> {
    let hit = call.engine.article(&now.id)?.hit;
    let snippet = match (now.start, now.end, &now.text) {
        (Some(start), Some(end), Some(text)) => vec![Snippet { start, end, text: text.clone(), marks: Vec::new() }],
        _ => Vec::new(),
    };
    footnote(&Hit { snippets: snippet, ..hit })
}
