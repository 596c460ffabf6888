//! What the person looks at on the wire: kept while another tab shows.

use std::rc::Rc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireLook {
    pub filter: Rc<str>,
    /// The response's frame, not the request's.
    pub response: bool,
    /// The chosen field of the frame of this number, by its place.
    pub field: Option<(u64, u32)>,
}

impl Default for WireLook {
    fn default() -> Self {
        Self { filter: "".into(), response: false, field: None }
    }
}

impl WireLook {
    /// The chosen field of a frame.
    pub fn field_of(&self, frame: u64) -> Option<u32> {
        self.field.filter(|(of, _)| *of == frame).map(|(_, field)| field)
    }
}
