//! The decision boundary of the network as it learns two moons.

use gd_core::data::Labelled;

use crate::axis::Axis;
use crate::contour::Grid;
use crate::panel::{Dot, Mark, Panel};
use crate::style::{Dash, Ink, Stroke};
use crate::training::moons;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// After how many updates the boundary is drawn.
const MOMENTS: [usize; 6] = [0, 21, 105, 210, 420, 1400];
const X: (f64, f64) = (-1.7, 2.7);
const Y: (f64, f64) = (-1.2, 1.7);

/// `training-boundary`.
pub struct Boundary;

/// The network at one moment.
pub struct Moment {
    step: usize,
    /// The probability of class 1 over the plane.
    field: Grid,
    losses: [f64; 2],
    accuracies: [f64; 2],
}

/// The points, the moments, and the straight line beside them.
pub struct Data {
    train: Labelled<f64>,
    moments: Vec<Moment>,
    line: moons::Line,
    /// The held-out accuracy of who knows how the points were made.
    best_possible: f64,
}

impl Experiment for Boundary {
    const NAME: &'static str = "training-boundary";
    type Data = Data;

    fn data() -> Data {
        let net = moons::network();
        let (train, held_out) = moons::data();
        let risks = [&train, &held_out].map(|data| moons::risk(&net, data));
        let mut moments = Vec::new();
        moons::train(|step, theta| {
            if MOMENTS.contains(&step) {
                let probability = |x, y| moons::probability(&net, theta, (x, y));
                moments.push(Moment {
                    step,
                    field: Grid::sample(X, Y, 45, 30, probability),
                    losses: [0, 1].map(|i| gd_core::Objective::value(&risks[i], theta)),
                    accuracies: [0, 1].map(|i| risks[i].accuracy(theta)),
                });
            }
        });
        Data {
            train,
            moments,
            line: moons::line(),
            best_possible: moons::best_possible(&held_out),
        }
    }

    fn values(data: &Data) -> Values {
        let net = moons::network();
        let mut values = Values::new()
            .count("train", moons::TRAIN)
            .count("held-out", moons::HELD_OUT)
            .number("noise", moons::NOISE)
            .count("batch", moons::BATCH)
            .number("lr", moons::LR)
            .count("epochs", moons::EPOCHS)
            .count("updates-per-epoch", moons::updates_per_epoch())
            .count("parameters", net.dim());
        for layer in 0..net.layers() {
            let count = net.weight_range(layer).len() + net.bias_range(layer).len();
            values = values.count(format!("parameters.layer-{}", layer + 1), count);
        }
        for (k, moment) in data.moments.iter().enumerate() {
            values = values
                .count(format!("moment-{}.step", k + 1), moment.step)
                .number(format!("moment-{}.loss", k + 1), moment.losses[0])
                .number(format!("moment-{}.held-out-loss", k + 1), moment.losses[1])
                .number(format!("moment-{}.accuracy", k + 1), moment.accuracies[0])
                .number(format!("moment-{}.held-out", k + 1), moment.accuracies[1]);
        }
        values
            .number("best-possible", data.best_possible)
            .number("line.loss", data.line.losses[0])
            .number("line.held-out-loss", data.line.losses[1])
            .number("line.accuracy", data.line.accuracies[0])
            .number("line.held-out", data.line.accuracies[1])
    }
}

/// The points of one class.
fn points(data: &Labelled<f64>, class: usize) -> Vec<Point> {
    let rows = data.x.rows().into_iter().zip(&data.labels);
    rows.filter(|(_, label)| **label == class)
        .map(|(row, _)| (row[0], row[1]))
        .collect()
}

impl Figure for Boundary {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["step", "x1", "x2", "probability"]);
        for moment in &data.moments {
            for (j, &y) in moment.field.ys().iter().enumerate() {
                for (i, &x) in moment.field.xs().iter().enumerate() {
                    let p = moment.field.height(i, j);
                    table.row([moment.step.into(), x.into(), y.into(), p.into()]);
                }
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let panels = data.moments.iter().enumerate().map(|(k, moment)| {
            let title = |symbol: &str, first: bool| {
                if first {
                    symbol.to_owned()
                } else {
                    String::new()
                }
            };
            let narrow = form == Form::Narrow;
            let x = Axis::linear(
                &title("*x*₁", narrow && k == 5 || !narrow && k > 2),
                X.0,
                X.1,
            );
            let y = Axis::linear(
                &title("*x*₂", narrow && k == 0 || !narrow && k % 3 == 0),
                Y.0,
                Y.1,
            );
            let accuracy = 100.0 * moment.accuracies[1];
            let mut panel = Panel::new(
                x.ticks_at(&[-1.0, 0.0, 1.0, 2.0]),
                y.ticks_at(&[-1.0, 0.0, 1.0]),
            )
            .title(format!("第 {} 步，{accuracy:.1}%", moment.step))
            .equal();
            panel.marks.push(Mark::Region {
                rings: moment.field.region(f64::NEG_INFINITY),
                ink: Ink::Band(4),
            });
            panel.marks.push(Mark::Region {
                rings: moment.field.region(0.5),
                ink: Ink::Band(6),
            });
            let faint = Stroke::solid(Ink::Text)
                .width(0.8)
                .opacity(0.6)
                .dash(Dash::Dashed);
            panel.contours(&moment.field, &[0.1, 0.9], faint);
            panel.dots(&points(&data.train, 0), Dot::Speck, 1.5, Ink::First);
            panel.dots(&points(&data.train, 1), Dot::Speck, 1.5, Ink::Second);
            panel.contours(&moment.field, &[0.5], Stroke::solid(Ink::Text).width(1.8));
            panel
        });
        layout::arrange(form, &panels.collect::<Vec<_>>())
    }
}
