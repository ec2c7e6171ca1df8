//! The numbers behind a picture as CSV: a header row, full precision, long format.

use std::fmt::Write as _;

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A number, written with as many digits as give it back; overflow is `inf`.
    Number(f64),
    /// A word.
    Text(String),
}

impl From<f64> for Cell {
    fn from(x: f64) -> Self {
        Cell::Number(x)
    }
}

impl From<usize> for Cell {
    fn from(n: usize) -> Self {
        Cell::Number(n as f64)
    }
}

impl From<&str> for Cell {
    fn from(word: &str) -> Self {
        Cell::Text(word.to_owned())
    }
}

/// A table with a header.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty table with these columns.
    pub fn new(columns: &[&str]) -> Self {
        Table {
            header: columns.iter().map(|c| (*c).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// If it has not one cell per column, or if a cell is NaN: a gap in the data is left out
    /// of the table, never written into it.
    pub fn row<const N: usize>(&mut self, cells: [Cell; N]) {
        assert_eq!(N, self.header.len(), "cells in a row, columns in the table");
        for cell in &cells {
            if let Cell::Number(x) = cell {
                assert!(!x.is_nan(), "a cell is NaN in row {}", self.rows.len());
            }
        }
        self.rows.push(cells.into());
    }

    /// The table as CSV text (RFC 4180, but with a bare line feed).
    pub fn to_csv(&self) -> String {
        let mut csv = String::new();
        let header: Vec<String> = self.header.iter().map(|c| quote(c)).collect();
        let _ = writeln!(csv, "{}", header.join(","));
        for row in &self.rows {
            let row: Vec<String> = row
                .iter()
                .map(|cell| match cell {
                    Cell::Number(x) if *x == 0.0 || (1e-5..1e16).contains(&x.abs()) => {
                        x.to_string()
                    }
                    Cell::Number(x) => format!("{x:e}"),
                    Cell::Text(word) => quote(word),
                })
                .collect();
            let _ = writeln!(csv, "{}", row.join(","));
        }
        csv
    }
}

fn quote(word: &str) -> String {
    if word.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", word.replace('"', "\"\""))
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_and_words_are_quoted() {
        let mut table = Table::new(&["t", "loss, mean", "note"]);
        table.row([3usize.into(), (0.1 + 0.2).into(), "a \"b\"".into()]);
        table.row([4usize.into(), f64::INFINITY.into(), "c".into()]);
        table.row([5usize.into(), 4.398e-8.into(), "d".into()]);
        assert_eq!(
            table.to_csv(),
            "t,\"loss, mean\",note\n3,0.30000000000000004,\"a \"\"b\"\"\"\n4,inf,c\n5,4.398e-8,d\n"
        );
    }

    #[test]
    #[should_panic(expected = "NaN in row 0")]
    fn a_gap_is_refused() {
        Table::new(&["x"]).row([f64::NAN.into()]);
    }
}
