//! What underspecified expressions rest on: the publication, or the last date of the text.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::partial::{Expression, Partial, Rel, Unit};
use super::point::{Point, calendar_year};
use super::resolve::{REACH, Resolver, Site};
use super::rule::DateRule;
use super::tense::{Tense, weight};

/// True when the text recounts the past: it names dates in other years than that of its publication, and speaks
/// little from the day of its publication (`today`, `last week`, `on Tuesday`).
///
/// A text without a publication date is read so too: its own dates are all there is.
pub(super) fn recounts(founds: &[Expression], published: Option<Date>) -> bool {
    let Some(published) = published else { return true };
    // Evidence is counted twice where a date is explicit to the month: a bare year is often background.
    let mut far = 0u32;
    let mut near = 0u32;
    let mut open = 0u32;
    let mut years = BTreeSet::new();
    for found in founds {
        match found.partial {
            Partial::Day { year: Some(year), .. } | Partial::Month { year: Some(year), .. } => {
                if (year - i32::from(published.year())).abs() > 1 {
                    far += 2;
                    years.insert(year);
                } else {
                    near += 1;
                }
            }
            Partial::Year(year) if (year - i32::from(published.year())).abs() > 1 => {
                far += 1;
                years.insert(year);
            }
            Partial::Season { year: Some(year), .. } | Partial::Quarter { year: Some(year), .. }
                if (year - i32::from(published.year())).abs() > 1 =>
            {
                far += 2;
                years.insert(year);
            }
            // What the text begins with is its own time, not yet that of a story.
            Partial::Day { year: None, month, day, .. }
                if found.year.is_none() && years.is_empty() && is_close(published, month, day) =>
            {
                near += 2;
            }
            Partial::Day { year: None, .. } | Partial::Month { year: None, rel: None, .. } if found.year.is_none() => {
                open += 1;
            }
            Partial::Weekday { .. } | Partial::Today(1 | -1) => near += 2,
            Partial::Today(_) => near += 1,
            // `this century` is said in stories and in news alike.
            Partial::Unit { unit: Unit::Century, .. } => {}
            Partial::Unit { rel: Rel::Last | Rel::This | Rel::Next, .. } => near += 1,
            Partial::Shift { on_text: false, amount: Some(_), .. } => near += 1,
            _ => {}
        }
    }
    // A chronicle names each year once and then only days and months.
    // Twice as much of the past as of the present, or a chronicle. Chosen on the development articles, where news with
    // a long background has less.
    let chronicle = years.len() >= CHRONICLE && open > near && far + open > near * 3;
    far > near * 2 || chronicle
}

/// Days between a publication and what it reports on: a week, as in `on Tuesday`.
const CLOSE: i32 = 7;

/// True when the day of the year lies that near to the publication.
fn is_close(published: Date, month: i8, day: i8) -> bool {
    let years = [-1, 0, 1].into_iter().filter_map(|step| Date::new(published.year() + step, month, day).ok());
    years.filter_map(|date| published.until(date).ok()).any(|span| span.get_days().abs() <= CLOSE)
}

/// A text that names fewer other years and goes on from the publication is news with a background.
const CHRONICLE: usize = 3;

/// Months after the publication that a month without a tense around it may lie.
const OPEN_MONTHS: i8 = 2;

impl Resolver {
    /// The anchor at a site: in a narrative the last date; in news the publication, unless an explicit date of
    /// another time stands close before.
    pub(super) fn base(&self, site: Site) -> Option<Point> {
        let near = |last: usize| site.at.saturating_sub(last) < REACH;
        // The future is counted from the publication even in a story: it is the writer who looks ahead.
        let focus = self.focus.filter(|(_, last)| match site.tense {
            Tense::Future => false,
            Tense::Planned => self.narrative,
            Tense::Past | Tense::Open => self.narrative || self.away == Some(site.paragraph) && near(*last),
        });
        focus.map(|(point, _)| point).or(self.published.map(Point::from_date))
    }

    /// True when news has just named a time after its publication: a list of plans goes on in that direction.
    pub(super) fn ahead(&self, at: usize) -> bool {
        let after = |point: Point, day: Date| {
            let month = point.month.unwrap_or(1);
            (point.year, month) > (i32::from(day.year()), day.month()) || point.date().is_some_and(|date| date > day)
        };
        // A sentence or less: farther on the tense has to speak for itself.
        let last = self.focus.filter(|(_, last)| !self.narrative && at.saturating_sub(*last) < REACH / 4);
        last.zip(self.published).is_some_and(|((point, _), day)| after(point, day))
    }

    /// Whether the anchor at byte `at` is the publication.
    pub(super) fn on_publication(&self, base: Option<Point>) -> bool {
        base.is_some() && base == self.published.map(Point::from_date)
    }

    /// The year and month of a day that names neither: those of the anchor, or beside the publication the month
    /// before or after it, as the tense asks.
    pub(super) fn month_of_day(&self, day: i8, base: Point, tense: Tense) -> Option<(i32, i8)> {
        let month = base.month?;
        let here = base.day.filter(|_| self.on_publication(Some(base))).unwrap_or(day);
        let step = match tense {
            Tense::Past | Tense::Open if day > here => -1,
            Tense::Future | Tense::Planned if day < here => 1,
            _ => 0,
        };
        // Months since year 0, so that January takes its step back into December.
        let months = base.year * 12 + i32::from(month) - 1 + step;
        Some((months.div_euclid(12), months.rem_euclid(12) as i8 + 1))
    }

