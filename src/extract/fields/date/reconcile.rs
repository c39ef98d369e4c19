//! Declared dates of publication beside what the page shows: where the two differ, which is believed.

use crate::date::{Date, Precision, Stamp};
use crate::extract::article::{DateOrigin, Dated};
use crate::extract::context::PageContext;
use crate::extract::fields::date::evidence::{declared_changes, first_meta};
use crate::extract::fields::date::visible::{self, Shown};

/// The date as readers saw it, where the page or its address has another reading of the one that was declared.
pub(crate) fn revised(context: &PageContext<'_>, dated: Dated, address: Option<Stamp>) -> Dated {
    let day = dated.stamp.date();
    let is_utc = dated.stamp.offset() == Some(0);
    if let Some(stamp) = address.filter(|other| is_utc && is_next(day, other.date())) {
        context.trace.won("published", "address", context.url.unwrap_or(""));
        return Dated { stamp, origin: DateOrigin::Url };
    }
    let doubt = Doubt::of(context, dated);
    if !is_utc && !doubt.any() {
        return dated;
    }
    let Some(shown) = visible::best(context).filter(|shown| shown.stamp.date() != day) else { return dated };
    if let Some((name, value, stamp)) = doubt.rival.filter(|(.., rival)| is_one_moment(*rival, shown.stamp)) {
        context.trace.won("published", format_args!("meta {name}"), value);
        return Dated { stamp, origin: DateOrigin::Meta };
    }
    let other = shown.stamp.date();
    let is_readers = is_utc && is_next(day, other) && is_local(context, dated.stamp, shown.stamp);
    if is_readers || doubt.order && is_swapped(day, other) || is_earlier(context, &doubt, dated, shown) {
        context.trace.won("published", "text", shown.line(context));
        return Dated { stamp: shown.stamp, origin: DateOrigin::Text };
    }
    dated
}

/// What speaks against a declared date.
struct Doubt<'a> {
    /// A meta tag gives it in digits whose order is a guess.
    order: bool,
    /// It stands in a meta tag that does not say what it is the date of.
    vague: bool,
    /// The page was last changed at that moment, or before it: the day of the change.
    rewritten: Option<Date>,
    /// Name, value and date of a meta tag that gives another day than JSON-LD.
    rival: Option<(&'a str, &'a str, Stamp)>,
}

