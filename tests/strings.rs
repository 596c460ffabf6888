//! Holds the page to its catalogue: what `src/ui` says to people stands in `src/ui/catalogue`, and nowhere else in it.
//!
//! The sources are read as text. A string literal is taken for words by where it stands (a text node, an attribute that is read out or shown)
//! or by how it looks (two words side by side, a capital letter at its begin, a sentence with values in it).

use std::fs;
use std::path::{Path, PathBuf};

/// Attributes whose values people never see or hear.
const CODE_ATTRIBUTES: [&str; 33] = [
    "aria-activedescendant",
    "aria-autocomplete",
    "aria-checked",
    "aria-controls",
    "aria-describedby",
    "aria-disabled",
    "aria-expanded",
    "aria-haspopup",
    "aria-hidden",
    "aria-invalid",
    "aria-labelledby",
    "aria-live",
    "aria-modal",
    "aria-orientation",
    "aria-pressed",
    "aria-selected",
    "aria-sort",
    "autocomplete",
    "class",
    "d",
    "download",
    "for",
    "href",
    "id",
    "inputmode",
    "key",
    "mark",
    "role",
    "scope",
    "style",
    "transform",
    "type",
    "viewBox",
];

/// Attributes that are shown or read out: every letter in them is somebody's.
const SAID_ATTRIBUTES: [&str; 7] =
    ["alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext", "placeholder", "title"];

/// What is handed to these is for programs and programmers.
const CODE_CALLS: [&str; 4] = ["closest", "expect", "write_str", "prefers"];

/// Keys of a keyboard, as a browser names them; "ArrowDown" and its like are known by their shape.
const KEYS: [&str; 3] = ["End", "Enter", "Home"];

/// Kafka's own names that look like a word each.
const KAFKA: [&str; 7] = ["Fetch", "Heartbeat", "Metadata", "Produce", "Vote", "all", "none"];

/// What attributes, marks in the style sheets, commands and names of fields are compared with.
const CODES: [&str; 15] = [
    "Header",
    "a near",
    "above {} {} {}",
    "alert",
    "ascending",
    "brokers",
    "dark",
    "descending",
    "false",
    "light",
    "pending {kind}",
    "rests",
    "runs",
    "status",
    "true",
];

/// Where the page keeps something in the browser.
const KEPT: [&str; 2] = ["partita first minute", "partita {name}"];

/// What begins an address.
const SCHEME: &str = "ws{rest}";

#[test]
fn what_the_page_says_stands_in_its_catalogue() {
    let mut wrong = Vec::new();
    for (file, text) in files_of_the_page() {
        wrong.extend(literals(&text).into_iter().filter(Literal::is_for_people).map(|it| format!("{file}:{}: {:?}", it.line, it.text)));
    }
    assert!(wrong.is_empty(), "{} literals are words for people: src/ui/catalogue is their place\n{}", wrong.len(), wrong.join("\n"));
}

/// A string literal, and where it stands.
#[derive(Debug, Default)]
struct Literal {
    line: usize,
    text: String,
    /// The attribute of which it is (a part of) the value.
    attribute: Option<String>,
    /// What it is handed to: `closest`, `format!`, or nothing.
    call: String,
    /// The last of the code before it, and the first behind it.
    before: String,
    after: String,
}

impl Literal {
    fn is_for_people(&self) -> bool {
        let said = without_values(&self.text);
        if !said.contains(char::is_alphabetic) {
            return false;
        }
        match self.attribute.as_deref() {
            Some(name) if SAID_ATTRIBUTES.contains(&name) => return true,
            Some(name) if CODE_ATTRIBUTES.contains(&name) || name.starts_with("data-") => return false,
            _ => {}
        }
        if self.is_compared() || self.is_known() || is_of_a_program(&self.text, &said) {
            return false;
        }
        let is_text_node = self.before.ends_with('{') && self.after.starts_with('}');
        let is_made_owned = self.after.starts_with(".to_owned()") || self.after.starts_with(".to_string()");
        let is_sentence = self.call == "format!" && has_word(&said);
        is_text_node || is_made_owned || is_sentence || has_word(&said) && (has_two_words(&said) || said.starts_with(char::is_uppercase))
    }

