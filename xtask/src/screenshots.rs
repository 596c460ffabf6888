//! `cargo xtask screenshots`: the page as it looks, at three sizes, dark and light: well, with a leader killed, rewound, forked.

use crate::{Result, page, run, setup};

pub fn screenshots(arguments: &[String]) -> Result<()> {
    let folder = match arguments {
        [] => "target/screenshots",
        [folder] => folder,
        _ => return Err("usage: cargo xtask screenshots [DIR]".to_owned()),
    };
    let browser = setup::browser()?;
    let dist = page::build()?;
    let mut node = setup::node()?;
    node.arg("tests/page/screenshots.mjs").env("PARTITA_PAGE", dist).env("PARTITA_PICTURES", folder).env("CHROMIUM", browser.chromium);
    run::shown(&mut node, "taking the pictures")?;
    println!("the pictures are in {folder}/");
    Ok(())
}
