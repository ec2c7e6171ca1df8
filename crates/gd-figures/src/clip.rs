//! What the eye needs of a polyline: the part inside the window, at the resolution of the
//! screen.

use crate::Point;

/// An upright rectangle in css px; `top` is above `bottom` on the screen, so it is smaller.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Smallest x.
    pub left: f64,
    /// Smallest y.
    pub top: f64,
    /// Largest x.
    pub right: f64,
    /// Largest y.
    pub bottom: f64,
}

impl Rect {
    /// Whether a point lies inside or on the border.
    pub fn contains(&self, (x, y): Point) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// Whether another rectangle lies wholly inside.
    pub fn encloses(&self, other: &Rect) -> bool {
        self.contains((other.left, other.top)) && self.contains((other.right, other.bottom))
    }

    /// Whether two rectangles share some area.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// The rectangle with every side moved outwards.
    pub fn grow(&self, by: f64) -> Rect {
        Rect {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    /// The part of the segment from `a` to `b` inside the rectangle (Liang–Barsky).
    pub fn clip(&self, a: Point, b: Point) -> Option<(Point, Point)> {
        // most segments lie wholly on one side
        if a.0.max(b.0) < self.left
            || a.0.min(b.0) > self.right
            || a.1.max(b.1) < self.top
            || a.1.min(b.1) > self.bottom
        {
            return None;
        }
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (step, room) in [
            (-dx, a.0 - self.left),
            (dx, self.right - a.0),
            (-dy, a.1 - self.top),
            (dy, self.bottom - a.1),
        ] {
            if step == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if step < 0.0 {
                enter = enter.max(room / step);
            } else {
                leave = leave.min(room / step);
            }
        }
        let at = |t: f64| (a.0 + t * dx, a.1 + t * dy);
        (enter <= leave).then(|| {
            // the ends themselves, exactly, where nothing was cut off
            let from = if enter == 0.0 { a } else { at(enter) };
            let to = if leave == 1.0 { b } else { at(leave) };
            (from, to)
        })
    }
}

/// The pieces of a polyline inside `window`. A point that is not finite ends a piece.
pub fn pieces(points: &[Point], window: &Rect) -> Vec<Vec<Point>> {
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let finite = [a.0, a.1, b.0, b.1].iter().all(|v| v.is_finite());
        let Some((from, to)) = finite.then(|| window.clip(a, b)).flatten() else {
            open = false;
            continue;
        };
        match pieces.last_mut() {
            Some(piece) if open => piece.push(to),
            _ => pieces.push(vec![from, to]),
        }
        open = to == b;
    }
    pieces
}

/// Drops points that lie within `tolerance` of the line between their neighbours
/// (Ramer–Douglas–Peucker), so that a curve has as many points as the eye can tell.
pub fn simplify(points: &[Point], tolerance: f64) -> Vec<Point> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut keep = vec![false; points.len()];
    keep[0] = true;
    keep[points.len() - 1] = true;
    let mut spans = vec![(0, points.len() - 1)];
    while let Some((first, last)) = spans.pop() {
        let farthest = (first + 1..last)
            .map(|i| (i, distance(points[i], points[first], points[last])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((i, distance)) = farthest
            && distance > tolerance
        {
            keep[i] = true;
            spans.push((first, i));
            spans.push((i, last));
        }
    }
    let kept = points.iter().zip(&keep).filter(|(_, keep)| **keep);
    kept.map(|(point, _)| *point).collect()
}

/// Distance of `p` from the segment `a`–`b`.
fn distance(p: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let square = dx * dx + dy * dy;
    let t = if square == 0.0 {
        0.0
    } else {
        (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / square).clamp(0.0, 1.0)
    };
    (p.0 - a.0 - t * dx).hypot(p.1 - a.1 - t * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Rect = Rect {
        left: 0.0,
        top: 0.0,
        right: 1.0,
        bottom: 1.0,
    };

    #[test]
    fn a_segment_is_cut_at_the_border() {
        let cut = UNIT.clip((-1.0, 0.5), (2.0, 0.5));
        assert_eq!(cut, Some(((0.0, 0.5), (1.0, 0.5))));
        assert_eq!(
            UNIT.clip((0.2, 0.2), (0.3, 0.4)),
            Some(((0.2, 0.2), (0.3, 0.4)))
        );
        assert_eq!(UNIT.clip((-1.0, 0.0), (0.0, 2.5)), None);
        assert_eq!(UNIT.clip((2.0, 0.0), (2.0, 1.0)), None);
    }

    #[test]
    fn a_curve_that_leaves_and_returns_has_two_pieces() {
        let points = [(0.1, 0.5), (0.4, 1.5), (0.6, 1.5), (0.9, 0.5)];
        let pieces = pieces(&points, &UNIT);
        assert_eq!(pieces.len(), 2);
        for point in pieces.iter().flatten() {
            assert!(UNIT.grow(1e-12).contains(*point), "{point:?}");
        }
    }

    #[test]
    fn a_point_at_infinity_ends_a_piece() {
        let points = [
            (0.1, 0.1),
            (0.2, 0.2),
            (0.3, f64::INFINITY),
            (0.4, 0.4),
            (0.5, 0.5),
        ];
        assert_eq!(pieces(&points, &UNIT).len(), 2);
    }

    #[test]
    fn simplified_curves_stay_within_the_tolerance() {
        let points: Vec<Point> = (0..=1000)
            .map(|i| f64::from(i) / 10.0)
            .map(|x| (x, 20.0 * (x / 8.0).sin()))
            .collect();
        let thin = simplify(&points, 0.1);
        assert!(thin.len() < 150, "{}", thin.len());
        for p in points {
            let nearest = thin.windows(2).map(|s| distance(p, s[0], s[1]));
            assert!(nearest.fold(f64::INFINITY, f64::min) <= 0.1 + 1e-9);
        }
    }
}
