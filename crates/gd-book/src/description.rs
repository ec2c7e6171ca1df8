//! A few sentences of a page that say what it is about, for search results and shared links.

use scraper::{ElementRef, Html, Selector};

/// How long a description is, in characters.
pub const LENGTH: std::ops::RangeInclusive<usize> = 60..=150;

/// A sentence of fewer characters is a label: “题目。”
const SHORTEST: usize = 6;

/// Stands for a formula while sentences are told apart.
const FORMULA: char = '\u{FFFC}';

/// The first whole sentences of a page's introduction, as many as fit. A sentence with a formula
/// is left out: without the formula it would say something else. A page with too little text is
/// described by its title and the book's words as well.
pub fn describe(html: &str, title: &str, book: &str) -> String {
    let mut text = String::new();
    let mut length = 0;
    let more = format!("{title}。{book}");
    for sentence in sentences(html).iter().chain([&more]) {
        let more = sentence.chars().count();
        if length + more <= *LENGTH.end() {
            text += sentence;
            length += more;
        } else if length < *LENGTH.start() {
            let room = LENGTH.end() - length - 1;
            text.extend(sentence.chars().take(room));
            text.push('…');
            break;
        } else {
            break;
        }
        if length >= *LENGTH.start() && text.ends_with('。') {
            break;
        }
    }
    text
}

/// The sentences between a page's title and its first section.
fn sentences(html: &str) -> Vec<String> {
    let main = html.split_once("<main").map_or("", |(_, main)| main);
    let main = main.split_once('>').map_or("", |(_, inside)| inside);
    let introduction = main.split("<h2 ").next().unwrap_or_default();
    let paragraph = Selector::parse("html > p:not([class])").expect("a plain selector");
    let mut sentences = Vec::new();
    for paragraph in Html::parse_fragment(introduction).select(&paragraph) {
        let mut text = String::new();
        collect(paragraph, &mut text);
        let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for sentence in joined.split_inclusive(['。', '？', '！']) {
            let closing = sentence
                .find(|c| !"”）」".contains(c))
                .unwrap_or(sentence.len());
            // A closing quotation mark belongs to the sentence before it.
            let (closing, sentence) = sentence.split_at(closing);
            if let Some(last) = sentences.last_mut() {
                *last += closing;
            }
            sentences.push(sentence.to_string());
        }
    }
    sentences.retain(|sentence: &String| {
        let is_aside = sentence.starts_with('（') || sentence.chars().count() < SHORTEST;
        !is_aside
            && !sentence.contains(FORMULA)
            && sentence.ends_with(['。', '？', '！', '”', '）', '」'])
    });
    sentences
}

fn collect(element: ElementRef<'_>, text: &mut String) {
    for child in element.children() {
        if let Some(words) = child.value().as_text() {
            text.push_str(words);
        } else if let Some(inner) = ElementRef::wrap(child) {
            if inner.value().classes().any(|class| class == "katex") {
                text.push(FORMULA);
            } else {
                collect(inner, text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "一本讲梯度下降与神经网络优化的中文书：每个公式、每张图、每个数字都由一个 Rust 库算出，并经过测试。";

    #[test]
    fn whole_sentences_without_formulas() {
        let html = "<main><blockquote><p>别的话。</p></blockquote>\
            <p>先看<b>一个</b>例子。这里有 <span class=\"katex\">x^2</span>，不要。他说：“够了。”然后\n走了，一直走到山脚下的村子里，天已经黑了，什么也看不见。</p>\
            <p>第二段接着说下去，说到够六十个字为止，多了就不要了，少了也不好。再多一句就是多余的。</p>\
            <h2 id=\"a\">一</h2><p>正文。</p></main>";
        assert_eq!(
            describe(html, "题", BOOK),
            "先看一个例子。他说：“够了。”然后 走了，一直走到山脚下的村子里，天已经黑了，什么也看不见。\
             第二段接着说下去，说到够六十个字为止，多了就不要了，少了也不好。"
        );
    }

    #[test]
    fn too_long_is_cut_and_too_short_is_filled() {
        let long = format!("<main><p>{}。</p></main>", "一直走，".repeat(60));
        let cut = describe(&long, "题", BOOK);
        assert_eq!(cut.chars().count(), *LENGTH.end());
        assert!(cut.ends_with('…'));
        let filled = describe("<main><p>题目。只有一句短话。</p></main>", "题", BOOK);
        assert!(filled.starts_with("只有一句短话。题。一本讲"));
        assert!(LENGTH.contains(&filled.chars().count()));
    }
}
