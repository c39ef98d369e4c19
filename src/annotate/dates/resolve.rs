//! From what was said to days: every expression against its anchor.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Gap, ToSpan};

use super::feast;
use super::outcome::{Outcome, century, decade, half_year, quarter_year, reference, season_name, shown};
use super::partial::{Expression, Feast, Partial, Rel, Unit};
use super::point::{Point, calendar_year};
use super::rule::DateRule;
use super::tense::{Tense, nearest, weight};
use crate::date::other::OtherDate;
use crate::date::{Granularity, Interval};

/// How far, in bytes, an explicit date in news reaches over what follows it in its paragraph: two or three sentences.
/// Chosen on the development articles; without a limit the last date of a long paragraph governs what has nothing to do
/// with it.
pub(super) const REACH: usize = 400;

/// Where an expression stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    /// The byte after it.
    pub(super) at: usize,
    /// The direction in which the words around it look.
    pub(super) tense: Tense,
    /// True for what stands in brackets or ends a range: it does not carry the story on.
    pub(super) aside: bool,
    /// True for the end of a stretch of time (`until August 3`): an aside of which `that month` may speak all the same.
    pub(super) until: bool,
    /// The paragraph, counted from 0.
    pub(super) paragraph: usize,
    /// True at the beginning of a sentence, where a story says when it goes on.
    pub(super) opens: bool,
}

/// Resolves the expressions of one text in their order.
#[derive(Clone, Debug)]
pub(super) struct Resolver {
    pub(super) published: Option<Date>,
    /// True when the last date of the text is the anchor rather than the publication.
    pub(super) narrative: bool,
    /// The date that the text goes on from, and where it ended.
    pub(super) focus: Option<(Point, usize)>,
    /// The last date mentioned, be it background: what `that year` and `two days later` speak of.
    pub(super) last: Option<Point>,
    /// The paragraph in which an explicit date of another time than the publication is the focus.
    pub(super) away: Option<usize>,
}

impl Resolver {
    pub(super) fn new(published: Option<Date>, narrative: bool) -> Resolver {
        Resolver { published, narrative, focus: None, last: None, away: None }
    }

