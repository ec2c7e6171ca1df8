//! x² − y²: paths that come down one way and leave the other, and who leaves when.

use gd_core::objective::Saddle;
use gd_core::optim::{Adam, RmsProp, Sgd};
use gd_core::{Objective, Optimizer};
use ndarray::array;

use crate::axis::Axis;
use crate::contour::Grid;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{descend, steps_until};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

/// Learning rate of the drawn paths.
const LR: f64 = 0.1;
/// Learning rate of the race off the saddle.
const RACE_LR: f64 = 0.01;
const RACE_STEPS: usize = 5000;
const STARTS: [[f64; 2]; 4] = [[1.3, 0.0], [-1.3, 0.001], [1.1, -0.05], [-1.2, -0.4]];
/// Heights of the contour lines, closer together near the saddle.
const LEVELS: [f64; 11] = [-1.0, -0.6, -0.3, -0.1, 0.0, 0.1, 0.3, 0.6, 1.0, 1.5, 2.0];

/// `critical-points-saddle`.
pub struct SaddlePaths;

/// The map, the paths, and the steps until |y| > 1.
pub struct Data {
    map: Grid,
    paths: Vec<Vec<Point>>,
    /// From (1, 0.001), by method.
    escapes: Vec<(&'static str, usize)>,
    corrected_rms_prop: usize,
    plain_from_almost_zero: usize,
    /// How many of the methods leave from y = 0 exactly.
    escapes_from_zero: usize,
}

fn methods() -> Vec<(&'static str, Box<dyn Optimizer<f64>>)> {
    vec![
        ("plain", Box::new(Sgd::plain())),
        ("momentum", Box::new(Sgd::default().momentum(0.9))),
        ("rms-prop", Box::new(RmsProp::default())),
        ("adam", Box::new(Adam::default())),
        (
            "adam-without-momentum",
            Box::new(Adam::default().betas(0.0, 0.999)),
        ),
    ]
}

/// RMSprop with the bias correction that it lacks: Adam without momentum, and with RMSprop's decay.
fn corrected_rms_prop() -> Adam<f64> {
    Adam::default().betas(0.0, 0.99)
}

fn escape(rule: impl Optimizer<f64>, y: f64) -> Option<usize> {
    steps_until(&Saddle, rule, RACE_LR, &[1.0, y], RACE_STEPS, |x| {
        x[1].abs() > 1.0
    })
}

impl Experiment for SaddlePaths {
    const NAME: &'static str = "critical-points-saddle";
    type Data = Data;

    fn data() -> Data {
        let path = |start: &[f64; 2]| {
            let run = descend(&Saddle, Sgd::plain(), LR, start, 60);
            run.coordinate(0)
                .into_iter()
                .zip(run.coordinate(1))
                .collect()
        };
        let escapes = methods().into_iter().map(|(key, rule)| {
            (
                key,
                escape(rule, 1e-3).expect("off the axis every method leaves"),
            )
        });
        Data {
            map: Grid::sample((-1.6, 1.6), (-1.1, 1.1), 65, 45, |x, y| {
                Saddle.value(&array![x, y])
            }),
            paths: STARTS.iter().map(path).collect(),
            escapes: escapes.collect(),
            corrected_rms_prop: escape(corrected_rms_prop(), 1e-3).expect("off the axis it leaves"),
            plain_from_almost_zero: escape(Sgd::plain(), 1e-12).expect("off the axis it leaves"),
            escapes_from_zero: methods()
                .into_iter()
                .filter_map(|(_, rule)| escape(rule, 0.0))
                .count(),
        }
    }

    fn values(data: &Data) -> Values {
        let values = Values::new()
            .number("lr", RACE_LR)
            .count("most-steps", RACE_STEPS);
        data.escapes
            .iter()
            .fold(values, |values, (key, steps)| {
                values.count(format!("{key}.steps"), *steps)
            })
            .count("rms-prop-corrected.steps", data.corrected_rms_prop)
            .count("plain-from-1e-12.steps", data.plain_from_almost_zero)
            .count("escapes-from-zero", data.escapes_from_zero)
    }
}

impl Figure for SaddlePaths {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["path", "step", "x", "y"]);
        for (i, path) in data.paths.iter().enumerate() {
            for (t, &(x, y)) in path.iter().enumerate() {
                // far outside the window the path only grows
                if y.abs() < 10.0 {
                    table.row([i.into(), t.into(), x.into(), y.into()]);
                }
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("参数 *x*", -1.6, 1.6),
            Axis::linear("参数 *y*", -1.1, 1.1),
        )
        .height(350.0, 250.0);

        panel.contours(&data.map, &LEVELS, Stroke::thin(Ink::Contour));
        // below the paths: one of them turns within a step of it
        panel.dots(&[(0.0, 0.0)], Dot::Ring, 5.0, Ink::Text);
        for (i, path) in data.paths.iter().enumerate() {
            let stays = i == 0;
            let ink = if stays { Ink::Third } else { Ink::Path };
            // where it has come so near that the rest is a dot, or where it has left
            let inside = |p: &&Point| if stays { p.0 > 0.06 } else { p.1.abs() < 1.4 };
            let shown: Vec<Point> = path.iter().take_while(inside).copied().collect();
            panel.headed(&shown, Stroke::solid(ink));
            let clear = shown.iter().filter(|p| p.0.hypot(p.1) > 0.2);
            let clear: Vec<Point> = clear.copied().collect();
            panel.dots(&clear, Dot::Disc, 2.4, ink);
            panel.dots(&path[..1], Dot::Ring, 4.0, ink);
        }
        let below = [Side::BelowLeft, Side::BelowRight];
        panel.label((0.0, 0.0), "鞍点", Ink::Text, &below);
        let stays = "*y* = 0：一直靠近鞍点";
        panel.label((0.85, 0.0), stays, Ink::Third, &[Side::Above]);
        // the others are named where they leave
        let exits = [
            (1, 0.9, Side::Right),
            (2, -0.9, Side::Right),
            (3, -0.9, Side::Left),
        ];
        for (i, y, side) in exits {
            let name = format!("*y* = {}", text::minus(&STARTS[i][1].to_string()));
            panel.label(crossing(&data.paths[i], y), &name, Ink::Path, &[side; 2]);
        }
        panel.heights_on(&data.map, &[(-0.3, "−0.3"), (0.3, "0.3"), (1.0, "1")]);
        layout::arrange(form, &[panel])
    }
}

/// Where a path first reaches the height `y`, which is not 0.
fn crossing(path: &[Point], y: f64) -> Point {
    let pair = path.windows(2).find(|pair| pair[1].1 / y >= 1.0);
    let pair = pair.expect("the path leaves the window on this side");
    let t = (y - pair[0].1) / (pair[1].1 - pair[0].1);
    (pair[0].0 + t * (pair[1].0 - pair[0].0), y)
}