    /// Whether `this weekend` or `the weekend` is the one before the publication.
    pub(super) fn is_past_weekend(&self, found: &Expression, site: Site) -> bool {
        let early = self.published.is_some_and(|day| day.weekday().to_monday_one_offset() <= 4);
        early && (site.tense == Tense::Past || found.rule == DateRule::Weekend && !site.tense.is_ahead())
    }

    pub(super) fn far_from_publication(&self) -> bool {
        let years = self.focus.zip(self.published).map(|((point, _), day)| point.year - i32::from(day.year()));
        years.is_some_and(|years| years.abs() > 1)
    }

    pub(super) fn related_year(&self, rel: Option<Rel>) -> Option<i32> {
        let rel = rel?;
        let focus = self.last.map(|point| point.year);
        let published = self.published.map(|day| i32::from(day.year()));
        let from = if rel.on_text() { focus.or(published) } else { published.or(focus) };
        from.map(|year| year + rel.step())
    }

    pub(super) fn year_of_day(
        &self,
        month: i8,
        day: i8,
        weekday: Option<i8>,
        base: Option<Point>,
        tense: Tense,
    ) -> Option<i32> {
        let base = base?;
        if let Some(weekday) = weekday {
            return Some(self.year_of_weekday(month, day, weekday, base));
        }
        if self.on_publication(Some(base)) {
            return nearest_year(month, day, base, tense);
        }
        let exists = |year: &i32| calendar_year(*year).is_some_and(|year| Date::new(year, month, day).is_ok());
        let year = next_in_story(base, month);
        [0, 1, -1, 2, -2, 3, -3].into_iter().map(|step| year + step).find(exists).or(Some(year))
    }

    /// The nearest year in which the day falls on the weekday; that of `base` where none is near.
    fn year_of_weekday(&self, month: i8, day: i8, weekday: i8, base: Point) -> i32 {
        let fits = |year: &i32| {
            let date = calendar_year(*year).and_then(|year| Date::new(year, month, day).ok());
            date.is_some_and(|date| date.weekday().to_monday_one_offset() == weekday)
        };
        // In a story it is as good a witness as the year of the last date; beside the publication the year is hardly in
        // doubt, and a weekday that does not fit is a misprint.
        let reach = if self.on_publication(Some(base)) { 3 } else { 7 };
        // The same day falls on one weekday every five to eleven years: within three on either side at most one fits.
        let near = [0, -1, 1, -2, 2, -3, 3].into_iter().take(reach);
        near.map(|step| base.year + step).find(fits).unwrap_or(base.year)
    }

    pub(super) fn year_of_month(&self, month: i8, rel: Option<Rel>, base: Option<Point>, tense: Tense) -> Option<i32> {
        let published = self.published.map(Point::from_date);
        let base = match rel {
            Some(rel) if rel.on_text() => self.focus.map(|(point, _)| point).or(published)?,
            Some(_) => published.or(base)?,
            None => base?,
        };
        let here = base.month.unwrap_or(month);
        Some(match rel {
            Some(Rel::Last | Rel::Previous) => base.year - i32::from(month >= here),
            Some(Rel::Next | Rel::Following) => base.year + i32::from(month <= here),
            Some(rel @ (Rel::This | Rel::That | Rel::LastButOne | Rel::NextButOne)) => base.year + rel.step(),
            None if !self.on_publication(Some(base)) => next_in_story(base, month),
            None if tense.is_ahead() => base.year + i32::from(month < here),
            // Without a tense the next months are nearer than those of the year before.
            None if tense == Tense::Open && month > here && month - here <= OPEN_MONTHS => base.year,
            None => base.year - i32::from(month > here),
        })
    }

    /// The anchor of a weekday: in a story the day just named, else the publication, as in `said on Monday`.
    pub(super) fn weekday_base(&self, base: Option<Point>, site: Site) -> Option<Point> {
        let told = self.focus.filter(|(point, last)| {
            point.date().is_some() && site.at.saturating_sub(*last) < REACH && self.far_from_publication()
        });
        if self.narrative && told.is_some() { base } else { self.published.map(Point::from_date).or(base) }
    }
}

/// The year in which the day is closest to the publication, on the side that the tense tells.
fn nearest_year(month: i8, day: i8, published: Point, tense: Tense) -> Option<i32> {
    let years = [published.year, published.year - 1, published.year + 1];
    let published = published.date()?;
    let distance = |year: &i32| {
        // The 29th of February is weighed in years that lack it, too.
        let date = calendar_year(*year).and_then(|year| Date::new(year, month, day.min(28)).ok())?;
        Some(weight(published, date, tense))
    };
    years.into_iter().min_by_key(|year| distance(year).unwrap_or(i32::MAX))
}

/// The year of a month that a story names after `base`: stories go forward, so a month long before the last one is
/// one of the next year.
fn next_in_story(base: Point, month: i8) -> i32 {
    match base.month {
        // Nine months and more back: `December ... in January`. Fewer are a look back.
        Some(here) if here - month >= 8 => base.year + 1,
        _ => base.year,
    }
}
