//! The six tools: what each is for, in words for a model, and what it takes.

use super::arguments::{Kind, Parameter};
use super::{Call, answers};
use crate::error::Result;

/// One tool. All of them only read.
pub(super) struct Tool {
    pub(super) name: &'static str,
    /// For people.
    pub(super) title: &'static str,
    /// For the model: what it is for, when to take another one, examples.
    pub(super) about: &'static str,
    pub(super) parameters: &'static [Parameter],
    pub(super) answer: fn(&Call<'_>) -> Result<String>,
}

/// Characters of a query.
const QUERY: usize = 1_000;
/// Characters of a quotation.
const QUOTE: usize = 8_000;

const IN_QUERY: Parameter =
    Parameter::new("query", Kind::Text(QUERY), "as for search; all articles where none is given");
const ID: Parameter = Parameter::new("id", Kind::Text(40), "16 hex digits, or id#start-end").required();

pub(super) const TOOLS: [Tool; 6] = [
    Tool {
        name: "search",
        title: "Search the archive",
        about: "Find articles in an archive of saved news pages, with sentences to cite. To count, take count; to read on, \
read.
Query: words (all; other forms and spellings of names too) · \"side by side\" · a OR b · -without · med* · \
a w/5 b (within five words) a w/s b (one sentence) · =word (just so) · title:x by:author site:x lang:en kind:article · \
person:\"Ilham Aliyev\" place:Lachin (and all inside it) org:x · date:2020 date:2020-11..2021 (published) about:2020-12-01 (a \
day the text speaks of) · has:correction · * (all).
Examples: {\"query\":\"Lachin medal date:2020\"} → hits with ids and sentences; {\"query\":\"person:Aliyev \
about:2020-12-01\",\"sort\":\"date\",\"limit\":3} → the three earliest.",
        parameters: &[
            Parameter::new("query", Kind::Text(QUERY), "").required(),
            Parameter::new("limit", Kind::Number(1, 20, 8), ""),
            Parameter::new("sort", Kind::Choice(&["score", "date", "-date", "site", "words"]), "-date: newest first"),
            Parameter::new("snippets", Kind::Number(1, 3, 1), "sentences a hit"),
            Parameter::new("exact", Kind::Switch, "only as typed"),
            Parameter::new("any", Kind::Switch, "any word is enough"),
            Parameter::new("versions", Kind::Switch, "every capture"),
            Parameter::new("after", Kind::Text(400), "from the last line of the page before"),
        ],
        answer: answers::search,
    },
    Tool {
        name: "read",
        title: "Read an article",
        about: "Read one article: paragraphs with their places, provenance, digest, footnote. Goes on with from. Examples: \
{\"id\":\"9546a5dc88fb06f8\"} → its text; {\"id\":\"9546a5dc88fb06f8\",\"around\":\"468-665\"} → what stands about a sentence.",
        parameters: &[
            ID,
            Parameter::new("from", Kind::Number(0, 1 << 30, 0), "byte to begin at"),
            Parameter::new("around", Kind::Text(24), "start-end"),
            Parameter::new("query", Kind::Text(QUERY), "tells which sentences hold it"),
            Parameter::new("mentions", Kind::Switch, "list people, places, organisations, dates"),
        ],
        answer: answers::read,
    },
    Tool {
        name: "count",
        title: "Count articles",
        about: "Count the articles of a query by person, place, time: exact numbers, each with its filter. Never add up hits of \
search instead. Examples: {\"query\":\"medal\",\"by\":\"people\"}; \
{\"query\":\"place:Lachin\",\"by\":\"month\"}.",
        parameters: &[
            IN_QUERY,
            Parameter::new(
                "by",
                Kind::Choice(&[
                    "people", "places", "orgs", "sites", "languages", "kinds", "about", "year", "month", "day",
                ]),
                "about: days the texts speak of; year, month, day: of publication",
            ),
            Parameter::new("limit", Kind::Number(1, 50, 15), ""),
            Parameter::new("exact", Kind::Switch, ""),
            Parameter::new("any", Kind::Switch, ""),
        ],
        answer: answers::count,
    },
    Tool {
        name: "together",
        title: "Who stands beside whom",
        about: "Which people, places or organisations stand in one sentence (paragraph, article) with what is asked for, and \
where. Examples: {\"query\":\"person:Jafarov\",\"with\":\"places\"}; {\"query\":\"medal\",\"window\":\"paragraph\"}.",
        parameters: &[
            IN_QUERY,
            Parameter::new("with", Kind::Choice(&["people", "places", "orgs"]), ""),
            Parameter::new("window", Kind::Choice(&["sentence", "paragraph", "article"]), ""),
            Parameter::new("limit", Kind::Number(1, 20, 10), ""),
            Parameter::new("evidence", Kind::Number(0, 3, 1), "sentences a name"),
        ],
        answer: answers::together,
    },
    Tool {
        name: "related",
        title: "Copies and similar articles",
        about: "copies: who else printed this story, who was first, how much is the same. similar: other articles on the \
matter. Examples: {\"id\":\"9546a5dc88fb06f8\"}; {\"id\":\"9546a5dc88fb06f8\",\"how\":\"similar\"}.",
        parameters: &[
            ID,
            Parameter::new("how", Kind::Choice(&["copies", "similar"]), ""),
            Parameter::new("limit", Kind::Number(1, 20, 10), ""),
        ],
        answer: answers::related,
    },
    Tool {
        name: "verify",
        title: "Check a citation",
        about: "What has become of something cited: unchanged, moved, changed (both wordings) or gone, with the footnote. Do it \
before you hand a quotation on. Examples: {\"cite\":\"9546a5dc88fb06f8#468-665\",\"quote\":\"By its statute …\"}; \
{\"quote\":\"words wherever they stand\"}.",
        parameters: &[
            Parameter::new("cite", Kind::Text(QUOTE), "id#start-end, or a whole footnote"),
            Parameter::new("quote", Kind::Text(QUOTE), "the words"),
            Parameter::new("sha256", Kind::Text(64), "digest of the text"),
        ],
        answer: answers::verify,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mcp::arguments::schema;

    #[test]
    fn all_tools_with_their_schemas_are_small() {
        let size = |tool: &Tool| {
            let schema = serde_json::to_string(&schema(tool.parameters)).map_or(usize::MAX, |text| text.len());
            tool.name.len() + tool.title.len() + tool.about.len() + schema
        };
        let sizes: Vec<usize> = TOOLS.iter().map(size).collect();
        // What every client sends to the model with every question.
        assert!(sizes.iter().sum::<usize>() <= 6 * 1024, "{sizes:?}");
    }
}