    /// The value of `found`, which stands at `site`.
    pub(super) fn resolve(&mut self, found: &Expression, site: Site) -> Outcome {
        let base = self.base(site);
        let planned = site.tense == Tense::Open && self.ahead(site.at);
        let site = Site { tense: if planned { Tense::Planned } else { site.tense }, ..site };
        match found.partial {
            Partial::Day { year, month, day, weekday } => {
                let year = year
                    .or_else(|| self.related_year(found.year))
                    .or_else(|| self.year_of_day(month, day, weekday, base, site.tense));
                self.point((year, Some(month), Some(day)), found, site)
            }
            Partial::Month { year, month, rel } => {
                let year = year.or_else(|| self.year_in(found, month, rel, base, site));
                self.point((year, Some(month), None), found, site)
            }
            Partial::Year(year) => self.point((Some(year), None, None), found, site),
            Partial::Decade(first) => decade(first),
            Partial::Century(number) => century(number),
            Partial::Season { year, season, rel } => {
                debug_assert!((0..4).contains(&season), "four seasons");
                // The middle month of winter is January, which names its year.
                let middle = [1, 4, 7, 10][season.clamp(0, 3) as usize];
                let year = year.or_else(|| self.year_in(found, middle, rel, base, site));
                self.season(year, season, found, site)
            }
            Partial::Quarter { year, quarter, rel } => {
                quarter_year(year.or_else(|| self.year_in(found, quarter * 3 - 2, rel, base, site)), quarter)
            }
            Partial::Half { year, half } => half_year(year, half),
            Partial::Feast { feast, year, shift } => self.feast(feast, year, shift, base, site),
            Partial::Other(date) => self.other(date, base, site),
            Partial::OtherYear(calendar, year) => days_or(calendar.year(year), || shown(None)),
            Partial::NthWeekday { nth, weekday, year, month, rel } => {
                let at = self.month_at_hand(year, month, rel, base, site);
                self.nth_weekday(nth, weekday, at, site)
            }
            Partial::WeekdayIn { weekday, weeks } => self.weekday_in(weekday, weeks, site),
            Partial::DayOf { months, day } => {
                let month = self
                    .published
                    .map(|date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1 + i32::from(months));
                let parts = month.map(|month| (month.div_euclid(12), month.rem_euclid(12) as i8 + 1));
                self.point((parts.map(|parts| parts.0), parts.map(|parts| parts.1), Some(day)), found, site)
            }
            Partial::Weekday { weekday, rel } => {
                match self.last.filter(|_| found.joined) {
                    // The second end of a range comes after the first.
                    Some(first) => self.weekday(weekday, rel, Some(first), Site { tense: Tense::Planned, ..site }),
                    None => self.weekday(weekday, rel, self.weekday_base(base, site), site),
                }
            }
            Partial::DayOfMonth(day) => {
                let month = base.and_then(|base| self.month_of_day(day, base, site.tense));
                self.point((month.map(|(year, _)| year), month.map(|(_, month)| month), Some(day)), found, site)
            }
            Partial::Unit { unit, rel } => self.unit(unit, self.relation(unit, rel, found, site), base, site),
            Partial::Shift { unit, amount, back, on_text } => {
                let focus = if on_text { self.last } else { self.published.map(Point::from_date) };
                let signed = amount.map(|amount| if back { -amount } else { amount });
                let moved =
                    focus.or(base).zip(signed).and_then(|(anchor, amount)| self.moved(anchor, unit, amount, site));
                moved.unwrap_or_else(|| reference(if back { -1 } else { 1 }))
            }
            Partial::Today(days) => self.day_from_publication(days, site),
            Partial::Clock { hour, minute } => self.clock(hour, minute, site),
            Partial::Duration { unit, amount } => Outcome::Timex(unit.duration(amount)),
            Partial::Every(unit) => Outcome::Timex(unit.duration(Some(1.0))),
            Partial::EveryWeekday(weekday) => Outcome::Timex(format!("XXXX-WXX-{weekday}")),
            Partial::EveryMonth(month) => Outcome::Timex(format!("XXXX-{month:02}")),
            Partial::EverySeason(season) => Outcome::Timex(format!("XXXX-{}", season_name(season))),
            Partial::Nothing => Outcome::Timex(String::new()),
        }
    }

    /// The relation that is meant by one: what a unit is said to be depends on where the text speaks from.
    fn relation(&self, unit: Unit, rel: Rel, found: &Expression, site: Site) -> Rel {
        match (rel, self.narrative) {
            // News that says `the end of the year` speaks of the year of its publication.
            (Rel::That, false) if found.rule == DateRule::UnitAtHand => Rel::This,
            // Until Thursday, a weekend in the past tense is the one before.
            (Rel::This, _) if unit == Unit::Weekend && self.is_past_weekend(found, site) => Rel::Last,
            // A story that says `this year` far from its publication speaks of its own.
            (Rel::This, true) if self.far_from_publication() => Rel::That,
            _ => rel,
        }
    }

    fn feast(&mut self, feast: Feast, year: Option<i32>, shift: i8, base: Option<Point>, site: Site) -> Outcome {
        let (month, day) = feast::usual(feast);
        let beside = base.filter(|base| self.on_publication(Some(*base))).and_then(|base| base.date());
        let near = || beside.and_then(|base| nearest(base, site.tense, |year| feast::date(feast, year)));
        let year = year.or_else(|| near().map(|date| date.year().into()));
        let year = year.or_else(|| self.year_of_day(month, day, None, base, site.tense));
        let date = year.and_then(calendar_year).and_then(|year| feast::date(feast, year));
        let date = date.and_then(|date| date.checked_add(i64::from(shift).days()).ok());
        date.map_or_else(|| Outcome::Timex(format!("XXXX-{month:02}-XX")), |date| self.day(date, site))
    }

