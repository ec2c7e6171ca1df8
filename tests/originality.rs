//! No sentence is taken over from the texts that the book grew out of.
//!
//! `source_windows.bin` holds a number for every run of 16 Han characters of those texts, not the
//! texts themselves. Runs are counted within a paragraph, over everything that is not Han (Latin,
//! digits, punctuation, markup), so that a changed comma hides nothing. To make it again:
//!
//! ```console
//! GD_SOURCES=folder-of-texts cargo test --test originality -- --ignored
//! ```

use gd_book::line_breaks::is_han;
use gd_book::project::{Project, files_below, read, read_text};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Shorter runs are shared by anyone who writes about the same thing.
const RUN: usize = 16;

fn file() -> PathBuf {
    project().root().join("tests/source_windows.bin")
}

fn project() -> Project {
    Project::at(env!("CARGO_MANIFEST_DIR")).unwrap()
}

/// The Han characters of each paragraph, with their lines. A paragraph ends at a line that has
/// nothing but blanks and quotation marks of Markdown.
fn paragraphs(text: &str) -> Vec<Vec<(usize, char)>> {
    let mut paragraphs = vec![Vec::new()];
    for (index, line) in text.lines().enumerate() {
        if line.trim_matches([' ', '\t', '>']).is_empty() {
            paragraphs.push(Vec::new());
        } else {
            let han = line.chars().filter(|c| is_han(*c));
            let paragraph = paragraphs.last_mut().expect("begins with one");
            paragraph.extend(han.map(|c| (index + 1, c)));
        }
    }
    paragraphs
}

/// FNV-1a, because it is the same everywhere and for ever.
fn number(run: &[(usize, char)]) -> u64 {
    let mut number = 0xcbf2_9ce4_8422_2325_u64;
    for (_, c) in run {
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            number = (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    number
}

fn numbers(text: &str) -> BTreeSet<u64> {
    paragraphs(text)
        .iter()
        .flat_map(|paragraph| paragraph.windows(RUN).map(number))
        .collect()
}

/// Line and text of each run of a text that is among the known ones; overlapping ones joined.
fn taken_over(known: &BTreeSet<u64>, text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for paragraph in paragraphs(text) {
        let mut open: Option<(usize, usize)> = None;
        let mut close = |range: Option<(usize, usize)>| {
            if let Some((start, end)) = range {
                let common: String = paragraph[start..end].iter().map(|(_, c)| c).collect();
                found.push((paragraph[start].0, common));
            }
        };
        for (start, run) in paragraph.windows(RUN).enumerate() {
            if !known.contains(&number(run)) {
                continue;
            }
            match &mut open {
                Some((_, end)) if start <= *end => *end = start + RUN,
                _ => {
                    close(open);
                    open = Some((start, start + RUN));
                }
            }
        }
        close(open);
    }
    found
}

#[test]
fn a_run_is_found_whatever_stands_between_its_characters() {
    // 17 characters: two runs.
    let source = "春天来了，小河边的柳树抽出了新的枝条。\n\n另一段。";
    let known = numbers(source);
    assert_eq!(known.len(), 2);
    assert!(taken_over(&known, "春天来了小河边的柳树抽出了新叶").is_empty());
    let page = "前面\n\n> 他说：**春天**来了（spring），\n> 小河边的柳树，抽出了新的枝条\n";
    assert_eq!(
        taken_over(&known, page),
        [(3, "春天来了小河边的柳树抽出了新的枝条".to_string())]
    );
    assert!(taken_over(&known, "春天来了，小河边\n\n的柳树抽出了新的枝条").is_empty());
}

#[test]
fn no_sentence_is_taken_over() {
    let bytes = read(&file()).unwrap();
    let known: BTreeSet<u64> = bytes
        .chunks_exact(8)
        .map(|chunk| u64::from_le_bytes(chunk.try_into().expect("eight bytes")))
        .collect();
    assert!(known.len() > 1000 && bytes.len() == 8 * known.len());
    let mut found = Vec::new();
    for folder in ["src", "examples", "crates"] {
        for path in files_below(&project().root().join(folder)).unwrap() {
            let is_text = path
                .extension()
                .is_some_and(|ending| ["md", "rs", "toml"].iter().any(|known| ending == *known));
            if !is_text {
                continue;
            }
            let name = path
                .strip_prefix(project().root())
                .unwrap()
                .display()
                .to_string();
            for (line, common) in taken_over(&known, &read_text(&path).unwrap()) {
                found.push(format!("{name}，第 {line} 行：{common}"));
            }
        }
    }
    assert!(
        found.is_empty(),
        "这些字和底本连着 {RUN} 个以上相同，换自己的话说：\n{}",
        found.join("\n")
    );
}

#[test]
#[ignore = "writes the file, from texts that are not part of the project"]
fn write_the_numbers_of_the_sources() {
    let folder = std::env::var("GD_SOURCES").expect("GD_SOURCES=folder-of-texts");
    let mut all = BTreeSet::new();
    for path in files_below(folder.as_ref()).unwrap() {
        all.extend(numbers(&read_text(&path).unwrap()));
    }
    let bytes: Vec<u8> = all.iter().flat_map(|number| number.to_le_bytes()).collect();
    std::fs::write(file(), bytes).unwrap();
}
