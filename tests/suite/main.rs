//! Tests of the whole: real files in, real files out, the program as a person runs it. A module per topic.
//!
//! Not here: tests of one module's rules; those stand beside the module.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "tests read files, stop at the first surprise, and say what they skip"
)]

mod architecture;
mod attachment;
mod batch;
mod browser;
mod check;
mod damaged;
mod decisions;
mod interop;
mod kept;
mod laws;
mod marks;
mod merge;
mod messy;
mod periods;
mod program;
mod redline;
mod report;
mod robust;
mod round;
mod samples;
mod schema;
mod succession;
mod support;
