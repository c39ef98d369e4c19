//! `search query` and `search batch`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use search::api::Facet;

use super::reference::Reference;
use super::{IndexPlace, Look};

/// Which hits are listed, in which order and how much of them; the same for one query and for many.
#[derive(Args, Debug)]
pub(crate) struct ListOptions {
    /// Most hits to list; 0 lists all [default: 10; for programs all]
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// Order of the hits
    #[arg(
        long,
        value_name = "ORDER",
        default_value = "score",
        allow_hyphen_values = true,
        hide_possible_values = true
    )]
    #[arg(help = "Order of the hits: score, date, -date, site or words", hide_default_value = true)]
    pub(crate) sort: Order,
    /// Snippets a hit, at most [default: 1]
    #[arg(long, value_name = "N")]
    pub(crate) snippets: Option<u64>,
    /// Let newer articles come before older ones that are about as relevant
    ///
    /// An article loses up to half of its score for its age, half of that within so many days, a year unless
    /// --recency=DAYS says otherwise, counted from the newest article. One without a date loses half.
    #[arg(
        long,
        value_name = "DAYS",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "365",
        hide_short_help = true,
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub(crate) recency: Option<u32>,
    /// Only articles with all words: do not fill up a short list
    #[arg(long, conflicts_with = "any")]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) matching: MatchOptions,
}

/// What makes a match.
#[derive(Args, Debug)]
pub(crate) struct MatchOptions {
    /// Any word makes a match
    #[arg(long)]
    pub(crate) any: bool,
    /// Refuse a query that cannot be read, or searched, just as it was typed
    #[arg(long)]
    pub(crate) strict: bool,
    /// Search a filter whose value cannot be read (date:soon) as words, with a note
    #[arg(long, conflicts_with = "strict", hide_short_help = true)]
    pub(crate) lenient: bool,
    /// Search every capture of an article, not only the newest
    #[arg(long)]
    pub(crate) versions: bool,
    /// Words and names as typed alone; for one word type = before it
    #[arg(long)]
    pub(crate) exact: bool,
    /// Names of your own: a line for each bearer, its names separated by tabs
    ///
    /// Who or what bears one of the names of a line is found under all of them: 'person:', 'place:' and plain words.
    /// Lines that begin with # say nothing. Beside it the program's own table counts.
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub(crate) names: Option<PathBuf>,
}

/// Count the articles of a query by person, place, day and so on
///
/// Without a query it counts all articles. A count is that of 'search query' with the filter added that stands beside it.
/// An article counts once for each value that it has, so counts may add up to more than the articles, or to less. A place
/// counts with everything inside it, a site with those below it, a person in every spelling. 'about' counts the single
/// days that the texts speak of.
#[derive(Args, Debug)]
#[command(after_help = "Example: search facets people place:Lachin date:2020..\n\nExit status: 0 when something was \
counted, 1 when nothing was, 2 on an error.")]
pub(crate) struct FacetOptions {
    /// people, places, orgs, about, sites, languages, years or kinds
    #[arg(value_name = "WHAT", hide_possible_values = true)]
    pub(crate) facet: Counted,
    /// The query, as for 'search query' [default: all articles]
    #[arg(value_name = "WORDS", trailing_var_arg = true)]
    pub(crate) words: Vec<String>,
    /// The query, where it begins with a dash
    #[arg(short = 'e', long = "query", value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) query: Option<String>,
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    /// Most values to list; 0 lists all, of people, places and organisations the first thousand [default: 10; --json and
    /// --csv: all]
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    #[command(flatten)]
    pub(crate) matching: MatchOptions,
    /// One JSON object a line: v, facet, value, articles, filter; of a place also id, country, lat, lon, radius_km
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Comma-separated values with a header line
    #[arg(long)]
    pub(crate) csv: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// What articles are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Counted {
    People,
    Places,
    Orgs,
    About,
    Sites,
    Languages,
    Years,
    Kinds,
}

