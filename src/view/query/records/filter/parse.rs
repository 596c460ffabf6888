//! Reads a filter: words, then tests, then what joins them. Every refusal says where, and what would be right.

use super::super::json::Step;
use super::{Comparison, Expr, FilterError, Literal, NumberField, Order, Place, Test, time};
use crate::view::{RecordKind, Unsettled};

/// How deep tests may lie in parentheses and behind `not`.
const DEPTH_MAX: usize = 32;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Word(String),
    Quoted(String),
    Order(Order),
    Open,
    Close,
}

#[derive(Clone, Debug)]
struct Token {
    column: u32,
    kind: Kind,
}

fn wrong(column: u32, message: impl Into<String>) -> FilterError {
    FilterError { column, message: message.into() }
}

pub(super) struct Parser {
    tokens: Vec<Token>,
    at: usize,
    /// The column after the last character.
    end: u32,
    epoch_ms: i64,
}

impl Parser {
    pub fn new(text: &str, epoch_ms: i64) -> Result<Self, FilterError> {
        let end = u32::try_from(text.trim_end().chars().count()).unwrap_or(u32::MAX).saturating_add(1);
        Ok(Self { tokens: tokens(text)?, at: 0, end, epoch_ms })
    }

    pub fn parse(mut self) -> Result<Expr, FilterError> {
        let expr = self.either(0)?;
        match self.next() {
            None => Ok(expr),
            Some(Token { column, kind: Kind::Close }) => Err(wrong(column, "There is no '(' for this ')'.")),
            Some(token) => {
                let it = token.shown();
                Err(wrong(token.column, format!("'and' or 'or' is missing before {it}. A text with spaces stands in \"quotes\".")))
            }
        }
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.at += usize::from(token.is_some());
        token
    }

    /// Takes the word that comes next, where it is this one, in either case.
    fn takes(&mut self, word: &str) -> bool {
        let there = matches!(self.peek(), Some(Token { kind: Kind::Word(next), .. }) if next.eq_ignore_ascii_case(word));
        self.at += usize::from(there);
        there
    }

    fn either(&mut self, depth: usize) -> Result<Expr, FilterError> {
        let mut any = vec![self.both(depth)?];
        while self.takes("or") {
            any.push(self.both(depth)?);
        }
        Ok(one_or(any, Expr::Or))
    }

    fn both(&mut self, depth: usize) -> Result<Expr, FilterError> {
        let mut all = vec![self.one(depth)?];
        while self.takes("and") {
            all.push(self.one(depth)?);
        }
        Ok(one_or(all, Expr::And))
    }

    fn one(&mut self, depth: usize) -> Result<Expr, FilterError> {
        let column = self.peek().map_or(self.end, |token| token.column);
        if depth > DEPTH_MAX {
            return Err(wrong(column, format!("Tests lie in each other {DEPTH_MAX} deep at most.")));
        }
        if self.takes("not") {
            return Ok(Expr::Not(Box::new(self.one(depth + 1)?)));
        }
        match self.next() {
            None => Err(wrong(self.end, "A test is missing, such as key = user-42.")),
            Some(Token { kind: Kind::Open, .. }) => {
                let inner = self.either(depth + 1)?;
                match self.next() {
                    Some(Token { kind: Kind::Close, .. }) => Ok(inner),
                    Some(other) => Err(wrong(other.column, format!("'and', 'or' or ')' is missing before {}.", other.shown()))),
                    None => Err(wrong(self.end, format!("A ')' is missing: the '(' in column {column} is not closed."))),
                }
            }
            Some(Token { kind: Kind::Close, .. }) => Err(wrong(column, "A test is missing before this ')'.")),
            Some(Token { kind: Kind::Order(_), .. }) => {
                Err(wrong(column, "What is to be compared is missing: key, value, text, partition, offset, time, …"))
            }
            Some(Token { kind: Kind::Quoted(text), .. }) => Ok(looked_for(text)),
            Some(Token { kind: Kind::Word(word), .. }) => self.test(column, word).map(Expr::Test),
        }
    }

