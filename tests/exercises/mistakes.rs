//! The usual mistakes, made on purpose: each must be told by its name, and no hint may be one that
//! no mistake gets.

use gd_exercises::{self as e, Checks};
use std::collections::BTreeSet;

/// What the checks of one exercise said.
#[derive(Default)]
struct Told {
    known: BTreeSet<String>,
    shown: BTreeSet<String>,
}

impl Told {
    /// The hint must contain `part`.
    fn see(&mut self, checks: Checks, part: &str) {
        let hint = checks.hint().unwrap_or("（没有发现错误）").to_string();
        assert!(hint.contains(part), "提示里没有“{part}”：{hint}");
        self.known.extend(checks.known().map(String::from));
        self.shown.insert(hint);
    }

    /// Every hint was shown.
    fn end(&self) {
        let missing: Vec<&String> = self.known.difference(&self.shown).collect();
        assert!(missing.is_empty(), "没有一种错误得到这些提示：{missing:#?}");
    }
}

#[test]
fn derivative_difference() {
    use e::derivative_difference::check;
    let mut told = Told::default();
    told.see(check(|_, _, _| 0.0), "还是原样");
    told.see(check(|f, x, h| (f(x + h) - f(x)) / h), "前向差分");
    told.see(check(|f, x, h| (f(x) - f(x - h)) / h), "后向差分");
    let rise = |f: fn(f64) -> f64, x: f64, h: f64| f(x + h) - f(x - h);
    told.see(check(|f, x, h| -rise(f, x, h) / (2.0 * h)), "符号反了");
    told.see(check(rise), "忘了除以");
    told.see(check(|f, x, h| rise(f, x, h) / 2.0 * h), "括号");
    told.see(check(|f, x, h| rise(f, x, h) / h), "相距 2h");
    told.see(check(|f, x, _| f(x)), "高度");
    told.see(check(|_, _, _| f64::NAN), "NaN");
    told.end();
}

#[test]
fn steepest_directional() {
    use e::steepest_directional::check;
    let mut told = Told::default();
    let dot = |g: &[f64], d: &[f64]| g.iter().zip(d).map(|(g, d)| g * d).sum::<f64>();
    told.see(check(|_, _| 0.0), "还是原样");
    told.see(check(dot), "拉长十倍");
    told.see(check(|g, d| dot(g, d) / dot(d, d).sqrt()), "NaN");
    told.see(check(|g, d| -dot(g, d)), "符号反了");
    told.see(check(|g, d| dot(g, d) / dot(d, d)), "忘了开方");
    told.see(
        check(|g, d| dot(g, d) / (dot(d, d) * dot(g, g)).sqrt()),
        "余弦",
    );
    told.see(check(|g, _| dot(g, g).sqrt()), "最陡方向");
    told.end();
}

#[test]
fn update_rule_step() {
    use e::update_rule_step::check;
    let mut told = Told::default();
    // What is added to each coordinate, from its gradient, lr and the length of the gradient.
    let add = |rule: fn(f64, f64, f64) -> f64| {
        move |theta: &mut [f64], grad: &[f64], lr: f64| {
            let norm = grad.iter().map(|g| g * g).sum::<f64>().sqrt();
            for (t, g) in theta.iter_mut().zip(grad) {
                *t += rule(*g, lr, norm);
            }
        }
    };
    told.see(check(|_, _, _| ()), "没有变");
    told.see(check(|t, g, lr| t[0] -= lr * g[0]), "只更新了第一个坐标");
    told.see(check(add(|g, lr, _| lr * g)), "上坡");
    told.see(check(add(|g, _, _| -g)), "忘了乘学习率");
    told.see(check(add(|g, lr, _| -lr * g.signum())), "正负号");
    told.see(check(add(|g, lr, norm| -lr * g / norm)), "除以了它的长度");
    told.see(
        check(|t, g, lr| t.iter_mut().zip(g).for_each(|(t, g)| *t = -lr * g)),
        "换成了步子",
    );
    told.see(
        check(|t, g, lr| (0..9).for_each(|i| t[i] -= lr * g[i])),
        "下标越界",
    );
    told.end();
}

