//! Lines of equal height of a function of two variables, by marching squares.

use std::collections::BTreeMap;

use crate::Point;

/// Heights over a rectangular lattice.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    heights: Vec<f64>,
}

/// An edge of the lattice: from node (column, row) to the right or upwards.
type Edge = (usize, usize, bool);

impl Grid {
    /// Samples `f` on `columns` × `rows` nodes over a rectangle.
    ///
    /// # Panics
    /// With fewer than two columns or rows.
    pub fn sample(
        (x_lo, x_hi): (f64, f64),
        (y_lo, y_hi): (f64, f64),
        columns: usize,
        rows: usize,
        f: impl Fn(f64, f64) -> f64,
    ) -> Self {
        assert!(
            columns >= 2 && rows >= 2,
            "a grid needs 2 × 2 nodes or more, got {columns} × {rows}"
        );
        let spread = |lo: f64, hi: f64, n: usize| -> Vec<f64> {
            let step = (hi - lo) / (n - 1) as f64;
            (0..n).map(|i| lo + i as f64 * step).collect()
        };
        let (xs, ys) = (spread(x_lo, x_hi, columns), spread(y_lo, y_hi, rows));
        let heights = ys.iter().flat_map(|&y| xs.iter().map(move |&x| (x, y)));
        let heights = heights.map(|(x, y)| f(x, y)).collect();
        Grid { xs, ys, heights }
    }

    fn height(&self, column: usize, row: usize) -> f64 {
        self.heights[row * self.xs.len() + column]
    }

    /// The polylines on which the interpolated height is `level`; closed ones end where they
    /// begin.
    pub fn isolines(&self, level: f64) -> Vec<Vec<Point>> {
        let mut next: BTreeMap<Edge, Vec<Edge>> = BTreeMap::new();
        for row in 0..self.ys.len() - 1 {
            for column in 0..self.xs.len() - 1 {
                for (a, b) in self.cell(column, row, level) {
                    next.entry(a).or_default().push(b);
                    next.entry(b).or_default().push(a);
                }
            }
        }
        let mut lines = Vec::new();
        // open lines first, from one of their ends; what then remains is closed
        let ends: Vec<Edge> = next
            .iter()
            .filter(|(_, n)| n.len() == 1)
            .map(|(e, _)| *e)
            .collect();
        for start in ends {
            lines.extend(walk(&mut next, start));
        }
        while let Some(start) = next.keys().next().copied() {
            lines.extend(walk(&mut next, start));
        }
        let place = |line: Vec<Edge>| line.into_iter().map(|e| self.crossing(e, level)).collect();
        lines.into_iter().map(place).collect()
    }

    /// The segments of one cell, as pairs of crossed edges.
    fn cell(&self, i: usize, j: usize, level: f64) -> Vec<(Edge, Edge)> {
        let (bottom, right, top, left) = (
            (i, j, true),
            (i + 1, j, false),
            (i, j + 1, true),
            (i, j, false),
        );
        let corners = [
            self.height(i, j),
            self.height(i + 1, j),
            self.height(i + 1, j + 1),
            self.height(i, j + 1),
        ];
        let mut case = 0;
        for (bit, height) in corners.iter().enumerate() {
            if *height >= level {
                case |= 1 << bit;
            }
        }
        // in the two ambiguous cases the mean height of the corners decides
        let high_middle = corners.iter().sum::<f64>() / 4.0 >= level;
        match case {
            1 | 14 => vec![(left, bottom)],
            2 | 13 => vec![(bottom, right)],
            3 | 12 => vec![(left, right)],
            4 | 11 => vec![(right, top)],
            6 | 9 => vec![(bottom, top)],
            7 | 8 => vec![(left, top)],
            5 if high_middle => vec![(left, top), (bottom, right)],
            5 => vec![(left, bottom), (right, top)],
            10 if high_middle => vec![(left, bottom), (right, top)],
            10 => vec![(left, top), (bottom, right)],
            _ => Vec::new(),
        }
    }

    fn crossing(&self, (i, j, horizontal): Edge, level: f64) -> Point {
        let (i2, j2) = if horizontal { (i + 1, j) } else { (i, j + 1) };
        let (a, b) = (self.height(i, j), self.height(i2, j2));
        let t = if a == b { 0.5 } else { (level - a) / (b - a) };
        (
            self.xs[i] + t * (self.xs[i2] - self.xs[i]),
            self.ys[j] + t * (self.ys[j2] - self.ys[j]),
        )
    }
}

/// Follows segments from `start` and takes them out of the map.
fn walk(next: &mut BTreeMap<Edge, Vec<Edge>>, start: Edge) -> Option<Vec<Edge>> {
    let mut line = vec![start];
    let mut here = start;
    loop {
        let neighbours = next.get_mut(&here);
        let there = neighbours.and_then(Vec::pop);
        if next.get(&here).is_some_and(Vec::is_empty) {
            next.remove(&here);
        }
        let Some(there) = there else {
            break;
        };
        if let Some(back) = next.get_mut(&there) {
            back.retain(|e| *e != here);
        }
        line.push(there);
        here = there;
    }
    (line.len() > 1).then_some(line)
}

/// `n` levels from `lo` to `hi`, evenly spaced.
pub fn linear_levels(lo: f64, hi: f64, n: usize) -> Vec<f64> {
    let step = (hi - lo) / (n - 1) as f64;
    (0..n).map(|k| lo + k as f64 * step).collect()
}

/// `n` levels from `lo` to `hi`, with equal ratios: what a ravine needs.
pub fn log_levels(lo: f64, hi: f64, n: usize) -> Vec<f64> {
    let ratio = (hi / lo).ln() / (n - 1) as f64;
    (0..n).map(|k| lo * (k as f64 * ratio).exp()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contour_of_a_cone_is_a_circle() {
        let grid = Grid::sample((-2.0, 2.0), (-2.0, 2.0), 81, 81, |x, y| x * x + y * y);
        let lines = grid.isolines(1.5);
        assert_eq!(lines.len(), 1);
        let circle = &lines[0];
        assert_eq!(circle.first(), circle.last());
        for (x, y) in circle {
            assert!((x.hypot(*y) - 1.5f64.sqrt()).abs() < 1e-3, "({x}, {y})");
        }
    }

    #[test]
    fn a_saddle_has_two_branches_through_the_border() {
        let grid = Grid::sample((-1.0, 1.0), (-1.0, 1.0), 40, 40, |x, y| x * x - y * y);
        let lines = grid.isolines(0.25);
        assert_eq!(lines.len(), 2);
        for line in &lines {
            assert!((line[0].1.abs() - 1.0).abs() < 1e-12 || (line[0].0.abs() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_level_beyond_the_heights_has_no_line() {
        let grid = Grid::sample((0.0, 1.0), (0.0, 1.0), 5, 5, |x, y| x + y);
        assert!(grid.isolines(3.0).is_empty());
    }

    #[test]
    fn levels_include_both_ends() {
        let levels = log_levels(0.01, 100.0, 5);
        assert!((levels[4] - 100.0).abs() < 1e-9 && (levels[2] - 1.0).abs() < 1e-12);
        assert_eq!(linear_levels(0.0, 1.0, 3), [0.0, 0.5, 1.0]);
    }
}
