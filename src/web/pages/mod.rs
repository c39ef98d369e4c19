//! Pages for people, in HTML that is whole without a script.

mod archive;
mod article;
mod body;
mod facets;
mod frame;
mod hits;
mod search;
mod timeline;

pub(super) use archive::{archive, help};
pub(super) use article::article;
pub(super) use facets::facet;
pub(super) use frame::{Frame, framed, refusal};
pub(super) use search::search;
pub(super) use timeline::timeline;

use std::borrow::Cow;

use super::reply::{Refusal, Reply};
use crate::text::{safe_line, safe_text};

type Made = Result<Reply, Refusal>;

/// Text of a page on one line, without what obeys a reader or reorders what stands beside it.
fn line(text: &str) -> Cow<'_, str> {
    safe_line(text)
}

/// The same with its line breaks.
fn lines(text: &str) -> Cow<'_, str> {
    safe_text(text)
}

/// A code of a language, where it is one.
fn lang(code: Option<&str>) -> Option<&str> {
    code.filter(|code| matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// The direction of a text in this language; that of its first letter where nobody knows.
fn dir(code: Option<&str>) -> &'static str {
    match lang(code) {
        Some("ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi") => "rtl",
        Some(_) => "ltr",
        None => "auto",
    }
}

/// An address that a browser may be sent to.
fn outside(url: Option<&str>) -> Option<String> {
    let url = url::Url::parse(url?).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

/// The name of a language, its code where none is known here.
fn language(code: &str) -> Cow<'_, str> {
    const NAMES: [(&str, &str); 40] = [
        ("ar", "Arabic"),
        ("az", "Azerbaijani"),
        ("bg", "Bulgarian"),
        ("bs", "Bosnian"),
        ("ca", "Catalan"),
        ("cs", "Czech"),
        ("da", "Danish"),
        ("de", "German"),
        ("el", "Greek"),
        ("en", "English"),
        ("es", "Spanish"),
        ("et", "Estonian"),
        ("fa", "Persian"),
        ("fi", "Finnish"),
        ("fr", "French"),
        ("he", "Hebrew"),
        ("hi", "Hindi"),
        ("hr", "Croatian"),
        ("hu", "Hungarian"),
        ("hy", "Armenian"),
        ("id", "Indonesian"),
        ("it", "Italian"),
        ("ja", "Japanese"),
        ("ka", "Georgian"),
        ("ko", "Korean"),
        ("lt", "Lithuanian"),
        ("lv", "Latvian"),
        ("nl", "Dutch"),
        ("no", "Norwegian"),
        ("pl", "Polish"),
        ("pt", "Portuguese"),
        ("ro", "Romanian"),
        ("ru", "Russian"),
        ("sr", "Serbian"),
        ("sv", "Swedish"),
        ("th", "Thai"),
        ("tr", "Turkish"),
        ("uk", "Ukrainian"),
        ("vi", "Vietnamese"),
        ("zh", "Chinese"),
    ];
    let known = NAMES.iter().find(|(one, _)| *one == code);
    known.map_or_else(|| line(code), |(_, name)| Cow::Borrowed(name))
}
