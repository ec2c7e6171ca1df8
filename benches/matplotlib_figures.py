"""How long matplotlib needs for pictures like those of the book.

    pip install matplotlib
    python benches/matplotlib_figures.py

Draws the descent on x², the three learning rates and the line fit, saves each as SVG into memory,
and prints the time of each; the first picture, which loads fonts, is not counted. Compare with
`cargo run -- figures`.
"""

import io
import time

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
import numpy as np

GRID = np.linspace(-5, 5, 200)


def path(lr, steps):
    x = [4.0]
    for _ in range(steps):
        x.append(x[-1] - lr * 2 * x[-1])
    return np.array(x)


def descent():
    figure, axes = plt.subplots(figsize=(10, 6))
    axes.plot(GRID, GRID**2, label="f(x) = x²")
    x = path(0.3, 20)
    axes.plot(x, x**2, "ro", alpha=0.5)
    for a, b in zip(x[:-1], x[1:]):
        axes.annotate("", xy=(b, b**2), xytext=(a, a**2), arrowprops={"arrowstyle": "->"})
    axes.legend()
    axes.grid(True)
    return figure


def three_rates():
    figure, panels = plt.subplots(1, 3, figsize=(18, 5))
    for axes, lr in zip(panels, (0.01, 0.3, 0.95)):
        x = path(lr, 30)
        axes.plot(GRID, GRID**2)
        axes.plot(x, x**2, "ro-", alpha=0.5)
        axes.set_title(f"lr = {lr}")
        axes.grid(True)
    return figure


def line_fit():
    generator = np.random.default_rng(42)
    x = generator.uniform(-5, 5, 100)
    y = 2 * x + 3 + 1.5 * generator.standard_normal(100)
    w = b = 0.0
    history = []
    for _ in range(200):
        error = w * x + b - y
        history.append((np.mean(error**2), w, b))
        w -= 0.01 * 2 * np.mean(error * x)
        b -= 0.01 * 2 * np.mean(error)
    loss, ws, bs = np.array(history).T
    figure, panels = plt.subplots(1, 3, figsize=(18, 5))
    panels[0].plot(loss)
    panels[1].plot(ws, label="w")
    panels[1].plot(bs, label="b")
    panels[1].legend()
    panels[2].scatter(x, y, s=20)
    panels[2].plot(x, w * x + b)
    for axes in panels:
        axes.grid(True)
    return figure


def milliseconds(draw):
    start = time.perf_counter()
    figure = draw()
    figure.savefig(io.BytesIO(), format="svg")
    plt.close(figure)
    return 1e3 * (time.perf_counter() - start)


if __name__ == "__main__":
    milliseconds(descent)
    for draw in (descent, three_rates, line_fit):
        times = [milliseconds(draw) for _ in range(5)]
        print(f"{draw.__name__:12} {min(times):6.0f} ms")
