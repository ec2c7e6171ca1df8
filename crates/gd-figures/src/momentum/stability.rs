//! How fast the heavy ball converges, over learning rate and momentum: one curvature, and a ravine.

use gd_core::objective::Quadratic;

use super::{CURVATURES, best_heavy_ball, best_plain, heavy_ball};
use crate::axis::Axis;
use crate::bands::Bands;
use crate::contour::Grid;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::descend;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// Factors of the distance per step between the bands; above 1 it diverges.
const LEVELS: [f64; 6] = [0.3, 0.5, 0.7, 0.8, 0.9, 1.0];
const RAVINE_LEVELS: [f64; 6] = [0.8, 0.85, 0.9, 0.95, 0.98, 1.0];
const NODES: usize = 161;
/// Past the limit the factor is held there, so that the colours below it are well spread.
const MOST: f64 = 1.2;
/// Steps between which a rate is measured.
const MEASURED: (usize, usize) = (100, 400);

/// `momentum-stability`.
pub struct Stability;

/// The larger root of z² − (1 + μ − ηλ)z + μ = 0 by size: what the distance is multiplied by at
/// each step, in the long run.
pub(super) fn radius(lr_curvature: f64, momentum: f64) -> f64 {
    let half = (1.0 + momentum - lr_curvature) / 2.0;
    let square = half * half - momentum;
    if square < 0.0 {
        momentum.sqrt()
    } else {
        half.abs() + square.sqrt()
    }
}

/// The slower of the two directions of the ravine.
fn ravine_radius(lr: f64, momentum: f64) -> f64 {
    let (least, most) = CURVATURES;
    radius(lr * least, momentum).max(radius(lr * most, momentum))
}

/// The mean factor per step of a run on curvature 1.
fn measured(lr: f64, momentum: f64) -> f64 {
    let run = descend(
        &Quadratic::diagonal(&[1.0]),
        heavy_ball(momentum),
        lr,
        &[1.0],
        MEASURED.1,
    );
    // two neighbours together: in a swing each alone passes through 0
    let size = |t: usize| run.points[t][0].hypot(run.points[t - 1][0]);
    let (from, to) = MEASURED;
    (size(to) / size(from)).powf(1.0 / (to - from) as f64)
}

/// Both maps.
pub struct Data {
    one: Grid,
    ravine: Grid,
    /// ηλ, μ, the root, and the measured factor.
    checks: Vec<(f64, f64, f64, f64)>,
    /// Where the counted extremes of convergence lie on the limit: 2(1 + μ) just below and above.
    below: f64,
    above: f64,
}

impl Experiment for Stability {
    const NAME: &'static str = "momentum-stability";
    type Data = Data;

    fn data() -> Data {
        let most = CURVATURES.1;
        let checks = [(0.02, 0.0), (0.02, 0.9), (1.0, 0.9), (3.7, 0.9), (2.5, 0.5)];
        let beyond = |factor: f64| {
            let lr = factor * 2.0 * 1.9;
            let run = descend(
                &Quadratic::diagonal(&[1.0]),
                heavy_ball(0.9),
                lr,
                &[1.0],
                4_000,
            );
            run.last()[0].abs()
        };
        Data {
            one: Grid::sample((0.0, 4.0), (0.0, 1.0), NODES, NODES, |x, mu| {
                radius(x, mu).min(MOST)
            }),
            ravine: Grid::sample((0.0, 4.0), (0.0, 1.0), NODES, NODES, |x, mu| {
                ravine_radius(x / most, mu).min(MOST)
            }),
            checks: checks
                .map(|(lr, mu)| (lr, mu, radius(lr, mu), measured(lr, mu)))
                .into(),
            below: beyond(0.99),
            above: beyond(1.01),
        }
    }

    fn values(data: &Data) -> Values {
        let (plain_lr, _) = best_plain(CURVATURES);
        let (lr, momentum) = best_heavy_ball(CURVATURES);
        let worst = data
            .checks
            .iter()
            .map(|(_, _, root, rate)| (root - rate).abs());
        Values::new()
            .number("best.lr", lr)
            .number("best.lr-times-most", lr * CURVATURES.1)
            .number("best.momentum", momentum)
            .number("best.factor", ravine_radius(lr, momentum))
            .number("plain.lr", plain_lr)
            .number("plain.factor", ravine_radius(plain_lr, 0.0))
            .number("usual.factor", 0.9f64.sqrt())
            .number("measured.worst-difference", worst.fold(0.0, f64::max))
            .number("limit.just-below", data.below)
            .number("limit.just-above", data.above)
    }
}

