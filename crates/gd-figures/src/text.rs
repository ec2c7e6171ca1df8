//! Text in pictures: width estimates that know Chinese, italics, superscripts.

use std::fmt::Write as _;

/// A piece of text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// Whether they are set as a mathematical symbol.
    pub italic: bool,
}

/// Splits `步数 *t*` into runs: what stands between two asterisks is a symbol, set in italics.
pub fn runs(markup: &str) -> Vec<Run> {
    markup
        .split('*')
        .enumerate()
        .filter(|(_, text)| !text.is_empty())
        .map(|(i, text)| Run {
            text: text.to_owned(),
            italic: i % 2 == 1,
        })
        .collect()
}

/// The markup without its asterisks.
pub fn plain(markup: &str) -> String {
    markup.replace('*', "")
}

/// Estimated width, in css px, of a line of markup set at `size` css px.
///
/// No font is asked: Han and full-width characters take 1 em, Latin letters and digits what a
/// wide sans-serif (DejaVu Sans) gives them. The estimate errs on the wide side.
pub fn width(markup: &str, size: f64) -> f64 {
    size * markup.chars().map(em).sum::<f64>()
}

fn em(c: char) -> f64 {
    match c {
        '*' => 0.0,
        ' ' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' | 'i' | 'j' | 'l' => 0.32,
        '(' | ')' | '[' | ']' | 'f' | 't' | 'r' | 'I' | '/' => 0.4,
        'm' | 'M' | 'w' | 'W' | '@' => 0.88,
        '%' => 0.95,
        '⁰'..='⁹' | '¹' | '²' | '³' | '⁻' | '⁺' | '₀'..='₉' => 0.43,
        '0'..='9' => 0.63,
        'A'..='Z' => 0.7,
        '\u{300}'..='\u{36f}' => 0.0,
        '∞' | '→' | '←' | '…' | '—' => 1.0,
        '‖' => 0.5,
        c if is_wide(c) => 1.0,
        '\u{2200}'..='\u{22ff}' | '+' | '=' | '<' | '>' | '×' | '±' => 0.82,
        _ => 0.6,
    }
}

/// Whether a character fills a square: Han, kana, full-width forms and Chinese punctuation.
/// Curly quotes count, since Chinese fonts set them full-width.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{33ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}'
        | '“' | '”' | '‘' | '’')
}

/// `n` in superscript characters: −3 gives ⁻³.
pub fn superscript(n: i32) -> String {
    n.to_string()
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            // ⁰ and ⁴ to ⁹ lie in one block, in order
            digit => char::from_u32('⁰' as u32 + (digit as u32 - '0' as u32)).unwrap_or(digit),
        })
        .collect()
}

/// Replaces the hyphen that programs print by a true minus sign.
pub fn minus(number: &str) -> String {
    number.replace('-', "−")
}

/// `x` with `decimals` digits after the point and a true minus sign; never “−0”.
pub fn fixed(x: f64, decimals: usize) -> String {
    let text = format!("{x:.decimals$}");
    if text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        minus(&text)
    } else {
        text.trim_start_matches('-').to_owned()
    }
}

/// `x` as `1.9×10⁻¹⁵`, with `decimals` digits after the point of the first factor.
pub fn scientific(x: f64, decimals: usize) -> String {
    let text = format!("{x:.decimals$e}");
    let (factor, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent = exponent.parse().unwrap_or(0);
    format!("{}×10{}", minus(factor), superscript(exponent))
}

/// Escapes what XML reserves.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => {
                let _ = write!(out, "{c}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_han_character_is_one_em_wide() {
        assert_eq!(width("学习率", 12.0), 36.0);
        assert_eq!(width("，。“”", 10.0), 40.0);
    }

    #[test]
    fn latin_and_digits_are_narrower() {
        let digits = width("2026", 10.0);
        assert!((20.0..27.0).contains(&digits), "{digits}");
        assert!(width("loss", 12.0) < width("损失函数", 12.0));
        assert!(width("10⁻³", 12.0) < width("10−3", 12.0));
    }

    #[test]
    fn asterisks_mark_symbols_and_take_no_room() {
        assert_eq!(width("*t*", 12.0), width("t", 12.0));
        let runs = runs("步数 *t*");
        assert_eq!(runs.len(), 2);
        assert!(!runs[0].italic && runs[1].italic);
        assert_eq!(plain("损失 *L*(*w*, *b*)"), "损失 L(w, b)");
    }

    #[test]
    fn numbers_are_typeset() {
        assert_eq!(superscript(-1234567890), "⁻¹²³⁴⁵⁶⁷⁸⁹⁰");
        assert_eq!(scientific(1.934e-15, 1), "1.9×10⁻¹⁵");
        assert_eq!(scientific(-2.5e3, 1), "−2.5×10³");
        assert_eq!(fixed(-0.0004, 2), "0.00");
        assert_eq!(fixed(-14.808, 2), "−14.81");
    }

    #[test]
    fn reserved_characters_are_escaped() {
        assert_eq!(escape("|x|<1 & y"), "|x|&lt;1 &amp; y");
    }
}
