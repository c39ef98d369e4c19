//! The arguments of a call: what a tool takes, as a schema that clients see and as the rule by which calls are read.

use serde_json::{Map, Value, json};

use crate::error::{Error, Result};

/// What one argument is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// A text of at most so many characters.
    Text(usize),
    /// A whole number from the first to the second, the third where none is given. One out of range is brought into it.
    Number(usize, usize, usize),
    /// True or false, false where it is not given.
    Switch,
    /// One of these, the first where none is given.
    Choice(&'static [&'static str]),
}

/// One argument.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// What it is, where name and kind do not say it.
    pub(super) about: &'static str,
    pub(super) required: bool,
}

impl Parameter {
    pub(super) const fn new(name: &'static str, kind: Kind, about: &'static str) -> Parameter {
        Parameter { name, kind, about, required: false }
    }

    pub(super) const fn required(self) -> Parameter {
        Parameter { required: true, ..self }
    }

    fn schema(&self) -> Value {
        let mut schema = match self.kind {
            Kind::Text(most) => json!({"type": "string", "maxLength": most}),
            Kind::Number(least, most, usual) => {
                json!({"type": "integer", "minimum": least, "maximum": most, "default": usual})
            }
            Kind::Switch => json!({"type": "boolean"}),
            Kind::Choice(names) => json!({"enum": names}),
        };
        if let (Value::Object(map), false) = (&mut schema, self.about.is_empty()) {
            map.insert("description".to_owned(), self.about.into());
        }
        schema
    }
}

/// Taken by every tool.
const ROOM: Parameter = Parameter::new("max_bytes", Kind::Number(2_000, 40_000, 12_000), "");

/// All that is taken, in the order in which it is named.
fn with_room(parameters: &[Parameter]) -> impl Iterator<Item = &Parameter> {
    parameters.iter().chain([&ROOM])
}

/// The JSON Schema of the arguments.
pub(super) fn schema(parameters: &[Parameter]) -> Map<String, Value> {
    let properties: Map<_, _> = with_room(parameters).map(|one| (one.name.to_owned(), one.schema())).collect();
    let required: Vec<&str> = parameters.iter().filter(|one| one.required).map(|one| one.name).collect();
    let mut schema = Map::new();
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), properties.into());
    schema.insert("additionalProperties".to_owned(), false.into());
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    schema
}

/// The arguments of one call, each of the kind that it has to be.
#[derive(Debug)]
pub(super) struct Arguments {
    parameters: &'static [Parameter],
    given: Map<String, Value>,
    /// What was read otherwise than it was given.
    pub(super) notes: Vec<String>,
}

impl Arguments {
    /// Reads what is `given`. An argument that there is not, one of another kind and one that is missing are errors that
    /// say what fits.
    pub(super) fn read(parameters: &'static [Parameter], given: Map<String, Value>) -> Result<Arguments> {
        let mut arguments = Arguments { parameters, given: Map::new(), notes: Vec::new() };
        for (name, value) in given {
            let Some(parameter) = with_room(parameters).find(|one| one.name == name) else {
                let names: Vec<&str> = with_room(parameters).map(|one| one.name).collect();
                return Err(Error::usage(format!("{name}: there is no such argument; there are {}", names.join(", "))));
            };
            // Clients fill in what is not given.
            if !value.is_null() {
                let value = arguments.fitting(parameter, value)?;
                arguments.given.insert(name, value);
            }
        }
        match parameters.iter().find(|one| one.required && !arguments.given.contains_key(one.name)) {
            Some(missing) => Err(Error::usage(format!("{}: it is missing; give {}", missing.name, fits(missing.kind)))),
            None => Ok(arguments),
        }
    }

    fn fitting(&mut self, parameter: &Parameter, value: Value) -> Result<Value> {
        let fit = match (parameter.kind, &value) {
            (Kind::Text(most), Value::String(text)) => text.chars().nth(most).is_none(),
            (Kind::Switch, Value::Bool(_)) => true,
            (Kind::Choice(names), Value::String(text)) => names.contains(&text.as_str()),
            (Kind::Number(least, most, _), Value::Number(number)) => match whole(number) {
                Some(number) => {
                    let within = number.clamp(least as i128, most as i128);
                    if within != number {
                        self.notes.push(format!("{}: {number} was read as {within}", parameter.name));
                    }
                    return Ok(Value::from(within as u64));
                }
                None => false,
            },
            _ => false,
        };
        if fit {
            return Ok(value);
        }
        let shown: String = value.to_string().chars().take(60).collect();
        Err(Error::usage(format!("{}: {shown} does not fit; give {}", parameter.name, fits(parameter.kind))))
    }