#[test]
fn first_program_descent() {
    use e::first_program_descent::check;
    type Slope = fn(f64) -> f64;
    let mut told = Told::default();
    // The right loop but for its test, its sign, and what it makes of the number of steps.
    let looped = |test: fn(f64, f64, f64) -> bool, sign: f64, count: fn(usize) -> usize| {
        move |slope: Slope, start: f64, lr: f64, tolerance: f64, most: usize| {
            let (mut x, mut steps) = (start, 0);
            while steps < most && !test(x, slope(x), tolerance) {
                x -= sign * lr * slope(x);
                steps += 1;
            }
            (x, count(steps))
        }
    };
    let flat = |_: f64, grad: f64, tolerance: f64| grad.abs() < tolerance;
    let same = |steps: usize| steps;
    told.see(check(|_, start, _, _, _| (start, 0)), "一步也没有走");
    told.see(check(looped(|_, _, _| false, 1.0, same)), "没有提前停");
    told.see(check(looped(|_, grad, t| grad < t, 1.0, same)), "绝对值");
    told.see(check(looped(|x, _, t| x.abs() < t, 1.0, same)), "x 的大小");
    told.see(check(looped(flat, -1.0, same)), "上坡");
    told.see(check(looped(flat, 1.0, |n| n + 1)), "步数多了 1");
    told.see(
        check(looped(flat, 1.0, |n| n.saturating_sub(1))),
        "步数少了 1",
    );
    told.see(check(looped(flat, 1.0, |_| 0)), "步数没有数");
    let late = |slope: Slope, start: f64, lr: f64, tolerance: f64, most: usize| {
        let mut x = start;
        for step in 1..=most {
            let grad = slope(x);
            x -= lr * grad;
            if grad.abs() < tolerance {
                return (x, step);
            }
        }
        (x, most)
    };
    told.see(check(late), "多走了一步");
    told.end();
    assert_eq!(check(looped(flat, 1.0, same)).hint(), None);
}

#[test]
fn learning_rate_limit() {
    use e::learning_rate_limit::check;
    type Stable<'a> = &'a dyn Fn(f64) -> bool;
    let mut told = Told::default();
    told.see(check(|_, _, _, _| 0.0), "还是原样");
    told.see(check(|_, low, _, _| low), "最初的 low");
    told.see(check(|_, _, high, _| high), "最初的 high");
    // Bisection until `enough`, given the width of the interval, the tolerance and the count.
    let bisect = |enough: fn(f64, f64, usize) -> bool| {
        move |stable: Stable, mut low: f64, mut high: f64, tolerance: f64| {
            let mut tried = 0;
            while !enough(high - low, tolerance, tried) {
                let middle = (low + high) / 2.0;
                *(if stable(middle) { &mut low } else { &mut high }) = middle;
                tried += 1;
            }
            (low, high)
        }
    };
    let right = bisect(|width, tolerance, _| width < tolerance);
    told.see(check(move |s, l, h, t| right(s, l, h, t).1), "不稳");
    let many = bisect(|_, _, tried| tried == 60);
    told.see(check(move |s, l, h, t| many(s, l, h, t).0), "试得太多");
    let scan = |stable: Stable, low: f64, _: f64, tolerance: f64| {
        let mut lr = low;
        while stable(lr + tolerance) {
            lr += tolerance;
        }
        lr
    };
    told.see(check(scan), "二分法");
    told.end();
    assert_eq!(check(move |s, l, h, t| right(s, l, h, t).0).hint(), None);
}

