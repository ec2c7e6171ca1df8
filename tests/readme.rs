//! The README says what is true.

use gd_book::figures::Figures;
use gd_book::project::{Project, read_text};

fn project() -> Project {
    Project::at(env!("CARGO_MANIFEST_DIR")).unwrap()
}

#[test]
fn its_picture_is_the_one_that_is_drawn_now() {
    let figures = Figures::load(&project(), |_| {}).unwrap();
    let picture = figures.picture("learning-rate-three-rates").unwrap();
    let shown = read_text(
        &project()
            .root()
            .join(".github/learning-rate-three-rates.svg"),
    )
    .unwrap();
    assert!(
        shown == gd_figures::svg::standalone(&picture.wide),
        "把 src/figures/learning-rate-three-rates.svg 复制到 .github/"
    );
}

#[test]
fn its_files_and_names_exist() {
    let readme = read_text(&project().root().join("README.md")).unwrap();
    for (start, _) in readme.match_indices("](") {
        let target = readme[start + 2..].split(')').next().unwrap();
        if !target.contains("://") {
            assert!(
                project().root().join(target).is_file(),
                "README 里的 {target} 不存在"
            );
        }
    }
    for word in readme.split(['`', ' ', '\n', '（', '）', '，']) {
        let is_path = [
            "src/",
            "examples/",
            "exercises/",
            "crates/",
            "tests/",
            "theme/",
            "benches/",
            ".github/",
        ]
        .iter()
        .any(|folder| word.starts_with(folder));
        if is_path && !word.contains('<') && word != "src/figures/" && !word.starts_with("target/")
        {
            assert!(
                project().root().join(word).exists(),
                "README 里的 {word} 不存在"
            );
        }
    }
    let figures = Figures::load(&project(), |_| {}).unwrap();
    for (start, _) in readme.match_indices("{{value ") {
        let key = readme[start + 8..].split(['}', ' ']).next().unwrap();
        if key.contains('.') {
            assert!(figures.value(key).is_some(), "README 里的 {key} 不存在");
        }
    }
}

#[test]
fn it_tells_how_stock_mdbook_tests_the_chapters() {
    let readme = read_text(&project().root().join("README.md")).unwrap();
    let deps = format!("mdbook test -L {}/debug/deps", gd_book::doctest::TARGET);
    assert!(readme.contains(&deps), "README 里没有 {deps}");
}
