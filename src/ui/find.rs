//! Finding: words in a text, and what a few typed letters mean. Nothing in here knows of the page, so that it is tested without one.

/// The words of a glossary (a word, its other forms parted by bars, a sentence) that stand in a text, in the order in which they do.
pub fn words(text: &str, glossary: &[(&'static str, &'static str, &'static str)]) -> Vec<&'static str> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<(usize, &'static str)> = Vec::new();
    for (word, forms, _) in glossary {
        let forms = std::iter::once(*word).chain(forms.split('|')).filter(|form| !form.is_empty());
        found.extend(forms.filter_map(|form| place(&lower, form)).min().map(|at| (at, *word)));
    }
    let mut words = Vec::with_capacity(found.len());
    // They are so few that looking for the next each time is nothing.
    while let Some(next) = (0..found.len()).min_by_key(|at| found.get(*at).map(|(place, _)| *place)) {
        words.push(found.swap_remove(next).1);
    }
    words
}

/// Where a form stands as a word of its own.
fn place(lower: &str, form: &str) -> Option<usize> {
    let form = form.to_ascii_lowercase();
    let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    let before = |at: usize| lower.get(..at).and_then(|s| s.chars().next_back());
    let after = |at: usize| lower.get(at + form.len()..).and_then(|s| s.chars().next());
    lower.match_indices(&*form).map(|(at, _)| at).find(|at| is_apart(before(*at)) && is_apart(after(*at)))
}

/// How well what was typed fits a text: all its letters stand in it, in order. None: it does not; the more the better.
pub fn fit(typed: &str, text: &str) -> Option<i32> {
    let mut score = 0;
    for word in typed.split_whitespace() {
        score += fit_word(word, text)?;
    }
    // Of two that fit alike the shorter is meant.
    Some(score - text.chars().count() as i32)
}

fn fit_word(typed: &str, text: &str) -> Option<i32> {
    let lower = text.to_lowercase();
    let typed = typed.to_lowercase();
    if let Some(at) = lower.find(&typed) {
        let begins = lower.get(..at).and_then(|s| s.chars().next_back()).is_none_or(|c| !c.is_alphanumeric());
        return Some(if begins { 400 } else { 200 });
    }
    let (mut score, mut before) = (0, None::<char>);
    let mut wanted = typed.chars().peekable();
    for letter in lower.chars() {
        if wanted.peek() == Some(&letter) {
            wanted.next();
            score += if before.is_none_or(|c| !c.is_alphanumeric()) { 10 } else { 1 };
        }
        before = Some(letter);
    }
    // Letters strewn over a text mean little: most of them have to begin words.
    let typed = typed.chars().count() as i32;
    (wanted.peek().is_none() && score >= typed * 5).then_some(score)
}