#[test]
fn line_fit_gradient() {
    use e::line_fit_gradient::check;
    let mut told = Told::default();
    let with = |change: fn(f64, f64, f64) -> (f64, f64)| {
        move |x: &[f64], y: &[f64], w: f64, b: f64| {
            let pairs = || x.iter().zip(y).map(|(x, y)| (w * x + b - y, *x));
            let n = x.len() as f64;
            let dw: f64 = pairs().map(|(e, x)| e * x).sum();
            let db: f64 = pairs().map(|(e, _)| e).sum();
            change(2.0 * dw / n, 2.0 * db / n, n)
        }
    };
    told.see(check(|_, _, _, _| (0.0, 0.0)), "还是原样");
    told.see(check(with(|dw, db, _| (-dw, -db))), "符号反了");
    told.see(
        check(with(|dw, db, _| (dw / 2.0, db / 2.0))),
        "漏了 2：平方",
    );
    told.see(check(with(|dw, db, n| (dw * n, db * n))), "忘了除以 n：");
    told.see(
        check(with(|dw, db, n| (dw * n / 2.0, db * n / 2.0))),
        "漏了 2，也忘了",
    );
    told.see(check(with(|_, db, _| (db, db))), "漏乘了 x");
    told.see(check(with(|dw, db, _| (db, dw))), "次序");
    told.see(check(with(|dw, _, _| (dw, dw))), "多乘了 x");
    told.end();
}

#[test]
fn batches_epochs() {
    use e::batches_epochs::check;
    type Random<'a> = &'a mut dyn FnMut(usize) -> usize;
    let mut told = Told::default();
    let cut = |order: Vec<usize>, size: usize| -> Vec<Vec<usize>> {
        order.chunks(size).map(<[usize]>::to_vec).collect()
    };
    fn shuffle(order: &mut [usize], random: Random) {
        for i in 0..order.len() {
            let j = i + random(order.len() - i);
            order.swap(i, j);
        }
    }
    told.see(check(|_, _, _| Vec::new()), "一批也没有");
    told.see(check(|n, size, _| cut((0..n).collect(), size)), "没有打乱");
    told.see(
        check(|n, size, _| cut((1..=n).collect(), size)),
        "编号从 0 开始",
    );
    told.see(
        check(|n, size, random| cut((0..n).map(|_| random(n)).collect(), size)),
        "先把 0 到 n − 1 打乱",
    );
    told.see(
        check(|n, size, _| cut((0..n / size * size).collect(), size)),
        "最后不满",
    );
    told.see(
        check(|n, size, _| cut((0..n).rev().collect(), size)),
        "每个轮次的次序一样",
    );
    // Each batch by itself; then only as many numbers as go into a batch.
    told.see(
        check(|n, size, random| {
            let mut batches = cut((0..n).collect(), size);
            batches.iter_mut().for_each(|batch| shuffle(batch, random));
            batches
        }),
        "原来那一段编号",
    );
    told.see(
        check(|n, size, random| {
            let mut order: Vec<usize> = (0..n).collect();
            shuffle(&mut order[..size.min(n)], random);
            cut(order, size)
        }),
        "原来那一段编号",
    );
    told.see(
        check(|n, size, random| {
            let mut order: Vec<usize> = (0..n).collect();
            for i in 0..n {
                order.swap(i, random(n));
            }
            cut(order, size)
        }),
        "一样常见",
    );
    told.end();
}

#[test]
fn convexity_condition_number() {
    use e::convexity_condition_number::check;
    let mut told = Told::default();
    let rate = |kappa: f64| (kappa - 1.0) / (kappa + 1.0);
    let most = |c: &[f64]| c.iter().copied().fold(0.0, f64::max);
    let least = |c: &[f64]| c.iter().copied().fold(f64::INFINITY, f64::min);
    told.see(check(|_| 0.0, rate), "在全部曲率里找");
    told.see(check(|c| c[c.len() - 1] / c[0], rate), "从小到大排好");
    told.see(check(|c| c[0] / c[c.len() - 1], rate), "从大到小排好");
    told.see(check(|c| least(c) / most(c), rate), "条件数不小于 1");
    told.see(check(|c| most(c) - least(c), rate), "不是相减");
    told.see(check(most, rate), "还要除以最小的");
    let kappa = |c: &[f64]| most(c) / least(c);
    told.see(check(kappa, |_| 0.0), "写成程序");
    told.see(check(kappa, |k| (k + 1.0) / (k - 1.0)), "倍数要小于 1");
    told.see(check(kappa, |k| 1.0 - 1.0 / k), "1/L");
    told.see(check(kappa, |k| k - 1.0 / k + 1.0), "都要加括号");
    told.see(check(kappa, |k| rate(k.sqrt())), "动量法");
    told.see(check(kappa, |k| 1.0 - rate(k)), "减掉的一份");
    told.end();
    assert_eq!(check(kappa, rate).hint(), None);
    // At 1 the answer is 0, and its inverse, infinite, once looked like any number.
    let one = check(kappa, |k| if k == 1.0 { 0.5 } else { rate(k) });
    assert!(one.hint().unwrap().contains("条件数 κ 是"), "{one:?}");
}

