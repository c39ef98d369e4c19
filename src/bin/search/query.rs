//! `search query`.

use std::path::PathBuf;

use search::Error;
use search::api::{Answer, Asked, Cursor, Engine, Hits, Near, Reading, Request};
use search::output::{self, Fields, HitFormat, References, Template};
use search::text::safe_path;

use super::args::{QueryOptions, Reference};
use super::settings::Settings;
use super::terminal::{self, Form, View, Wanted};
use super::{NONE, OK, ask, message, today};

pub(crate) fn run(options: &QueryOptions, settings: &Settings) -> search::Result<u8> {
    let template = options.format.as_deref().map(Template::parse).transpose();
    let template = template.map_err(|why| Error::usage(format!("--format: {why}")))?;
    let fields = options.fields.as_deref().map(|names| Fields::parse(names, options.json)).transpose();
    let fields = fields.map_err(|why| Error::usage(format!("--fields: {why}")))?;
    let engine = options.place.engine(settings)?;
    let request = request(options, settings)?;
    let only_match = options.count || options.quiet;
    let answer = match only_match {
        true => engine.count(&request)?.with(|()| Hits::default()),
        false => listed(&engine, &request, options, settings)?,
    };
    let reading = &answer.reading;
    if options.explain {
        explain(reading);
    }
    options.list.matching.accept(reading)?;
    reading.notes.iter().for_each(|note| message::remark(note));
    if !options.quiet {
        ask::also(&reading.also).iter().for_each(|line| message::remark(line));
    }
    if !options.json {
        output::why(&answer.body.hits).iter().for_each(|line| message::remark(line));
    }
    // Hits in JSON say it each of themselves.
    if !options.quiet && !options.json {
        other_forms(&answer, &request.text).iter().for_each(|line| message::remark(line));
    }
    if options.count && !options.quiet {
        let count = if options.stories { answer.stories } else { answer.total };
        terminal::print(|out| writeln!(out, "{count}"))?;
    } else if !only_match {
        list((options, settings), &request, &answer, (template, fields))?;
    }
    if !options.quiet && answer.total == 0 {
        near(&engine.near(&request)?.body, options.json)?;
    }
    let found = if only_match || options.files { answer.total > 0 } else { !answer.body.hits.is_empty() };
    Ok(if found { OK } else { NONE })
}

/// Says what is near a query that found nothing, on standard error: standard output has hits and nothing else.
fn near(near: &[Near], json: bool) -> search::Result<()> {
    if !json {
        output::near_lines(near).iter().for_each(|line| message::remark(line));
    } else if !near.is_empty() {
        let written = output::near_json(&mut std::io::stderr().lock(), near);
        written.map_err(|cause| Error::io("write", "standard error".as_ref(), cause))?;
    }
    Ok(())
}

/// What is listed. Programs get all of the match unless they say how much: a list that was cut looks like a whole one.
/// Below a match that is short stands what fills it up, as for people.
fn listed(
    engine: &dyn Engine,
    request: &Request,
    options: &QueryOptions,
    settings: &Settings,
) -> search::Result<Answer<Hits>> {
    let page = engine.search(request)?;
    let for_programs =
        options.json || options.csv || options.files || options.format.is_some() || options.fields.is_some();
    let all = settings.most(options.list.limit, 0) == 0 && for_programs;
    if all && cut(&page, request).is_some() {
        engine.search(&Request { limit: 0, ..request.clone() })
    } else {
        Ok(page)
    }
}

/// Files of a list that are named where they are not there any more; the rest is counted.
const MOST_MISSING: usize = 3;

/// Which files of a list are not there any more.
fn missing(answer: &Answer<Hits>) -> Option<String> {
    let files = answer.body.hits.iter().map(|hit| &hit.file.file);
    let missing: Vec<&PathBuf> = files.filter(|file| file.symlink_metadata().is_err()).collect();
    let first = missing.first()?;
    let mut names: Vec<String> = missing.iter().take(MOST_MISSING).map(|file| safe_path(file).into_owned()).collect();
    if missing.len() > MOST_MISSING {
        names.push(format!("{} more", missing.len() - MOST_MISSING));
    }
    let old = safe_path(first.parent().unwrap_or(first)).into_owned();
    let (listed, names) = (answer.body.hits.len(), names.join(", "));
    Some(format!(
        "{} of {listed} files are not there any more: {names}; where a folder was moved: search index --moved {old} NEW",
        missing.len()
    ))
}

/// How far a list goes and how far the match does, in articles or, where copies are one line, in stories; `None` where
/// the list goes to the end.
fn cut(answer: &Answer<Hits>, request: &Request) -> Option<(u64, u64)> {
    let of = if request.group { answer.stories } else { answer.total };
    let full = answer.body.hits.iter().rfind(|hit| hit.missing.is_empty());
    let last = full.map_or(of, |hit| hit.rank);
    (last < of && request.limit > 0).then_some((last, of))
}

