//! What has become of something cited: one vocabulary for every front end.

use serde::Serialize;

use super::Page;

/// What is cited: a passage of an article, or words wherever they stand. The default cites nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// The article, 16 hex digits; null where any will do.
    pub id: Option<String>,
    /// First byte of the passage in the stored body; null where the article is cited as a whole.
    pub start: Option<u32>,
    /// One past the last byte; null likewise.
    pub end: Option<u32>,
    /// The words that are quoted; null where none are.
    pub text: Option<String>,
    /// SHA-256 of the stored body at that time, in hex; null where it is not known.
    pub text_sha256: Option<String>,
}

/// What has become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It stands where it is cited, word for word; a quotation of no place stands somewhere.
    Unchanged,
    /// It stands word for word at another place: of the same article, or of another one.
    Moved,
    /// The words are others now.
    Changed,
    /// Nothing like it is there.
    Gone,
}

impl Verdict {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Unchanged => "unchanged",
            Verdict::Moved => "moved",
            Verdict::Changed => "changed",
            Verdict::Gone => "gone",
        }
    }
}

/// What a verdict rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum VerdictBy {
    /// The cited words, held against the text.
    Words,
    /// The digest of the text.
    Digest,
    /// The place alone: that the text has one such, whatever it says.
    Place,
}

/// What has become of one citation. Its JSON form is the contract of `search verify --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Version of the contract.
    pub v: u32,
    /// `unchanged`, `moved`, `changed` or `gone`.
    pub verdict: Verdict,
    /// `words`, `digest` or `place`.
    pub by: VerdictBy,
    /// As it was asked; the text is what is known of the cited words.
    pub cited: Cited,
    /// Where it stands now, or what is nearest to it; null where nothing is.
    pub now: Option<Standing>,
    /// Words that are the same, in percent of the longer wording; null where no words are compared.
    pub same: Option<u32>,
    /// Both wordings side by side, where they differ.
    pub difference: Vec<Edit>,
    /// Other articles that hold the words of a quotation of no place.
    pub others: u64,
}

/// Where cited words stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The article, 16 hex digits.
    pub id: String,
    /// First byte in the stored body; null where the headline has it, or the article is cited as a whole.
    pub start: Option<u32>,
    /// One past the last byte; null likewise.
    pub end: Option<u32>,
    /// The words there; null where the article is cited as a whole.
    pub text: Option<String>,
    /// ISO 8601 date or date-time with the zone as written.
    pub date: Option<String>,
    /// Host without `www.`, or the site's name.
    pub site: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// SHA-256 of the stored body.
    pub text_sha256: String,
}

/// A stretch of two wordings: the same in both, or what stands in place of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// As it is cited; empty for what was added.
    pub cited: String,
    /// As the text has it; empty for what was taken out.
    pub now: String,
}

/// What has become of a saved page: its bytes, read again and held against the digest that the index has. Its JSON form is
/// the contract of `search verify --pages --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageVerification {
    /// Version of the contract.
    pub v: u32,
    /// `unchanged`; `moved`, to another file below its root; `changed`; or `gone`.
    pub verdict: Verdict,
    /// The article, 16 hex digits.
    pub id: String,
    /// Where the index has it.
    #[serde(flatten)]
    pub page: Page,
    /// When it was saved; ISO 8601, null where that is not known.
    pub captured: Option<String>,
    /// SHA-256 of its bytes as it was read, in hex.
    pub sha256: String,
    /// SHA-256 of the bytes there now; null where nothing is, or nothing that can be read as a page.
    pub now_sha256: Option<String>,
    /// The file that has its bytes now, where it is moved; else null.
    pub moved_to: Option<String>,
}

impl Cited {
    /// Words wherever they stand.
    pub fn words(text: impl Into<String>) -> Cited {
        Cited { text: Some(text.into()), ..Cited::default() }
    }

    /// Reads a citation as the program prints it: `ID#START-END`, a footnote with its words and digest, a line of hits
    /// or of a concordance, a JSON object with `cite` and `passage`. `None` where no id is in it.
    pub fn parse(line: &str) -> Option<Cited> {
        if let Some(object) = line.trim().strip_prefix('{') {
            return Cited::of_json(&format!("{{{object}"));
        }
        let (at, cited, rest) = place(line)?;
        let digest = rest.split("sha256:").nth(1).and_then(|digest| digest.get(..64));
        let digest = digest.filter(|digest| is_hex(digest)).map(str::to_ascii_lowercase);
        let before = line[..at].strip_suffix("” (");
        let text = before.and_then(|before| quoted(before, cited.length()));
        Some(Cited { text: text.map(str::to_owned), text_sha256: digest, ..cited })
    }

