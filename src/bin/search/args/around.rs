//! Commands that look at a match as a whole.

use clap::{Args, ValueEnum};
use search::api::{Window, With};

use super::{IndexPlace, Look, MatchOptions};

/// What is asked, and how it is read: the same as for `search query`.
#[derive(Args, Debug)]
pub(crate) struct AskOptions {
    /// The query; several words need no quotes; - reads it from standard input
    #[arg(value_name = "WORDS", trailing_var_arg = true)]
    pub(crate) words: Vec<String>,
    /// The query, where it begins with a dash
    #[arg(short = 'e', long = "query", value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) query: Option<String>,
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    #[command(flatten)]
    pub(crate) matching: MatchOptions,
}

/// Units of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unit {
    Year,
    Quarter,
    Month,
    Week,
    Day,
}

/// What a timeline may be told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Apart {
    Site,
    Lang,
    Kind,
}

/// Count the articles of a query by time
///
/// By the date of publication: the rows add up to what 'search query -c' prints. Articles that are dated no finer than a
/// year stand in a row of that year, undated ones in a row of their own.
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 when an article matches, 1 when none does, 2 on an error.")]
pub(crate) struct TimelineOptions {
    #[command(flatten)]
    pub(crate) ask: AskOptions,
    /// A row a year, quarter, month, week or day [default: what fits]
    ///
    /// Rows without articles are there too, up to 1,100 rows; of more, those alone that have some.
    #[arg(long, value_name = "UNIT", hide_possible_values = true)]
    pub(crate) by: Option<Unit>,
    /// A timeline for each site, language or kind: site, lang or kind
    ///
    /// Those of most articles first. A site counts with those below it.
    #[arg(long, value_name = "KIND", hide_possible_values = true)]
    pub(crate) per: Option<Apart>,
    /// Most sites, languages or kinds; 0 for all [default: 10; --json and --csv: all]
    #[arg(short = 'n', long, value_name = "N", requires = "per")]
    pub(crate) limit: Option<u64>,
    /// By the dates that the articles speak of; an article counts in every row that it mentions
    #[arg(long)]
    pub(crate) about: bool,
    /// Hold each row against all articles of the archive with the same date
    #[arg(long)]
    pub(crate) normalise: bool,
    /// One JSON object a row
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Comma-separated values with a header line
    #[arg(long)]
    pub(crate) csv: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// Find the earliest article of a query, of all, of each site and of each language
///
/// By the date of publication. An article without a date is first of nothing; how many there are is said.
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 when an article matches, 1 when none does, 2 on an error.")]
pub(crate) struct FirstOptions {
    #[command(flatten)]
    pub(crate) ask: AskOptions,
    /// One JSON object a row
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// Kinds of partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Partner {
    #[value(alias = "person")]
    People,
    #[value(alias = "place")]
    Places,
    #[value(alias = "org")]
    Orgs,
}

impl From<Partner> for With {
    fn from(partner: Partner) -> With {
        match partner {
            Partner::People => With::People,
            Partner::Places => With::Places,
            Partner::Orgs => With::Orgs,
        }
    }
}

/// How near a partner stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Nearness {
    Sentence,
    Paragraph,
    Article,
}

impl From<Nearness> for Window {
    fn from(nearness: Nearness) -> Window {
        match nearness {
            Nearness::Sentence => Window::Sentence,
            Nearness::Paragraph => Window::Paragraph,
            Nearness::Article => Window::Article,
        }
    }
}

