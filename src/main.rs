//! The program `partita`: a cluster on TCP, and its page.

use partita::serve;
use std::borrow::Cow;
use std::process::ExitCode;

/// The page, as `dist/` was when this program was compiled; a debug build reads the folder itself.
#[derive(rust_embed::Embed)]
#[folder = "dist/"]
#[allow_missing = true]
struct Page;

fn main() -> ExitCode {
    serve::main(std::env::args_os(), |path| Page::get(path).map(|file| Cow::into_owned(file.data)))
}
