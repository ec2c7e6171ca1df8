//! How much worse than the best each method is, land by land.

use super::land;
use super::{METHODS, RUNS, Result, TUNING, median, race};
use crate::axis::Axis;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout};

/// What is worse than this, or does not arrive, is drawn here.
const CEILING: f64 = 300.0;

/// `race-profiles`.
pub struct Profiles;

impl Experiment for Profiles {
    const NAME: &'static str = "race-profiles";
    type Data = &'static super::Race;

    fn data() -> Self::Data {
        race()
    }

    fn values(race: &Self::Data) -> Values {
        let mut values = Values::new()
            .count("methods", METHODS.len())
            .count("lands", race.lands.len())
            .count("tuning-runs", TUNING as usize)
            .count("net-tuning-runs", super::NET_TUNING as usize)
            .count("runs", RUNS as usize)
            .count("most", land::MOST)
            .count("stay", land::STAY)
            .count("budget", land::MOST + land::STAY)
            .count("long", land::LONG)
            .count("rates", super::RATES)
            .count("net-rates", super::RATES.div_ceil(2))
            .count("line.batch", land::LINE.0)
            .count("line.updates", land::LINE.1)
            .count("net.batch", land::NET.0)
            .count("net.updates", land::NET.1)
            .count("net.stay", land::NET_STAY)
            .number("net.goal", land::NET_GOAL)
            .count("net.look", land::NET_LOOK)
            .number("goal", land::GOAL)
            .count("net.parameters", net_parameters());
        let mut winners = Vec::new();
        for (l, title) in race.lands.iter().enumerate() {
            let results = &race.results[l];
            let best = race.best(l);
            for (method, result) in METHODS.iter().zip(results) {
                let key = format!("{}.{}", title.key, method.key);
                let last = result.scores.len() - 1;
                values = values
                    .number(format!("{key}.lr"), result.lr)
                    .number(format!("{key}.median"), result.median())
                    .number(format!("{key}.least"), result.scores[0])
                    .number(format!("{key}.most"), result.scores[last])
                    .number(format!("{key}.ratio"), result.median() / best)
                    .number(format!("{key}.touch"), median(&result.touches))
                    .count(
                        format!("{key}.leave"),
                        result.leaves.iter().filter(|t| t.is_finite()).count(),
                    )
                    .number(format!("{key}.first-leave"), result.leaves[0])
                    .number(format!("{key}.common"), median(&result.common));
            }
            let mut order: Vec<usize> = (0..METHODS.len()).collect();
            order.sort_by(|&a, &b| results[a].median().total_cmp(&results[b].median()));
            winners.push(order[0]);
            let arrived = results.iter().filter(|r| r.median().is_finite()).count();
            values = values
                .text(format!("{}.first", title.key), METHODS[order[0]].name)
                .text(format!("{}.second", title.key), METHODS[order[1]].name)
                .number(format!("{}.first-lr", title.key), results[order[0]].lr)
                .number(format!("{}.first-median", title.key), best)
                .number(
                    format!("{}.second-ratio", title.key),
                    results[order[1]].median() / best,
                )
                .count(format!("{}.missing", title.key), METHODS.len() - arrived)
                .count(
                    format!("{}.at-edge", title.key),
                    results.iter().filter(|result| result.at_edge).count(),
                )
                .text(format!("{}.common-first", title.key), {
                    let mut order: Vec<usize> = (0..METHODS.len()).collect();
                    let of = |m: &usize| median(&results[*m].common);
                    order.sort_by(|a, b| of(a).total_cmp(&of(b)));
                    METHODS[order[0]].name
                });
            if let Some(outsider) = race.outsider.get(l) {
                values = values.number(format!("{}.outsider", title.key), median(outsider));
            }
        }
        let smaller = &race.smaller_adam;
        values = values
            .number(
                "turned.adam.smaller.lr",
                race.results[2][5].lr * super::rate(0) / super::rate(1),
            )
            .number("turned.adam.smaller.median", median(smaller))
            .count(
                "turned.adam.smaller.arrive",
                smaller.iter().filter(|score| score.is_finite()).count(),
            )
            .number("ravine.plain.finer.median", median(&race.finer_plain));
        let tuned = race.tuned_momentum.median();
        values = values.number("ravine.momentum-tuned.median", tuned).number(
            "ravine.momentum-tuned.gain",
            race.results[1][1].median() / tuned,
        );
        winners.sort_unstable();
        winners.dedup();
        let worst = |m: usize| {
            let ratios = (0..race.lands.len()).map(|l| race.results[l][m].median() / race.best(l));
            ratios.fold(0.0, f64::max)
        };
        for (m, method) in METHODS.iter().enumerate() {
            values = values.number(format!("worst.{}", method.key), worst(m));
        }
        values.count("winners", winners.len())
    }
}

fn net_parameters() -> usize {
    let lands = land::lands();
    let net = lands.iter().find(|one| one.title.key == "net");
    net.map_or(0, |net| net.objective().dim())
}

fn ratios(result: &Result, best: f64) -> [f64; 3] {
    let last = result.scores.len() - 1;
    [result.scores[0], result.median(), result.scores[last]].map(|score| score / best)
}

impl Figure for Profiles {
    fn table(race: &Self::Data) -> Table {
        let columns = [
            "land",
            "method",
            "lr",
            "run",
            "score",
            "score_over_best_median",
        ];
        let mut table = Table::new(&columns);
        for (l, title) in race.lands.iter().enumerate() {
            let best = race.best(l);
            for (method, result) in METHODS.iter().zip(&race.results[l]) {
                for (run, &score) in result.scores.iter().enumerate() {
                    table.row([
                        title.key.into(),
                        method.key.into(),
                        result.lr.into(),
                        run.into(),
                        score.into(),
                        (score / best).into(),
                    ]);
                }
            }
        }
        table
    }

    fn draw(race: &Self::Data, form: Form) -> Drawing {
        let names: Vec<&str> = race.lands.iter().map(|title| title.short).collect();
        let panels: Vec<Panel> = METHODS
            .iter()
            .enumerate()
            .map(|(m, method)| {
                let title = if m == 0 { "是最好的几倍" } else { "" };
                let ratio = Axis::log(title, 0.6, 500.0).ticks_at(&[1.0, 10.0, 100.0]);
                let mut panel = Panel::new(Axis::named("", &names), ratio)
                    .title(method.name)
                    .height(120.0, 110.0);
                panel.rule_y(1.0, Stroke::truth().width(1.2), "");
                for l in 0..race.lands.len() {
                    let x = l as f64;
                    let [least, middle, most] = ratios(&race.results[l][m], race.best(l));
                    let low = least.min(CEILING);
                    panel.curve(
                        &[(x, low), (x, most.min(CEILING))],
                        Stroke::solid(Ink::Data).width(1.4),
                    );
                    if middle > CEILING {
                        panel.dots(&[(x, CEILING)], Dot::Ring, 3.4, Ink::Path);
                    } else {
                        panel.dots(&[(x, middle)], Dot::Disc, 3.4, Ink::Data);
                    }
                }
                panel
            })
            .collect();
        layout::arrange_small(form, &panels)
    }
}