impl From<Counted> for Facet {
    fn from(counted: Counted) -> Facet {
        match counted {
            Counted::People => Facet::People,
            Counted::Places => Facet::Places,
            Counted::Orgs => Facet::Orgs,
            Counted::About => Facet::About,
            Counted::Sites => Facet::Sites,
            Counted::Languages => Facet::Languages,
            Counted::Years => Facet::Years,
            Counted::Kinds => Facet::Kinds,
        }
    }
}

/// Orders of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Order {
    /// Best first
    Score,
    /// Oldest first
    Date,
    /// Newest first
    #[value(name = "-date")]
    DateDown,
    /// By site
    Site,
    /// Longest first
    Words,
}

/// Find articles
///
/// Options may stand anywhere: a dash and one letter is an option, a dash before more letters leaves a word out. A phrase
/// needs quotes that reach the program: '"Lachin medal"'.
#[derive(Args, Debug)]
#[command(after_help = QUERY_HELP, after_long_help = QUERY_LONG_HELP)]
pub(crate) struct QueryOptions {
    /// The query; several words need no quotes, a phrase needs '"two words"'; - reads it from standard input
    #[arg(value_name = "WORDS", trailing_var_arg = true)]
    pub(crate) words: Vec<String>,
    /// The query, where it begins with a dash
    #[arg(short = 'e', long = "query", value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) query: Option<String>,
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    #[command(flatten)]
    pub(crate) list: ListOptions,
    /// Hits to pass over first
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, hide_short_help = true)]
    pub(crate) offset: usize,
    /// List every article, not one for each story
    #[arg(long)]
    pub(crate) no_group: bool,
    /// List the other articles of each story too, with how much of their text is the same
    #[arg(long, conflicts_with = "no_group", hide_short_help = true)]
    pub(crate) copies: bool,
    /// Go on behind a hit: its key "cursor" in --json
    ///
    /// The rest is asked as for the page before. Unlike --offset it neither repeats nor misses a hit when the index has
    /// changed meanwhile.
    #[arg(long, value_name = "CURSOR", hide_short_help = true, conflicts_with_all = ["offset", "count", "quiet"])]
    pub(crate) after: Option<String>,
    /// Print how many articles match
    #[arg(short, long)]
    pub(crate) count: bool,
    /// With -c: print how many stories they tell
    #[arg(long, requires = "count", conflicts_with = "no_group", hide_short_help = true)]
    pub(crate) stories: bool,
    /// Print the files of the hits, of every article
    ///
    /// A line is a file: a name that holds a line break, a control character or bytes that are not UTF-8 is printed as
    /// a shell reads it, $'...'. -0 prints the bytes as they are.
    #[arg(short = 'l', long)]
    pub(crate) files: bool,
    /// End each file with a NUL byte, for xargs -0
    #[arg(short = '0', long, requires = "files", hide_short_help = true)]
    pub(crate) null: bool,
    /// Print nothing; the exit status tells whether something matches
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// One JSON object a line
    #[arg(long, conflicts_with_all = ["csv", "count", "files", "quiet"])]
    pub(crate) json: bool,
    /// Comma-separated values with a header line
    ///
    /// Text that begins with = + - or @ has an apostrophe before it, or a spreadsheet would run it.
    #[arg(long, conflicts_with_all = ["count", "files", "quiet"])]
    pub(crate) csv: bool,
    /// One line a hit with names in braces: '{date} {title}'
    ///
    /// The names are those of the columns of --csv, and start, end (bytes of the first snippet in the stored text),
    /// captured, sha256, text_sha256 and cursor. \t and \n are a tab and a new line, {{ and }} braces.
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["json", "csv", "count", "files", "quiet"])]
    pub(crate) format: Option<String>,
    /// Only these fields, in this order: date,title,url; with tabs between, or with --json or --csv
    ///
    /// The names are those of --format, with --json also its keys.
    #[arg(long, value_name = "NAMES", conflicts_with_all = ["format", "count", "files", "quiet"], hide_short_help = true)]
    pub(crate) fields: Option<String>,
    /// One short JSON object a line: date, url, cite (ID#START-END), passage; ten have 4 KB at most
    #[arg(long, conflicts_with_all = ["json", "csv", "format", "fields", "count", "files", "quiet"], hide_short_help = true)]
    pub(crate) compact: bool,
    /// Footnotes that can be checked: the sentence, the article's id, byte offsets and digest
    ///
    /// --cite=bibtex, --cite=csl and --cite=ris are references for other programs, one an article.
    #[arg(long, value_name = "FORM", num_args = 0..=1, require_equals = true, default_missing_value = "footnote")]
    #[arg(hide_possible_values = true)]
    #[arg(conflicts_with_all = ["json", "csv", "format", "fields", "compact", "count", "files", "quiet"])]
    pub(crate) cite: Option<Reference>,
    /// Say on standard error how the query was read, what its parts also find, and why each hit has its score
    ///
    /// With --json the scores are explained in the key "why".
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