    /// A test that begins with this word, or the word alone.
    fn test(&mut self, column: u32, word: String) -> Result<Test, FilterError> {
        let operator = self.operator()?;
        let lower = word.to_ascii_lowercase();
        let number = match lower.as_str() {
            "partition" => Some(NumberField::Partition),
            "offset" => Some(NumberField::Offset),
            "time" | "timestamp" => Some(NumberField::Time),
            "size" => Some(NumberField::Size),
            _ => None,
        };
        if let Some(field) = number {
            return self.number(field, &lower, operator);
        }
        if lower == "kind" {
            return self.kind(operator);
        }
        if lower == "transaction" {
            return self.transaction(operator);
        }
        if word.starts_with('$') {
            let path = path(column, &word)?;
            return Ok(Test::Path(path, self.comparison(operator)?));
        }
        let place = match lower.as_str() {
            "key" => Some(Place::Key),
            "value" => Some(Place::Value),
            "text" => Some(Place::Text),
            _ => header(&word).map(Place::Header),
        };
        match (place, operator) {
            (Some(place @ Place::Header(_)), None) => Ok(Test::Bytes(place, Comparison::Exists)),
            (Some(_), None) => Err(wrong(self.here(), format!("After '{word}' comes =, !=, <, <=, >, >=, contains or starts."))),
            (Some(Place::Text), Some((column, Operator::Order(order)))) if order != Order::Equal => {
                Err(wrong(column, "After 'text' comes =, contains or starts."))
            }
            (Some(place), operator) => Ok(Test::Bytes(place, self.comparison(operator)?)),
            (None, None) => Ok(Test::Bytes(Place::Text, Comparison::Contains(word.into_bytes()))),
            (None, Some(_)) => {
                let known = "key, value, text, partition, offset, time, size, kind, transaction, headers.NAME and $.PATH";
                Err(wrong(column, format!("'{word}' is nothing that a record has. There are {known}; a text stands in \"quotes\".")))
            }
        }
    }

    fn here(&self) -> u32 {
        self.peek().map_or(self.end, |token| token.column)
    }

    /// How something is compared, and in which column that stands.
    fn operator(&mut self) -> Result<Option<(u32, Operator)>, FilterError> {
        let column = self.here();
        if let Some(Token { kind: Kind::Order(order), .. }) = self.peek() {
            let order = *order;
            self.at += 1;
            return Ok(Some((column, Operator::Order(order))));
        }
        if self.takes("contains") {
            return Ok(Some((column, Operator::Contains)));
        }
        if self.takes("starts") {
            self.takes("with");
            return Ok(Some((column, Operator::Starts)));
        }
        Ok(None)
    }

    /// What something is compared with.
    fn literal(&mut self) -> Result<(u32, Literal), FilterError> {
        match self.next() {
            Some(Token { column, kind: Kind::Word(text) }) => Ok((column, Literal { text, quoted: false })),
            Some(Token { column, kind: Kind::Quoted(text) }) => Ok((column, Literal { text, quoted: true })),
            Some(token) => {
                Err(wrong(token.column, format!("A value is missing before {}: a word, or a text in \"quotes\".", token.shown())))
            }
            None => Err(wrong(self.end, "A value is missing: a word, or a text in \"quotes\".")),
        }
    }

    fn number(&mut self, field: NumberField, name: &str, operator: Option<(u32, Operator)>) -> Result<Test, FilterError> {
        let order = self.order(name, operator)?;
        let (column, literal) = self.literal()?;
        let number = if field == NumberField::Time { time::read(&literal.text, self.epoch_ms) } else { literal.text.parse().ok() };
        let number = number.ok_or_else(|| {
            let form = if field == NumberField::Time { time::FORMS } else { "a whole number" };
            wrong(column, format!("'{}' does not go with {name}, which is {form}.", literal.text))
        })?;
        Ok(Test::Number(field, order, number))
    }

