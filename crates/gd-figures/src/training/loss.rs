//! The losses of the same run, on the points learnt from and on those held out.

use gd_core::Objective;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::style::{Dash, Ink, Stroke};
use crate::training::moons;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// `training-loss`.
pub struct Loss;

/// After every pass over the data: loss and accuracy, learnt and held out.
pub struct Data {
    losses: [Vec<f64>; 2],
    accuracies: [Vec<f64>; 2],
    line: moons::Line,
}

impl Experiment for Loss {
    const NAME: &'static str = "training-loss";
    type Data = Data;

    fn data() -> Data {
        let net = moons::network();
        let (train, held_out) = moons::data();
        let risks = [&train, &held_out].map(|data| moons::risk(&net, data));
        let (mut losses, mut accuracies) = ([vec![], vec![]], [vec![], vec![]]);
        moons::train(|step, theta| {
            if step % moons::updates_per_epoch() == 0 {
                for i in [0, 1] {
                    losses[i].push(risks[i].value(theta));
                    accuracies[i].push(risks[i].accuracy(theta));
                }
            }
        });
        Data {
            losses,
            accuracies,
            line: moons::line(),
        }
    }

    fn values(data: &Data) -> Values {
        let best = (0..=moons::EPOCHS)
            .min_by(|&a, &b| data.losses[1][a].total_cmp(&data.losses[1][b]))
            .unwrap_or(0);
        let mut values = Values::new().count("best-epoch", best);
        for (i, key) in ["train", "held-out"].into_iter().enumerate() {
            values = values
                .number(format!("{key}.start"), data.losses[i][0])
                .number(format!("{key}.best"), data.losses[i][best])
                .number(format!("{key}.final"), data.losses[i][moons::EPOCHS])
                .number(format!("{key}.accuracy"), data.accuracies[i][moons::EPOCHS])
                .number(format!("{key}.line"), data.line.losses[i]);
        }
        values
    }
}

impl Figure for Loss {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&[
            "epoch",
            "train_loss",
            "held_out_loss",
            "train_accuracy",
            "held_out_accuracy",
        ]);
        for epoch in 0..=moons::EPOCHS {
            table.row([
                epoch.into(),
                data.losses[0][epoch].into(),
                data.losses[1][epoch].into(),
                data.accuracies[0][epoch].into(),
                data.accuracies[1][epoch].into(),
            ]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("轮次", 0.0, moons::EPOCHS as f64),
            Axis::log("损失 *L*（交叉熵）", 0.04, 1.0).ticks_at(&[0.05, 0.1, 0.3, 0.5, 1.0]),
        );
        let curve = |i: usize| -> Vec<Point> {
            let numbered = data.losses[i].iter().enumerate();
            numbered.map(|(t, &loss)| (t as f64, loss)).collect()
        };
        let line = data.line.losses[1];
        let level = Stroke::thin(Ink::Muted).dash(Dash::Dashed);
        panel.rule_y(line, level, "直线分类器，留出的点");
        for (i, name, ink, side) in [
            (1, "留出的点", Ink::Path, Side::Above),
            (0, "训练的点", Ink::Data, Side::Below),
        ] {
            panel.curve(&curve(i), Stroke::solid(ink).width(1.5));
            panel.label(curve(i)[moons::EPOCHS * 3 / 5], name, ink, &[side]);
        }
        layout::arrange(form, &[panel])
    }
}