#[test]
fn critical_points_classify() {
    use e::critical_points_classify::check;
    type Hessian = [[f64; 2]; 2];
    let mut told = Told::default();
    let right = |[[a, b], [_, d]]: Hessian| match a * d - b * b {
        product if product < 0.0 => "鞍点",
        0.0 => "无法判断",
        _ if a + d > 0.0 => "局部最小值点",
        _ => "局部最大值点",
    };
    assert_eq!(check(right).hint(), None);
    told.see(check(|_| ""), "还是原样");
    told.see(check(|_| "最小"), "四个名字");
    told.see(
        check(|[[a, b], [c, d]]| right([[-a, b], [c, -d]])),
        "两个曲率都为正",
    );
    told.see(
        check(|h| {
            if right(h) == "鞍点" {
                "鞍点"
            } else {
                "局部最小值点"
            }
        }),
        "往哪边走都下坡",
    );
    told.see(
        check(|h @ [[a, _], [_, d]]| match right(h) {
            "鞍点" if a + d == 0.0 => "局部最大值点",
            right => right,
        }),
        "一正一负",
    );
    told.see(
        check(|[[a, _], [_, d]]| match (a > 0.0, d > 0.0) {
            (true, true) => "局部最小值点",
            (false, false) => "局部最大值点",
            _ => "鞍点",
        }),
        "对角线上都为正还不够",
    );
    // Right without b; with it, one name for all.
    let mixed = |name: &'static str| {
        move |h: Hessian| match h {
            [[_, b], _] if b != 0.0 => name,
            _ => right(h),
        }
    };
    told.see(check(mixed("鞍点")), "两个特征值都为正");
    let same_sign = |h @ [[a, b], [_, d]]: Hessian| match right(h) {
        "局部最大值点" if b != 0.0 && a + d < 0.0 => "局部最小值点",
        right => right,
    };
    told.see(check(same_sign), "和 −3 − 5 为负");
    told.see(
        check(|h @ [[a, _], _]| if a == 0.0 { "无法判断" } else { right(h) }),
        "例如 f = xy",
    );
    told.see(
        check(|h @ [[a, _], [_, d]]: Hessian| match right(h) {
            "无法判断" if a + d > 0.0 => "局部最小值点",
            right => right,
        }),
        "y² + x³",
    );
    told.see(
        check(|h @ [[a, b], _]: Hessian| match right(h) {
            "无法判断" if a > 0.0 && b > 0.0 => "局部最小值点",
            right => right,
        }),
        "沿 (2, −1) 走",
    );
    told.see(
        check(|h| {
            if h == [[0.0; 2]; 2] {
                "鞍点"
            } else {
                right(h)
            }
        }),
        "什么也没有说",
    );
    told.end();
}

