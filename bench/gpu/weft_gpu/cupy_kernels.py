"""CuPy's kernels, written for it: its own `fuse` includes headers that CUDA 13 does not have."""

from weft_peers.formulas import CDF_B, CDF_P, INV_SQRT_2PI, POLY, RATE, VOLATILITY


def _horner(coefficients, variable):
    text = f"(T) {coefficients[0]!r}"
    for c in coefficients[1:]:
        text = f"({text} * {variable} + (T) {c!r})"
    return text


_CDF = f"""
template <typename T> __device__ T weft_cdf(T d) {{
  T a = abs(d), k = 1 / (1 + (T) {CDF_P!r} * a);
  T tail = (T) {INV_SQRT_2PI!r} * exp((T) -0.5 * a * a) * (k * {_horner(CDF_B[::-1], "k")});
  return d < 0 ? tail : 1 - tail;
}}
"""

_BLACK_SCHOLES = f"""
  T spread = (T) {VOLATILITY!r} * sqrt(t);
  T d1 = (log(s / k) + (T) {RATE + 0.5 * VOLATILITY * VOLATILITY!r} * t) / spread;
  T n1 = weft_cdf<T>(d1), n2 = weft_cdf<T>(d1 - spread);
  T discounted = k * exp((T) {-RATE!r} * t);
  call = s * n1 - discounted * n2;
  put = discounted * (1 - n2) - s * (1 - n1)
"""

# Names of the inputs, outputs, and the body.
ELEMENTWISE = {
    "add": ("xy", ("z",), "z = x + y"),
    "exp_sin": ("xy", ("z",), "z = exp(-(x * x)) * sin(y) + 1"),
    "poly8": ("x", ("z",), f"z = {_horner(POLY, 'x')}"),
    "where_mix": ("xy", ("z",), "z = x > 0 && y < 1 ? x * 2 : y - 1"),
    "black_scholes": ("skt", ("call", "put"), _BLACK_SCHOLES),
}


def kernel(cupy, workload):
    """A function of the arrays by name, or None where CuPy's own functions do."""
    if workload == "sum_sqrt":
        both = cupy.ReductionKernel(
            "T x, T y", "T z", "sqrt(x * x + y * y)", "a + b", "z = a", "0", "weft_sum_sqrt")
        return lambda arrays: (both(arrays["x"], arrays["y"]),)
    if workload not in ELEMENTWISE:
        return None
    inputs, outputs, body = ELEMENTWISE[workload]
    one = cupy.ElementwiseKernel(
        ", ".join(f"T {name}" for name in inputs), ", ".join(f"T {name}" for name in outputs),
        body, f"weft_{workload}", preamble=_CDF)

    def run(arrays):
        result = one(*(arrays[name] for name in inputs))
        return result if isinstance(result, tuple) else (result,)
    return run
