//! Text kernels: spans, folding, words, sentences, and text that is safe to print.
//!
//! Everything here is pure and total: any string is accepted, nothing fails, and every span returned lies on
//! character boundaries of the string it was asked about.

mod aliases;
mod catenated;
mod fold;
mod han;
pub mod hash;
mod mandarin;
mod misprint;
mod namekey;
mod pairs;
mod readings;
mod safe;
mod samename;
mod sentence;
mod sentence_diff;
mod span;
mod stop_words;
mod version;
pub(crate) mod word_lists;
mod wording;
mod words;

pub use aliases::Aliases;
pub(crate) use catenated::{CAPITALS, Catenation, Catenator, INITIALS, JOINED, catenations_of, is_acronym};
pub(crate) use fold::{compose, fold_into, squeeze};
pub use fold::{fold, nfc};
pub(crate) use mandarin::mandarin_names;
pub(crate) use misprint::misprint;
pub use namekey::holds_name;
pub(crate) use namekey::name_key;
pub(crate) use pairs::{Pair, Pairs, is_passed_over, pairs_of};
pub(crate) use readings::{
    are_transcriptions, is_keyboard_form, keyboard_forms, read_alike, sought_keys, spelling_keys,
};
pub(crate) use safe::{breaks_line, is_hostile};
pub use safe::{safe_line, safe_path, safe_text};
pub(crate) use samename::{NearKeys, Row, keys_may_meet, same_name};
pub use sentence::{paragraphs, sentences};
pub(crate) use sentence_diff::{Change as SentenceChange, changes as sentence_changes, wordings};
pub use span::Span;
pub(crate) use stop_words::{STOP_LANGUAGES, is_among, is_stop_word, stop_languages};
pub(crate) use version::fingerprint;
pub(crate) use wording::{Edit as WordEdit, Quote};
pub(crate) use words::{FirstBytes, is_cjk, is_plain_letter};
pub use words::{Word, Words, words};

#[cfg(test)]
pub(crate) mod tests;