/// What a list for programs does not show: articles beyond an end that nobody typed, copies in one line with their story,
/// articles that lack words.
fn unsaid(answer: &Answer<Hits>, request: &Request, limit: Option<u64>) -> Option<String> {
    let folded = request.group && !request.copies && answer.stories < answer.total;
    let cut = cut(answer, request).filter(|_| limit.is_none());
    if answer.body.partial == 0 && !folded && cut.is_none() {
        return None;
    }
    let mut note = output::totals(answer);
    if let Some((last, of)) = cut {
        note.push_str(&format!("; listed up to {last} of {of}, -n 0 lists all"));
    }
    if folded {
        note.push_str("; a story is one line, --no-group lists every article");
    }
    Some(note)
}

/// Characters of a query up to which it stands in a message.
// A pasted paragraph would push the answer off the screen.
const SAID_AGAIN: usize = 60;

/// How much of the match holds the words as they were typed, where not all of it does.
fn other_forms(answer: &Answer<Hits>, typed: &str) -> Option<String> {
    let typed = if typed.chars().count() <= SAID_AGAIN { typed } else { "all words" };
    let line = output::forms(answer, typed)?;
    Some(format!("{line} (turn off: --exact, or = before the word)"))
}

/// How the query was read and what its parts also find.
fn explain(reading: &Reading) {
    message::complain(&format!("read as: {}", reading.query));
    reading.parts.iter().for_each(|line| message::complain(&format!("  {line}")));
}

fn cursor(typed: &str) -> search::Result<Cursor> {
    let why = || Error::usage(format!("--after: '{typed}' is no cursor; take the key \"cursor\" of a hit of --json"));
    typed.parse().map_err(|()| why())
}

fn request(options: &QueryOptions, settings: &Settings) -> search::Result<Request> {
    let text = ask::text_of(options.query.as_deref(), &options.words)?;
    let list = options.list.asked(&text, settings);
    let mut asked = Asked {
        offset: Some(options.offset),
        no_group: options.no_group,
        copies: options.copies,
        after: options.after.as_deref().map(cursor).transpose()?,
        explain: options.explain,
        ..list
    };
    if options.files {
        // A list of files is for other programs: every file of the match and nothing beside it.
        (asked.snippets, asked.no_group, asked.all) = (Some(0), true, !asked.any);
    }
    options.list.matching.request(asked, today::for_query(&text), settings)
}

fn list(
    (options, settings): (&QueryOptions, &Settings),
    request: &Request,
    answer: &Answer<Hits>,
    (template, fields): (Option<Template>, Option<Fields>),
) -> search::Result<()> {
    let for_people = terminal::is_for_people(&options.look)
        && !(options.json || options.csv || options.files || options.cite.is_some() || options.compact)
        && template.is_none()
        && fields.is_none();
    // A person sees the totals below the hits; elsewhere nothing but hits is on standard output.
    if !for_people {
        unsaid(answer, request, options.list.limit).iter().for_each(|note| message::remark(note));
    }
    if options.files {
        missing(answer).iter().for_each(|note| message::remark(note));
        let write = if options.null { output::raw_paths } else { output::paths };
        return terminal::print(|out| write(out, &answer.body.hits));
    }
    let wanted = Wanted { json: options.json, csv: options.csv, lines: true };
    let hits = &answer.body.hits;
    if let Some(template) = template {
        return terminal::print(|out| hits.iter().try_for_each(|hit| template.write(out, hit)));
    }
    if let Some(form) = options.cite {
        let mut references = References::new(form.into());
        let write = |out: &mut dyn std::io::Write| {
            hits.iter().try_for_each(|hit| references.add(out, hit.into()))?;
            references.end(out)
        };
        // Footnotes are text for people; the other forms are for programs.
        return match form {
            Reference::Footnote => View::new(&options.look, settings).print(write),
            _ => terminal::print(write),
        };
    }
    if options.compact {
        return terminal::print(|out| output::compact(out, hits));
    }
    if let Some(fields) = fields {
        return terminal::print(|out| match (options.json, options.csv) {
            (true, _) => fields.json(out, hits),
            (_, true) => fields.csv(out, hits),
            _ => fields.lines(out, hits),
        });
    }
    wanted.print((&options.look, settings), |out, form| {
        let format = match form {
            Form::People(style) => return output::human(out, answer, style),
            Form::Json => HitFormat::Json,
            Form::Csv => HitFormat::Csv,
            Form::Lines => HitFormat::Lines,
        };
        output::heading(out, format, false)?;
        output::hits(out, hits, format, None)
    })
}
