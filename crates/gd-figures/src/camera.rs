//! How a box in space is seen: parallel projection, and what stands in the way.
//!
//! Places in the box are numbers from 0 to 1 along its three axes.

use crate::Point;
use crate::contour::Grid;

/// A place in the box.
pub(crate) type Place = [f64; 3];

/// Where the viewer stands, infinitely far away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Camera {
    /// Proportions of the box.
    sides: [f64; 3],
    right: [f64; 3],
    up: [f64; 3],
    toward: [f64; 3],
}

impl Camera {
    /// `azimuth` is the direction of the viewer in the plane, counterclockwise from the x axis;
    /// `elevation` is the height above it; both in degrees.
    pub fn new(azimuth: f64, elevation: f64, sides: [f64; 3]) -> Self {
        let ((sin_a, cos_a), (sin_e, cos_e)) = (
            azimuth.to_radians().sin_cos(),
            elevation.to_radians().sin_cos(),
        );
        Camera {
            sides,
            right: [-sin_a, cos_a, 0.0],
            up: [-sin_e * cos_a, -sin_e * sin_a, cos_e],
            toward: [cos_e * cos_a, cos_e * sin_a, sin_e],
        }
    }

    /// Where a place is seen: to the right and downwards from the middle of the box, in units of
    /// its sides.
    pub fn see(&self, place: Place) -> Point {
        let along = |axis: &[f64; 3]| {
            let part = |i: usize| (place[i] - 0.5) * self.sides[i] * axis[i];
            part(0) + part(1) + part(2)
        };
        (along(&self.right), -along(&self.up))
    }

    /// Which side of the box is nearer along x or y: 0 or 1.
    pub fn near(&self, axis: usize) -> f64 {
        if self.toward[axis] > 0.0 { 1.0 } else { 0.0 }
    }

    /// How far a surface with these slopes along x and y is turned to the viewer: positive where
    /// its upper side shows.
    pub fn facing(&self, along_x: f64, along_y: f64) -> f64 {
        let [x, y, z] = self.sides;
        self.toward[2] - z * (self.toward[0] * along_x / x + self.toward[1] * along_y / y)
    }

    /// A step of half a cell away from the viewer, in the plane.
    pub fn backwards(&self, surface: &Grid) -> Point {
        let stride = -self.stride(surface);
        let step = |axis: usize| stride * self.toward[axis] / self.sides[axis];
        (step(0), step(1))
    }

    /// How far along the line of sight half a cell is.
    fn stride(&self, surface: &Grid) -> f64 {
        let nodes = [surface.xs().len(), surface.ys().len()];
        let along = |i: usize| nodes[i] as f64 * self.toward[i].abs() / self.sides[i];
        0.5 / along(0).max(along(1)).max(1e-9)
    }

    /// Whether the surface hides a place: whether the line of sight from it passes through the
    /// surface. Nearer than `slack` to the surface, it does not count as passed.
    pub fn hides(&self, surface: &Grid, place: Place, slack: f64) -> bool {
        let stride = self.stride(surface);
        let step = [0, 1, 2].map(|i| stride * self.toward[i] / self.sides[i]);
        let [mut u, mut v, mut w] = place;
        let mut above: Option<bool> = None;
        while (0.0..=1.0).contains(&u) && (0.0..=1.0).contains(&v) {
            let height = w - surface.interpolate(u, v);
            if height.abs() > slack {
                if above.is_some_and(|above| above != (height > 0.0)) {
                    return true;
                }
                above = Some(height > 0.0);
            }
            (u, v, w) = (u + step[0], v + step[1], w + step[2]);
        }
        false
    }
}

/// A stretch of a line, seen or hidden as a whole.
pub(crate) struct Stretch {
    pub places: Vec<Place>,
    pub hidden: bool,
}

/// Cuts a line where it passes out of sight or into it.
pub(crate) fn stretches(line: &[Place], hidden: impl Fn(Place) -> bool) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (k, &place) in line.iter().enumerate() {
        let now = hidden(place);
        match stretches.last_mut() {
            Some(last) if last.hidden == now => last.places.push(place),
            Some(last) => {
                let (mut before, mut after) = (line[k - 1], place);
                for _ in 0..8 {
                    let middle = [0, 1, 2].map(|i| (before[i] + after[i]) / 2.0);
                    if hidden(middle) == now {
                        after = middle;
                    } else {
                        before = middle;
                    }
                }
                last.places.push(after);
                stretches.push(Stretch {
                    places: vec![after, place],
                    hidden: now,
                });
            }
            None => stretches.push(Stretch {
                places: vec![place],
                hidden: now,
            }),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ridge along y in the middle of the box.
    fn ridge() -> Grid {
        Grid::sample((0.0, 1.0), (0.0, 1.0), 41, 41, |x, _| {
            (-(10.0 * (x - 0.5)).powi(2)).exp()
        })
    }

    #[test]
    fn x_runs_to_the_right_and_z_upwards_from_the_front() {
        let camera = Camera::new(-90.0, 0.0, [1.0; 3]);
        let (x, y) = camera.see([1.0, 0.3, 1.0]);
        assert!((x - 0.5).abs() < 1e-12 && (y + 0.5).abs() < 1e-12);
        assert_eq!(
            (camera.near(1), Camera::new(-60.0, 30.0, [1.0; 3]).near(0)),
            (0.0, 1.0)
        );
    }

    #[test]
    fn what_lies_behind_the_ridge_is_hidden() {
        let from_the_right = Camera::new(0.0, 20.0, [1.0, 1.0, 0.7]);
        let hidden = |u| from_the_right.hides(&ridge(), [u, 0.5, 0.0], 0.01);
        assert!(!hidden(0.9) && hidden(0.25));
        let from_above = Camera::new(0.0, 89.0, [1.0, 1.0, 0.7]);
        assert!(!from_above.hides(&ridge(), [0.25, 0.5, 0.0], 0.01));
        // on the floor beneath the ridge nothing is seen from above
        assert!(from_above.hides(&ridge(), [0.5, 0.5, 0.0], 0.01));
    }

    #[test]
    fn a_line_is_cut_where_it_passes_out_of_sight() {
        let line: Vec<Place> = (0..=10).map(|i| [f64::from(i) / 10.0, 0.0, 0.0]).collect();
        let parts = stretches(&line, |place| place[0] > 0.33);
        assert_eq!(parts.len(), 2);
        assert!(!parts[0].hidden && parts[1].hidden);
        let cut = parts[0].places.last().unwrap();
        assert!((cut[0] - 0.33).abs() < 1e-3 && parts[1].places[0] == *cut);
    }
}