#[test]
fn momentum_heavy_ball() {
    use e::momentum_heavy_ball::check;
    let mut told = Told::default();
    let each = |rule: fn(&mut f64, &mut f64, f64, f64, f64)| {
        move |t: &mut [f64], v: &mut [f64], g: &[f64], lr: f64, mu: f64| {
            for i in 0..t.len() {
                rule(&mut t[i], &mut v[i], g[i], lr, mu);
            }
        }
    };
    // Right but for the new velocity and the step.
    let with = |velocity: fn(f64, f64, f64) -> f64, step: fn(f64, f64) -> f64| {
        move |t: &mut [f64], v: &mut [f64], g: &[f64], lr: f64, mu: f64| {
            for i in 0..t.len() {
                v[i] = velocity(v[i], g[i], mu);
                t[i] += step(v[i], lr);
            }
        }
    };
    let velocity = |v: f64, g: f64, mu: f64| mu * v + g;
    let step = |v: f64, lr: f64| -lr * v;
    told.see(check(|_, _, _, _, _| ()), "没有变");
    told.see(check(with(velocity, |v, lr| lr * v)), "上坡");
    told.see(check(with(velocity, |v, _| -v)), "忘了乘学习率");
    told.see(check(with(|v, g, _| v + g, step)), "没有乘 mu");
    told.see(
        check(with(|v, g, mu| mu * v + (1.0 - mu) * g, step)),
        "滑动平均",
    );
    told.see(check(each(|x, _, g, lr, _| *x -= lr * g)), "没有用到速度");
    told.see(
        check(each(|x, v, g, lr, mu| *x -= lr * (mu * *v + g))),
        "写回 velocity",
    );
    told.see(
        check(each(|x, v, g, lr, mu| {
            *x -= lr * *v;
            *v = mu * *v + g;
        })),
        "次序反了",
    );
    told.see(
        check(each(|x, v, g, lr, mu| {
            *v = mu * *v + lr * g;
            *x -= *v;
        })),
        "放进了速度里",
    );
    told.end();
    assert_eq!(check(with(velocity, step)).hint(), None);
}

#[test]
fn adaptive_rms_prop() {
    use e::adaptive_rms_prop::check;
    let mut told = Told::default();
    // Right but for the new mean, the step, and whether the mean is kept.
    let with = |mean: fn(f64, f64, f64) -> f64, step: fn(f64, f64, f64, f64) -> f64, kept: bool| {
        move |t: &mut [f64], s: &mut [f64], g: &[f64], lr: f64, alpha: f64, eps: f64| {
            for i in 0..t.len() {
                let new = mean(s[i], g[i], alpha);
                t[i] += step(new, g[i], lr, eps);
                s[i] = if kept { new } else { s[i] };
            }
        }
    };
    let mean = |s: f64, g: f64, alpha: f64| alpha * s + (1.0 - alpha) * g * g;
    let step = |s: f64, g: f64, lr: f64, eps: f64| -lr * g / (s.sqrt() + eps);
    let steps = |step| check(with(mean, step, true));
    let means = |mean| check(with(mean, step, true));
    told.see(steps(|_, _, _, _| 0.0), "没有变");
    told.see(steps(|s, g, lr, eps| lr * g / (s.sqrt() + eps)), "上坡");
    told.see(steps(|s, g, lr, eps| -lr * g / (s + eps)), "忘了开方");
    told.see(
        steps(|s, g, lr, eps| -lr * g / (s + eps).sqrt()),
        "根号里面",
    );
    told.see(steps(|s, g, _, eps| -g / (s.sqrt() + eps)), "忘了乘学习率");
    told.see(steps(|s, _, lr, eps| -lr / (s.sqrt() + eps)), "梯度漏了");
    told.see(steps(|s, g, lr, _| -lr * g / s.sqrt()), "NaN");
    told.see(means(|s, g, _| s + g * g), "Adagrad");
    told.see(
        means(|s, g, alpha| (1.0 - alpha) * s + alpha * g * g),
        "放反了",
    );
    told.see(
        means(|s, g, alpha| alpha * s + (1.0 - alpha) * g),
        "不是梯度的平方",
    );
    told.see(means(|s, g, alpha| alpha * s + g * g), "漏乘了 1 − alpha");
    told.see(check(with(mean, step, false)), "写回 square");
    told.end();
    assert_eq!(means(mean).hint(), None);
}

