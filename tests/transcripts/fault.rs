//! What can go wrong in a run: with the script, which ends it, or with the server, which is a line of the transcript.

use partita::wire::WireError;

#[derive(Debug)]
pub enum Fault {
    /// The script is wrong.
    Script(String),
    /// The server did not answer, or not as the protocol says; with the bytes, where there are some.
    Server(String, Option<Vec<u8>>),
}

pub type Outcome<T> = Result<T, Fault>;

pub fn script<T>(what: impl Into<String>) -> Outcome<T> {
    Err(Fault::Script(what.into()))
}

pub fn server<T>(what: impl Into<String>) -> Outcome<T> {
    Err(Fault::Server(what.into(), None))
}

impl From<WireError> for Fault {
    fn from(error: WireError) -> Self {
        Self::Script(error.to_string())
    }
}
