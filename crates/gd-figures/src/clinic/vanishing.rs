//! Ten sigmoid layers do not learn; ten ReLU layers do.

use gd_core::autodiff::Activation;
use gd_core::init::Initializer;
use gd_core::model::Mlp;
use gd_core::optim::Sgd;
use gd_core::{Descent, Objective};

use super::{Course, chart, course, layer_norms, narrow, spirals};
use crate::axis::Axis;
use crate::panel::{Dot, Panel};
use crate::run::by_step;
use crate::style::Ink;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const DEPTH: usize = 10;
const STEPS: usize = 500;
const LR: f64 = 0.5;
const CURED_LR: f64 = 0.1;
const SEEDS: u64 = 3;

/// `clinic-vanishing`.
pub struct Vanishing;

/// One network: its run, and ‖∂L/∂Wₗ‖ by layer at its start.
pub struct Training {
    course: Course,
    accuracy: f64,
    norms: Vec<f64>,
}

fn train(net: Mlp, initializer: Initializer, lr: f64, seed: u64) -> Training {
    let risk = spirals(100, net);
    let start = risk.net().init(initializer, seed);
    let mut grad = start.clone();
    risk.gradient(&start, &mut grad);
    let norms = layer_norms(risk.net(), &grad);
    let course = course(&risk, Descent::new(Sgd::plain(), lr), start, STEPS);
    Training {
        accuracy: risk.accuracy(&course.theta),
        norms,
        course,
    }
}

impl Experiment for Vanishing {
    const NAME: &'static str = "clinic-vanishing";
    /// The sick runs, the cured ones, and the sick ones with residual connections, by seed.
    type Data = [Vec<Training>; 3];

    fn data() -> Self::Data {
        let xavier = Initializer::XavierNormal { gain: 1.0 };
        let sigmoid = || narrow(DEPTH).activation(Activation::Sigmoid);
        let relu = narrow(DEPTH).activation(Activation::Relu);
        let residual = sigmoid().residual((DEPTH as f64).sqrt().recip());
        [
            (sigmoid(), xavier, LR),
            (relu, Initializer::HeNormal, CURED_LR),
            (residual, xavier, LR),
        ]
        .map(|(net, initializer, lr)| {
            let runs = (0..SEEDS).map(|seed| train(net.clone(), initializer, lr, seed));
            runs.collect()
        })
    }

    fn values(data: &Self::Data) -> Values {
        let [sick, cured, residual] = data;
        let best = |runs: &[Training]| runs.iter().fold(0.0, |m: f64, run| m.max(run.accuracy));
        let worst = |runs: &[Training]| runs.iter().fold(1.0, |m: f64, run| m.min(run.accuracy));
        Values::new()
            .count("depth", DEPTH)
            .count("steps", STEPS)
            .count("seeds", SEEDS as usize)
            .number("lr", LR)
            .number("cured-lr", CURED_LR)
            .number("sick", sick[0].course.last())
            .number("cured", cured[0].course.last())
            .number("sick-best-accuracy", best(sick))
            .number("cured-worst-accuracy", worst(cured))
            .number("residual-best-accuracy", best(residual))
            .number("residual-loss", residual[0].course.last())
            .number("sick-first-norm", sick[0].norms[0])
            .number("sick-last-norm", sick[0].norms[DEPTH])
            .number("sick-ratio", sick[0].norms[1] / sick[0].norms[DEPTH - 1])
            .number("cured-ratio", cured[0].norms[1] / cured[0].norms[DEPTH - 1])
    }
}

impl Figure for Vanishing {
    fn table(data: &Self::Data) -> Table {
        let mut table = Table::new(&["run", "layer or step", "gradient norm or loss"]);
        for (name, runs) in ["sick", "cured"].into_iter().zip(data) {
            for (layer, &norm) in runs[0].norms.iter().enumerate() {
                table.row([name.into(), (layer + 1).into(), norm.into()]);
            }
            for (step, &loss) in runs[0].course.loss.iter().enumerate().step_by(10) {
                table.row([name.into(), step.into(), loss.into()]);
            }
        }
        table
    }

    fn draw(data: &Self::Data, form: Form) -> Drawing {
        let [sick, cured, _] = data.each_ref().map(|runs| &runs[0]);
        let mut loss = Panel::new(
            Axis::linear("更新次数", 0.0, STEPS as f64),
            Axis::log("训练损失", 3e-4, 5.0),
        )
        .title("症状");
        let points = |run: &Training| -> Vec<Point> {
            by_step(&run.course.loss).into_iter().step_by(4).collect()
        };
        chart(
            &mut loss,
            (&points(sick), "病：sigmoid", 0.6),
            (&points(cured), "治：ReLU + He", 0.6),
        );
        let mut norms = Panel::new(
            Axis::linear("层 *l*", 0.5, DEPTH as f64 + 1.5)
                .ticks_at(&[1.0, 3.0, 5.0, 7.0, 9.0, 11.0]),
            Axis::log("‖∂*L*/∂*W*‖，第 0 步", 1e-8, 100.0),
        )
        .title("化验：逐层的梯度");
        let layers = |run: &Training| -> Vec<Point> {
            run.norms
                .iter()
                .enumerate()
                .map(|(l, &norm)| (l as f64 + 1.0, norm))
                .collect()
        };
        chart(
            &mut norms,
            (&layers(sick), "病", 0.3),
            (&layers(cured), "治", 0.3),
        );
        norms.dots(&layers(sick), Dot::Disc, 2.4, Ink::Path);
        norms.dots(&layers(cured), Dot::Disc, 2.4, Ink::Data);
        layout::arrange(form, &[loss, norms])
    }
}
