//! The archive for agents: the Model Context Protocol over standard input and output.
//!
//! Six tools, all of which only read. An answer is text of bounded size in which text of pages stands only behind `│ `,
//! each of its lines anew, so that it can neither begin a line of ours nor forge a hit. `server` alone knows the protocol.

mod answers;
mod arguments;
mod resources;
mod server;
mod text;
mod tools;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

pub use server::serve;

use crate::api::{Asked, Request};
use crate::engine::{Live, Local};
use crate::error::{Error, Result};
use arguments::Arguments;
use tools::{TOOLS, Tool};

/// What an agent can be told: an archive, and texts of help by their names.
#[derive(Debug)]
pub struct Archive {
    /// The indexes that are asked.
    pub live: Live,
    /// Name and text of each topic.
    pub help: &'static [(&'static str, &'static str)],
}

/// How long one call may take. An agent that waits longer gives up, and asks again.
const LONGEST: Duration = Duration::from_secs(5);

/// One call of a tool.
struct Call<'c> {
    arguments: Arguments,
    engine: &'c Local,
    live: &'c Live,
    until: Instant,
    cancel: &'c Arc<AtomicBool>,
}

impl Call<'_> {
    /// The request for what is asked, given up when the call is.
    fn request(&self, asked: Asked) -> Request {
        Request { cancel: Some(Arc::clone(self.cancel)), ..self.live.request(asked, self.until) }
    }
}

impl Archive {
    /// The answer of the tool `name` to the arguments `given`, until it is cancelled.
    fn answer(
        &self,
        name: &str,
        given: serde_json::Map<String, serde_json::Value>,
        cancel: &Arc<AtomicBool>,
    ) -> Result<String> {
        let Some(Tool { parameters, answer, .. }) = TOOLS.iter().find(|tool| tool.name == name) else {
            let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
            return Err(Error::usage(format!("there is no such tool; there are {}", names.join(", "))));
        };
        let arguments = Arguments::read(parameters, given)?;
        let engine = self.live.engine()?;
        let until = Instant::now() + LONGEST;
        answer(&Call { arguments, engine: &engine, live: &self.live, until, cancel })
    }
}
