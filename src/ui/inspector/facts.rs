//! A thing's facts, as the inspector lists them: a name, and what it is: words, or other things to go to.

use crate::ui::chosen::Chosen;

/// How many things a fact leads to at most; how many more there are is said.
const LEADS_MAX: usize = 12;

pub struct Fact {
    pub name: &'static str,
    pub said: String,
    pub leads: Vec<(String, Chosen)>,
    /// So many more than are listed.
    pub more: usize,
}

/// In the order in which they are told.
#[derive(Default)]
pub struct Facts(pub Vec<Fact>);

impl Facts {
    pub fn say(&mut self, name: &'static str, said: impl Into<String>) {
        self.0.push(Fact { name, said: said.into(), leads: Vec::new(), more: 0 });
    }

    /// Said only where it is something.
    pub fn say_some(&mut self, name: &'static str, said: Option<String>) {
        if let Some(said) = said.filter(|said| !said.is_empty()) {
            self.say(name, said);
        }
    }

    /// Other things, where there are some.
    pub fn lead_some(&mut self, name: &'static str, leads: Vec<(String, Chosen)>) {
        if !leads.is_empty() {
            self.lead(name, leads, "");
        }
    }

    /// Other things; where there are none, what is said then.
    pub fn lead(&mut self, name: &'static str, mut leads: Vec<(String, Chosen)>, none: &str) {
        if leads.is_empty() {
            return self.say(name, none);
        }
        let more = leads.len().saturating_sub(LEADS_MAX);
        leads.truncate(LEADS_MAX);
        self.0.push(Fact { name, said: String::new(), leads, more });
    }
}
