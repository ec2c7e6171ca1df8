//! 200 epochs of full-batch descent on the line: the loss, both parameters, the fit.

use gd_core::data::lesson_line;
use gd_core::model::LinearRegression;
use gd_core::optim::Sgd;
use gd_core::{Objective, Stop, linalg};

use crate::axis::Axis;
use crate::label::Side;
use crate::line_fit::data::{TRUE_LINE, points};
use crate::panel::{Dot, Panel};
use crate::run::{by_step, descend, steps_until};
use crate::style::{Dash, Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const LR: f64 = 0.01;
const EPOCHS: usize = 200;

/// `line-fit-training`.
pub struct Training;

/// The run and the exact answer.
pub struct Data {
    points: Vec<Point>,
    ws: Vec<f64>,
    bs: Vec<f64>,
    losses: Vec<f64>,
    /// w and b by least squares.
    exact: [f64; 2],
    exact_loss: f64,
    limit: f64,
    /// λmin and λmax of the Hessian.
    curvatures: [f64; 2],
    /// ∂²L/∂w², ∂²L/∂w∂b and ∂²L/∂b².
    hessian: [f64; 3],
    epochs_to_exact: usize,
    half_overflows_at: usize,
}

impl Experiment for Training {
    const NAME: &'static str = "line-fit-training";
    type Data = Data;

    fn data() -> Data {
        let model = LinearRegression::line(&lesson_line::<f64>());
        let run = descend(&model, Sgd::plain(), LR, &[0.0, 0.0], EPOCHS);
        let exact = model.least_squares();
        let hessian = model.constant_hessian();
        let curvatures = linalg::symmetric_eigenvalues(&hessian);
        let near = |x: &ndarray::ArrayRef1<f64>| {
            (x[0] - exact[0]).abs() < 1e-6 && (x[1] - exact[1]).abs() < 1e-6
        };
        let epochs = steps_until(&model, Sgd::plain(), LR, &[0.0, 0.0], 10_000, near);
        Data {
            points: points(),
            ws: run.coordinate(0),
            bs: run.coordinate(1),
            losses: run.values(&model),
            exact: [exact[0], exact[1]],
            exact_loss: model.value(&exact),
            limit: model.largest_stable_lr(),
            curvatures: [curvatures[0], curvatures[1]],
            hessian: [hessian[[0, 0]], hessian[[0, 1]], hessian[[1, 1]]],
            epochs_to_exact: epochs.expect("0.01 is far below the limit"),
            half_overflows_at: first_infinite_loss(&model, 0.5),
        }
    }

    fn values(data: &Data) -> Values {
        let [low, high] = data.curvatures;
        let mut values = Values::new()
            .number("lr", LR)
            .count("epochs", EPOCHS)
            .number("final.w", data.ws[EPOCHS])
            .number("final.b", data.bs[EPOCHS])
            .number("final.loss", data.losses[EPOCHS])
            .number("least-squares.w", data.exact[0])
            .number("least-squares.b", data.exact[1])
            .number("least-squares.loss", data.exact_loss)
            .number("b-short-by", data.exact[1] - data.bs[EPOCHS])
            .number("limit", data.limit)
            .number("curvature.low", low)
            .number("curvature.high", high)
            .number("hessian.ww", data.hessian[0])
            .number("hessian.wb", data.hessian[1])
            .number("hessian.bb", data.hessian[2])
            .number("kappa", high / low)
            .number("one-over-l.lr", 1.0 / high)
            .number("one-over-l.factor", 1.0 - low / high)
            .number("best.lr", 2.0 / (low + high))
            .number("best.factor", (high - low) / (high + low))
            .number("slow-factor", 1.0 - LR * low)
            .number(
                "slow-factor-after-all",
                (1.0 - LR * low).powi(EPOCHS as i32),
            )
            .count("epochs-to-millionth", data.epochs_to_exact)
            .count("lr-half-overflow-epoch", data.half_overflows_at);
        for epoch in (0..=EPOCHS).step_by(40) {
            values = values
                .number(format!("loss.{epoch}"), data.losses[epoch])
                .number(format!("w.{epoch}"), data.ws[epoch])
                .number(format!("b.{epoch}"), data.bs[epoch]);
        }
        values
    }
}

impl Figure for Training {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["epoch", "loss", "w", "b"]);
        for t in 0..=EPOCHS {
            table.row([
                t.into(),
                data.losses[t].into(),
                data.ws[t].into(),
                data.bs[t].into(),
            ]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        layout::arrange(form, &[loss(data), parameters(data), fit(data, form)])
    }
}

/// The first epoch whose loss is not finite, counted before the parameters overflow too.
pub fn first_infinite_loss(model: &LinearRegression<f64>, lr: f64) -> usize {
    let run = descend(model, Sgd::plain(), lr, &[0.0, 0.0], 10_000);
    let losses = run.values(model);
    match (losses.iter().position(|loss| !loss.is_finite()), run.stop) {
        (Some(epoch), _) => epoch,
        (None, Stop::Diverged { at }) => at,
        (None, stop) => panic!("lr {lr} was expected to diverge, but the run {stop}"),
    }
}

fn loss(data: &Data) -> Panel {
    let mut panel = Panel::new(
        Axis::linear("轮数 *t*", 0.0, 200.0),
        Axis::log("损失 *L*(*w*, *b*)", 1.0, 100.0),
    )
    .title("损失先快后慢");
    let curve = by_step(&data.losses);
    panel.curve(&curve, Stroke::solid(Ink::Path));
    // on the curve, which ends along it
    panel.rule_y(data.exact_loss, Stroke::truth().width(1.4), "");
    let name = format!("最低 {:.4}", data.exact_loss);
    panel.label((120.0, data.exact_loss), &name, Ink::Truth, &[Side::Below]);
    panel
}

fn parameters(data: &Data) -> Panel {
    let mut panel = Panel::new(
        Axis::linear("轮数 *t*", 0.0, 200.0),
        Axis::linear("参数 *w*, *b*", 0.0, 3.5),
    )
    .title("*w* 快，*b* 慢");
    let [w, b] = TRUE_LINE;
    for (truth, name) in [(w, "真实 *w* = 2"), (b, "真实 *b* = 3")] {
        panel.rule_y(truth, Stroke::truth().width(1.4), "");
        panel.label((150.0, truth), name, Ink::Truth, &[Side::Above]);
    }
    let (ws, bs) = (by_step(&data.ws), by_step(&data.bs));
    panel.curve(&ws, Stroke::solid(Ink::First));
    panel.curve(&bs, Stroke::solid(Ink::Second).dash(Dash::DashDot));
    panel.label((30.0, data.ws[30]), "*w*", Ink::First, &[Side::Below]);
    panel.label((22.0, data.bs[22]), "*b*", Ink::Second, &[Side::BelowRight]);
    let ends = [(200.0, data.exact[0]), (200.0, data.exact[1])];
    panel.dots(&ends, Dot::Ring, 3.2, Ink::Muted);
    panel.label(
        (200.0, data.exact[0]),
        "○ 最小二乘",
        Ink::Muted,
        &[Side::BelowLeft],
    );
    panel
}

fn fit(data: &Data, form: Form) -> Panel {
    let mut panel = Panel::new(
        // wider than the data: the names of the lines stand where no points are
        Axis::linear("输入 *x*", -5.2, form.pick(10.2, 8.2)),
        Axis::linear("输出 *y*", -10.0, form.pick(24.0, 20.0)),
    )
    .title("拟合的直线");
    panel.dots(&data.points, Dot::Speck, 1.7, Ink::Data);
    let [w, b] = TRUE_LINE;
    let (fit_w, fit_b) = (data.ws[EPOCHS], data.bs[EPOCHS]);
    panel.graph(|x| fit_w * x + fit_b, Stroke::solid(Ink::Path));
    panel.graph(|x| w * x + b, Stroke::truth());
    let x = form.pick(5.7, 5.4);
    let learned = (x, fit_w * x + fit_b);
    panel.label(
        learned,
        "学到的",
        Ink::Path,
        &[Side::BelowRight, Side::Below],
    );
    let x = form.pick(8.0, 6.4);
    let truth = (x, w * x + b);
    panel.label(truth, "真实的", Ink::Truth, &[Side::AboveLeft, Side::Above]);
    panel
}
