//! `search query`.

use search::Error;
use search::api::{Answer, Asked, Cursor, Engine, Hits, Near, Reading, Request};
use search::engine::Local;
use search::output::{self, HitFormat, Template};

use super::args::QueryOptions;
use super::settings::Settings;
use super::terminal::{self, Form, Wanted};
use super::{NONE, OK, ask, message, split, today};

pub(crate) fn run(options: &QueryOptions, settings: &Settings) -> search::Result<u8> {
    let template = options.format.as_deref().map(Template::parse).transpose();
    let template = template.map_err(|why| Error::usage(format!("--format: {why}")))?;
    let engine = Local::open(&settings.index(options.place.index.as_deref()))?;
    let request = request(options, settings)?;
    split::misplaced(&options.words).iter().for_each(|note| message::remark(note));
    let only_match = options.count || options.quiet;
    let answer = match only_match {
        true => engine.count(&request)?.with(|()| Hits::default()),
        false => engine.search(&request)?,
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
    if options.count && !options.quiet {
        let count = if options.stories { answer.stories } else { answer.total };
        terminal::print(|out| writeln!(out, "{count}"))?;
    } else if !only_match {
        list(options, settings, &answer, template)?;
    }
    if !options.quiet && answer.total == 0 && answer.body.hits.is_empty() {
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
    options: &QueryOptions,
    settings: &Settings,
    answer: &Answer<Hits>,
    template: Option<Template>,
) -> search::Result<()> {
    if options.files {
        let write = if options.null { output::raw_paths } else { output::paths };
        return terminal::print(|out| write(out, &answer.body.hits));
    }
    let wanted = Wanted { json: options.json, csv: options.csv, lines: true };
    let hits = &answer.body.hits;
    let for_people =
        terminal::is_read_by_a_person() && !(options.json || options.csv || options.cite || template.is_some());
    // A person sees the totals below the hits; elsewhere nothing but hits is on standard output.
    if answer.body.partial > 0 && !for_people {
        message::remark(&output::totals(answer));
    }
    if let Some(template) = template {
        return terminal::print(|out| hits.iter().try_for_each(|hit| template.write(out, hit)));
    }
    if options.cite {
        return terminal::print(|out| output::citations(out, hits));
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
