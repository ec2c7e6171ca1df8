//! Joins Chinese lines.
//!
//! A line break in Markdown shows as a space. Between Latin words that is right; between two Han
//! characters it tears a gap into the sentence.

use crate::directive::markdown_options;
use pulldown_cmark::{Event, Parser};

/// Removes the line breaks inside paragraphs that would show as a wrong space: those between two
/// Han characters, and those beside full-width punctuation.
pub fn join(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut done = 0;
    for (event, range) in Parser::new_ext(text, markdown_options()).into_offset_iter() {
        if event != Event::SoftBreak {
            continue;
        }
        // A continued line may be indented or quoted; what the reader sees next comes after that.
        let rest = text[range.end..].trim_start_matches([' ', '\t', '>']);
        let before = text[..range.start].trim_end().chars().next_back();
        let after = without_opening_link(rest).chars().next();
        if let (Some(before), Some(after)) = (before, after)
            && ((is_han(before) && is_han(after))
                || is_full_width_punctuation(before)
                || is_full_width_punctuation(after))
        {
            joined.push_str(text[done..range.start].trim_end_matches(' '));
            done = text.len() - rest.len();
        }
    }
    joined.push_str(&text[done..]);
    joined
}

/// What the reader sees first of a text that begins with a link.
fn without_opening_link(text: &str) -> &str {
    match text.split_once('>') {
        Some((tag, rest)) if tag.starts_with("<a ") => rest,
        _ => text,
    }
}

/// A Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

/// Punctuation that takes a full square.
pub fn is_full_width_punctuation(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_lines_are_joined_and_latin_lines_are_not() {
        assert_eq!(join("学习\n率"), "学习率");
        assert_eq!(join("很小，\nlr 很大"), "很小，lr 很大");
        assert_eq!(join("gradient\ndescent"), "gradient\ndescent");
        assert_eq!(join("学习率\nlr"), "学习率\nlr");
    }

    #[test]
    fn a_link_at_the_start_of_a_line_counts_as_its_text() {
        let joined = "见<a class=\"gd-ref\" href=\"x\">图 1-1</a>";
        assert_eq!(join(&joined.replacen("见", "见\n", 1)), joined);
        let apart = "见\n<a href=\"x\">Adam</a>";
        assert_eq!(join(apart), apart);
    }

    #[test]
    fn code_paragraphs_and_lists_keep_their_breaks() {
        let text = "一\n\n二\n\n```text\n三\n四\n```\n\n- 五\n- 六\n";
        assert_eq!(join(text), text);
    }

    #[test]
    fn quoted_and_indented_lines_are_joined_too() {
        assert_eq!(join("> 学习\n> 率"), "> 学习率");
        assert_eq!(join("- 学习\n  率"), "- 学习率");
    }
}
