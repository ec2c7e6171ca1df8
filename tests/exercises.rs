//! The exercises: solutions pass, what is not done yet is told in words, and each has its place.

use gd_book::directive::{self, Directive};
use gd_book::exercise::{self, State};
use gd_book::project::{Project, files_below, read_text};
use gd_exercises::Checks;
use std::collections::BTreeSet;
use std::process::Command;

fn project() -> Project {
    Project::at(env!("CARGO_MANIFEST_DIR")).unwrap()
}

#[test]
fn every_solution_passes_its_checks() {
    let names: Vec<String> = exercise::names(&project())
        .unwrap()
        .iter()
        .map(|name| format!("{name}-solution"))
        .collect();
    assert!(names.len() >= 16);
    for (name, program) in exercise::build(&project(), &names).unwrap() {
        let program = program.unwrap_or_else(|said| panic!("{name} 编译不过：\n{said}"));
        assert_eq!(
            exercise::run(&program, false).unwrap(),
            State::Done,
            "{name}"
        );
    }
}

/// As delivered, each compiles, fails and says what to do. A reader's copy may be anything, so only
/// continuous integration insists; but a verdict there must be.
#[test]
fn what_is_not_done_yet_is_told_in_words() {
    let strict = std::env::var_os("CI").is_some();
    let names = exercise::names(&project()).unwrap();
    for (name, program) in exercise::build(&project(), &names).unwrap() {
        let Ok(program) = program else {
            assert!(!strict, "{name} 编译不过");
            continue;
        };
        let output = Command::new(&program).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        match output.status.code() {
            Some(0) => assert!(!strict && said.contains("完成："), "{name}：{said}"),
            Some(1) => {
                for part in ["  输入　", "  得到　", "  应为　", "  提示　", "还没完成："]
                {
                    assert!(said.contains(part), "{name} 没有说“{part}”：{said}");
                }
            }
            _ => assert!(!strict, "{name} 没有给出判断：{said}"),
        }
    }
}

#[test]
fn every_exercise_stands_on_exactly_one_page_in_the_order_of_the_manifest() {
    let mut shown = Vec::new();
    for file in files_below(&project().src()).unwrap() {
        if file.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = read_text(&file).unwrap();
        for one in directive::find(&file.display().to_string(), &text, &[]).unwrap() {
            if let Directive::Exercise { name } = one.directive {
                shown.push(name);
            }
        }
    }
    assert_eq!(shown, exercise::names(&project()).unwrap());
}

#[test]
fn no_file_is_an_orphan() {
    let folder = project().exercises();
    let stems = |below: &str| -> BTreeSet<String> {
        files_below(&folder.join(below))
            .unwrap()
            .iter()
            .filter(|file| file.extension().is_some_and(|ending| ending == "rs"))
            .map(|file| file.file_stem().unwrap().to_string_lossy().into_owned())
            .collect()
    };
    let names: BTreeSet<String> = exercise::names(&project())
        .unwrap()
        .iter()
        .map(|name| name.replace('-', "_"))
        .collect();
    assert_eq!(stems("solutions"), names);
    let mut checks = names.clone();
    checks.extend(["answer", "lib", "verdict"].map(String::from));
    assert_eq!(stems("checks"), checks);
    let manifest = read_text(&folder.join("Cargo.toml")).unwrap();
    for name in &names {
        for path in [format!("{name}.rs"), format!("solutions/{name}.rs")] {
            assert!(
                manifest.contains(&format!("path = \"{path}\"")),
                "exercises/Cargo.toml 里没有 {path}"
            );
        }
    }
}

#[test]
fn every_exercise_fits_a_phone() {
    for name in exercise::names(&project()).unwrap() {
        let task = exercise::task(&project(), &name).unwrap();
        let solution = exercise::solution(&project(), &name).unwrap();
        assert!(!exercise::title(&project(), &name).unwrap().is_empty());
        for line in task.lines().chain(solution.lines()) {
            let columns: usize = line
                .chars()
                .map(|c| if c > '\u{2e7f}' { 2 } else { 1 })
                .sum();
            assert!(columns <= 60, "{name} 有一行宽 {columns} 列：{line}");
        }
    }
}

