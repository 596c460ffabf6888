//! How each history looked when it was left: what two of them came to can be laid side by side.

use crate::view::View;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// How many histories are remembered.
const KEPT: usize = 16;

/// The last view of each history, by its name.
#[derive(Clone, Debug, Default)]
pub struct Past(Rc<RefCell<BTreeMap<Arc<str>, Rc<View>>>>);

impl PartialEq for Past {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Past {
    /// Takes note of the view that is shown; of one in a history's past only where none was seen of its end.
    pub fn note(&self, view: &Rc<View>) {
        let Some(line) = &view.timeline else { return };
        let Some(name) = line.branches.iter().find(|b| b.current).map(|b| Arc::clone(&b.name)) else { return };
        let mut kept = self.0.borrow_mut();
        if line.past && kept.contains_key(&name) {
            return;
        }
        kept.insert(name, Rc::clone(view));
        if kept.len() > KEPT {
            kept.pop_first();
        }
    }

    pub fn get(&self, name: &str) -> Option<Rc<View>> {
        self.0.borrow().get(name).cloned()
    }
}
