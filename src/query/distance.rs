//! `near:` with its value: a place or a point, and how far from it.

use super::name::name;
use super::tree::{Centre, Field};

/// Metres that stand for a distance that is not given.
const USUAL: u32 = 50_000;
/// What is said then.
const USUAL_NOTE: &str = "it says no distance; 50 km are taken";
/// No two points of the earth are farther apart, in metres.
const FARTHEST: f64 = 20_100_000.0;
/// Units in metres.
const UNITS: [(&str, f64); 8] = [
    ("kilometres", 1_000.0),
    ("kilometers", 1_000.0),
    ("km", 1_000.0),
    ("miles", 1_609.344),
    ("mile", 1_609.344),
    ("mi", 1_609.344),
    ("metres", 1.0),
    ("m", 1.0),
];

/// The field that `value` is, and what is odd about it; `None` where it is no place and distance.
pub(super) fn read(value: &str) -> Option<(Field, Option<&'static str>)> {
    let value = value.trim();
    // Two numbers alone are a point: the second is no distance.
    let (head, metres) = match split(value).filter(|_| point(value).is_none()) {
        Some((head, metres)) => (head, Some(metres)),
        None => (value, None),
    };
    let head = head.trim_end_matches([',', ' ']);
    let centre = match point(head) {
        Some((north, east)) => Centre::Point(north, east),
        None => Centre::Name(name(head).filter(|name| name.contains(char::is_alphabetic))?),
    };
    let note = if metres.is_some() { None } else { Some(USUAL_NOTE) };
    Some((Field::Near(centre, metres.unwrap_or(USUAL)), note))
}

/// What stands before a distance, and the distance in metres: `Lachin,50`, `Lachin, 50 km`, `Lachin 50km`. Without a
/// comma it needs a unit.
fn split(value: &str) -> Option<(&str, u32)> {
    if let Some((head, tail)) = value.rsplit_once(',') {
        return metres(tail, false).map(|metres| (head, metres));
    }
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim_end();
    let start = number.rfind(' ')?;
    metres(&value[start..], true).map(|metres| (&value[..start], metres))
}

/// `50km`, `30 mi`, and `12.5` where no unit is needed: kilometres.
fn metres(text: &str, needs_unit: bool) -> Option<u32> {
    let text = text.trim().to_ascii_lowercase();
    let unit = UNITS.iter().find_map(|(unit, metres)| Some((text.strip_suffix(unit)?, *metres)));
    let (number, unit) = if needs_unit { unit? } else { unit.unwrap_or((&text, 1_000.0)) };
    let metres = (decimal(number.trim_end())? * unit).round();
    (1.0..=FARTHEST).contains(&metres).then_some(metres as u32)
}

/// `39.6,46.5`: degrees north and east.
fn point(text: &str) -> Option<(f64, f64)> {
    let (north, east) = text.split_once(',')?;
    let (north, east) = (decimal(north.trim())?, decimal(east.trim())?);
    ((-90.0..=90.0).contains(&north) && (-180.0..=180.0).contains(&east)).then_some((north, east))
}

/// Digits with a sign and a point; nothing else that a number may be to a computer.
fn decimal(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    text.parse::<f64>().ok().filter(|number| plain && number.is_finite())
}

/// Metres as `50km`, with as many decimals as are needed.
pub(super) fn kilometres(metres: u32) -> String {
    let decimals = format!("{:03}", metres % 1_000);
    match decimals.trim_end_matches('0') {
        "" => format!("{}km", metres / 1_000),
        decimals => format!("{}.{decimals}km", metres / 1_000),
    }
}
