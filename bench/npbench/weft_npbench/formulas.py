"""Programs without loops over time, written once against a NumPy-like namespace `xp` from their definitions: `a` has the
inputs by name. NumPy and JAX both run these."""

ALPHA, BETA = 1.5, 1.2


def compute(xp, a):
    return (xp.clip(a["x"], 2.0, 10.0) * 4.0 + a["y"] * 3.0 + 9.0,)


def arc_distance(xp, a):
    t1, t2 = a["t1"], a["t2"]
    chord = (xp.sin((t2 - t1) * 0.5) ** 2
             + xp.cos(t1) * xp.cos(t2) * xp.sin((a["p2"] - a["p1"]) * 0.5) ** 2)
    return (2.0 * xp.arctan2(xp.sqrt(chord), xp.sqrt(1.0 - chord)),)


def go_fast(xp, a):
    return (a["a"] + xp.tanh(xp.diagonal(a["a"])).sum(),)


def _softmax(xp, x):
    e = xp.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def softmax(xp, a):
    return (_softmax(xp, a["x"]),)


def mlp(xp, a):
    first = xp.maximum(a["x"] @ a["w1"] + a["b1"], 0.0)
    second = xp.maximum(first @ a["w2"] + a["b2"], 0.0)
    return (_softmax(xp, second @ a["w3"] + a["b3"]),)


def hdiff(xp, a):
    f, coeff = a["field"], a["coeff"]
    laplace = 4.0 * f[1:-1, 1:-1] - (f[2:, 1:-1] + f[:-2, 1:-1] + f[1:-1, 2:] + f[1:-1, :-2])
    step = laplace[1:, 1:-1] - laplace[:-1, 1:-1]
    flux_x = xp.where(step * (f[2:-1, 2:-2] - f[1:-2, 2:-2]) > 0, 0.0, step)
    step = laplace[1:-1, 1:] - laplace[1:-1, :-1]
    flux_y = xp.where(step * (f[2:-2, 2:-1] - f[2:-2, 1:-2]) > 0, 0.0, step)
    return (f[2:-2, 2:-2] - coeff * (flux_x[1:] - flux_x[:-1] + flux_y[:, 1:] - flux_y[:, :-1]),)


def _convolution(x, w, bias):
    rows, columns = x.shape[1] - 4, x.shape[2] - 4
    total = bias
    for i in range(5):
        for j in range(5):
            total = total + x[:, i:i + rows, j:j + columns] @ w[i, j]
    return total


def conv2d(xp, a):
    return (_convolution(a["x"], a["w"], a["bias"]),)


