//! A surface as filled polygons, from back to front.
//!
//! Where neighbouring cells of the lattice all face the viewer, no two of their points are seen
//! at the same place, so their bands can be laid over each other like the layers of a cake, with
//! smooth edges and few points. Where the surface turns away and back again, what is nearer has
//! to be painted later. So every cell gets a turn: how often the surface has turned between the
//! far border and the cell. The cells of one turn are then painted together.

use crate::Point;
use crate::bands::Bands;
use crate::camera::Camera;
use crate::contour::Grid;
use crate::style::Ink;

/// How far under the surface, in parts of the box, a place still counts as on it.
pub(crate) const SLACK: f64 = 6e-3;

/// A polygon of one colour, as rings.
pub(crate) struct Layer {
    pub rings: Vec<Vec<Point>>,
    pub ink: Ink,
}

/// The layers of a surface over the unit square, in painter's order; the points are what
/// `camera` sees.
pub(crate) fn layers(surface: &Grid, bands: &Bands, camera: &Camera) -> Vec<Layer> {
    let turns = Turns::new(surface, camera);
    let mut layers = Vec::new();
    for turn in 0..=turns.last() {
        let Some((lowest, highest)) = turns.extremes(surface, turn) else {
            continue;
        };
        let see = |ring: Vec<Point>| -> Vec<Point> {
            let lift = |(x, y)| camera.see([x, y, surface.interpolate(x, y)]);
            ring.into_iter().map(lift).collect()
        };
        for k in bands.of(lowest)..=bands.of(highest) {
            let level = k
                .checked_sub(1)
                .map_or(f64::NEG_INFINITY, |below| bands.levels()[below]);
            let next = bands.levels().get(k).copied().unwrap_or(f64::INFINITY);
            // one cell farther into later turns, which paint it over: no gap shows between two
            // turns. Along the edge nothing lies under what covers it: else it would show through
            let shown = |i, j| {
                turns.reaches(i, j, turn)
                    && !(turns.on_edge(i, j, turn) && lowest_corner(surface, i, j) >= next)
            };
            let rings = surface.region_within(level, shown);
            layers.push(Layer {
                rings: rings.into_iter().map(see).collect(),
                ink: bands.ink(k),
            });
        }
    }
    layers
}

/// The least height of a cell.
fn lowest_corner(surface: &Grid, i: usize, j: usize) -> f64 {
    let row = |j| surface.height(i, j).min(surface.height(i + 1, j));
    row(j).min(row(j + 1))
}

/// When each cell is painted: at an even turn if it faces the viewer, at an odd one if not; never
/// if it cannot be seen anyway.
struct Turns {
    columns: usize,
    rows: usize,
    /// By cell, row by row.
    turns: Vec<Option<usize>>,
}

impl Turns {
    fn new(surface: &Grid, camera: &Camera) -> Self {
        let (columns, rows) = (surface.xs().len() - 1, surface.ys().len() - 1);
        let facing = facing(surface, camera);
        let place = |i: usize, j: usize| [surface.xs()[i], surface.ys()[j], surface.height(i, j)];
        let mut turns = Vec::with_capacity(columns * rows);
        for j in 0..rows {
            for i in 0..columns {
                let middle = |nodes: &[f64], k: usize| (nodes[k] + nodes[k + 1]) / 2.0;
                let center = (middle(surface.xs(), i), middle(surface.ys(), j));
                let turn = turn(&facing, camera, center);
                let corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)];
                // of the far side of a hill only the edge is in sight
                let in_sight = |(i, j)| !camera.hides(surface, place(i, j), SLACK);
                let painted = turn.is_multiple_of(2) || corners.into_iter().any(in_sight);
                turns.push(painted.then_some(turn));
            }
        }
        Turns {
            columns,
            rows,
            turns,
        }
    }

    fn last(&self) -> usize {
        self.turns.iter().flatten().copied().max().unwrap_or(0)
    }

    /// The turn of a cell; `None` too beyond the border.
    fn of(&self, i: usize, j: usize) -> Option<usize> {
        let inside = i < self.columns && j < self.rows;
        inside.then(|| self.turns[j * self.columns + i]).flatten()
    }

    /// Whether a cell has this turn, or a later one and a neighbour with this turn.
    fn reaches(&self, i: usize, j: usize, turn: usize) -> bool {
        self.of(i, j).is_some_and(|own| {
            let nearby = || neighbours(i, j).any(|(i, j)| self.of(i, j) == Some(turn));
            own == turn || own > turn && nearby()
        })
    }

    /// Whether a cell that this turn reaches has a neighbour that it does not reach.
    fn on_edge(&self, i: usize, j: usize, turn: usize) -> bool {
        neighbours(i, j).any(|(i, j)| !self.reaches(i, j, turn))
    }

    /// The least and the greatest height that is painted at this turn.
    fn extremes(&self, surface: &Grid, turn: usize) -> Option<(f64, f64)> {
        let mut extremes: Option<(f64, f64)> = None;
        for j in 0..self.rows {
            for i in (0..self.columns).filter(|&i| self.reaches(i, j, turn)) {
                for (i, j) in [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)] {
                    let height = surface.height(i, j);
                    let (low, high) = extremes.unwrap_or((height, height));
                    extremes = Some((low.min(height), high.max(height)));
                }
            }
        }
        extremes
    }
}