/// The usual mistakes, made on purpose: each must be told by its name.
#[test]
fn usual_mistakes_are_recognised() {
    use gd_exercises as e;
    let told = |checks: Checks, part: &str| {
        let hint = checks.hint().unwrap_or("（没有发现错误）").to_string();
        assert!(hint.contains(part), "提示里没有“{part}”：{hint}");
    };

    use e::derivative_difference::check as slope;
    told(slope(|_, _, _| 0.0), "还是原样");
    told(slope(|f, x, h| (f(x + h) - f(x)) / h), "前向差分");
    told(
        slope(|f, x, h| (f(x - h) - f(x + h)) / (2.0 * h)),
        "符号反了",
    );
    told(slope(|f, x, h| (f(x + h) - f(x - h)) / 2.0 * h), "括号");
    told(slope(|f, x, h| (f(x + h) - f(x - h)) / h), "2h");
    told(slope(|_, _, _| f64::NAN), "NaN");

    use e::steepest_directional::check as directional;
    let dot = |g: &[f64], d: &[f64]| g.iter().zip(d).map(|(g, d)| g * d).sum::<f64>();
    told(directional(dot), "拉长十倍");
    told(directional(|g, d| dot(g, d) / dot(d, d).sqrt()), "NaN");
    told(directional(|g, d| -dot(g, d)), "符号反了");

    use e::update_rule_step::check as step;
    told(step(|_, _, _| ()), "没有变");
    told(step(|t, g, lr| t[0] -= lr * g[0]), "只更新了第一个坐标");
    told(
        step(|t, g, lr| (0..t.len()).for_each(|i| t[i] += lr * g[i])),
        "上坡",
    );
    told(
        step(|t, g, _| (0..t.len()).for_each(|i| t[i] -= g[i])),
        "忘了乘学习率",
    );
    told(
        step(|t, g, lr| (0..9).for_each(|i| t[i] -= lr * g[i])),
        "下标越界",
    );

    use e::first_program_descent::check as descend;
    told(descend(|_, start, _, _, _| (start, 0)), "一步也没有走");
    let bounded = |test: fn(f64, f64) -> bool| {
        move |slope: fn(f64) -> f64, start: f64, lr: f64, tolerance: f64, most: usize| {
            let (mut x, mut steps) = (start, 0);
            while steps < most && !test(slope(x), tolerance) {
                x -= lr * slope(x);
                steps += 1;
            }
            (x, steps)
        }
    };
    told(descend(bounded(|_, _| false)), "没有提前停");
    told(
        descend(bounded(|grad, tolerance| grad < tolerance)),
        "绝对值",
    );
    assert_eq!(descend(bounded(|grad, t| grad.abs() < t)).hint(), None);

    use e::learning_rate_limit::check as limit;
    told(limit(|_, _, _, _| 0.0), "还是原样");
    told(limit(|_, _, high, _| high), "不稳");
    let scan = |ok: &dyn Fn(f64) -> bool, low: f64, _: f64, tolerance: f64| {
        let mut lr = low;
        while ok(lr + tolerance) {
            lr += tolerance;
        }
        lr
    };
    told(limit(scan), "二分法");

    use e::line_fit_gradient::check as gradient;
    let sums = |x: &[f64], y: &[f64], w: f64, b: f64| {
        let pairs = || x.iter().zip(y).map(|(x, y)| (w * x + b - y, *x));
        let n = x.len() as f64;
        let dw: f64 = pairs().map(|(e, x)| e * x).sum();
        let db: f64 = pairs().map(|(e, _)| e).sum();
        (2.0 * dw / n, 2.0 * db / n, n)
    };
    let with = |change: fn((f64, f64, f64)) -> (f64, f64)| {
        move |x: &[f64], y: &[f64], w: f64, b: f64| change(sums(x, y, w, b))
    };
    told(gradient(with(|(dw, db, _)| (-dw, -db))), "符号反了");
    told(gradient(with(|(dw, db, _)| (dw / 2.0, db / 2.0))), "漏了 2");
    told(gradient(with(|(dw, db, n)| (dw * n, db * n))), "忘了除以 n");
    told(gradient(with(|(_, db, _)| (db, db))), "漏乘了 x");
    told(gradient(with(|(dw, db, _)| (db, dw))), "次序");

    use e::batches_epochs::check as epoch;
    let cut = |order: Vec<usize>, size: usize| -> Vec<Vec<usize>> {
        order.chunks(size).map(<[usize]>::to_vec).collect()
    };
    told(epoch(|_, _, _| Vec::new()), "一批也没有");
    told(epoch(|n, size, _| cut((0..n).collect(), size)), "没有打乱");
    told(
        epoch(|n, size, random| cut((0..n).map(|_| random(n)).collect(), size)),
        "先把 0 到 n − 1 打乱",
    );
    let biased = |n: usize, size: usize, random: &mut dyn FnMut(usize) -> usize| {
        let mut order: Vec<usize> = (0..n).collect();
        for i in 0..n {
            order.swap(i, random(n));
        }
        cut(order, size)
    };
    told(epoch(biased), "一样常见");
    let drops = |n: usize, size: usize, _: &mut dyn FnMut(usize) -> usize| {
        cut((0..n / size * size).collect(), size)
    };
    told(epoch(drops), "最后不满");

    use e::convexity_condition_number::check as condition;
    let right = |kappa: f64| (kappa - 1.0) / (kappa + 1.0);
    told(condition(|_| 0.0, right), "还是原样");
    told(condition(|c| c[c.len() - 1] / c[0], right), "排好");
    let kappa = |c: &[f64]| {
        let most = c.iter().copied().fold(0.0, f64::max);
        most / c.iter().copied().fold(f64::INFINITY, f64::min)
    };
    told(condition(kappa, |k| (k + 1.0) / (k - 1.0)), "上下颠倒");
    told(condition(kappa, |k| k - 1.0 / k + 1.0), "括号");
    assert_eq!(condition(kappa, right).hint(), None);

    use e::critical_points_classify::check as classify;
    told(classify(|_| ""), "还是原样");
    told(classify(|_| "最小"), "四个名字");
    let diagonal = |[[a, _], [_, d]]: [[f64; 2]; 2]| match (a > 0.0, d > 0.0) {
        (true, true) => "局部最小值点",
        (false, false) => "局部最大值点",
        _ => "鞍点",
    };
    told(classify(diagonal), "对角线上都为正还不够");

    use e::momentum_heavy_ball::check as ball;
    told(ball(|_, _, _, _, _| ()), "没有变");
    type State<'a> = (&'a mut f64, &'a mut f64);
    let each = |rule: fn(State, f64, f64, f64)| {
        move |t: &mut [f64], v: &mut [f64], g: &[f64], lr: f64, mu: f64| {
            for i in 0..t.len() {
                rule((&mut t[i], &mut v[i]), g[i], lr, mu);
            }
        }
    };
    let forgets = each(|(x, _), g, lr, _| *x -= lr * g);
    told(ball(forgets), "写回 velocity");
    let averages = each(|(x, v), g, lr, mu| {
        *v = mu * *v + (1.0 - mu) * g;
        *x -= lr * *v;
    });
    told(ball(averages), "滑动平均");
    let inside = each(|(x, v), g, lr, mu| {
        *v = mu * *v + lr * g;
        *x -= *v;
    });
    told(ball(inside), "放进了速度里");

    use e::adaptive_rms_prop::check as rms;
    let each = |rule: fn(State, f64, f64, f64, f64)| {
        move |t: &mut [f64], s: &mut [f64], g: &[f64], lr: f64, alpha: f64, eps: f64| {
            for i in 0..t.len() {
                rule((&mut t[i], &mut s[i]), g[i], lr, alpha, eps);
            }
        }
    };
    let inside = each(|(x, s), g, lr, alpha, eps| {
        *s = alpha * *s + (1.0 - alpha) * g * g;
        *x -= lr * g / (*s + eps).sqrt();
    });
    told(rms(inside), "根号里面");
    let sums = each(|(x, s), g, lr, _, eps| {
        *s += g * g;
        *x -= lr * g / (s.sqrt() + eps);
    });
    told(rms(sums), "Adagrad");
    let no_eps = each(|(x, s), g, lr, alpha, _| {
        *s = alpha * *s + (1.0 - alpha) * g * g;
        *x -= lr * g / s.sqrt();
    });
    told(rms(no_eps), "NaN");

    use e::adam_step::check as adam;
    told(adam(|_, _, _, _, _, _| ()), "没有变");
    let each = |rule: fn(&mut [f64; 3], i32, f64) -> f64| {
        move |x: &mut [f64], m: &mut [f64], v: &mut [f64], t: i32, g: &[f64], lr: f64| {
            for i in 0..x.len() {
                let mut state = [x[i], m[i], v[i]];
                state[1] = 0.9 * state[1] + 0.1 * g[i];
                state[2] = 0.999 * state[2] + 0.001 * g[i] * g[i];
                let step = rule(&mut state, t, g[i]);
                (x[i], m[i], v[i]) = (x[i] - lr * step, state[1], state[2]);
            }
        }
    };
    told(
        adam(each(|s, _, _| s[1] / (s[2].sqrt() + 1e-8))),
        "没有修正偏差",
    );
    let once = each(|s, _, _| s[1] / 0.1 / ((s[2] / 0.001).sqrt() + 1e-8));
    told(adam(once), "t 次方");
    let stored = each(|s, t, _| {
        s[1] /= 1.0 - 0.9_f64.powi(t);
        s[2] /= 1.0 - 0.999_f64.powi(t);
        s[1] / (s[2].sqrt() + 1e-8)
    });
    told(adam(stored), "写回了");
    let inside = each(|s, t, _| {
        let v = s[2] / (1.0 - 0.999_f64.powi(t));
        s[1] / (1.0 - 0.9_f64.powi(t)) / (v + 1e-8).sqrt()
    });
    told(adam(inside), "根号里面");

    use e::schedules_warmup_cosine::check as lr;
    let cosine = |s: f64| (1.0 + (std::f64::consts::PI * s).cos()) / 2.0;
    told(lr(|_, _, _, _| 0.0), "整数除法");
    told(
        lr(|t, w, _, peak| peak * t as f64 / w as f64),
        "第一步的学习率是 0",
    );
    let rises = |t: usize, w: usize, peak: f64| peak * (t + 1) as f64 / w as f64;
    let from_zero = |t: usize, w: usize, total: usize, peak: f64| {
        if t < w {
            rises(t, w, peak)
        } else {
            peak * cosine(t as f64 / total as f64)
        }
    };
    told(lr(from_zero), "从 t = 0 算起");
    let goes_on = |t: usize, w: usize, total: usize, peak: f64| {
        let s = (t as f64 - w as f64) / (total - w) as f64;
        if t < w {
            rises(t, w, peak)
        } else {
            peak * cosine(s)
        }
    };
    told(lr(goes_on), "又升上去了");

    use e::autodiff_chain::check as backward;
    told(backward(|_, _, _, _| (0.0, 0.0)), "还是原样");
    let dz = |w: f64, b: f64, x: f64, y: f64| {
        let a = (w * x + b).tanh();
        2.0 * (a - y) * (1.0 - a * a)
    };
    told(
        backward(|w, b, x, y| (dz(w, b, x, y) * x, dz(w, b, x, y))),
        "两条路",
    );
    told(
        backward(|w, b, x, y| {
            let dz = 2.0 * ((w * x + b).tanh() - y);
            (dz * x + 0.2 * w, dz)
        }),
        "漏了 tanh 的导数",
    );

    use e::initialization_he::check as std;
    let xavier = |outs: usize, ins: usize| (2.0 / (ins + outs) as f64).sqrt();
    told(std(|_, ins| ((2 / ins) as f64).sqrt(), xavier), "整数除法");
    told(std(|_, ins| 2.0 / ins as f64, xavier), "方差");
    told(std(|outs, _| (2.0 / outs as f64).sqrt(), xavier), "fan_out");

    use e::clinic_clip::check as clip;
    let length = |g: &[f64]| g.iter().map(|g| g * g).sum::<f64>().sqrt();
    told(clip(|_, _| 0.0), "没有变");
    told(
        clip(|g, max| {
            let norm = length(g);
            g.iter_mut().for_each(|g| *g = g.clamp(-max, max));
            norm
        }),
        "逐个截断",
    );
    told(
        clip(|g, max| {
            let norm = length(g);
            g.iter_mut().for_each(|g| *g *= max / norm);
            norm
        }),
        "也被拉长了",
    );
}