    /// A date of another calendar that lacks its day or its year.
    fn other(&mut self, date: OtherDate, base: Option<Point>, site: Site) -> Outcome {
        let OtherDate { calendar, year, month, day } = date;
        let Some(anchor) = base.and_then(|base| base.date()).or(self.published).filter(|_| year.is_none()) else {
            return days_or(year.and_then(|year| calendar.month(year, month)), || shown(None));
        };
        let years = calendar.year_near(anchor) - 1..=calendar.year_near(anchor) + 1;
        let start = |year: i32| match day {
            Some(day) => calendar.day(year, month, day),
            None => calendar.month(year, month).map(|ends| ends.0),
        };
        let found = years
            .filter_map(|year| Some((year, start(year)?)))
            .min_by_key(|(_, date)| weight(anchor, *date, site.tense));
        match (found, day) {
            (Some((_, date)), Some(_)) => self.day(date, site),
            (Some((year, _)), None) => days_or(calendar.month(year, month), || shown(None)),
            (None, _) => Outcome::Timex(shown(None)),
        }
    }

    /// The year and month of `this month`, `October`, `next May`.
    fn month_at_hand(
        &self,
        year: Option<i32>,
        month: Option<i8>,
        rel: Option<Rel>,
        base: Option<Point>,
        site: Site,
    ) -> Option<(i16, i8)> {
        if let Some(month) = month {
            let year = year.or_else(|| self.year_of_month(month, rel, base, site.tense))?;
            return Some((calendar_year(year)?, month));
        }
        let rel = rel?;
        let point = if rel.on_text() { self.last.or(base)? } else { self.published.map(Point::from_date).or(base)? };
        let months = point.year * 12 + i32::from(point.month?) - 1 + rel.step();
        Some((calendar_year(months.div_euclid(12))?, months.rem_euclid(12) as i8 + 1))
    }

    fn nth_weekday(&mut self, nth: i8, weekday: i8, month: Option<(i16, i8)>, site: Site) -> Outcome {
        let date = month.and_then(|(year, month)| {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
        });
        date.map_or_else(|| Outcome::Timex(format!("XXXX-WXX-{weekday}")), |date| self.day(date, site))
    }

    fn weekday_in(&mut self, weekday: i8, weeks: i8, site: Site) -> Outcome {
        let date = self.published.and_then(|day| {
            let days = i64::from(weekday - day.weekday().to_monday_one_offset()) + 7 * i64::from(weeks);
            day.checked_add(days.days()).ok()
        });
        date.map_or_else(|| Outcome::Timex(format!("XXXX-WXX-{weekday}")), |date| self.day(date, site))
    }

    /// `yesterday`, `today`: quotations in a story say so too, and mean the day on which the story was printed.
    fn day_from_publication(&mut self, days: i8, site: Site) -> Outcome {
        match self.published.and_then(|day| day.checked_add(i64::from(days).days()).ok()) {
            Some(date) => self.day(date, site),
            None => reference(days.into()),
        }
    }

    /// A time of day: on the day named close before it, if any. It does not carry the text on.
    fn clock(&self, hour: i8, minute: i8, site: Site) -> Outcome {
        let near = self.focus.filter(|(_, last)| site.at.saturating_sub(*last) < REACH);
        match near.and_then(|(point, _)| point.date()) {
            Some(date) => Outcome::Days(Interval::day(date)),
            None => Outcome::Timex(format!("T{hour:02}:{minute:02}")),
        }
    }

    /// The year of something that begins in `month` and does not name its year itself.
    fn year_in(&self, found: &Expression, month: i8, rel: Option<Rel>, base: Option<Point>, site: Site) -> Option<i32> {
        self.related_year(found.year).or_else(|| self.year_of_month(month, rel, base, site.tense))
    }