#[test]
fn adam_step() {
    use e::adam_step::check;
    let mut told = Told::default();
    let each = |rule: fn(&mut [f64; 3], i32, f64) -> f64| {
        move |x: &mut [f64], m: &mut [f64], v: &mut [f64], t: i32, g: &[f64], lr: f64| {
            for i in 0..x.len() {
                let mut state = [x[i], m[i], v[i]];
                let step = rule(&mut state, t, g[i]);
                (x[i], m[i], v[i]) = (x[i] - lr * step, state[1], state[2]);
            }
        }
    };
    fn average([_, m, v]: &mut [f64; 3], g: f64) {
        *m = 0.9 * *m + 0.1 * g;
        *v = 0.999 * *v + 0.001 * g * g;
    }
    fn first(s: &[f64; 3], t: i32) -> f64 {
        s[1] / (1.0 - 0.9_f64.powi(t))
    }
    fn second(s: &[f64; 3], t: i32) -> f64 {
        s[2] / (1.0 - 0.999_f64.powi(t))
    }
    // Right but for the step, given the averages.
    macro_rules! step {
        (|$s:ident, $t:ident| $step:expr) => {
            check(each(|$s, $t, g| {
                average($s, g);
                $step
            }))
        };
    }
    told.see(check(|_, _, _, _, _, _| ()), "没有变");
    told.see(
        step!(|s, t| -first(s, t) / (second(s, t).sqrt() + 1e-8)),
        "上坡",
    );
    told.see(
        step!(|s, _t| s[1] / (s[2].sqrt() + 1e-8)),
        "没有修正偏差：m、v",
    );
    told.see(
        step!(|s, t| first(s, t) / (s[2].sqrt() + 1e-8)),
        "v 没有修正偏差",
    );
    told.see(
        step!(|s, t| s[1] / (second(s, t).sqrt() + 1e-8)),
        "m 没有修正偏差",
    );
    told.see(
        step!(|s, t| first(s, t) / (second(s, t) + 1e-8).sqrt()),
        "根号里面",
    );
    told.see(step!(|s, t| first(s, t) / (second(s, t) + 1e-8)), "开方");
    told.see(
        step!(|s, _t| first(s, 1) / (second(s, 1).sqrt() + 1e-8)),
        "t 次方",
    );
    told.see(
        step!(|s, t| {
            (s[1], s[2]) = (first(s, t), second(s, t));
            s[1] / (s[2].sqrt() + 1e-8)
        }),
        "写回了",
    );
    told.see(
        check(each(|s, t, g| {
            s[1] = 0.9 * s[1] + 0.1 * g;
            s[2] = 0.999 * s[2] + 0.001 * g;
            first(s, t) / (second(s, t).sqrt() + 1e-8)
        })),
        "梯度的平方",
    );
    told.see(
        check(each(|s, t, g| {
            let mut new = *s;
            average(&mut new, g);
            first(&new, t) / (second(&new, t).sqrt() + 1e-8)
        })),
        "没有留到下一步",
    );
    told.end();
    assert_eq!(
        step!(|s, t| first(s, t) / (second(s, t).sqrt() + 1e-8)).hint(),
        None
    );
}

