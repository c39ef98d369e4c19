//! As what a match is seen.

use super::{By, Cited, Facet, MatrixAsked, PairsAsked, Per, VersionName};

/// What an engine makes of a match: one body of an [`super::Answer`] for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// Its articles, ranked, with snippets.
    Hits,
    /// How many there are. No order and no limit of the request matters.
    Count,
    /// What is near it, where there are none: queries that find something. Empty for a match that is not. No order, limit or
    /// grouping of the request matters.
    Near,
    /// When they were published, or which days they speak of. No order, limit or grouping of the request matters.
    Timeline(TimelineAsked),
    /// How often something of the query stands in them, in a million words. No order, limit or grouping of the request
    /// matters.
    Frequencies(Per),
    /// The earliest of all, of each site and of each language.
    Firsts,
    /// Who or what stands beside what was asked for, in the windows of the match; [`super::Request::limit`] bounds the
    /// rows.
    Pairs(PairsAsked),
    /// Which names of a list stand together in the windows of the match. No order, limit or grouping of the request matters.
    Matrix(MatrixAsked),
    /// The best articles of one day of the calendar, year by year; the limit of the request holds for each year.
    Years {
        /// Month and day, from 1.
        day: (i8, i8),
        /// Articles that speak of the day instead of those that were published on it.
        about: bool,
    },
    /// How many articles are about each value; [`super::Request::limit`] bounds the values.
    Facets(Facet),
    /// A list, several facets and a timeline, of one plan and one match. The limit of the request bounds the hits and the
    /// values of each facet alike.
    Overview {
        /// What is counted, in this order.
        facets: Vec<Facet>,
        /// The unit of the timeline; `None` for the one that fits.
        by: Option<By>,
    },
    /// Articles that share the telling words of one, best first, without it and its copies. The text of the request is
    /// passed over; the answer's reading says which words were looked for.
    Similar {
        /// 16 hex digits.
        id: String,
    },
    /// All sentences of one article, the newest capture, that show something of the query; whether it matches as a whole
    /// is no matter. [`super::Request::snippets`] is passed over.
    Marks {
        /// 16 hex digits.
        id: String,
    },
    /// What has become of something cited, by the texts that the engine has. The text, order and limit of the request are
    /// passed over.
    Verify(Cited),
    /// The versions of one article with all captures. The text of the request is passed over.
    Versions {
        /// 16 hex digits.
        id: String,
    },
    /// What changed from one version to another, mostly of one article. The text of the request is passed over.
    Diff {
        /// The version that is compared.
        from: VersionName,
        /// The version that it is compared with.
        to: VersionName,
    },
    /// The articles that tell the story of one, itself among them, each with how much of it is the same. An article that
    /// stands alone is the only one. The text of the request is passed over.
    Copies {
        /// 16 hex digits.
        id: String,
    },
}

/// How a timeline is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimelineAsked {
    /// The unit of a row; `None` for the one that fits.
    pub by: Option<By>,
    /// By the days that the articles speak of, not by publication.
    pub about: bool,
    /// Hold each row against all articles of the archive.
    pub shares: bool,
}