    fn weekday(&mut self, weekday: i8, rel: Option<Rel>, base: Option<Point>, site: Site) -> Outcome {
        let point = match rel {
            Some(rel) if rel.on_text() => self.focus.map(|(point, _)| point).or(base),
            Some(_) => self.published.map(Point::from_date).or(base),
            None => base,
        };
        let date = point.and_then(|point| point.date()).and_then(|anchor| {
            let back = (anchor.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
            let forward = (7 - back) % 7;
            let story = !self.on_publication(point);
            let days = match rel {
                // `Friday week`
                Some(Rel::NextButOne) => 7 + if forward == 0 { 7 } else { forward },
                Some(Rel::Last | Rel::Previous) => -if back == 0 { 7 } else { back },
                Some(Rel::Next | Rel::Following) => {
                    if forward == 0 {
                        7
                    } else {
                        forward
                    }
                }
                // A story goes forward: after a Friday, `on Monday` is the one behind it.
                None if site.tense.is_ahead() || story => forward,
                _ => -back,
            };
            anchor.checked_add(i64::from(days).days()).ok()
        });
        date.map_or_else(|| Outcome::Timex(format!("XXXX-WXX-{weekday}")), |date| self.day(date, site))
    }

    fn unit(&mut self, unit: Unit, rel: Rel, base: Option<Point>, site: Site) -> Outcome {
        let focus = self.last;
        let published = self.published.map(Point::from_date);
        let anchor = if rel.on_text() { focus.or(published) } else { published.or(base) };
        let value = anchor.and_then(|anchor| self.moved(anchor, unit, f64::from(rel.step()), site));
        value.unwrap_or_else(|| reference(rel.step()))
    }

    /// The unit that lies `amount` units from the anchor, where the anchor is known precisely enough.
    ///
    /// A look back (`two years earlier`) does not carry the story on.
    fn moved(&mut self, anchor: Point, unit: Unit, amount: f64, site: Site) -> Option<Outcome> {
        // A look back is an aside: what follows goes on from where the story was.
        let before = (self.focus, self.away);
        let outcome = self.moved_to(anchor, unit, amount, site);
        if amount < 0.0 && self.narrative {
            (self.focus, self.away) = before;
        }
        outcome
    }

    fn moved_to(&mut self, anchor: Point, unit: Unit, amount: f64, site: Site) -> Option<Outcome> {
        let whole = amount.trunc() as i64;
        let (gap, granularity): (Gap, Granularity) = match unit {
            // Below the day nothing moves: `two minutes later` is the same day.
            Unit::Second | Unit::Minute => (0.days(), Granularity::Day),
            Unit::Hour => (gap(whole / 24, Gap::try_days)?, Granularity::Day),
            Unit::Day => (gap(whole, Gap::try_days)?, Granularity::Day),
            Unit::Week | Unit::Weekend => (gap(whole, Gap::try_weeks)?, Granularity::Week),
            Unit::Fortnight => (gap(whole.checked_mul(2)?, Gap::try_weeks)?, Granularity::Week),
            Unit::Month => (gap(whole, Gap::try_months)?, Granularity::Month),
            Unit::Quarter => (gap(whole.checked_mul(3)?, Gap::try_months)?, Granularity::Quarter),
            // `two and a half years ago` is precise to the month.
            Unit::Year if amount.fract() != 0.0 => (gap((amount * 12.0) as i64, Gap::try_months)?, Granularity::Month),
            Unit::Year | Unit::Decade | Unit::Century => return self.years(anchor, unit, amount, site),
        };
        let date = match granularity {
            Granularity::Day | Granularity::Week => anchor.date()?,
            _ => Date::new(calendar_year(anchor.year)?, anchor.month?, 1).ok()?,
        };
        let date = date.checked_add(gap).ok()?;
        let days = match granularity {
            Granularity::Day => return Some(self.day(date, site)),
            Granularity::Week if unit == Unit::Weekend => {
                let week = Interval::week_of(date)?;
                Interval::range(week.end.checked_sub(1.day()).ok()?, week.end)
            }
            Granularity::Week => Interval::week_of(date)?,
            Granularity::Quarter => Interval::quarter(date.year(), (date.month() + 2) / 3)?,
            _ => Interval::month(date.year(), date.month())?,
        };
        let day = if granularity == Granularity::Week { Some(date.day()) } else { None };
        self.set_focus(Point { year: date.year().into(), month: Some(date.month()), day }, site, false);
        Some(Outcome::Days(days))
    }

    fn years(&mut self, anchor: Point, unit: Unit, amount: f64, site: Site) -> Option<Outcome> {
        let times = match unit {
            Unit::Decade => 10.0,
            Unit::Century => 100.0,
            _ => 1.0,
        };
        let year = anchor.year.checked_add((amount * times) as i32)?;
        if amount.abs() <= 1.0 && unit == Unit::Decade && amount == 0.0 {
            return Some(decade(year));
        }
        if unit == Unit::Century && amount.abs() <= 1.0 {
            return Some(century((year - 1) / 100 + 1));
        }
        self.set_focus(Point { year, month: None, day: None }, site, false);
        Some(match calendar_year(year).and_then(Interval::year) {
            Some(days) => Outcome::Days(days),
            None => Outcome::Timex(shown(Some(year))),
        })
    }

    fn season(&mut self, year: Option<i32>, season: i8, found: &Expression, site: Site) -> Outcome {
        if let Some(year) = year
            && (found.rule == DateRule::Season
                || matches!(found.partial, Partial::Season { rel: Some(rel), .. } if rel.on_text()))
        {
            self.set_focus(Point { year, month: None, day: None }, site, true);
        }
        let days = year.and_then(calendar_year).and_then(|year| Interval::season(year, season));
        days.map_or_else(|| Outcome::Timex(format!("{}-{}", shown(year), season_name(season))), Outcome::Days)
    }

    /// A year, month or day, which becomes the last date of the text unless it is an aside.
    fn point(&mut self, parts: (Option<i32>, Option<i8>, Option<i8>), found: &Expression, site: Site) -> Outcome {
        let (year, month, day) = parts;
        if let Some(year) = year
            && (!site.aside || site.until)
        {
            self.mentioned(Point { year, month, day });
        }
        if let Some(year) = year
            && self.carries_on(year, month, site)
        {
            self.set_focus(Point { year, month, day }, site, found.rule == DateRule::Explicit);
        }
        let exact = year.and_then(calendar_year);
        let days = exact.and_then(|year| match (month, day) {
            (Some(month), Some(day)) => Date::new(year, month, day).ok().map(Interval::day),
            (Some(month), None) => Interval::month(year, month),
            _ => Interval::year(year),
        });
        days.map_or_else(
            || {
                let mut timex = shown(year);
                if month.is_some() || day.is_some() {
                    timex.push_str(&month.map_or("-XX".to_owned(), |month| format!("-{month:02}")));
                }
                if let Some(day) = day {
                    timex.push_str(&format!("-{day:02}"));
                }
                Outcome::Timex(timex)
            },
            Outcome::Days,
        )
    }

    /// Whether a date becomes the one that the text goes on from.
    ///
    /// A bare year in the middle of a sentence is mostly background (`founded in 1998`), unless it is the year at hand
    /// or the next one; news never goes on from a bare year. What is planned or put in brackets is background too.
    fn carries_on(&self, year: i32, month: Option<i8>, site: Site) -> bool {
        let here = self.focus.map(|(point, _)| point);
        if site.aside && here.is_some() {
            return false;
        }
        if month.is_some() {
            return true;
        }
        match here {
            // A bare year that repeats the year at hand would forget the month.
            Some(point) if point.year == year && point.month.is_some() => false,
            Some(point) => {
                self.narrative && !site.tense.is_ahead() && (site.opens || (0..=1).contains(&(year - point.year)))
            }
            None => self.narrative,
        }
    }

    fn day(&mut self, date: Date, site: Site) -> Outcome {
        self.set_focus(Point::from_date(date), site, false);
        Outcome::Days(Interval::day(date))
    }

    fn set_focus(&mut self, point: Point, site: Site, explicit: bool) {
        // Only another year governs a paragraph of news: within the year of publication `on Tuesday` is the last one.
        let far = self.published.is_none_or(|day| point.year != i32::from(day.year()));
        self.away = if explicit { Some(site.paragraph) } else { self.away }.filter(|_| far);
        self.focus = Some((point, site.at));
        self.last = Some(point);
    }

    /// Keeps a date for what is said in relation to it; a bare year that repeats its year takes no month away.
    fn mentioned(&mut self, point: Point) {
        if point.month.is_some() || self.last.is_none_or(|last| last.year != point.year) {
            self.last = Some(point);
        }
    }
}

/// The days between two ends, or what stands for none.
fn days_or(ends: Option<(Date, Date)>, none: impl Fn() -> String) -> Outcome {
    ends.map_or_else(|| Outcome::Timex(none()), |(start, end)| Outcome::Days(Interval::range(start, end)))
}

/// `n` units, where `jiff` can hold them.
fn gap(n: i64, of: impl Fn(Gap, i64) -> Result<Gap, jiff::Error>) -> Option<Gap> {
    of(Gap::new(), n).ok()
}
