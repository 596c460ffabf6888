//! Sentences of the catalogue with things in them: a broker's square, a link, a name in bold.

use yew::prelude::*;

/// In the sentence, `{0}`, `{1}`, … are the places of the things, in whatever order the language wants them.
pub fn filled(sentence: &'static str, things: &[Html]) -> Html {
    let parts = sentence.split(['{', '}']).enumerate().map(|(at, part)| match at % 2 {
        0 => Html::from(part),
        _ => part.parse().ok().and_then(|place: usize| things.get(place)).cloned().unwrap_or_default(),
    });
    parts.collect()
}
