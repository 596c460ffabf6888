//! The browser that tests and pictures use, its driver, and kcat: from the system. Debian's packages are installed where this may be done
//! without asking, that is, as root.

use crate::say::Step;
use crate::{Result, run};
use std::path::PathBuf;

pub struct Browser {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
}

const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Chromium and its driver; `$CHROMIUM` and `$CHROMEDRIVER` go before PATH.
pub fn browser() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    apt_install(
        "Chromium and its driver",
        "a download of 100 MB, one to two minutes",
        &["chromium", "chromium-driver", "fonts-dejavu-core"],
    )?;
    find().ok_or_else(|| {
        "Chromium or chromedriver is not here, and could not be installed.\nInstall both in the same version (Debian, as root: `apt-get install chromium chromium-driver`), \
         or name them in the variables CHROMIUM and CHROMEDRIVER."
            .to_owned()
    })
}

fn find() -> Option<Browser> {
    let named = |variable: &str| std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file());
    let chromium = named("CHROMIUM").or_else(|| CHROMIUM.into_iter().find_map(run::find))?;
    let chromedriver = named("CHROMEDRIVER").or_else(|| run::find("chromedriver"))?;
    Some(Browser { chromium, chromedriver })
}

/// kcat, where the machine has it or may get it.
pub fn kcat() -> Option<PathBuf> {
    run::find("kcat").or_else(|| {
        apt_install("kcat", "a few seconds", &["kcat"]).ok()?;
        run::find("kcat")
    })
}

/// Installs Debian's packages where we are root and there is apt-get; elsewhere does nothing.
fn apt_install(what: &str, expected: &str, packages: &[&str]) -> Result<()> {
    let root = run::output(run::command("id").arg("-u")).is_some_and(|id| id == "0");
    if !root || run::find("apt-get").is_none() {
        return Ok(());
    }
    let apt = |arguments: &[&str], step: Step| {
        let mut command = run::command("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        run::quietly(&mut command, step, |line| line.to_owned(), "Install these packages by hand, then start the chore again.")
    };
    apt(&["update", "-qq"], Step::begin("Debian's list of packages", "a few seconds"))?;
    let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments, Step::begin(what, expected))
}
