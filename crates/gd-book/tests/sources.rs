//! A figure is drawn anew when something behind it changed, and only then.

use gd_book::sources::{module_of, of_chapters};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const LIB: &str =
    "pub mod style;\npub mod ravine;\nfn all() {\n    Entry::figure::<ravine::path::Path>(),\n}\n";

fn write(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Three chapters, of which `race` takes something from `ravine`, and `summary` from `race`.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in [
        ("gd-core/src/lib.rs", "one"),
        ("gd-figures/src/lib.rs", LIB),
        ("gd-figures/src/style.rs", "ink"),
        ("gd-figures/src/ravine/path.rs", "walk"),
        (
            "gd-figures/src/race/curves.rs",
            "use crate::ravine::path::walk;",
        ),
        (
            "gd-figures/src/summary/all.rs",
            "use crate::{race::curves, style};",
        ),
        ("gd-figures/src/saddle/path.rs", "walk, not_ravine::walk"),
    ] {
        write(folder.path(), file, text);
    }
    folder
}

/// The chapters whose number changes when a file gets this text.
fn changed(file: &str, text: &str) -> Vec<String> {
    let folder = project();
    let before: BTreeMap<String, u64> = of_chapters(folder.path(), &[]);
    assert_eq!(before, of_chapters(folder.path(), &[]));
    write(folder.path(), file, text);
    of_chapters(folder.path(), &[])
        .into_iter()
        .filter(|(name, number)| before.get(name) != Some(number))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn a_chapter_depends_on_itself_on_what_it_takes_and_on_what_all_share() {
    let all = ["race", "ravine", "saddle", "summary"];
    assert_eq!(changed("gd-figures/src/saddle/path.rs", "run"), ["saddle"]);
    assert_eq!(changed("gd-figures/src/saddle/new.rs", ""), ["saddle"]);
    assert_eq!(
        changed("gd-figures/src/ravine/path.rs", "run"),
        ["race", "ravine", "summary"]
    );
    assert_eq!(changed("gd-figures/src/style.rs", "paint"), all);
    assert_eq!(changed("gd-core/src/lib.rs", "two"), all);
}

#[test]
fn a_new_entry_leaves_the_others_alone() {
    let more = LIB.replace(
        "}\n",
        "    Entry::figure::<saddle::path::Path>().heavy(),\n}\npub mod saddle;\n",
    );
    assert!(changed("gd-figures/src/lib.rs", &more).is_empty());
    let other = LIB.replace("fn all", "fn any");
    assert_eq!(changed("gd-figures/src/lib.rs", &other).len(), 4);
}

#[test]
fn an_entry_belongs_to_the_longest_fitting_module() {
    let modules = ["learning_rate", "learning", "learning_rate_schedules"];
    let of = |name| module_of(name, modules.into_iter());
    assert_eq!(of("learning-rate-three-rates"), Some("learning_rate"));
    assert_eq!(
        of("learning-rate-schedules-warm-up"),
        Some("learning_rate_schedules")
    );
    assert_eq!(of("learningly-x"), None);
}

#[test]
fn every_entry_of_the_book_has_a_number() {
    for entry in gd_figures::all() {
        let number = gd_book::figures::source_of(entry.name);
        assert!(number.is_some(), "{}", entry.name);
    }
    let number = gd_book::figures::source_of;
    assert_eq!(number("line-fit-data"), number("line-fit-training"));
    assert_ne!(number("line-fit-data"), number("batches-convergence"));
}
