//! Runs the real program: exact output, standard error and exit status, on archives made for each test and on `corpus/`.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod archive;
mod around;
mod bad_input;
mod bearers;
mod captures;
mod cli;
mod config;
mod containers;
mod contract;
mod corpus;
mod damage;
mod determinism;
mod elsewhere;
mod explain;
mod export;
mod faults;
mod feedback;
mod fixity;
mod follow;
mod forged;
mod forms;
mod golden;
mod incremental;
mod licences;
mod lines;
mod matrix;
#[cfg(feature = "mcp")]
mod mcp;
mod moved;
mod names;
mod near;
mod news;
mod old_format;
mod operators;
mod paging;
mod pairs;
mod people;
mod power_cut;
mod power_off;
mod questions;
mod ranking;
mod readme;
mod recounted;
mod refused;
mod rows;
mod screen;
mod seam;
#[cfg(feature = "serve")]
mod serve;
mod several;
mod signs;
mod stories;
mod strace;
mod table;
mod terminal;
mod timeline;
mod tough;
mod typed;
mod verify;
mod versions;