/// Count who, or which places, stand beside what is asked for, with the sentences
///
/// A sentence counts where it names one of the people, places or organisations that the query filters by
/// (person:, place:, org:, near:, about:), or, where it filters by none, holds one of its words.
#[derive(Args, Debug)]
#[command(after_help = "\
Example: search pairs --with places person:Jafarov
Exit status: 0 when a partner is listed, 1 when none is, 2 on an error.")]
pub(crate) struct PairsOptions {
    #[command(flatten)]
    pub(crate) ask: AskOptions,
    /// What is counted: people, places or orgs
    #[arg(long, value_name = "KIND", default_value = "people", hide_possible_values = true)]
    pub(crate) with: Partner,
    /// Where both stand: in one sentence, paragraph or article
    #[arg(long, value_name = "WINDOW", default_value = "sentence", hide_possible_values = true)]
    pub(crate) window: Nearness,
    /// Most partners to list; 0 lists all [default: 10; --json and --csv: all]
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// Sentences a partner, at most, earliest first; 0 for none [default: 1]
    #[arg(long, value_name = "N")]
    pub(crate) evidence: Option<u64>,
    /// Only partners whose name holds NAME, with all sentences
    #[arg(long, value_name = "NAME")]
    pub(crate) show: Option<String>,
    /// One JSON object a partner
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Comma-separated values with a header line, a row a sentence
    #[arg(long)]
    pub(crate) csv: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// List what matches a saved query and was not listed before
///
/// The first time the query is typed behind the name: it is saved, and what matches then is no news. From then on each
/// run lists what came since: a story once, also where copies of it come later. What was reported is kept for each index by
/// itself. Without a name the saved queries are listed, with the day on which the index was last asked, or a dash. They stand
/// in queries.toml beside the configuration file, a line each.
#[derive(Args, Debug)]
#[command(after_help = "\
Example: search new lachin 'hlead(Lachin)', and from then on: search new lachin --atom > lachin.xml
Exit status: 0 when something is new, 1 when nothing is, 2 on an error.")]
pub(crate) struct NewOptions {
    /// Name of the query: letters, digits, - and _
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) ask: AskOptions,
    /// Do not remember what is listed now
    #[arg(long)]
    pub(crate) peek: bool,
    /// Forget the query and what was reported of it
    #[arg(long, requires = "name", conflicts_with_all = ["peek", "query", "words"])]
    pub(crate) delete: bool,
    /// List every article, not one for each story
    #[arg(long)]
    pub(crate) no_group: bool,
    /// One JSON object a line, as 'search query --json' prints it
    #[arg(long, conflicts_with = "atom")]
    pub(crate) json: bool,
    /// A feed (Atom)
    #[arg(long)]
    pub(crate) atom: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// List what was published on one day of the calendar, year by year
///
/// Without a query, of all articles. Articles that are dated no finer than a month are not of any day.
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 when an article is listed, 1 when none is, 2 on an error.")]
pub(crate) struct OnOptions {
    /// Month and day: 12-01, or a day in any form that 'date:' reads: 2020-12-01, today, "1 December"
    #[arg(value_name = "DAY")]
    pub(crate) day: String,
    #[command(flatten)]
    pub(crate) ask: AskOptions,
    /// Articles that speak of the day, whenever they were published
    #[arg(long)]
    pub(crate) about: bool,
    /// Most hits a year; 0 lists all [default: 3; --json: all]
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// List every article, not one for each story
    #[arg(long)]
    pub(crate) no_group: bool,
    /// One JSON object a year
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// Find articles on what one article is about
///
/// By the words that tell it from others. Copies of it are not listed: 'search copies' does.
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 when a hit was listed, 1 when none, 2 on an error.")]
pub(crate) struct SimilarOptions {
    /// Articles: an id as 'search query' prints it, a passage as --cite does, an address, a file; - reads a list of them
    #[arg(required = true, value_name = "ARTICLE")]
    pub(crate) articles: Vec<String>,
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    /// Most hits to list; 0 lists all [default: 10]
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// Snippets a hit, at most [default: 1]
    #[arg(long, value_name = "N")]
    pub(crate) snippets: Option<u64>,
    /// List every article, not one for each story
    #[arg(long)]
    pub(crate) no_group: bool,
    /// One JSON object a line, as 'search query --json' prints it
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}
