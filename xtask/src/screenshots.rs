//! `cargo xtask screenshots`: the README's pictures, light and dark. A page that stands built already is taken where `PARTITA_PAGE` says, as the
//! page's tests do.

use crate::{Result, page, run, setup};
use std::path::PathBuf;

pub fn screenshots(arguments: &[String]) -> Result<()> {
    let folder = match arguments {
        [] => "docs",
        [folder] => folder,
        _ => return Err("usage: cargo xtask screenshots [DIR]".to_owned()),
    };
    let browser = setup::browser()?;
    let dist = match std::env::var_os("PARTITA_PAGE") {
        Some(built) => PathBuf::from(built),
        None => page::build()?,
    };
    let mut node = setup::node()?;
    node.arg("tests/page/screenshots.mjs").env("PARTITA_PAGE", dist).env("PARTITA_PICTURES", folder).env("CHROMIUM", browser.chromium);
    run::shown(&mut node, "taking the pictures")?;
    println!("the pictures are in {folder}/");
    Ok(())
}