    /// A pattern, or a side of a comparison.
    fn is_compared(&self) -> bool {
        let is_pattern = self.after.starts_with("=>") || self.after.starts_with("| \"") || self.after.starts_with("if ");
        is_pattern || self.before.ends_with("\" |") || self.before.ends_with("==") || self.before.ends_with("!=")
    }

    fn is_known(&self) -> bool {
        let text = self.text.as_str();
        CODE_CALLS.contains(&self.call.as_str())
            || KEYS.contains(&text)
            || KAFKA.contains(&text)
            || KEPT.contains(&text)
            || CODES.contains(&text)
            || text == SCHEME
    }
}

/// Filters, commands of a terminal, Kafka's names, classes, style sheets, paths of drawings, selectors, addresses, names of elements.
fn is_of_a_program(text: &str, said: &str) -> bool {
    let is_test = |test: &str| [" = ", " >= ", " <= "].iter().any(|sign| test.split_once(sign).is_some_and(|(field, _)| is_name(field)));
    let is_filter = said.split(" and ").all(is_test);
    let is_class = text.split(' ').all(|name| name.starts_with("pt-") || name.starts_with("is-"));
    let is_command = text.starts_with("kafka-");
    let is_kafkas = !text.contains(' ') && (is_name_of_an_api(text) || text.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
    let is_style = text
        .split(';')
        .all(|rule| rule.trim().split_once(':').is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
    let is_path = said.chars().all(|c| "MLHVCZhlvcz".contains(c) || !c.is_alphabetic());
    let is_joined =
        !said.contains(char::is_whitespace) && !said.contains(char::is_uppercase) && said.contains(['-', ':', '/', '.']) && has_word(said);
    is_filter || is_class || is_command || is_kafkas || is_style || is_path || is_joined || text.starts_with('[')
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase())
}

/// `ListOffsets`: two words or more in one.
fn is_name_of_an_api(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphabetic()) && text.chars().skip(1).any(char::is_uppercase) && text.contains(char::is_lowercase)
}

/// A format's text without the places of its values.
fn without_values(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn has_word(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1)
}

fn has_two_words(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).any(|w| matches!(w, [a, ' ', b] if a.is_alphabetic() && b.is_alphabetic()))
}

/// A bracket that is open: the attribute whose value it holds, or what is called with it.
struct Open {
    attribute: Option<String>,
    call: String,
}

/// The string literals of a source, in order; not those of comments.
fn literals(text: &str) -> Vec<Literal> {
    let mut found: Vec<Literal> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut code = String::new();
    let letters: Vec<char> = text.chars().collect();
    let (mut at, mut line) = (0, 1);
    while let Some(c) = letters.get(at).copied() {
        let next = letters.get(at + 1).copied();
        match c {
            '/' if next == Some('/') => at = end_of_line(&letters, at),
            '"' => {
                let raw = hashes_before(&code);
                let (said, end) = string_at(&letters, at, raw);
                let attribute = attribute_before(&code).or_else(|| open.iter().rev().find_map(|o| o.attribute.clone()));
                let attribute = attribute.filter(|name| !name.starts_with("on"));
                let call = open.last().map(|o| o.call.clone()).unwrap_or_default();
                let before: String = code.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
                let after: String = letters.iter().skip(end).skip_while(|c| c.is_whitespace()).take(16).collect();
                found.push(Literal { line, text: said, attribute, call, before: before.trim_end().to_owned(), after });
                line += letters.get(at..end).unwrap_or_default().iter().filter(|c| **c == '\n').count();
                code.push('"');
                at = end;
            }
            '\'' => {
                let end = end_of_char(&letters, at);
                code.push('\'');
                at = end;
            }
            _ => {
                match c {
                    '\n' => line += 1,
                    '{' => open.push(Open { attribute: attribute_before(&code), call: String::new() }),
                    '(' | '[' => open.push(Open { attribute: None, call: name_before(&code) }),
                    '}' | ')' | ']' => drop(open.pop()),
                    _ => {}
                }
                code.push(c);
                at += 1;
            }
        }
    }
    found
}

