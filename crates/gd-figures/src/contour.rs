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

/// A corner of a region's ring: where an edge is crossed, or a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Corner {
    Edge(Edge),
    Node((usize, usize)),
}

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

    /// Where the columns are.
    pub fn xs(&self) -> &[f64] {
        &self.xs
    }

    /// Where the rows are.
    pub fn ys(&self) -> &[f64] {
        &self.ys
    }

    /// The height at a node.
    pub fn height(&self, column: usize, row: usize) -> f64 {
        self.heights[row * self.xs.len() + column]
    }

    /// The least and the greatest height.
    pub fn extremes(&self) -> (f64, f64) {
        let start = (f64::INFINITY, f64::NEG_INFINITY);
        let widen = |(lo, hi): (f64, f64), h: &f64| (lo.min(*h), hi.max(*h));
        self.heights.iter().fold(start, widen)
    }

    /// The same lattice with places and heights mapped, each by a function of its own.
    pub(crate) fn map(
        &self,
        x: impl Fn(f64) -> f64,
        y: impl Fn(f64) -> f64,
        height: impl Fn(f64) -> f64,
    ) -> Self {
        Grid {
            xs: self.xs.iter().map(|v| x(*v)).collect(),
            ys: self.ys.iter().map(|v| y(*v)).collect(),
            heights: self.heights.iter().map(|v| height(*v)).collect(),
        }
    }

    /// Other heights over the same lattice, by column and row.
    pub(crate) fn with(&self, height: impl Fn(usize, usize) -> f64) -> Self {
        let nodes = (0..self.ys.len()).flat_map(|j| (0..self.xs.len()).map(move |i| (i, j)));
        Grid {
            heights: nodes.map(|(i, j)| height(i, j)).collect(),
            ..self.clone()
        }
    }

    /// The height at any place on the lattice, interpolated between four nodes.
    pub(crate) fn interpolate(&self, x: f64, y: f64) -> f64 {
        let cell = |line: &[f64], v: f64| {
            let i = line.partition_point(|node| *node <= v);
            let i = i.clamp(1, line.len() - 1) - 1;
            (i, (v - line[i]) / (line[i + 1] - line[i]))
        };
        let ((i, s), (j, t)) = (cell(&self.xs, x), cell(&self.ys, y));
        let along = |j| (1.0 - s) * self.height(i, j) + s * self.height(i + 1, j);
        (1.0 - t) * along(j) + t * along(j + 1)
    }

    /// The region not below `level`, as rings that do not repeat their first point: those around
    /// it counterclockwise, those around holes in it clockwise, so that together they fill it by
    /// the nonzero rule.
    pub fn region(&self, level: f64) -> Vec<Vec<Point>> {
        self.region_within(level, |_, _| true)
    }

    /// The part of that region within those cells (column, row) for which `shown` holds.
    pub(crate) fn region_within(
        &self,
        level: f64,
        shown: impl Fn(usize, usize) -> bool,
    ) -> Vec<Vec<Point>> {
        let (columns, rows) = (self.xs.len() - 1, self.ys.len() - 1);
        let shown = |i: usize, j: usize| i < columns && j < rows && shown(i, j);
        let mut next: BTreeMap<Corner, Vec<Corner>> = BTreeMap::new();
        let mut step = |from, to| next.entry(from).or_default().push(to);
        for j in 0..rows {
            for i in (0..columns).filter(|&i| shown(i, j)) {
                for (from, to) in self.cell(i, j, level) {
                    step(Corner::Edge(from), Corner::Edge(to));
                }
                // counterclockwise around the cell: a side, and the cell beyond it
                let (left, below) = (i.wrapping_sub(1), j.wrapping_sub(1));
                let sides = [
                    ((i, j), (i + 1, j), (i, below)),
                    ((i + 1, j), (i + 1, j + 1), (i + 1, j)),
                    ((i + 1, j + 1), (i, j + 1), (i, j + 1)),
                    ((i, j + 1), (i, j), (left, j)),
                ];
                for (a, b, beyond) in sides {
                    if shown(beyond.0, beyond.1) {
                        continue;
                    }
                    let edge = Corner::Edge((a.0.min(b.0), a.1.min(b.1), a.1 == b.1));
                    let high = |(i, j): (usize, usize)| self.height(i, j) >= level;
                    match (high(a), high(b)) {
                        (true, true) => step(Corner::Node(a), Corner::Node(b)),
                        (true, false) => step(Corner::Node(a), edge),
                        (false, true) => step(edge, Corner::Node(b)),
                        (false, false) => {}
                    }
                }
            }
        }
        let mut rings = Vec::new();
        while let Some(mut here) = next.keys().next().copied() {
            let mut ring = Vec::new();
            while let Some(there) = next.get_mut(&here).and_then(Vec::pop) {
                if next[&here].is_empty() {
                    next.remove(&here);
                }
                ring.push(match here {
                    Corner::Node((i, j)) => (self.xs[i], self.ys[j]),
                    Corner::Edge(edge) => self.crossing(edge, level),
                });
                here = there;
            }
            rings.push(ring);
        }
        rings
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

    /// The segments of one cell, as pairs of crossed edges with the high side on the left.
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
        // corners counterclockwise from the bottom left: 1, 2, 4, 8
        match case {
            1 => vec![(bottom, left)],
            2 => vec![(right, bottom)],
            3 => vec![(right, left)],
            4 => vec![(top, right)],
            6 => vec![(top, bottom)],
            7 => vec![(top, left)],
            8 => vec![(left, top)],
            9 => vec![(bottom, top)],
            11 => vec![(right, top)],
            12 => vec![(left, right)],
            13 => vec![(bottom, right)],
            14 => vec![(left, bottom)],
            5 if high_middle => vec![(bottom, right), (top, left)],
            5 => vec![(bottom, left), (top, right)],
            10 if high_middle => vec![(left, bottom), (right, top)],
            10 => vec![(left, top), (right, bottom)],
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

    /// Twice the signed area of rings, positive where they run counterclockwise.
    fn area(rings: &[Vec<Point>]) -> f64 {
        let ring = |points: &Vec<Point>| {
            let next = points.iter().cycle().skip(1);
            let pairs = points.iter().zip(next);
            pairs.map(|(a, b)| a.0 * b.1 - a.1 * b.0).sum::<f64>() / 2.0
        };
        rings.iter().map(ring).sum()
    }

    #[test]
    fn a_region_has_its_holes() {
        let grid = Grid::sample((-2.0, 2.0), (-2.0, 2.0), 161, 161, |x, y| x * x + y * y);
        let outside = grid.region(1.0);
        assert_eq!(outside.len(), 2);
        assert!((area(&outside) - (16.0 - std::f64::consts::PI)).abs() < 1e-2);
        assert!((area(&grid.region(-1.0)) - 16.0).abs() < 1e-12);
        assert!(grid.region(9.0).is_empty());
    }

    #[test]
    fn regions_of_both_sides_fill_the_window() {
        let f = |x: f64, y: f64| (3.0 * x).sin() * (4.0 * y).cos() + 0.1 * x;
        let grid = Grid::sample((-1.0, 2.0), (0.0, 2.0), 37, 29, f);
        let below = Grid::sample((-1.0, 2.0), (0.0, 2.0), 37, 29, |x, y| -f(x, y));
        for level in [-0.6, 0.05, 0.3] {
            let both = area(&grid.region(level)) + area(&below.region(-level));
            assert!((both - 6.0).abs() < 1e-9, "{level}: {both}");
        }
    }

    #[test]
    fn a_region_is_cut_where_its_cells_end() {
        let grid = Grid::sample((0.0, 4.0), (0.0, 4.0), 5, 5, |x, _| x);
        // two cells that touch in a corner
        let rings = grid.region_within(f64::NEG_INFINITY, |i, j| i == j && i < 2);
        assert!((area(&rings) - 2.0).abs() < 1e-12);
        let half = grid.region_within(1.5, |i, j| i == 1 && j == 2);
        assert!((area(&half) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn between_nodes_heights_are_interpolated() {
        let grid = Grid::sample((0.0, 2.0), (0.0, 2.0), 3, 3, |x, y| x + 10.0 * y);
        for (x, y) in [(0.0, 0.0), (0.3, 1.6), (2.0, 2.0), (1.0, 0.5)] {
            assert!((grid.interpolate(x, y) - x - 10.0 * y).abs() < 1e-12);
        }
    }

    #[test]
    fn levels_include_both_ends() {
        let levels = log_levels(0.01, 100.0, 5);
        assert!((levels[4] - 100.0).abs() < 1e-9 && (levels[2] - 1.0).abs() < 1e-12);
        assert_eq!(linear_levels(0.0, 1.0, 3), [0.0, 0.5, 1.0]);
    }
}