impl Figure for Stability {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["panel", "lr_times_curvature", "momentum", "factor"]);
        for (panel, grid) in [("one curvature", &data.one), ("ravine", &data.ravine)] {
            for (j, &mu) in grid.ys().iter().enumerate().step_by(8) {
                for (i, &x) in grid.xs().iter().enumerate().step_by(8) {
                    table.row([panel.into(), x.into(), mu.into(), grid.height(i, j).into()]);
                }
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let limit: Vec<Point> = vec![(2.0, 0.0), (4.0, 1.0)];
        let mut one = Panel::new(
            Axis::linear("*ηλ*：学习率乘曲率", 0.0, 4.0),
            Axis::linear("动量 *μ*", 0.0, 1.0),
        )
        .title("一个曲率")
        .height(260.0, 230.0);
        one.bands(&data.one, &Bands::at(&LEVELS));
        one.curve(&limit, Stroke::solid(Ink::Path));
        let side = |sign: f64| -> Vec<Point> {
            let edge = |k| {
                let mu = f64::from(k) / 60.0;
                ((1.0 + sign * mu.sqrt()).powi(2), mu)
            };
            (0..=60).map(edge).collect()
        };
        for sign in [-1.0, 1.0] {
            one.curve(&side(sign), Stroke::truth());
        }
        one.heights_on(&data.one, &[(0.5, "0.5"), (0.9, "0.9")]);
        one.label((3.0, 0.13), "发散", Ink::Text, &[Side::On]);
        one.label((1.1, 0.62), "荡着收敛", Ink::Text, &[Side::On]);

        let mut ravine = Panel::new(
            Axis::linear("*ηL*：学习率乘最大的曲率", 0.0, 4.0),
            Axis::linear("动量 *μ*", 0.0, 1.0),
        )
        .title("峡谷，*κ* = 50：两个方向里慢的那个")
        .height(260.0, 230.0);
        ravine.bands(&data.ravine, &Bands::at(&RAVINE_LEVELS));
        ravine.curve(&limit, Stroke::solid(Ink::Path));
        let (lr, momentum) = best_heavy_ball(CURVATURES);
        let best = (lr * CURVATURES.1, momentum);
        let plain = (best_plain(CURVATURES).0 * CURVATURES.1, 0.0);
        ravine.dots(&[best], Dot::Star, 7.0, Ink::Truth);
        ravine.dots(&[plain], Dot::Ring, 4.5, Ink::Path);
        ravine.label(best, "最好", Ink::Truth, &[Side::Left, Side::AboveLeft]);
        ravine.label(
            plain,
            "普通的最好",
            Ink::Path,
            &[Side::AboveLeft, Side::Left],
        );
        ravine.heights_on(
            &data.ravine,
            &[(0.85, "0.85"), (0.9, "0.9"), (0.95, "0.95")],
        );
        ravine.label((3.1, 0.13), "发散", Ink::Text, &[Side::On]);
        layout::arrange(form, &[one, ravine])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_core::Optimizer;
    use ndarray::array;

    #[test]
    fn the_root_is_what_a_run_shows() {
        for (_, _, root, rate) in Stability::data().checks {
            assert!((root - rate).abs() < 2e-2, "{root} {rate}");
        }
    }

    #[test]
    fn two_steps_obey_the_recurrence() {
        let (lr, mu) = (0.3, 0.7);
        let mut rule = heavy_ball(mu);
        let mut x = array![1.0];
        let mut xs = vec![1.0];
        for _ in 0..5 {
            let grad = x.clone();
            rule.step(lr, &mut x, &grad);
            xs.push(x[0]);
        }
        for three in xs.windows(3) {
            let next = (1.0 + mu - lr) * three[1] - mu * three[0];
            assert!((three[2] - next).abs() < 1e-15);
        }
    }

    #[test]
    fn no_choice_beats_polyaks() {
        let (lr, momentum) = best_heavy_ball(CURVATURES);
        let best = ravine_radius(lr, momentum);
        assert!((best - momentum.sqrt()).abs() < 1e-7, "{best}");
        for i in 1..80 {
            for j in 0..100 {
                let (lr, mu) = (f64::from(i) / 1000.0, f64::from(j) / 100.0);
                assert!(ravine_radius(lr, mu) > best - 1e-9, "{lr} {mu}");
            }
        }
    }
}