#[test]
fn schedules_warmup_cosine() {
    use e::schedules_warmup_cosine::check;
    use std::f64::consts::PI;
    let mut told = Told::default();
    // Right but for the rise (from t and warmup) or the fall (from t, warmup and total).
    let with = |rise: fn(f64, f64) -> f64, fall: fn(f64, f64, f64) -> f64| {
        move |t: usize, warmup: usize, total: usize, peak: f64| {
            let (t_, warmup_) = (t as f64, warmup as f64);
            match t {
                _ if t < warmup => peak * rise(t_, warmup_),
                _ if t >= total => 0.0,
                _ => peak * fall(t_, warmup_, total as f64),
            }
        }
    };
    fn half(s: f64) -> f64 {
        (1.0 + (PI * s).cos()) / 2.0
    }
    fn share(t: f64, warmup: f64, total: f64) -> f64 {
        (t - warmup) / (total - warmup)
    }
    let rise = |t: f64, warmup: f64| (t + 1.0) / warmup;
    let fall = |t: f64, warmup: f64, total: f64| half(share(t, warmup, total));
    let falls = |fall| check(with(rise, fall));
    told.see(check(|_, _, _, _| 0.0), "返回了 0");
    told.see(check(with(|t, warmup| t / warmup, fall)), "白走一步");
    told.see(check(with(|_, _| 1.0, fall)), "不该已经到顶");
    told.see(
        check(|t, _, total, peak| peak * half(t as f64 / total as f64)),
        "余弦的一段",
    );
    told.see(falls(|t, _, total| half(t / total)), "从 t = 0 算起");
    told.see(
        falls(|t, warmup, total| half((t - warmup) / total)),
        "全长不对",
    );
    told.see(
        falls(|t, w, total| half(2.0 * share(t, w, total))),
        "整个余弦",
    );
    told.see(
        falls(|t, w, total| 2.0 * half(share(t, w, total))),
        "漏了除以 2",
    );
    told.see(
        falls(|t, w, total| (PI * share(t, w, total)).cos()),
        "漏了加 1",
    );
    told.see(
        falls(|t, w, total| (PI * share(t, w, total) / 2.0).cos()),
        "四分之一",
    );
    told.see(falls(|t, w, total| 1.0 - share(t, w, total)), "直线下降");
    told.see(falls(|_, _, _| 0.0), "之前还不该是 0");
    told.see(falls(|_, _, _| 1.0), "还在顶上");
    told.see(
        check(|t, warmup, total, peak| {
            let (t, w, total) = (t as f64, warmup as f64, total as f64);
            peak * if t < w {
                (t + 1.0) / w
            } else {
                half(share(t, w, total))
            }
        }),
        "又升上去了",
    );
    told.end();
    assert_eq!(falls(fall).hint(), None);
}

#[test]
fn autodiff_chain() {
    use e::autodiff_chain::check;
    let mut told = Told::default();
    told.see(check(|_, _, _, _| (0.0, 0.0)), "还是原样");
    // Right but for ∂L/∂z, from a − y, z and a.
    let with = |dz: fn(f64, f64, f64) -> f64| {
        check(move |w, b, x, y| {
            let z = w * x + b;
            let dz = dz(z.tanh() - y, z, z.tanh());
            (dz * x + 0.2 * w, dz)
        })
    };
    told.see(with(|e, _, a| -2.0 * e * (1.0 - a * a)), "2(y − a)");
    told.see(with(|e, _, _| 2.0 * e), "漏了 tanh 的导数");
    told.see(with(|e, _, a| e * (1.0 - a * a)), "漏了 2：平方");
    told.see(with(|e, z, _| 2.0 * e * (1.0 - z * z)), "1 − z²");
    told.see(with(|e, _, a| 2.0 * e * (1.0 - a)), "a 要平方");
    told.see(with(|e, _, a| 2.0 * e * a * (1.0 - a)), "sigmoid");
    // Right but for what is made of w, x and ∂L/∂z.
    let last = |both: fn(f64, f64, f64) -> (f64, f64)| {
        check(move |w, b, x, y| {
            let a = (w * x + b).tanh();
            both(w, x, 2.0 * (a - y) * (1.0 - a * a))
        })
    };
    told.see(last(|w, x, dz| (-dz * x - 0.2 * w, -dz)), "两个都反了号");
    told.see(last(|_, x, dz| (dz * x, dz)), "两条路");
    told.see(last(|w, _, dz| (dz + 0.2 * w, dz)), "漏乘了 x");
    told.see(last(|w, x, dz| (dz * x + 0.1 * w, dz)), "0.2w：漏了 2");
    told.see(last(|w, x, dz| (dz, dz * x + 0.2 * w)), "次序");
    told.see(last(|w, x, dz| (dz * x + 0.2 * w, dz + 0.2 * w)), "没有 b");
    told.end();
    assert_eq!(last(|w, x, dz| (dz * x + 0.2 * w, dz)).hint(), None);
}