fn end_of_line(letters: &[char], at: usize) -> usize {
    letters.iter().skip(at).position(|c| *c == '\n').map_or(letters.len(), |length| at + length)
}

/// Behind a character's literal; behind the tick of a lifetime.
fn end_of_char(letters: &[char], at: usize) -> usize {
    match (letters.get(at + 1), letters.get(at + 2)) {
        (Some('\\'), _) => letters.iter().skip(at + 3).position(|c| *c == '\'').map_or(letters.len(), |length| at + 3 + length + 1),
        (Some(_), Some('\'')) => at + 3,
        _ => at + 1,
    }
}

/// Of a raw string how many hashes are around it.
fn hashes_before(code: &str) -> Option<usize> {
    let trimmed = code.trim_end_matches('#');
    let is_raw = trimmed.ends_with('r') && !trimmed.trim_end_matches('r').ends_with(|c: char| c.is_alphanumeric() || c == '_');
    is_raw.then_some(code.len() - trimmed.len())
}

/// The text of the literal that begins here, and where the code goes on.
fn string_at(letters: &[char], at: usize, raw: Option<usize>) -> (String, usize) {
    let mut said = String::new();
    let mut here = at + 1;
    while let Some(c) = letters.get(here).copied() {
        match (c, raw) {
            ('\\', None) => {
                // What is escaped is no letter, but it stands for something.
                said.push(' ');
                here += 2;
            }
            ('"', None) => return (said, here + 1),
            ('"', Some(hashes)) if (1..=hashes).all(|after| letters.get(here + after) == Some(&'#')) => return (said, here + 1 + hashes),
            _ => {
                said.push(c);
                here += 1;
            }
        }
    }
    (said, here)
}

/// The name of the attribute whose value begins here: an equals sign without a space before it, as only `html!` writes it.
fn attribute_before(code: &str) -> Option<String> {
    let before = code.strip_suffix('=')?;
    let name: String = before.chars().rev().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':')).collect();
    (!name.is_empty()).then(|| name.chars().rev().collect())
}

/// The function or macro whose arguments begin here.
fn name_before(code: &str) -> String {
    let name: String = code.chars().rev().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '!')).collect();
    name.chars().rev().collect()
}

/// The files of the page but its catalogue, without their tests.
fn files_of_the_page() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders = vec![root.join("src/ui")];
    while let Some(at) = folders.pop() {
        for path in fs::read_dir(&at).expect("a folder of src/ui").filter_map(|entry| Some(entry.ok()?.path())) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && name != "catalogue" {
                folders.push(path);
            } else if name.ends_with(".rs") {
                files.push((shown(root, &path), without_tests(&fs::read_to_string(&path).expect("a file of src/ui"))));
            }
        }
    }
    assert!(files.len() > 50, "src/ui has its files elsewhere");
    files.sort();
    files
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).map_or_else(|_| PathBuf::from(path), PathBuf::from).display().to_string()
}

fn without_tests(text: &str) -> String {
    text.lines().take_while(|line| line.trim() != "#[cfg(test)]").collect::<Vec<_>>().join("\n")
}

#[test]
fn words_are_told_from_code() {
    let code = r#"
        // "Not a word of this"
        let x = html! { <p class="pt-dim is-late" title="A title" data-x="Some thing">{ "one word" }{ "word" }</p> };
        match event.key() { "ArrowDown" | "Home" => go(format!("--at:{}", 1)), _ => format!("{count} records") }
        filter(format!("party = {} and party = {}", a, b)); path(format!("M{x} {y}h8v-{}z", 3)); tone("fault"); api("ListOffsets");
        let y: &'static str = say("Kill it"); "fenced".to_owned()
    "#;
    let said: Vec<String> = literals(code).into_iter().filter(Literal::is_for_people).map(|it| it.text).collect();
    assert_eq!(said, ["A title", "one word", "word", "{count} records", "Kill it", "fenced"]);
}
