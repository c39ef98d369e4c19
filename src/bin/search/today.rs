//! Today where the user is.

use std::time::SystemTime;

use search::date::Date;

/// Today for a query of this text.
///
/// Dates that rest on today ("last week") stand only after a field's colon. A query without one takes the day in UTC,
/// which costs nothing, while the local day takes opening the time zone.
pub(crate) fn for_query(text: &str) -> Date {
    if text.contains(':') { local() } else { utc() }
}

/// Today in UTC.
pub(crate) fn utc() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// This moment in UTC, RFC 3339, to the second.
pub(crate) fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The day and minute of `time` in the zone of this machine, such as `2020-12-02 09:15`.
pub(crate) fn of_time(time: SystemTime) -> String {
    let Ok(time) = jiff::Timestamp::try_from(time) else { return "an unknown time".to_owned() };
    time.to_zoned(zone().unwrap_or_else(jiff::tz::TimeZone::system)).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Today in the zone of this machine.
pub(crate) fn local() -> Date {
    match zone() {
        Some(zone) => jiff::Timestamp::now().to_zoned(zone).date(),
        None => jiff::Zoned::now().date(),
    }
}

/// The zone of this machine; `None` where only its name tells it.
///
/// Where `$TZ` is not set, `/etc/localtime` holds the rules of the zone. Only its name is asked for otherwise, and that
/// means to read the whole folder of zones.
fn zone() -> Option<jiff::tz::TimeZone> {
    match std::env::var_os("TZ") {
        Some(_) => None,
        None => std::fs::read("/etc/localtime").ok().and_then(|rules| jiff::tz::TimeZone::tzif("Local", &rules).ok()),
    }
}