/// The cells around a cell, and itself; beyond the border the numbers are too large.
fn neighbours(i: usize, j: usize) -> impl Iterator<Item = (usize, usize)> {
    let near = |k: usize| [k.wrapping_sub(1), k, k + 1];
    near(i)
        .into_iter()
        .flat_map(move |i| near(j).map(|j| (i, j)))
}

/// How far the surface is turned to the viewer at each node: positive where its upper side shows.
fn facing(surface: &Grid, camera: &Camera) -> Grid {
    let slope = |nodes: &[f64], k: usize, height: &dyn Fn(usize) -> f64| {
        let (a, b) = (k.saturating_sub(1), (k + 1).min(nodes.len() - 1));
        (height(b) - height(a)) / (nodes[b] - nodes[a])
    };
    surface.with(|i, j| {
        camera.facing(
            slope(surface.xs(), i, &|i| surface.height(i, j)),
            slope(surface.ys(), j, &|j| surface.height(i, j)),
        )
    })
}

/// How often the surface turns to the viewer or away on the way from beyond the far border, where
/// it faces him, to this place.
fn turn(facing: &Grid, camera: &Camera, (mut u, mut v): Point) -> usize {
    let (du, dv) = camera.backwards(facing);
    let mut shows = facing.interpolate(u, v) >= 0.0;
    let mut turns = 0;
    while (0.0..=1.0).contains(&u) && (0.0..=1.0).contains(&v) {
        let now = facing.interpolate(u, v) >= 0.0;
        turns += usize::from(now != shows);
        shows = now;
        (u, v) = (u + du, v + dv);
    }
    turns + usize::from(!shows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(elevation: f64, f: impl Fn(f64, f64) -> f64) -> Turns {
        let grid = Grid::sample((0.0, 1.0), (0.0, 1.0), 31, 31, f);
        // towards larger x and smaller y
        Turns::new(&grid, &Camera::new(-60.0, elevation, [1.0, 1.0, 0.6]))
    }

    fn hill(x: f64, y: f64) -> f64 {
        (-30.0 * ((x - 0.5).powi(2) + (y - 0.5).powi(2))).exp()
    }

    #[test]
    fn a_surface_without_hidden_parts_is_painted_in_one_turn() {
        assert_eq!(turns(40.0, |x, y| 0.3 * (x + y)).last(), 0);
    }

    #[test]
    fn a_steep_hill_is_painted_after_what_lies_behind_it() {
        let turns = turns(20.0, hill);
        assert_eq!(turns.last(), 2);
        assert_eq!((turns.of(2, 27), turns.of(16, 13)), (Some(0), Some(2)));
        // the far side of the hill is not painted at all
        assert_eq!(turns.of(12, 20), None);
    }

    #[test]
    fn along_the_line_of_sight_turns_only_grow() {
        let waves = |x: f64, y: f64| 0.5 + 0.4 * (9.0 * x).sin() * (7.0 * y).cos();
        let grid = Grid::sample((0.0, 1.0), (0.0, 1.0), 31, 31, waves);
        let camera = Camera::new(-60.0, 25.0, [1.0, 1.0, 0.6]);
        let facing = facing(&grid, &camera);
        let turns: Vec<usize> = (0..30)
            .map(|k| f64::from(k) / 60.0)
            .map(|t| turn(&facing, &camera, (0.3 + 0.5 * t, 0.9 - 0.866 * t)))
            .collect();
        assert!(turns.is_sorted() && turns[29] > turns[0], "{turns:?}");
    }

    #[test]
    fn a_layer_has_the_colour_of_its_band() {
        let grid = Grid::sample((0.0, 1.0), (0.0, 1.0), 21, 21, |x, _| x);
        let bands = Bands::even(0.0, 1.0);
        let camera = Camera::new(-60.0, 45.0, [1.0, 1.0, 0.6]);
        let inks: Vec<Ink> = layers(&grid, &bands, &camera)
            .iter()
            .map(|l| l.ink)
            .collect();
        assert_eq!(inks, (0..11).map(Ink::Band).collect::<Vec<Ink>>());
    }
}