impl<'a> Doubt<'a> {
    fn of(context: &PageContext<'a>, dated: Dated) -> Doubt<'a> {
        let meta = (dated.origin <= DateOrigin::Meta).then(|| first_meta(context)).flatten();
        let is_meta = dated.origin == DateOrigin::Meta;
        let rival = meta.filter(|(_, stamp)| !is_meta && stamp.date() != dated.stamp.date());
        Doubt {
            order: is_meta && is_in_digits(context, dated.stamp),
            vague: is_meta && meta.is_some_and(|(meta, _)| VAGUE.contains(&meta.name.as_str())),
            rewritten: declared_changes(context)
                .find_map(|(_, stamp)| stamp)
                .filter(|change| {
                    let is_day = change.precision().min(dated.stamp.precision()) == Precision::Day;
                    if is_day {
                        change.date() < dated.stamp.date()
                    } else {
                        change.sort_key() <= dated.stamp.sort_key()
                    }
                })
                .map(|change| change.date()),
            rival: rival.map(|(meta, stamp)| (meta.name.as_str(), meta.value.as_str(), stamp)),
        }
    }

    fn any(&self) -> bool {
        self.order || self.vague || self.rewritten.is_some() || self.rival.is_some()
    }
}

/// Meta tags that may as well hold the day of an issue, of the record or of the last change.
const VAGUE: [&str; 4] = ["date", "dc.date", "dcterms.date", "displaydate"];
/// Words of a line that holds a date, and little else.
const DATE_LINE: u32 = 12;

/// Whether an earlier date between headline and text is believed against a doubtful one: what readers could see on that day was
/// not published later.
fn is_earlier(context: &PageContext<'_>, doubt: &Doubt<'_>, dated: Dated, shown: Shown) -> bool {
    let words = shown.words(context);
    // A line with the day of the change says nothing of the publication.
    let is_rewritten = doubt.rewritten.is_some_and(|change| change != shown.stamp.date());
    (doubt.vague || is_rewritten)
        && shown.stamp.date() < dated.stamp.date()
        // Between headline and text, or there in a list: 10 less 3.
        && shown.place >= 7
        && !shown.assumed
        // A date in a sentence is that of an event.
        && words <= DATE_LINE
        && (doubt.vague || shown.named || words <= 4)
        && !visible::all(context).any(|other| other.place >= 7 && is_in_line(context, other, dated.stamp.date()))
}

/// Whether the line of `shown` holds the day, as its first date or after it.
fn is_in_line(context: &PageContext<'_>, shown: Shown, day: Date) -> bool {
    let mut rest = shown.line(context);
    // Publication, change, and one more in another form.
    for _ in 0..3 {
        let Some(found) = context.shown(&rest[..rest.floor_char_boundary(160)]) else { return false };
        if found.stamp.date() == day {
            return true;
        }
        rest = &rest[found.span.end as usize..];
    }
    false
}

/// Whether two days are one with day and month exchanged.
pub(super) fn is_swapped(day: Date, other: Date) -> bool {
    other != day && other.year() == day.year() && other.month() == day.day() && other.day() == day.month()
}

fn is_next(day: Date, other: Date) -> bool {
    day.tomorrow().is_ok_and(|next| next == other) || day.yesterday().is_ok_and(|last| last == other)
}

/// Whether a meta tag gives the date in digits whose order is a guess.
fn is_in_digits(context: &PageContext<'_>, stamp: Stamp) -> bool {
    let date = stamp.date();
    let mut values = context.outline.metas.iter().map(|meta| meta.value.trim()).filter(|value| value.len() <= 30);
    date.day() <= 12
        && date.day() != date.month()
        && values.any(|value| {
            value.contains(['/', '-', '.']) && Stamp::parse_iso(value).is_none() && context.human(value) == Some(stamp)
        })
}

/// Minutes of the clock on the wall since 1970.
fn wall(stamp: Stamp) -> i64 {
    (stamp.sort_key() + i64::from(stamp.offset().unwrap_or(0)) * 60).div_euclid(60)
}

/// Whether two times of day can be one moment on the clocks of two zones: whole quarters of an hour apart, at most 14 hours.
fn is_one_moment(declared: Stamp, shown: Stamp) -> bool {
    let zone = wall(shown) - wall(declared);
    declared.precision() > Precision::Day
        && shown.precision() > Precision::Day
        // From Baker Island to Kiribati.
        && (-12 * 60..=14 * 60).contains(&zone)
        // All zones are whole quarters of an hour from Greenwich.
        && zone % 15 == 0
}

/// Whether `shown`, on the day before or after, can be the moment `utc` in the zone of the readers.
///
/// With a time of day it must be whole quarters of an hour away. Without one, Europe is one to three hours ahead of
/// Greenwich, and the languages that America shares with it are also up to twelve hours behind.
fn is_local(context: &PageContext<'_>, utc: Stamp, shown: Stamp) -> bool {
    if shown.precision() > Precision::Day {
        return is_one_moment(utc, shown);
    }
    let hour = wall(utc).rem_euclid(24 * 60) / 60;
    let later = shown.date() > utc.date();
    match context.lang {
        // English is read in too many zones.
        Some("en") => false,
        Some("es" | "pt" | "fr") => later == (hour >= 21) && (later || hour < 12),
        Some("zh" | "ja" | "ko" | "vi" | "th" | "id" | "hi" | "bn" | "ur" | "fa" | "ar" | "ru" | "kk") => {
            later && hour >= 12
        }
        _ => later && hour >= 21,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tests::read;

    /// The date of a page in `lang` with this declared as its publication, and this line shown between headline and text.
    #[track_caller]
    fn check(lang: &str, head: &str, line: &str, expected: &str) {
        let text = match lang {
            "de" => {
                "Der Rat der Stadt hat am Montag beschlossen, dass die alte Brücke wieder aufgebaut wird, die seit der Flut zu ist."
            }
            "es" => {
                "El consejo de la ciudad decidió el lunes que se reconstruya el viejo puente, cerrado desde la riada de la primavera."
            }
            "ru" => {
                "Городской совет в понедельник решил восстановить старый мост, который был закрыт после весеннего наводнения."
            }
            _ => {
                "The council of the town voted on Monday to rebuild the old bridge, which had been closed since the flood of spring."
            }
        };
        let html =
            format!("<html lang={lang}><head>{head}</head><h1>9</h1><p>{line}</p><p>{text}</p><p>{text} </p></html>");
        let dated = read(&html).published;
        let found = dated.map_or("none".to_owned(), |dated| format!("{} {}", dated.stamp, dated.origin));
        assert_eq!(found, expected, "{lang} {head} {line}");
    }

    fn published(value: &str) -> String {
        format!("<meta property=article:published_time content='{value}'>")
    }

    #[test]
    fn a_moment_in_greenwich_becomes_the_day_of_the_readers() {
        let late = published("2020-11-09T22:30:00Z");
        check("de", &late, "10. November 2020", "2020-11-10 text");
        check("de", &late, "9. November 2020", "2020-11-09T22:30:00Z meta");
        // With a time of day it must be the same moment.
        check("de", &late, "10. November 2020, 23:30", "2020-11-09T22:30:00Z meta");
        check("de", &late, "9. November 2020, 23:30", "2020-11-09T22:30:00Z meta");
        // Too early in the day for the zones in which the language is read.
        check("de", &published("2020-11-09T12:00:00Z"), "10. November 2020", "2020-11-09T12:00:00Z meta");
        check("ru", &published("2020-11-09T12:00:00Z"), "10 ноября 2020", "2020-11-10 text");
        // America is behind Greenwich, and English is read everywhere.
        check("es", &published("2020-11-10T03:00:00Z"), "9 de noviembre de 2020", "2020-11-09 text");
        check("en", &published("2020-11-10T03:00:00Z"), "9 November 2020", "2020-11-10T03:00:00Z meta");
        // A zone that is declared is believed.
        check("de", &published("2020-11-09T22:30:00+01:00"), "10. November 2020", "2020-11-09T22:30:00+01:00 meta");
    }

    #[test]
    fn the_day_in_the_address_is_that_of_the_readers_too() {
        let head = format!(
            "{}<link rel=canonical href=https://herald.example.com/2020/11/10/bridge>",
            published("2020-11-09T22:30:00Z")
        );
        check("en", &head, "Ostmark", "2020-11-10 url");
        let far = head.replace("/11/10/", "/11/12/");
        check("en", &far, "Ostmark", "2020-11-09T22:30:00Z meta");
    }

    #[test]
    fn figures_whose_order_is_a_guess_give_way_to_their_mirror() {
        let head = "<meta name=pubdate content=03/09/2020>";
        check("en-US", head, "March 9, 2020", "2020-03-09 meta");
        check("en-GB", head, "9 March 2020", "2020-03-09 text");
        check("en-GB", head, "10 March 2020", "2020-09-03 meta");
    }

    #[test]
    fn a_tag_that_may_date_anything_gives_way_to_an_earlier_line() {
        let vague = "<meta name=date content=2020-11-12>";
        check("en", vague, "9 November 2020", "2020-11-09 text");
        check("en", vague, "15 November 2020", "2020-11-12 meta");
        check("en", &published("2020-11-12"), "9 November 2020", "2020-11-12 meta");
        // The line has both days: publication and change.
        check("en", vague, "9 November 2020, updated 12 November 2020", "2020-11-12 meta");
    }

    #[test]
    fn moments_are_compared_by_the_clock_on_the_wall() {
        let stamp = |text: &str| Stamp::parse_iso(text).expect("a date");
        for (declared, shown, expected) in [
            ("2020-11-09T12:00Z", "2020-11-09T13:00", true),
            ("2020-11-09T12:00Z", "2020-11-09T17:45", true),
            ("2020-11-09T12:00Z", "2020-11-09T13:07", false),
            ("2020-11-09T12:00Z", "2020-11-10T02:00", true),
            ("2020-11-09T12:00Z", "2020-11-10T03:00", false),
            ("2020-11-09T12:00Z", "2020-11-09T00:00", true),
            ("2020-11-09T12:00Z", "2020-11-08T23:00", false),
            ("2020-11-09", "2020-11-09T13:00", false),
        ] {
            assert_eq!(is_one_moment(stamp(declared), stamp(shown)), expected, "{declared} {shown}");
        }
    }
}
