//! Which rule read a time expression.

/// Writes the enum and its names from one list, so that neither can lack a rule.
macro_rules! date_rules {
    ($($(#[$doc:meta])* $rule:ident, $name:literal;)*) => {
        /// The rule that read a time expression.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum DateRule {
            $($(#[$doc])* $rule,)*
        }

        impl DateRule {
            #[cfg(test)]
            const ALL: &[DateRule] = &[$(DateRule::$rule,)*];

            /// What the output calls the rule.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(DateRule::$rule => $name,)* }
            }
        }
    };
}

date_rules! {
    /// A day or month with its year: `10 November 2020`.
    Explicit, "explicit";
    /// A day or month without a year: `on November 10`.
    MonthDay, "month-day";
    /// A day that is known by its figures: `9/11`.
    Name, "name";
    /// An end of a range that shares its month with the other: `April 6-7`.
    DayRange, "day-range";
    /// A day of the month at hand: `the 25th`.
    DayOfMonth, "day-of-month";
    /// A weekday alone.
    Weekday, "weekday";
    /// A year of four figures, or one behind `year`.
    Year, "year";
    /// The second end of `1939-45`.
    YearRange, "year-range";
    /// `'96`.
    ShortYear, "short-year";
    /// A year with its era, or one of a text about such times: `480 BC`.
    Era, "era";
    /// `the 1990s`.
    Decade, "decade";
    /// `the 19th century`.
    Century, "century";
    /// `the summer of 2010`.
    Season, "season";
    /// `the first quarter of 2020`.
    Quarter, "quarter";
    /// `the second half of 2020`.
    Half, "half";
    /// A day with a name: `Christmas 2007`.
    Feast, "feast";
    /// `today`, `yesterday`, `tonight`.
    Today, "today";
    /// `this morning`, `last night`.
    PartOfDay, "part-of-day";
    /// A time of day.
    Clock, "clock";
    /// `last Tuesday`.
    RelativeWeekday, "relative-weekday";
    /// `last May`.
    RelativeMonth, "relative-month";
    /// `last summer`.
    RelativeSeason, "relative-season";
    /// `last year`, `next week`.
    RelativeUnit, "relative-unit";
    /// `the end of the year`: the year that the text is about.
    UnitAtHand, "unit-at-hand";
    /// `the day before`.
    UnitBeside, "unit-beside";
    /// `the weekend`.
    Weekend, "weekend";
    /// `three weeks ago`.
    Ago, "ago";
    /// `three weeks later`: counted from the last date of the text.
    ShiftInText, "shift-in-text";
    /// `over the last decade`: a duration.
    Stretch, "stretch";
    /// `three days`.
    Duration, "duration";
    /// `$3 a year`.
    Rate, "rate";
    /// `every Monday`, `daily`.
    Set, "set";
    /// An age, which is no date.
    Age, "age";
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scripts filter on these names (`search annotate --json`): a change here is one that users see.
    #[test]
    fn names_are_as_documented() {
        let expected = "explicit month-day name day-range day-of-month weekday year year-range short-year era decade century season quarter half feast today part-of-day clock relative-weekday relative-month relative-season relative-unit unit-at-hand unit-beside weekend ago shift-in-text stretch duration rate set age";
        let names: Vec<&str> = DateRule::ALL.iter().map(|rule| rule.name()).collect();
        assert_eq!(names.join(" "), expected);
    }
}
