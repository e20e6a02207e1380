"""The programs that numexpr is made for, all of them elementwise but for a reduction or a step in NumPy. Others are
refused: matrix products are not numexpr's."""

import numexpr as ne
import numpy as np


def _evaluate(text, out=None, **names):
    return ne.evaluate(text, local_dict=names, global_dict={}, out=out)


def compute(a, steps):
    x = a["x"]
    clipped = "where(x < 2.0, 2.0, where(x > 10.0, 10.0, x))"
    return (_evaluate(f"{clipped} * 4.0 + y * 3.0 + 9.0", x=x, y=a["y"]),)


def arc_distance(a, steps):
    chord = "(sin((t2 - t1) * 0.5) ** 2 + cos(t1) * cos(t2) * sin((p2 - p1) * 0.5) ** 2)"
    # Equal parts of an expression are computed once.
    return (_evaluate(f"2.0 * arctan2(sqrt({chord}), sqrt(1.0 - {chord}))", **a),)


def go_fast(a, steps):
    return (_evaluate("a + total", a=a["a"], total=np.tanh(np.diagonal(a["a"])).sum()),)


def softmax(a, steps):
    x = a["x"]
    e = _evaluate("exp(x - largest)", x=x, largest=x.max(axis=-1, keepdims=True))
    return (_evaluate("e / total", out=e, e=e, total=e.sum(axis=-1, keepdims=True)),)


def hdiff(a, steps):
    f, coeff = a["field"], a["coeff"]
    laplace = _evaluate("4.0 * c - (s + n + e + w)", c=f[1:-1, 1:-1], s=f[2:, 1:-1], n=f[:-2, 1:-1], e=f[1:-1, 2:],
                        w=f[1:-1, :-2])
    limited = "where((after - before) * (g - f) > 0.0, 0.0, after - before)"
    flux_x = _evaluate(limited, after=laplace[1:, 1:-1], before=laplace[:-1, 1:-1], g=f[2:-1, 2:-2], f=f[1:-2, 2:-2])
    flux_y = _evaluate(limited, after=laplace[1:-1, 1:], before=laplace[1:-1, :-1], g=f[2:-2, 2:-1], f=f[2:-2, 1:-2])
    return (_evaluate("f - coeff * (x1 - x0 + y1 - y0)", f=f[2:-2, 2:-2], coeff=coeff, x1=flux_x[1:], x0=flux_x[:-1],
                      y1=flux_y[:, 1:], y0=flux_y[:, :-1]),)


def _double_steps(a, steps, inner, text, neighbours):
    a, b = a["a"].copy(), a["b"].copy()
    for _ in range(steps):
        for u, out in ((a, b), (b, a)):
            _evaluate(text, out=out[inner], **{name: u[at] for name, at in neighbours.items()})
    return a, b


_IN, _LESS, _MORE = slice(1, -1), slice(None, -2), slice(2, None)


def jacobi_1d(a, steps):
    return _double_steps(a, steps, _IN, "(w + c + e) / 3.0", {"w": _LESS, "c": _IN, "e": _MORE})


_PLANE = {"c": (_IN, _IN), "w": (_IN, _LESS), "e": (_IN, _MORE), "s": (_MORE, _IN), "n": (_LESS, _IN)}


def jacobi_2d(a, steps):
    return _double_steps(a, steps, (_IN, _IN), "0.2 * (c + w + e + s + n)", _PLANE)


_SPACE = {"c": (_IN, _IN, _IN), "s": (_MORE, _IN, _IN), "n": (_LESS, _IN, _IN), "e": (_IN, _MORE, _IN),
          "w": (_IN, _LESS, _IN), "u": (_IN, _IN, _MORE), "d": (_IN, _IN, _LESS)}


def heat_3d(a, steps):
    return _double_steps(a, steps, (_IN, _IN, _IN), "c + 0.125 * (s + n + e + w + u + d - 6.0 * c)", _SPACE)


def fdtd_2d(a, steps):
    ex, ey, hz = (a[name].copy() for name in ("ex", "ey", "hz"))
    change = "v - 0.5 * (g - f)"
    for t in range(steps):
        ey[0] = t
        _evaluate(change, out=ey[1:], v=ey[1:], g=hz[1:], f=hz[:-1])
        _evaluate(change, out=ex[:, 1:], v=ex[:, 1:], g=hz[:, 1:], f=hz[:, :-1])
        inner = hz[:-1, :-1]
        _evaluate("v - 0.7 * (e - w + s - n)", out=inner, v=inner, e=ex[:-1, 1:], w=ex[:-1, :-1], s=ey[1:, :-1],
                  n=ey[:-1, :-1])
    return ex, ey, hz


def floyd_warshall(a, steps):
    path = a["path"].copy()
    for k in range(len(path)):
        column, row = path[:, k, None].copy(), path[k].copy()
        _evaluate("where(column + row < path, column + row, path)", out=path, column=column, row=row, path=path)
    return (path,)


PROGRAMS = {f.__name__: f for f in (compute, arc_distance, go_fast, softmax, hdiff, jacobi_1d, jacobi_2d, heat_3d, fdtd_2d,
                                    floyd_warshall)}