    /// A text that is given.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.given.get(name)?.as_str()
    }

    /// A number, the usual one where none is given.
    pub(super) fn number(&self, name: &str) -> usize {
        let given = self.given.get(name).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
        given.unwrap_or_else(|| match with_room(self.parameters).find(|one| one.name == name).map(|one| one.kind) {
            Some(Kind::Number(_, _, usual)) => usual,
            _ => 0,
        })
    }

    /// A number that is given.
    pub(super) fn given_number(&self, name: &str) -> Option<usize> {
        self.given.contains_key(name).then(|| self.number(name))
    }

    pub(super) fn switch(&self, name: &str) -> bool {
        self.given.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// One of the names, the first where none is given.
    pub(super) fn choice(&self, name: &str) -> &str {
        self.text(name).unwrap_or_else(|| {
            match self.parameters.iter().find(|one| one.name == name).map(|one| one.kind) {
                Some(Kind::Choice([first, ..])) => first,
                _ => "",
            }
        })
    }
}

/// A number without a fraction, also where it is written with one (`5.0`).
fn whole(number: &serde_json::Number) -> Option<i128> {
    match number.as_f64() {
        _ if number.is_i64() || number.is_u64() => number.to_string().parse().ok(),
        // Beyond it the next whole number has no double of its own.
        Some(float) if float.fract() == 0.0 && float.abs() < 9e15 => Some(float as i128),
        _ => None,
    }
}

/// What fits, for an error.
fn fits(kind: Kind) -> String {
    match kind {
        Kind::Text(most) => format!("a text of at most {most} characters"),
        Kind::Number(least, most, _) => format!("a whole number from {least} to {most}"),
        Kind::Switch => "true or false".to_owned(),
        Kind::Choice(names) => format!("one of {}", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAKEN: &[Parameter] = &[
        Parameter::new("query", Kind::Text(5), "").required(),
        Parameter::new("limit", Kind::Number(1, 20, 8), ""),
        Parameter::new("exact", Kind::Switch, ""),
        Parameter::new("by", Kind::Choice(&["people", "places"]), ""),
    ];

    #[test]
    fn arguments_are_read_or_refused_with_what_fits() {
        for (given, expected) in [
            (json!({"query": "a"}), "a 8 false people "),
            (json!({"query": "a", "limit": null}), "a 8 false people "),
            (json!({"query": "a", "limit": 3.0, "exact": true, "by": "places"}), "a 3 true places "),
            (json!({"query": "a", "limit": 99}), "a 20 false people limit: 99 was read as 20"),
            (json!({"query": "a", "limit": -5}), "a 1 false people limit: -5 was read as 1"),
            (
                json!({"query": "a", "limitt": 3}),
                "! limitt: there is no such argument; there are query, limit, exact, by, max_bytes",
            ),
            (json!({"query": "a", "limit": "3"}), "! limit: \"3\" does not fit; give a whole number from 1 to 20"),
            (json!({"query": "a", "limit": 1.5}), "! limit: 1.5 does not fit; give a whole number from 1 to 20"),
            (json!({"query": "abcdef"}), "! query: \"abcdef\" does not fit; give a text of at most 5 characters"),
            (json!({"query": "a", "by": "authors"}), "! by: \"authors\" does not fit; give one of people, places"),
            (json!({"query": "a", "exact": 1}), "! exact: 1 does not fit; give true or false"),
            (json!({}), "! query: it is missing; give a text of at most 5 characters"),
        ] {
            let Value::Object(map) = given.clone() else { continue };
            let read = match Arguments::read(TAKEN, map) {
                Ok(read) => format!(
                    "{} {} {} {} {}",
                    read.text("query").unwrap_or(""),
                    read.number("limit"),
                    read.switch("exact"),
                    read.choice("by"),
                    read.notes.join("; ")
                ),
                Err(error) => format!("! {error}"),
            };
            assert_eq!(read, expected, "{given}");
        }
    }
}
