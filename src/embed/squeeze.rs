//! CSS without comments, and with one space where there were several outside of strings, made so while this is compiled.

/// A text of CSS that is known here and now, squeezed.
macro_rules! squeezed {
    ($css:expr) => {{
        const CSS: &[u8] = $css.as_bytes();
        const ALL: ([u8; CSS.len()], usize) = $crate::embed::squeeze::squeeze::<{ CSS.len() }>(CSS);
        const BYTES: [u8; ALL.1] = $crate::embed::squeeze::first(&ALL.0);
        match std::str::from_utf8(&BYTES) {
            Ok(css) => css,
            Err(_) => panic!("what was squeezed is text no more"),
        }
    }};
}
pub(super) use squeezed;

/// What is left of `css`, and how many bytes that is.
pub const fn squeeze<const LEN: usize>(css: &[u8]) -> ([u8; LEN], usize) {
    let (mut left, mut len, mut at) = ([0; LEN], 0, 0);
    let mut quoted = false;
    while at < css.len() {
        if css[at] == b'"' {
            quoted = !quoted;
        }
        if !quoted && css[at] == b'/' && at + 1 < css.len() && css[at + 1] == b'*' {
            at += 2;
            while !(css[at] == b'*' && css[at + 1] == b'/') {
                at += 1;
            }
            at += 2;
            continue;
        }
        let space = css[at].is_ascii_whitespace();
        // What begins a rule or stands before it needs no space of its own.
        let again = len == 0 || matches!(left[len - 1], b' ' | b'{' | b'}' | b';' | b',');
        if quoted || !(space && again) {
            left[len] = if space && !quoted { b' ' } else { css[at] };
            len += 1;
        }
        at += 1;
    }
    (left, len)
}

/// What a part of the page's style becomes is seen while this is compiled, too.
const _: () = {
    const CSS: &[u8] = b"a { content: \"x,  y\" }  /* why */\n  b,\n  c { d: e }";
    let (left, len) = squeeze::<{ CSS.len() }>(CSS);
    let expected = *b"a {content: \"x,  y\" }b,c {d: e }";
    assert!(len == expected.len());
    let mut at = 0;
    while at < len {
        assert!(left[at] == expected[at]);
        at += 1;
    }
};

/// The first `LEN` bytes.
pub const fn first<const LEN: usize>(bytes: &[u8]) -> [u8; LEN] {
    let (mut first, mut at) = ([0; LEN], 0);
    while at < LEN {
        first[at] = bytes[at];
        at += 1;
    }
    first
}
