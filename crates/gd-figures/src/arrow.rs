//! Arrowheads, and the outlines of squares and stars.

use crate::Point;

/// Length of an arrowhead in css px.
pub const HEAD_PX: f64 = 8.0;

/// The outline of an arrowhead whose tip is at `tip`, pointing away from `from`; swept back, so
/// that it looks like a head at any angle. Empty if the two points are the same.
pub fn head(from: Point, tip: Point, length: f64) -> Vec<Point> {
    let Some((ux, uy)) = direction(from, tip) else {
        return Vec::new();
    };
    let half = 0.42 * length;
    let back = |along: f64, across: f64| {
        (
            tip.0 - along * ux - across * uy,
            tip.1 - along * uy + across * ux,
        )
    };
    vec![
        tip,
        back(length, half),
        back(0.75 * length, 0.0),
        back(length, -half),
    ]
}

/// Where the shaft has to end so that it does not show in front of the tip.
pub fn shaft_end(from: Point, tip: Point, length: f64) -> Point {
    match direction(from, tip) {
        Some((ux, uy)) => (tip.0 - 0.75 * length * ux, tip.1 - 0.75 * length * uy),
        None => tip,
    }
}

fn direction(from: Point, to: Point) -> Option<Point> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    (length > 1e-9).then(|| (dx / length, dy / length))
}

/// A square of the same area as a disc of this radius.
pub fn square(center: Point, radius: f64) -> Vec<Point> {
    let half = radius * std::f64::consts::PI.sqrt() / 2.0;
    let corner = |x: f64, y: f64| (center.0 + x * half, center.1 + y * half);
    vec![
        corner(-1.0, -1.0),
        corner(1.0, -1.0),
        corner(1.0, 1.0),
        corner(-1.0, 1.0),
    ]
}

/// A five-pointed star, upright.
pub fn star(center: Point, radius: f64) -> Vec<Point> {
    (0..10)
        .map(|k| {
            let r = if k % 2 == 0 { radius } else { 0.45 * radius };
            let angle = std::f64::consts::PI * (f64::from(k) / 5.0 - 0.5);
            (center.0 + r * angle.cos(), center.1 + r * angle.sin())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tip_leads_and_the_head_is_symmetric() {
        let head = head((0.0, 0.0), (10.0, 0.0), 8.0);
        assert_eq!(head[0], (10.0, 0.0));
        assert_eq!(head[1].0, head[3].0);
        assert_eq!(head[1].1, -head[3].1);
        assert!(head[2].0 > head[1].0);
    }

    #[test]
    fn no_direction_no_head() {
        assert!(head((1.0, 1.0), (1.0, 1.0), 8.0).is_empty());
        assert_eq!(shaft_end((1.0, 1.0), (1.0, 1.0), 8.0), (1.0, 1.0));
    }

    #[test]
    fn a_star_points_up() {
        let star = star((0.0, 0.0), 5.0);
        assert!((star[0].0).abs() < 1e-12 && (star[0].1 + 5.0).abs() < 1e-12);
    }
}