    fn of_json(object: &str) -> Option<Cited> {
        let object: serde_json::Value = serde_json::from_str(object).ok()?;
        let key = |name: &str| object.get(name).and_then(serde_json::Value::as_str);
        let (_, cited, _) = place(key("cite").or(key("id"))?)?;
        // The short form of a hit may cut its passage off.
        let text = key("passage").map(|text| text.trim_end_matches('…').to_owned());
        Some(Cited { text, text_sha256: key("text_sha256").map(str::to_owned), ..cited })
    }

    /// Bytes of the passage.
    fn length(&self) -> Option<usize> {
        let (start, end) = self.start.zip(self.end)?;
        Some(end.checked_sub(start)? as usize)
    }
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Digits of an id.
const ID: usize = 16;

/// The first id in a line: where it begins, the place that it names, and what follows.
fn place(line: &str) -> Option<(usize, Cited, &str)> {
    let is_word = |c: char| c.is_alphanumeric();
    let mut start = 0;
    for run in line.split_inclusive(|c: char| !is_word(c)) {
        let (at, word) = (start, run.trim_end_matches(|c| !is_word(c)));
        start += run.len();
        if word.len() != ID || !is_hex(word) {
            continue;
        }
        let rest = &line[at + ID..];
        let passage = rest.strip_prefix('#').and_then(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(rest.len());
            let (from, to) = rest[..end].split_once('-')?;
            Some((from.parse().ok()?, to.parse().ok()?))
        });
        // A passage that cannot be read is no citation of the whole.
        if passage.is_none() && rest.starts_with('#') {
            return None;
        }
        let (start, end) = passage.unzip();
        return Some((at, Cited { id: Some(word.to_ascii_lowercase()), start, end, ..Cited::default() }, rest));
    }
    None
}

/// What is quoted at the end of a footnote. Headlines and passages have quotation marks of their own, so of all places where
/// the passage may begin that counts which makes it as long as it is.
fn quoted(before: &str, length: Option<usize>) -> Option<&str> {
    let begins = || before.match_indices('“').filter(|(at, _)| *at == 0 || before[..*at].ends_with(": "));
    let texts = || begins().map(|(at, mark)| &before[at + mark.len()..]);
    texts().find(|text| Some(text.len()) == length).or_else(|| texts().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_read_as_they_are_printed() {
        let digest = "ab".repeat(32);
        let note = |text: &str| {
            let place = format!("9546a5dc88fb06f8#5-{}", 5 + text.len());
            format!("[1] A. Keller, “So: “it” is”, x.example: “{text}” ({place}, sha256:{digest})")
        };
        for (line, id, passage, text, digest) in [
            ("9546A5DC88fb06f8", true, None, None, false),
            ("9546a5dc88fb06f8#5-24", true, Some((5, 24)), None, false),
            ("2020-12-02\t9546a5dc88fb06f8\tA medal\t/a/b.html", true, None, None, false),
            ("2020-12-02\t9546a5dc88fb06f8#5-24\tx.example\tthe\tmedal\twas", true, Some((5, 24)), None, false),
            (&note("The medal"), true, Some((5, 14)), Some("The medal"), true),
            (&note("“The” med"), true, Some((5, 18)), Some("“The” med"), true),
            ("“The medal” (9546a5dc88fb06f8#5-14)", true, Some((5, 14)), Some("The medal"), false),
            (
                r#"{"date":null,"cite":"9546a5dc88fb06f8#5-14","passage":"The med…"}"#,
                true,
                Some((5, 14)),
                Some("The med"),
                false,
            ),
            ("9546a5dc88fb06f8#5", false, None, None, false),
            ("9546a5dc88fb06f", false, None, None, false),
            ("https://x.example/a", false, None, None, false),
            ("", false, None, None, false),
        ] {
            let cited = Cited::parse(line);
            assert_eq!(cited.is_some(), id, "{line}");
            let cited = cited.unwrap_or_default();
            assert_eq!(cited.id.as_deref(), id.then_some("9546a5dc88fb06f8"), "{line}");
            assert_eq!((cited.start.zip(cited.end), cited.text.as_deref()), (passage, text), "{line}");
            assert_eq!(cited.text_sha256.is_some(), digest, "{line}");
        }
    }
}
