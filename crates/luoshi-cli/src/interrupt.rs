//! A person stops a long run: what is being written is finished, nothing new is begun.
//!
//! Not here: what a command says about it.

use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

static CAME: AtomicBool = AtomicBool::new(false);

/// The exit code of a program that Ctrl-C ended, as shells have it: 128 and the number of the signal.
const ENDED: i32 = 130;

/// From here on Ctrl-C (and a request to end) is noted; a second one ends the program at once.
#[expect(clippy::exit, reason = "whoever asks twice does not want to wait for what is being written")]
pub(crate) fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Without a handler the signal ends the program, which leaves temporary files behind and nothing half-written.
        let _ = ctrlc::set_handler(|| {
            if CAME.swap(true, Ordering::SeqCst) {
                std::process::exit(ENDED);
            }
        });
    });
}

/// Whether a person stopped the run.
pub(crate) fn came() -> bool {
    CAME.load(Ordering::SeqCst)
}
