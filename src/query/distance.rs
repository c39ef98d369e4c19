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
    // From the right: names of places hold commas, distances none.
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
    // Less than a metre is a slip, more than half of the earth around a number that is no distance.
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
    // `f64` would read `inf`, `nan` and `1e9`, which are names of something else here.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// `CENTRE METRES`, with a `?` where the distance was not given.
    fn shown(value: &str) -> Option<String> {
        let (field, note) = read(value)?;
        let Field::Near(centre, metres) = field else { return None };
        let centre = match centre {
            Centre::Name(name) => name,
            Centre::Point(north, east) => format!("{north} {east}"),
        };
        Some(format!("{centre} {metres}{}", if note.is_some() { "?" } else { "" }))
    }

    #[track_caller]
    fn check(value: &str, expected: Option<&str>) {
        assert_eq!(shown(value).as_deref(), expected, "{value}");
    }

    #[test]
    fn a_place_and_a_distance() {
        check("Lachin,50km", Some("Lachin 50000"));
        check("Lachin, 50 km", Some("Lachin 50000"));
        check("Lachin 50km", Some("Lachin 50000"));
        check("Lachin,50", Some("Lachin 50000"));
        check("Lachin 50", Some("Lachin 50 50000?"));
        check("Lachin", Some("Lachin 50000?"));
        check("Paris, Texas", Some("Paris, Texas 50000?"));
        check("Paris, Texas, 20 miles", Some("Paris, Texas 32187"));
        check("Lachin,1 mile", Some("Lachin 1609"));
        check("Lachin,800m", Some("Lachin 800"));
        check("Lachin,1.5 kilometres", Some("Lachin 1500"));
        check("Lachin,20100km", Some("Lachin 20100000"));
        // Farther than the earth is round, and no distance at all: part of the name.
        check("Lachin,20101km", Some("Lachin,20101km 50000?"));
        check("Lachin,0.4m", Some("Lachin,0.4m 50000?"));
        // Without a comma or a blank before it, it is what a name may be.
        check("50km", Some("50km 50000?"));
        check("", None);
        check("12", None);
    }

    #[test]
    fn a_point_and_a_distance() {
        check("39.6,46.5", Some("39.6 46.5 50000?"));
        check("39.6,46.5,30", Some("39.6 46.5 30000"));
        check("-33.9, 151.2, 30 mi", Some("-33.9 151.2 48280"));
        check("90,180,1m", Some("90 180 1"));
        check("-90,-180,1m", Some("-90 -180 1"));
        check("90.1,0,1m", None);
        check("0,180.1,1m", None);
        check("1e1,0,1m", Some("1e1,0 1"));
        check("NaN,0,1m", Some("NaN,0 1"));
    }

    #[test]
    fn metres_print_as_kilometres() {
        for (metres, expected) in
            [(50_000, "50km"), (800, "0.8km"), (1_609, "1.609km"), (12_500, "12.5km"), (1, "0.001km")]
        {
            assert_eq!(kilometres(metres), expected);
        }
    }
}
