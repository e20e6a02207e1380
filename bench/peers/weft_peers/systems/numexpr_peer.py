"""numexpr: one compiled expression per step, results written into reused buffers.

Its constants come as scalars of the dtype, since a float literal would widen float32 to float64.
Its float32 sums have a float32 accumulator, too coarse for 10 million elements; so there is a variant
that multiplies by a float64 one, which widens the accumulator.
"""

import numexpr as ne
import numpy as np

from .. import formulas, library
from .base import Peer, Unsupported


class NumexprPeer(Peer):
    name = "numexpr"

    def __init__(self, threads):
        super().__init__(threads)
        ne.set_num_threads(threads)

    def info(self):
        return {"numexpr": ne.__version__, "numpy": np.__version__, "threads": ne.nthreads,
                "vml": ne.use_vml}

    def prepare(self, workload, dtype, n):
        if workload.startswith("matmul"):
            raise Unsupported("numexpr has no matrix product")
        if workload in library.NAMES:
            raise Unsupported("numexpr has element by element functions and sums alone")
        if workload.startswith("solve"):
            raise Unsupported("numexpr has no linear algebra")
        if workload.startswith("random"):
            raise Unsupported("numexpr has no random numbers")
        return getattr(self, "_" + workload)(np.dtype(dtype).type)

    def _evaluate(self, text, like, constants=None):
        """A function that evaluates `text` into one reused buffer shaped as `like`."""
        out = np.empty_like(like)
        names = {**self.arrays, **(constants or {})}
        return lambda: (ne.evaluate(text, local_dict=names, global_dict={}, out=out),)

    def _add(self, _):
        return {"out=": self._evaluate("x + y", self.arrays["x"])}

    def _exp_sin(self, _):
        return {"out=": self._evaluate("exp(-(x * x)) * sin(y) + 1", self.arrays["x"])}

    def _where_mix(self, _):
        return {"out=": self._evaluate("where((x > 0) & (y < 1), x * 2, y - 1)",
                                       self.arrays["x"])}

    def _poly8(self, real):
        constants = {f"c{i}": real(c) for i, c in enumerate(formulas.POLY)}
        text = "c0"
        for i in range(1, len(formulas.POLY)):
            text = f"({text}) * x + c{i}"
        return {"out=": self._evaluate(text, self.arrays["x"], constants)}

    def _sum_sqrt(self, _):
        fill = self._evaluate("sqrt(x * x + y * y)", self.arrays["x"])
        arrays = self.arrays
        return {
            "fused sum": lambda: (ne.evaluate("sum(sqrt(x * x + y * y))", local_dict=arrays,
                                              global_dict={}),),
            "map with out=, numpy sum": lambda: (fill()[0].sum(),),
        }

    def _black_scholes(self, real):
        a = self.arrays
        constants = {
            "rate": real(formulas.RATE), "vol": real(formulas.VOLATILITY), "half": real(0.5),
            "drift": real(formulas.RATE + 0.5 * formulas.VOLATILITY ** 2),
            "p": real(formulas.CDF_P), "g": real(formulas.INV_SQRT_2PI),
            **{f"b{i + 1}": real(b) for i, b in enumerate(formulas.CDF_B)},
        }
        names = {**a, **constants}
        for name in ("d1", "n1", "n2", "call", "put"):
            names[name] = np.empty_like(a["s"])
        d2 = "(d1 - vol * sqrt(t))"
        kk = "(1 / (1 + p * abs({d})))"
        series = f"{kk}*(b1 + {kk}*(b2 + {kk}*(b3 + {kk}*(b4 + {kk}*b5))))"
        tail = f"(g * exp(-half * {{d}} * {{d}}) * ({series}))"
        cdf = f"where({{d}} < 0, {tail}, 1 - {tail})"
        steps = [
            ("d1", "(log(s / k) + drift * t) / (vol * sqrt(t))"),
            ("n1", cdf.format(d="d1")), ("n2", cdf.format(d=d2)),
            ("call", "s * n1 - k * exp(-rate * t) * n2"),
            ("put", "k * exp(-rate * t) * (1 - n2) - s * (1 - n1)"),
        ]

        def run():
            for name, text in steps:
                ne.evaluate(text, local_dict=names, global_dict={}, out=names[name])
            return names["call"], names["put"]
        return {"out=": run}

    def _reduce(self, kind, array, axis=None):
        tail = "" if axis is None else f", axis={axis}"
        names = {"v": array}
        return {kind: lambda: (ne.evaluate(f"{kind}(v{tail})", local_dict=names,
                                           global_dict={}),)}

    def _moments(self, array, axis=None):
        tail = "" if axis is None else f", axis={axis}"
        real = array.dtype.type
        count = array.size if axis is None else array.shape[axis]
        names = {"v": array, "wide": np.float64(1.0)}

        def run(widen):
            mean = ne.evaluate(f"sum(v{widen}{tail})", local_dict=names, global_dict={}) / count
            mean = np.asarray(mean, dtype=real)
            around = mean[:, None] if axis == 1 else mean
            squares = ne.evaluate(f"sum((v - u) * (v - u){widen}{tail})",
                                  local_dict={**names, "u": around}, global_dict={})
            return mean, np.sqrt(squares / count).astype(real)
        variants = {"two passes": lambda: run("")}
        if real is np.float32:
            variants["two passes, wide"] = lambda: run(" * wide")
        return variants

    def _sum(self, _):
        return self._reduce("sum", self.arrays["x"])

    def _min(self, _):
        return self._reduce("min", self.arrays["x"])

    def _mean_std(self, _):
        return self._moments(self.arrays["x"])

    def _sum_axis0(self, _):
        return self._reduce("sum", self.arrays["m"], 0)

    def _sum_axis1(self, _):
        return self._reduce("sum", self.arrays["m"], 1)

    def _min_axis0(self, _):
        return self._reduce("min", self.arrays["m"], 0)

    def _min_axis1(self, _):
        return self._reduce("min", self.arrays["m"], 1)

    def _mean_std_axis0(self, _):
        return self._moments(self.arrays["m"], 0)

    def _mean_std_axis1(self, _):
        return self._moments(self.arrays["m"], 1)

    def _transpose_mean(self, real):
        q = self.arrays["q"]
        names, rows = {"q": q, "w": q.T}, real(q.shape[0])
        out = np.empty_like(q)

        def fused():
            total = ne.evaluate("sum(q + w, axis=0)", local_dict=names, global_dict={})
            return ((total / rows).astype(real),)

        def mapped():
            ne.evaluate("q + w", local_dict=names, global_dict={}, out=out)
            return (out.mean(axis=0),)
        return {"fused sum": fused, "map with out=, numpy mean": mapped}

    def _stencil5(self, real):
        q = self.arrays["q"]
        names = {"n": q[:-2, 1:-1], "s": q[2:, 1:-1], "w": q[1:-1, :-2], "e": q[1:-1, 2:],
                 "c": q[1:-1, 1:-1], "fifth": real(0.2)}
        out = np.empty(names["c"].shape, q.dtype)
        return {"out=": lambda: (ne.evaluate("(n + s + w + e + c) * fifth", local_dict=names,
                                             global_dict={}, out=out),)}

    def _softmax(self, _):
        m = self.arrays["m"]
        e = np.empty_like(m)

        def run():
            largest = m.max(axis=1, keepdims=True)
            ne.evaluate("exp(m - u)", local_dict={"m": m, "u": largest}, global_dict={}, out=e)
            total = e.sum(axis=1, keepdims=True)
            ne.evaluate("e / u", local_dict={"e": e, "u": total}, global_dict={}, out=e)
            return (e,)
        return {"map with out=, numpy max and sum": run}


PEER = NumexprPeer