#[test]
fn initialization_he() {
    use e::initialization_he::check;
    let mut told = Told::default();
    // From fan_out and fan_in.
    let he = |rule: fn(f64, f64) -> f64| move |o: usize, i: usize| rule(o as f64, i as f64);
    let right_he = |_: f64, ins: f64| (2.0 / ins).sqrt();
    let right_xavier = |outs: f64, ins: f64| (2.0 / (ins + outs)).sqrt();
    let first = |rule| check(he(rule), he(right_xavier));
    let second = |rule| check(he(right_he), he(rule));
    told.see(
        check(|_, ins| ((2 / ins) as f64).sqrt(), he(right_xavier)),
        "整数除法",
    );
    told.see(first(|_, ins| 2.0 / ins), "方差");
    told.see(first(|outs, _| (2.0 / outs).sqrt()), "所以看 fan_in");
    told.see(first(|_, ins| (1.0 / ins).sqrt()), "ReLU 把一半");
    told.see(first(right_xavier), "这是 Xavier 的");
    told.see(first(|_, ins| (6.0 / ins).sqrt()), "上下界");
    told.see(first(|_, ins| 2.0_f64.sqrt() / ins), "fan_in 也要开方");
    told.see(second(|outs, ins| 2.0 / (ins + outs)), "方差");
    told.see(second(right_he), "这是 He 的");
    told.see(second(|outs, ins| (1.0 / (ins + outs)).sqrt()), "平均");
    told.see(second(|outs, ins| (6.0 / (ins + outs)).sqrt()), "上下界");
    told.see(
        second(|outs, ins| (2.0 / ins + outs).sqrt()),
        "分母要加括号",
    );
    told.end();
    assert_eq!(first(right_he).hint(), None);
}

#[test]
fn clinic_clip() {
    use e::clinic_clip::check;
    let mut told = Told::default();
    let length = |g: &[f64]| g.iter().map(|g| g * g).sum::<f64>().sqrt();
    let largest = |g: &[f64]| g.iter().fold(0.0_f64, |most, g| most.max(g.abs()));
    // Multiplies what is too long; then returns the length before.
    let scale = |factor: &dyn Fn(&[f64], f64, f64) -> f64| {
        check(|g, max| {
            let norm = length(g);
            if norm > max {
                let factor = factor(g, norm, max);
                g.iter_mut().for_each(|g| *g *= factor);
            }
            norm
        })
    };
    told.see(check(|_, _| 0.0), "没有变");
    told.see(
        check(|g, max| {
            let norm = length(g);
            g.iter_mut().for_each(|g| *g = g.clamp(-max, max));
            norm
        }),
        "逐个截断",
    );
    told.see(
        check(|g, max| {
            let norm = length(g);
            g.iter_mut().for_each(|g| *g *= max / norm);
            norm
        }),
        "也被拉长了",
    );
    told.see(scale(&|_, norm, _| 1.0 / norm), "缩到了长度 1");
    told.see(
        scale(&|_, norm, max| max / (norm * norm)),
        "除以的是长度的平方",
    );
    told.see(scale(&|g, _, max| max / largest(g)), "最大的一个分量");
    told.see(scale(&|_, _, max| 1.0 / max), "除以了 max_norm");
    told.see(scale(&|_, norm, max| norm / max), "上下颠倒");
    let right = |g: &mut [f64], max: f64| {
        let norm = length(g);
        g.iter_mut().for_each(|g| *g *= (max / norm).min(1.0));
        norm
    };
    // Clips well, but returns something else.
    let back = |result: &dyn Fn(&[f64], f64) -> f64| {
        check(|g, max| {
            let result = result(g, max);
            if length(g) > 0.0 {
                right(g, max);
            }
            result
        })
    };
    told.see(back(&|_, _| 0.0), "返回了 0");
    told.see(back(&|g, max| length(g).min(max)), "裁剪之后的长度");
    told.see(back(&|g, _| length(g).powi(2)), "返回的是长度的平方");
    told.see(back(&|g, _| g.iter().map(|g| g.abs()).sum()), "绝对值");
    told.end();
    assert_eq!(back(&|g, _| length(g)).hint(), None);
}