const QUERY_HELP: &str = "\
'\"Lachin medal\"' is a phrase, -medal means without, OR means either; fields:
title: by: site: lang: kind: place: person: date:2020 about:2020-12-01
a w/5 b, a w/s b: close, in one sentence; med*, lachn~1: open letters; atleast3(x), hlead(x)
More: --help, 'search help query-syntax', 'search help fields', 'search help dates'";

const QUERY_LONG_HELP: &str = "\
Query:
  Lachin medal          both words; where few articles hold both, those with one follow, marked
  '\"Lachin medal\"'      side by side; curly quotes and guillemets do too
  Lachin -medal         without a word
  medal OR order        either; group with ( )
  a w/5 b   a pre/5 b   a w/s b   a w/p b    five words apart, in this order, in one sentence, in one paragraph
  med*   m?dal   lachn~1   =medal            letters left open, a letter wrong, no other form
  atleast3(x)   hlead(x)   first50(x)   caps(Apple)
  title:medal  body:medal  by:Mammadova  site:example.com  lang:az  kind:stub  section:sport  tag:flood  has:correction
  date:2020-11  date:2019..2021  date:\"last week\"  date:none       when it was published
  about:2020-12-01  about:1992-05                                  a day that the text speaks of
  place:Azerbaijan  person:Aliyev  person:=Aliyev                  with everything inside; in any spelling; in this one
  near:\"Lachin,50km\"  near:39.6,46.5,30mi                        a place not farther away
  '*'                   every article
More: 'search help query-syntax', 'search help fields', 'search help dates', 'search help json'.

Exit status: 0 when a hit was listed (with -c, -l, -q: when an article matches), 1 when none, 2 on an error.";

/// Ask many queries at once, one a line
///
/// A line is ID<TAB>QUERY; the id of a line without a tab is its number. Every hit comes with the id of its query:
/// before the line, as the first column, or as query_id in JSON. The hits of one query are printed before the next is
/// asked. A line that cannot be asked is reported and passed over.
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 when a query listed a hit, 1 when none did, 2 when a line could not be asked.")]
pub(crate) struct BatchOptions {
    /// Queries, one a line, or with --query a table in CSV; - is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Ask this for each row of the table, with names of columns in braces: 'person:{name} hlead(Lachin)'
    ///
    /// One row comes out for each: name (of the column that is asked for first), hits, stories, first and last date; of the
    /// best article the spelling of the name, title, site, a sentence that holds the name, id and link; where nothing is
    /// found a query near it; the query and the number of the row. Cells may be parted by commas, semicolons or tabs. What is
    /// answered is what 'search query' finds; --limit, --sort and --snippets have no say here.
    #[arg(long, value_name = "QUERY")]
    pub(crate) query: Option<String>,
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    #[command(flatten)]
    pub(crate) list: ListOptions,
    /// One JSON object a line
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Comma-separated values with a header line
    #[arg(long)]
    pub(crate) csv: bool,
}