def _pooled(x):
    """The largest of each 2 × 2 pixels."""
    count, rows, columns, channels = x.shape
    return x.reshape(count, rows // 2, 2, columns // 2, 2, channels).max(axis=(2, 4))


def lenet(xp, a):
    x = _pooled(xp.maximum(_convolution(a["x"], a["w1"], a["b1"]), 0.0))
    x = _pooled(xp.maximum(_convolution(x, a["w2"], a["b2"]), 0.0))
    x = xp.maximum(x.reshape(x.shape[0], -1) @ a["f1"] + a["c1"], 0.0)
    x = xp.maximum(x @ a["f2"] + a["c2"], 0.0)
    return (x @ a["f3"] + a["c3"],)


def atax(xp, a):
    return ((a["a"] @ a["x"]) @ a["a"],)


def bicg(xp, a):
    return a["r"] @ a["a"], a["a"] @ a["p"]


def mvt(xp, a):
    return a["x1"] + a["a"] @ a["y1"], a["x2"] + a["y2"] @ a["a"]


def gesummv(xp, a):
    return (ALPHA * (a["a"] @ a["x"]) + BETA * (a["b"] @ a["x"]),)


def gemver(xp, a):
    updated = a["a"] + xp.outer(a["u1"], a["v1"]) + xp.outer(a["u2"], a["v2"])
    x = a["x"] + BETA * (a["y"] @ updated) + a["z"]
    return updated, x, a["w"] + ALPHA * (updated @ x)


def gemm(xp, a):
    return (ALPHA * (a["a"] @ a["b"]) + BETA * a["c"],)


def k2mm(xp, a):
    return (ALPHA * (a["a"] @ a["b"]) @ a["c"] + BETA * a["d"],)


def k3mm(xp, a):
    return ((a["a"] @ a["b"]) @ (a["c"] @ a["d"]),)


def symm(xp, a):
    symmetric = xp.tril(a["a"]) + xp.tril(a["a"], -1).T
    return (ALPHA * (symmetric @ a["b"]) + BETA * a["c"],)


def _lower(xp, changed, c):
    """The changed elements on and below the diagonal, those of c above it."""
    return xp.tril(changed) + xp.triu(c, 1)


def syrk(xp, a):
    return (_lower(xp, ALPHA * (a["a"] @ a["a"].T) + BETA * a["c"], a["c"]),)


def syr2k(xp, a):
    product = a["a"] @ a["b"].T + a["b"] @ a["a"].T
    return (_lower(xp, ALPHA * product + BETA * a["c"], a["c"]),)


def trmm(xp, a):
    return (ALPHA * (xp.tril(a["a"], -1).T @ a["b"] + a["b"]),)


def doitgen(xp, a):
    return (a["a"] @ a["c4"],)


def covariance(xp, a):
    around = a["data"] - a["data"].mean(axis=0)
    return (around.T @ around / (around.shape[0] - 1.0),)


def covariance2(xp, a):
    return (xp.cov(a["data"].T),)


def correlation(xp, a):
    data = a["data"]
    std = data.std(axis=0)
    # A column that hardly varies is not divided by a number near zero.
    scaled = (data - data.mean(axis=0)) / (data.shape[0] ** 0.5 * xp.where(std <= 0.1, 1.0, std))
    return (scaled.T @ scaled,)


def cholesky2(xp, a):
    return (xp.linalg.cholesky(a["a"]),)


def azimint_naive(xp, a, rings):
    data, radius = a["data"], a["radius"]
    # One product for each edge, which no compiler can round otherwise.
    end, means = radius.max(), []
    for ring in range(rings):
        inside = (end * (ring / rings) <= radius) & (radius < end * ((ring + 1) / rings))
        means.append(xp.where(inside, data, 0.0).sum() / inside.sum())
    return (xp.stack(means),)


def azimint_hist(xp, a, rings):
    weights = xp.histogram(a["radius"], rings, weights=a["data"])[0]
    return (weights / xp.histogram(a["radius"], rings)[0],)


SOFTENING, TIME_STEP = 0.1, 0.01


def distances(x, y, z):
    """What lies between each two bodies, by axis."""
    return x - x[:, None], y - y[:, None], z - z[:, None]


def accelerations(mass, x, y, z):
    dx, dy, dz = distances(x, y, z)
    cubed = (dx * dx + dy * dy + dz * dz + SOFTENING ** 2) ** -1.5
    return (dx * cubed) @ mass, (dy * cubed) @ mass, (dz * cubed) @ mass


def energies(xp, mass, place, speed):
    """Kinetic and potential energy."""
    dx, dy, dz = distances(*place)
    distance = xp.sqrt(dx * dx + dy * dy + dz * dz)
    inverse = xp.where(distance > 0, 1.0 / xp.where(distance > 0, distance, 1.0), 0.0)
    kinetic = 0.5 * (mass * (speed[0] ** 2 + speed[1] ** 2 + speed[2] ** 2)).sum()
    return kinetic, -0.5 * (xp.outer(mass, mass) * inverse).sum()


def nbody_step(mass, place, speed, pull):
    """The next place, speed and acceleration: kick, drift, kick."""
    speed = [v + a * (TIME_STEP / 2) for v, a in zip(speed, pull)]
    place = [p + v * TIME_STEP for p, v in zip(place, speed)]
    pull = accelerations(mass, *place)
    return place, [v + a * (TIME_STEP / 2) for v, a in zip(speed, pull)], list(pull)


def nbody_start(a):
    """Mass, places, speeds around the centre of mass, accelerations."""
    mass, place = a["mass"], [a[name] for name in "xyz"]
    speed = [a[name] - (mass * a[name]).mean() / mass.mean() for name in ("vx", "vy", "vz")]
    return mass, place, speed, list(accelerations(mass, *place))


WITH_STEPS = {"azimint_naive": azimint_naive, "azimint_hist": azimint_hist}

PLAIN = {f.__name__: f for f in (
    compute, arc_distance, go_fast, softmax, mlp, hdiff, conv2d, lenet, atax, bicg, mvt, gesummv, gemver, gemm, k2mm, k3mm, symm,
    syrk, syr2k, trmm, doitgen, covariance, covariance2, correlation, cholesky2)}
