//! A chord above its curve, and a chord that the curve crosses.

use gd_core::Objective;
use gd_core::objective::{DoubleWell, Quadratic};
use ndarray::array;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// The ends of the chord on either curve.
const BOWL: [f64; 2] = [-1.4, 2.0];
const WELLS: [f64; 2] = [-1.6, 1.7];
/// How far along the chord, from its left end, curve and chord are compared.
const PART: f64 = 0.5;

/// `convexity-chords`.
pub struct Chords;

/// A curve, the ends of a chord, and the compared points: on the chord and below or above it.
pub struct Chord {
    curve: Vec<Point>,
    ends: [Point; 2],
    on_chord: Point,
    on_curve: Point,
}

/// The bowl's and the double well's.
pub struct Data {
    bowl: Chord,
    wells: Chord,
}

fn chord(f: &impl Objective<f64>, [a, b]: [f64; 2], reach: f64) -> Chord {
    let at = |x: f64| (x, f.value(&array![x]));
    let x = a + PART * (b - a);
    let ends = [at(a), at(b)];
    Chord {
        curve: (0..=200)
            .map(|i| at(reach * (f64::from(i) / 100.0 - 1.0)))
            .collect(),
        on_chord: (x, ends[0].1 + PART * (ends[1].1 - ends[0].1)),
        on_curve: at(x),
        ends,
    }
}

impl Experiment for Chords {
    const NAME: &'static str = "convexity-chords";
    type Data = Data;

    fn data() -> Data {
        Data {
            bowl: chord(&Quadratic::square(), BOWL, 2.4),
            wells: chord(&DoubleWell, WELLS, 2.3),
        }
    }

    fn values(data: &Data) -> Values {
        let both = [("bowl", &data.bowl), ("wells", &data.wells)];
        both.into_iter()
            .fold(Values::new(), |values, (key, chord)| {
                values
                    .number(format!("{key}.a"), chord.ends[0].0)
                    .number(format!("{key}.b"), chord.ends[1].0)
                    .number(format!("{key}.x"), chord.on_curve.0)
                    .number(format!("{key}.on-chord"), chord.on_chord.1)
                    .number(format!("{key}.on-curve"), chord.on_curve.1)
            })
    }
}

impl Figure for Chords {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["curve", "x", "f"]);
        for (name, chord) in [("bowl", &data.bowl), ("wells", &data.wells)] {
            for &(x, f) in &chord.curve {
                table.row([name.into(), x.into(), f.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let bowl = panel(
            &data.bowl,
            "凸：弦从不在曲线下面",
            "函数值 *f*(*x*) = *x*²",
            [-0.9, 5.6],
        );
        let wells = panel(
            &data.wells,
            "非凸：有的弦在曲线下面",
            "函数值 *f*(*x*) = *x*⁴ − 4*x*² + 0.5*x*",
            [-6.2, 4.4],
        );
        layout::arrange(form, &[bowl, wells])
    }
}

fn panel(chord: &Chord, title: &str, height: &str, [low, high]: [f64; 2]) -> Panel {
    let mut panel = Panel::new(
        Axis::linear("参数 *x*", -2.4, 2.4),
        Axis::linear(height, low, high),
    )
    .title(title)
    .height(240.0, 220.0);
    panel.curve(&chord.curve, Stroke::solid(Ink::Data));
    panel.curve(&chord.ends, Stroke::solid(Ink::Path));
    let gap = [chord.on_chord, chord.on_curve];
    panel.curve(&gap, Stroke::thin(Ink::Muted));
    panel.dots(&chord.ends, Dot::Disc, 4.0, Ink::Path);
    panel.dots(&[chord.on_chord], Dot::Ring, 4.0, Ink::Path);
    panel.dots(&[chord.on_curve], Dot::Disc, 3.6, Ink::Data);
    let above = chord.on_chord.1 > chord.on_curve.1;
    let (on_chord, on_curve) = if above {
        (
            [Side::AboveLeft, Side::Above],
            [Side::BelowRight, Side::Below],
        )
    } else {
        (
            [Side::Below, Side::BelowLeft],
            [Side::Above, Side::AboveRight],
        )
    };
    panel.label(chord.on_chord, "弦", Ink::Path, &on_chord);
    panel.label(chord.on_curve, "曲线", Ink::Data, &on_curve);
    panel.label(
        chord.ends[0],
        "*a*",
        Ink::Path,
        &[Side::Left, Side::BelowLeft],
    );
    panel.label(
        chord.ends[1],
        "*b*",
        Ink::Path,
        &[Side::Right, Side::BelowRight],
    );
    panel
}
