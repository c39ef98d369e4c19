//! `search query`.

use std::io::Read;

use search::Error;
use search::api::{Answer, Cursor, Engine, Hits, Listing, Reading, Request, Sort};
use search::date::Date;
use search::engine::Local;
use search::output::{self, HitFormat, Template};

use super::args::{ListOptions, MatchOptions, Order, QueryOptions};
use super::settings::{Key, Settings};
use super::terminal::{self, View};
use super::{NONE, OK, split, today};

pub(crate) fn run(options: &QueryOptions, settings: &Settings) -> search::Result<u8> {
    let template = options.format.as_deref().map(Template::parse).transpose();
    let template = template.map_err(|why| Error::usage(format!("--format: {why}")))?;
    let engine = Local::open(&settings.index(options.place.index.as_deref()))?;
    let request = request(options, settings)?;
    split::misplaced(&options.words).iter().for_each(|note| terminal::remark(note));
    let only_match = options.count || options.quiet;
    let answer = match only_match {
        true => engine.count(&request)?.with(|()| Hits::default()),
        false => engine.search(&request)?,
    };
    let reading = &answer.reading;
    if options.explain {
        explain(reading);
    }
    if options.list.matching.strict && !reading.notes.is_empty() {
        return Err(refusal(reading));
    }
    reading.notes.iter().for_each(|note| terminal::remark(note));
    if !options.quiet {
        also(&reading.also).iter().for_each(|line| terminal::remark(line));
    }
    if !options.json {
        output::why(&answer.body.hits).iter().for_each(|line| terminal::remark(line));
    }
    if options.count && !options.quiet {
        let count = if options.stories { answer.stories } else { answer.total };
        terminal::print(|out| writeln!(out, "{count}"))?;
    } else if !only_match {
        list(options, settings, &answer, template)?;
    }
    let found = if only_match || options.files { answer.total > 0 } else { !answer.body.hits.is_empty() };
    Ok(if found { OK } else { NONE })
}

impl ListOptions {
    /// What to ask the engine about `text`.
    pub(crate) fn request(&self, text: &str, today: Date, settings: &Settings) -> Request {
        let number = |key, typed| usize::try_from(settings.number(key, typed)).unwrap_or(usize::MAX);
        Request {
            listing: match (self.all, self.matching.any) {
                (_, true) => Listing::Any,
                (true, false) => Listing::All,
                (false, false) => Listing::Fill,
            },
            sort: match self.sort {
                Order::Score => Sort::Score,
                Order::Date => Sort::Date,
                Order::DateDown => Sort::DateDown,
                Order::Site => Sort::Site,
                Order::Words => Sort::Words,
            },
            limit: number(Key::Limit, self.limit),
            snippets: number(Key::Snippets, self.snippets),
            // Answers to many questions are evidence: every article counts.
            group: false,
            recency: self.recency,
            ..self.matching.request(text, today)
        }
    }
}

impl MatchOptions {
    /// What makes an article match `text`, without the user's names.
    pub(crate) fn request(&self, text: &str, today: Date) -> Request {
        Request { versions: self.versions, exact: self.exact, ..Request::new(text, today) }
    }
}

/// The error that `--strict` makes of what was noted.
pub(crate) fn refusal(Reading { notes, query, .. }: &Reading) -> Error {
    Error::usage(format!("{}; without --strict it is read as: {query}", notes.join("; ")))
}

/// Which other spellings were searched too, where there are any.
pub(crate) fn also(spellings: &[String]) -> Option<String> {
    let spellings = spellings.join(" · ");
    (!spellings.is_empty()).then(|| format!("also searched: {spellings} (turn off: --exact, or = before the name)"))
}

/// How the query was read and what its parts also find.
fn explain(reading: &Reading) {
    terminal::complain(&format!("read as: {}", reading.query));
    reading.parts.iter().for_each(|line| terminal::complain(&format!("  {line}")));
}

/// Bytes of standard input that are read as a query; more than any is read of.
const LONGEST: u64 = 1 << 20;

/// The query as typed, or all of standard input, where a line break is a blank.
fn text(options: &QueryOptions) -> search::Result<String> {
    text_of(options.query.as_deref(), &options.words)
}

/// The query of these options, or all of standard input where it is a dash.
pub(crate) fn text_of(query: Option<&str>, words: &[String]) -> search::Result<String> {
    let typed: Vec<&str> = query.into_iter().chain(words.iter().map(String::as_str)).collect();
    if query.is_some() || typed != ["-"] {
        return Ok(typed.join(" "));
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(LONGEST).read_to_end(&mut bytes);
    read.map_err(|cause| Error::io("read", "standard input".as_ref(), cause))?;
    Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
}

fn cursor(typed: &str) -> search::Result<Cursor> {
    let why = || Error::usage(format!("--after: '{typed}' is no cursor; take the key \"cursor\" of a hit of --json"));
    typed.parse().map_err(|()| why())
}

fn request(options: &QueryOptions, settings: &Settings) -> search::Result<Request> {
    let text = text(options)?;
    let mut request = options.list.request(&text, today::for_query(&text), settings);
    request.names = super::names::aliases(options.list.matching.names.as_deref(), settings)?;
    request.offset = options.offset;
    request.group = !options.no_group && !options.files;
    request.copies = options.copies;
    request.after = options.after.as_deref().map(cursor).transpose()?;
    request.explain = options.explain;
    if options.files {
        request.snippets = 0;
        if request.listing == Listing::Fill {
            request.listing = Listing::All;
        }
    }
    Ok(request)
}

fn list(
    options: &QueryOptions,
    settings: &Settings,
    answer: &Answer<Hits>,
    template: Option<Template>,
) -> search::Result<()> {
    if options.files {
        let end = if options.null { 0 } else { b'\n' };
        return terminal::print(|out| output::paths(out, &answer.body.hits, end));
    }
    let format = match (options.json, options.csv) {
        (true, _) => HitFormat::Json,
        (_, true) => HitFormat::Csv,
        _ if template.is_some() || options.cite => HitFormat::Lines,
        _ if terminal::is_read_by_a_person() => {
            let view = View::new(&options.look, settings);
            return view.print(|out| output::human(out, answer, view.style));
        }
        _ => HitFormat::Lines,
    };
    if answer.body.partial > 0 {
        terminal::remark(&output::totals(answer));
    }
    terminal::print(|out| {
        if let Some(template) = template {
            return answer.body.hits.iter().try_for_each(|hit| template.write(out, hit));
        }
        if options.cite {
            return output::citations(out, &answer.body.hits);
        }
        output::heading(out, format, false)?;
        output::hits(out, &answer.body.hits, format, None)
    })
}
