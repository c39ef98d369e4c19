//! Dates for people.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// An ISO 8601 date or date-time as precise as it is: `2020`, `December 2020`, `2 December 2020, 09:15`. What is no such
/// date stays as it is.
pub(super) fn readable(date: &str) -> String {
    let (day, time) = date.split_once('T').map_or((date, None), |(day, time)| (day, Some(time)));
    let parts: Vec<&str> = day.split('-').collect();
    let month = |text: &&str| text.parse::<usize>().ok().and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    let number = |text: &str| text.trim_start_matches('0').to_owned();
    let day = match &parts[..] {
        [year, at, day] => match month(at) {
            Some(name) => format!("{} {name} {year}", number(day)),
            None => day.to_string() + "-" + at,
        },
        [year, at] => month(at).map_or_else(|| date.to_owned(), |name| format!("{name} {year}")),
        _ => day.to_owned(),
    };
    match time.and_then(|time| time.get(..5)) {
        // Midnight is how many pages write that they know no time.
        Some(time) if time != "00:00" => format!("{day}, {time}"),
        _ => day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_precise_as_they_are() {
        for (date, shown) in [
            ("2020", "2020"),
            ("2020-12", "December 2020"),
            ("2020-12-02", "2 December 2020"),
            ("2020-12-02T09:15:00+04:00", "2 December 2020, 09:15"),
            ("2020-12-02T00:00:00Z", "2 December 2020"),
            ("2020-Q4", "2020-Q4"),
            ("2020-W05", "2020-W05"),
            ("", ""),
        ] {
            assert_eq!(readable(date), shown);
        }
    }
}
