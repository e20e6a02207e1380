"""Random expressions. A step is Python text with #0, #1 … for its operands; NumPy decides what is valid."""

import numpy as np

from . import values

OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">=", "==", "!=", "&", "|", "^", "@"]
UNARY_OPERATORS = ["-#0", "+#0", "~#0"]
REDUCTIONS = """sum prod min max mean var std any all count_nonzero nansum nanprod nanmin nanmax
nanmean nanvar nanstd ptp""".split()
POSITIONS = ["argmin", "argmax", "nanargmin", "nanargmax"]
SCANS = ["cumsum", "cumprod", "nancumsum", "nancumprod"]
VIEWS = """#0.T|ravel(#0)|#0[::-1]|#0[1:]|#0[:-1]|#0[::2]|#0[..., ::-1]|#0[..., 1:]|#0[..., None]|#0[None]
#0[0]|#0[-1]|#0[..., 0]|#0[:, 0]|#0[0:0]|#0[::-2]|#0[[0, -1]]|#0[..., [0, 0, -1]]|#0[#0 > 0]|#0[#0 == #0]
#0[[0, -1], [0, 0]]|#0[[[0], [-1]]]|#0[0, [0, -1]]|#0[[True, False]]|#0[1:0]|#0[5:]|squeeze(#0)
flip(#0)|roll(#0, 1)|roll(#0, -2, axis=0)|swapaxes(#0, 0, -1)|moveaxis(#0, 0, -1)|expand_dims(#0, 0)
atleast_2d(#0)|transpose(#0)|fliplr(#0)|rot90(#0)|diagonal(#0)|tril(#0)|triu(#0, 1)|tile(#0, 2)
repeat(#0, 2)|repeat(#0, 2, axis=0)|take(#0, [0, -1])|take(#0, [0, -1], axis=-1)|diff(#0)|diff(#0, axis=0)
reshape(#0, -1)|trace(#0)|flip(#0, axis=0)|sort(#0)|sort(#0, axis=0)|sort(#0, axis=None)|median(#0)|median(#0, axis=0)
nanmedian(#0, axis=-1)|quantile(#0, 0.3)|percentile(#0, 80, axis=0)|quantile(#0, [0.1, 0.5])|unique(#0)|bincount(#0)
pad(#0, 1)|pad(#0, 2, 'edge')|pad(#0, 1, 'reflect')|pad(#0, (2, 1), 'wrap')|argwhere(#0)|flatnonzero(#0)|insert(#0, 1, 5)
insert(#0, 0, 2, axis=-1)|delete(#0, 0)|delete(#0, -1, axis=0)|gradient(#0, axis=-1)|trapezoid(#0)|average(#0, axis=0)|cov(#0)
corrcoef(#0)|vander(#0, 3)|ediff1d(#0)|searchsorted([-1.0, 0.0, 0.5, 2.0], #0)|digitize(#0, [0.0, 1.0, 2.0])
argsort(#0, kind='stable')|rot90(#0, 2)|nan_to_num(#0, nan=1.5)""".replace("\n", "|").split("|")
PAIRS = """concatenate([#0, #1])|concatenate([#0, #1], axis=-1)|concatenate([#0, #1], axis=None)|stack([#0, #1])
stack([#0, #1], axis=-1)|vstack([#0, #1])|hstack([#0, #1])|dot(#0, #1)|outer(#0, #1)|matmul(#0, #1)|inner(#0, #1)
kron(#0, #1)|array_equal(#0, #1)|isclose(#0, #1)|allclose(#0, #1)|vdot(#0, #1)|tensordot(#0, #1, axes=1)
heaviside(#0, #1)|logaddexp2(#0, #1)|float_power(#0, #1)|isin(#0, #1)|union1d(#0, #1)|intersect1d(#0, #1)|setdiff1d(#0, #1)
setxor1d(#0, #1)|append(#0, #1)|append(#0, #1, axis=0)|searchsorted(sort(#0), #1)|convolve(#0, #1)|cross(#0, #1)
einsum('i,i->', #0, #1)|einsum('ij,jk->ik', #0, #1)|einsum('...i,...i->...', #0, #1)|block([#0, #1])|polyval(#0, #1)
trapezoid(#0, #1)|vecdot(#0, #1)""".replace("\n", "|").split("|")
NUMBERS = ["0", "1", "2", "3", "-1", "-2", "10", "0.5", "-1.5", "2.0", "0.0", "True", "300", "inf", "nan"]


def step(rng, rows, pool, types):
    """The text of a step, and its operands, taken from a pool of values."""
    kind = rng.choices(
        ["row", "operator", "unary", "reduction", "scan", "view", "pair", "number", "cast", "shift", "round"],
        [22, 22, 4, 18, 4, 16, 8, 10, 5, 2, 1],
    )[0]
    # Mostly what was made last, so that steps stand on each other.
    one = pool[-1] if rng.random() < 0.6 else rng.choice(pool)
    two = rng.choice(pool)
    if kind == "row":
        name = rng.choice(sorted(rows))
        operands = [one, two, rng.choice(pool)][: rows[name]]
        rng.shuffle(operands)
        return f"{name}({', '.join(f'#{i}' for i in range(rows[name]))})", operands
    if kind == "operator":
        return f"(#0 {rng.choice(OPERATORS)} #1)", [one, two]
    if kind == "unary":
        return f"({rng.choice(UNARY_OPERATORS)})", [one]
    if kind == "number":
        number = rng.choice(NUMBERS)
        pair = ["#0", number] if rng.random() < 0.6 else [number, "#0"]
        return f"({pair[0]} {rng.choice(OPERATORS[:-1])} {pair[1]})", [one]
    if kind == "shift":
        return f"(#0 {rng.choice(['<<', '>>'])} {rng.randint(0, 9)})", [one]
    if kind == "round":
        return f"round(#0, {rng.randint(-2, 3)})", [one]
    if kind == "cast":
        return f"astype(#0, '{rng.choice(types)}')", [one]
    if kind == "view":
        return rng.choice(VIEWS), [one]
    if kind == "pair":
        return rng.choice(PAIRS), [one, two]
    if kind == "scan":
        return f"{rng.choice(SCANS)}(#0{_axis(rng, one.value, several=False)})", [one]
    return reduction(rng, one), [one]


def reduction(rng, operand):
    if rng.random() < 0.15:
        return f"{rng.choice(POSITIONS)}(#0{_axis(rng, operand.value, several=False)})"
    name = rng.choice(REDUCTIONS)
    keep = ", keepdims=True" if rng.random() < 0.3 else ""
    ddof = ", ddof=1" if name in ("var", "std", "nanvar", "nanstd") and rng.random() < 0.3 else ""
    return f"{name}(#0{_axis(rng, operand.value, several=True)}{keep}{ddof})"


def _axis(rng, value, several):
    rank = np.ndim(value)
    if rank == 0 or rng.random() < 0.3:
        return ""
    if several and rng.random() < 0.25:
        axes = rng.sample(range(rank), rng.randint(0, rank))
        return f", axis=({', '.join(map(str, axes))}{',' if len(axes) == 1 else ''})"
    return f", axis={rng.randrange(-rank, rank)}"


def inputs(rng, types):
    """One to three arrays whose shapes mostly broadcast."""
    base = values.shape(rng)
    arrays = {}
    for name in "xyz"[: rng.randint(1, 3)]:
        extents = values.broadcastable(rng, base) if rng.random() < 0.85 else values.shape(rng)
        arrays[name] = values.array(rng, np.dtype(rng.choice(types)), extents)
    return arrays