    /// Whether it is `=`; nothing but `!=` is as good.
    fn equal(&self, name: &str, operator: Option<(u32, Operator)>) -> Result<bool, FilterError> {
        let column = operator.as_ref().map_or(0, |(column, _)| *column);
        match self.order(name, operator)? {
            Order::Equal => Ok(true),
            Order::NotEqual => Ok(false),
            _ => Err(wrong(column, format!("After '{name}' comes = or !=."))),
        }
    }

    fn transaction(&mut self, operator: Option<(u32, Operator)>) -> Result<Test, FilterError> {
        let equal = self.equal("transaction", operator)?;
        let (column, literal) = self.literal()?;
        let fate = match literal.text.to_ascii_lowercase().as_str() {
            "open" => Unsettled::Open,
            "aborted" => Unsettled::Aborted,
            _ => return Err(wrong(column, format!("A transaction is open or aborted here, not '{}'.", literal.text))),
        };
        Ok(Test::Transaction(fate, equal))
    }

    fn kind(&mut self, operator: Option<(u32, Operator)>) -> Result<Test, FilterError> {
        let equal = self.equal("kind", operator)?;
        let (column, literal) = self.literal()?;
        let kind = match literal.text.to_ascii_lowercase().as_str() {
            "data" => RecordKind::Data,
            "tombstone" => RecordKind::Tombstone,
            "control" => RecordKind::Control,
            "commit" => RecordKind::Commit,
            "abort" => RecordKind::Abort,
            _ => {
                let known = "data, tombstone and control, of which commit and abort";
                return Err(wrong(column, format!("'{}' is no kind of record: there are {known}.", literal.text)));
            }
        };
        Ok(Test::Kind(kind, equal))
    }

    fn order(&self, name: &str, operator: Option<(u32, Operator)>) -> Result<Order, FilterError> {
        match operator {
            Some((_, Operator::Order(order))) => Ok(order),
            Some((column, Operator::Contains | Operator::Starts)) => {
                Err(wrong(column, format!("After '{name}' comes =, !=, <, <=, > or >=.")))
            }
            None => Err(wrong(self.here(), format!("After '{name}' comes =, !=, <, <=, > or >=."))),
        }
    }

