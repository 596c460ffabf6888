//! Where the engine is known to differ from the transcripts, and why. An exception that is one no more fails the test.

pub struct Exception {
    pub script: &'static str,
    pub line: usize,
    /// What is asked in place of the script's line, so that the lines after it can be compared.
    pub instead: Option<&'static str>,
    pub reason: &'static str,
}

const EXCEPTIONS: &[Exception] = &[];

/// The exceptions of a script.
pub fn of(script: &str) -> Vec<&'static Exception> {
    EXCEPTIONS.iter().filter(|exception| exception.script == script).collect()
}
