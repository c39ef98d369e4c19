//! How dates are read, as one number: it decides what pages are dated and which days an article mentions.

use crate::text::hash::mix;

/// The version of the grammar of dates: raised when the same text gives another date. A test below finds out where that
/// was forgotten.
const VERSION: u64 = 2;
/// The head of the SHA-256 of `calendars.tsv` and `names.tsv` in `data/dates`; a test below says what it must be.
const DATA: u64 = 0x740B_331E_79E6_AECB;

/// Names the grammar of dates and its month names. An index that was made under another fingerprint is made again.
pub(crate) const fn fingerprint() -> u64 {
    mix(VERSION, DATA)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::date::{Order, Stamp, written};
    use crate::text::tests::golden::{Golden, articles, check, data_digest};

    const GOLDEN: Golden = Golden { version: 2, input: 0x3C85_47C9_1923_9B3E, output: 0x6483_CC28_B31D_108D };

    #[test]
    fn the_digest_is_that_of_the_data() {
        let now = data_digest(&["dates/calendars.tsv", "dates/names.tsv"]);
        assert_eq!(DATA, now, "the data changed: put {now:#018x} into DATA");
    }

    /// Reads every line of the golden articles as a byline would be read.
    #[test]
    fn other_dates_have_another_version() {
        let (mut input, mut output) = (String::new(), String::new());
        for article in articles() {
            let lang = article.lang.as_deref();
            let _ = writeln!(output, "{:?}", article.published.as_deref().map(Stamp::parse_iso));
            for line in article.body.lines() {
                let _ = writeln!(input, "{lang:?} {line}");
                let _ = writeln!(output, "{:?}", written(line, lang, Order::of(lang)));
            }
        }
        check(GOLDEN, VERSION, &input, &output);
    }
}