    fn comparison(&mut self, operator: Option<(u32, Operator)>) -> Result<Comparison, FilterError> {
        let Some((_, operator)) = operator else { return Ok(Comparison::Exists) };
        let (_, literal) = self.literal()?;
        Ok(match operator {
            Operator::Order(order) => Comparison::Ordered(order, literal),
            Operator::Contains => Comparison::Contains(literal.text.into_bytes()),
            Operator::Starts => Comparison::StartsWith(literal.text.into_bytes()),
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Order(Order),
    Contains,
    Starts,
}

impl Token {
    fn shown(&self) -> String {
        match &self.kind {
            Kind::Word(word) => format!("'{word}'"),
            Kind::Quoted(text) => format!("\"{text}\""),
            Kind::Order(_) => "the comparison".to_owned(),
            Kind::Open => "'('".to_owned(),
            Kind::Close => "')'".to_owned(),
        }
    }
}

fn looked_for(text: String) -> Expr {
    Expr::Test(Test::Bytes(Place::Text, Comparison::Contains(text.into_bytes())))
}

fn one_or(mut all: Vec<Expr>, join: fn(Vec<Expr>) -> Expr) -> Expr {
    match all.pop() {
        Some(only) if all.is_empty() => only,
        last => {
            all.extend(last);
            join(all)
        }
    }
}

/// The name in `headers.NAME` or `headers["NAME"]`.
fn header(word: &str) -> Option<String> {
    let rest = word.strip_prefix("headers").or_else(|| word.strip_prefix("header"))?;
    let name = match rest.strip_prefix('.') {
        Some(name) => name,
        None => unquoted(rest.strip_prefix('[')?.strip_suffix(']')?),
    };
    (!name.is_empty()).then(|| name.to_owned())
}

fn unquoted(text: &str) -> &str {
    let between = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    between('"').or_else(|| between('\'')).unwrap_or(text)
}

/// The steps of `$.items[0]["a b"][*]`, which stands in this column.
fn path(column: u32, word: &str) -> Result<Vec<Step>, FilterError> {
    let mut steps = Vec::new();
    let mut rest = word.get(1..).unwrap_or_default();
    let place = |rest: &str| column.saturating_add(u32::try_from(word.chars().count() - rest.chars().count()).unwrap_or_default());
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(['.', '[']).unwrap_or(after.len());
            let (name, left) = after.split_at(end);
            match name {
                "" => return Err(wrong(place(after), "A name is missing after '.', as in $.item.")),
                "*" => steps.push(Step::Any),
                name => steps.push(Step::Name(name.to_owned())),
            }
            rest = left;
        } else if let Some((inner, left)) = rest.strip_prefix('[').and_then(bracketed) {
            let quoted = unquoted(inner);
            steps.push(match inner.parse() {
                Ok(index) => Step::Index(index),
                Err(_) if inner == "*" => Step::Any,
                Err(_) if quoted.len() < inner.len() => Step::Name(quoted.to_owned()),
                Err(_) => return Err(wrong(place(rest), format!("In brackets stands a number, * or a \"name\", not {inner}."))),
            });
            rest = left;
        } else {
            return Err(wrong(place(rest), "A path goes on with .name or [0], as in $.items[0].id."));
        }
    }
    Ok(steps)
}

/// What stands before the bracket that closes, and what after it.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, ']') => return Some((text.get(..at)?, text.get(at + 1..)?)),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

fn tokens(text: &str) -> Result<Vec<Token>, FilterError> {
    let mut tokens = Vec::new();
    let mut chars = (1_u32..).zip(text.chars()).peekable();
    while let Some((column, c)) = chars.next() {
        let mut then_equals = || chars.next_if(|(_, next)| *next == '=').is_some();
        let kind = match c {
            c if c.is_whitespace() => continue,
            '(' => Kind::Open,
            ')' => Kind::Close,
            '=' => {
                then_equals();
                Kind::Order(Order::Equal)
            }
            '<' => Kind::Order(if then_equals() { Order::LessOrEqual } else { Order::Less }),
            '>' => Kind::Order(if then_equals() { Order::GreaterOrEqual } else { Order::Greater }),
            '!' => {
                if !then_equals() {
                    return Err(wrong(column, "'!' stands in != only; what shall not be is said by not."));
                }
                Kind::Order(Order::NotEqual)
            }
            '"' | '\'' => {
                let mut quoted = String::new();
                loop {
                    match chars.next() {
                        None => return Err(wrong(column, format!("The text that begins here is not closed: a {c} is missing."))),
                        Some((_, end)) if end == c => break,
                        Some((_, '\\')) => quoted.extend(chars.next().map(|(_, escaped)| if escaped == 'n' { '\n' } else { escaped })),
                        Some((_, inner)) => quoted.push(inner),
                    }
                }
                Kind::Quoted(quoted)
            }
            first => {
                let mut word = String::from(first);
                let mut bracket = (first == '[').then_some(column);
                while let Some((at, next)) = chars.next_if(|(_, next)| bracket.is_some() || !ends_word(*next)) {
                    bracket = match next {
                        '[' => Some(at),
                        ']' => None,
                        _ => bracket,
                    };
                    word.push(next);
                }
                if let Some(column) = bracket {
                    return Err(wrong(column, "This bracket is not closed: a ] is missing."));
                }
                Kind::Word(word)
            }
        };
        tokens.push(Token { column, kind });
    }
    Ok(tokens)
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '=' | '<' | '>' | '!' | '"' | '\'')
}
