//! A plan on one line.
//!
//! Terms of one text stand together: `x` in title and body, `title:x` in one, `en:x` its forms there. `{ }` any of several,
//! `( & - )` all but, `( | )` any; in front of a clause `+` it must hold, `-` must not, `?` a partial hit may lack it.

use crate::date::Date;
use crate::engine::plan::{Clauses, DateColumn, Field, Match, Placement, Plan, Region, Slot, Target, TargetKind, Term};

pub(super) fn clauses(clauses: &Clauses<Match>) -> String {
    let required = clauses.required.iter().map(|part| format!("+{}", matching(part)));
    let loose = clauses.loose.iter().map(|loose| format!("?{}", matching(&loose.matching)));
    let excluded = clauses.superseded.iter().chain(&clauses.excluded).map(|part| format!("-{}", matching(part)));
    required.chain(loose).chain(excluded).collect::<Vec<_>>().join(" ")
}

pub(super) fn matching(planned: &Match) -> String {
    match planned {
        Match::Nothing => "nothing".to_owned(),
        Match::AnyTerm(terms) => any(terms),
        // Which number a place has is the gazetteer's matter.
        Match::AnyNumber(field @ (Field::Place | Field::Dateline), ids) => format!("{field}#{}", ids.len()),
        Match::AnyNumber(field, numbers) => format!("{field}={}", list(numbers, "|", u64::to_string)),
        Match::And { must, not } if must.is_empty() && not.is_empty() => "everything".to_owned(),
        Match::And { must, not } => {
            let must = if must.is_empty() { "everything".to_owned() } else { list(must, " & ", matching) };
            format!("({must}{})", not.iter().map(|part| format!(" - {}", matching(part))).collect::<String>())
        }
        Match::Or(parts) => format!("({})", list(parts, " | ", matching)),
        Match::Phrase { field, words, slop: 0 } => format!("{field}:\"{}\"", words.join(" ")),
        Match::Phrase { field, words, slop } => format!("{field}:\"{}\"~{slop}", words.join(" ")),
        Match::Placed { place: asked, region, times } => {
            let region = match region {
                Region::Whole => String::new(),
                Region::Paragraphs(most) => format!(" in the title and {most} paragraphs"),
                Region::Words(most) => format!(" in {most} words"),
            };
            let times = if *times > 1 { format!(" x{times}") } else { String::new() };
            format!("at {}{region}{times}", place(asked))
        }
        Match::Forms(forms, fields) => {
            format!("{}[{}] in {}", forms.label, forms.words.join(" "), list(fields, "+", Field::to_string))
        }
        Match::Days { of, asked, overlap } => {
            let end = |date: Date, open: Date| if date == open { String::new() } else { date.to_string() };
            let (first, last) = (end(asked.start, Date::MIN), end(asked.end, Date::MAX));
            format!("{}{}:{first}..{last}", column(*of), if *overlap { "~" } else { "" })
        }
        Match::Dated(of) => format!("has {}", column(*of)),
        Match::Length { min, max: u64::MAX } => format!("words {min}.."),
        Match::Length { min, max } => format!("words {min}..{max}"),
        Match::Near { centre, km } => format!("near({:.2},{:.2} {km}km)", centre.lat, centre.lon),
        Match::Superseded => "superseded".to_owned(),
    }
}

fn list<T>(parts: &[T], between: &str, print: impl Fn(&T) -> String) -> String {
    parts.iter().map(print).collect::<Vec<_>>().join(between)
}

fn column(of: DateColumn) -> &'static str {
    match of {
        DateColumn::Published => "published",
        DateColumn::Captured => "captured",
        DateColumn::Changed => "changed",
        DateColumn::Mentioned => "mentioned",
    }
}

/// Any of `terms`, those of one text together, in the order of their first.
fn any(terms: &[Term]) -> String {
    let mut groups: Vec<(&str, Vec<Field>)> = Vec::new();
    for term in terms {
        match groups.iter_mut().find(|(text, _)| *text == term.text) {
            Some((_, fields)) => fields.push(term.field),
            None => groups.push((&term.text, vec![term.field])),
        }
    }
    let printed = list(&groups, " ", |(text, fields)| {
        let mut fields = fields.clone();
        fields.sort_unstable();
        fields.dedup();
        match fields[..] {
            [Field::Title, Field::Body] => (*text).to_owned(),
            [Field::TitleStem, Field::BodyStem] => (*text).to_owned(),
            _ => list(&fields, " ", |field| format!("{field}:{text}")),
        }
    });
    if terms.is_empty() || printed.contains(' ') && groups.len() > 1 { format!("{{{printed}}}") } else { printed }
}

fn place(asked: &Placement<Term>) -> String {
    match asked {
        Placement::Sequence(slots) => format!("<{}>", list(slots, " ", slot)),
        Placement::Any(parts) => format!("({})", list(parts, " | ", place)),
        Placement::Near(reach, parts) => format!("({})", list(parts, &format!(" {reach} "), place)),
    }
}

fn slot(slot: &Slot<Term>) -> String {
    let terms: Vec<Term> = slot.title.iter().chain(&slot.body).cloned().collect();
    let capitals = if slot.capitals.is_empty() { String::new() } else { format!("^{}", slot.capitals.concat()) };
    format!("{}{capitals}", any(&terms))
}

pub(super) fn parts(plan: &Plan) -> String {
    let printed = plan.parts().iter().map(|part| {
        let mut out = format!("{} {:.4}", label(&plan.targets()[part.target].kind), part.weight);
        if part.repeats > 1.0 {
            out += &format!(" x{}", part.repeats);
        }
        if part.title > 2.0 {
            out += &format!(" title {}", part.title);
        }
        out
    });
    printed.collect::<Vec<_>>().join("; ")
}

pub(super) fn target(target: &Target) -> String {
    format!("{} {:.4}", label(&target.kind), target.weight)
}

fn label(kind: &TargetKind) -> String {
    match kind {
        TargetKind::Word { folded, .. } => folded.clone(),
        TargetKind::Phrase(words, _) => format!("\"{}\"", words.join(" ")),
        TargetKind::Pair(term) => term.clone(),
        TargetKind::Form(form) => form.label().to_owned(),
        TargetKind::Date { .. } => "date".to_owned(),
        TargetKind::Near { .. } => "near".to_owned(),
        TargetKind::Place { name, .. } => format!("place:{name}"),
        TargetKind::Person { name, .. } => format!("person:{name}"),
        TargetKind::Org(words) => format!("org:{}", words.join(" ")),
    }
}
