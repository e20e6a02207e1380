"""Writes expressions and what NumPy makes of them, for EvaluatorTest.

dev/weft/cli/language/evaluator-fixtures.txt has lines "input<TAB>name<TAB>dtype<TAB>shape<TAB>values", then lines
"expression<TAB>dtype<TAB>shape<TAB>values". Expressions are NumPy's own, evaluated by Python.

    python3 cli/src/test/python/make_evaluator_fixtures.py
"""

import pathlib
import random
import warnings

import numpy as np

COMPUTABLE = {"bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64",
              "complex64", "complex128"}

INPUTS = {
    "x": np.array([[0.5, -1.25, 2.0, 3.5], [4.0, -0.75, 1.5, 0.0], [-2.5, 6.0, 0.25, 1.0]]),
    "y": np.array([[1.0, 2.5, -0.5, 4.0], [3.0, 0.125, -2.0, 1.5], [5.0, -1.0, 0.75, 2.25]]),
    "n": np.array([1.0, np.nan, -3.0, np.inf]),
    "f": np.array([1.5, -2.0, 0.25, 3.0], dtype=np.float32),
    "i": np.array([[3, -7, 0, 12], [5, 5, -2, 1], [100, -30, 8, 9]]),
    "j": np.array([2, 3, 1, 4], dtype=np.int32),
    "s": np.array([100, -100, 7], dtype=np.int8),
    "u": np.array([[1], [200], [3]], dtype=np.uint8),
    "w": np.array([2**63, 3, 2**64 - 1], dtype=np.uint64),
    "h": np.array([1.5, -0.1, 60000.0, np.nan], dtype=np.float16),
    "b": np.array([[True, False, True, True], [False, False, True, False], [True, True, False, True]]),
    "z": np.array([[1 + 2j, -0.5j, 3], [0.25 - 1j, 2j, -1.5 + 0.5j]]),
    "c": np.array([1 - 1j, 0.5j], dtype=np.complex64),
    "m": np.array([True, False, True]),
}

WRITTEN = """
1 + 2 * 3
7 // 2
-7 // 2
-7 % 3
7 % -3
-7.5 // 2
7.5 % -2
2 ** 10
2 ** -1
-2 ** 2
1 / 4
0x1f + 1_000
~5
5 & 3 | 8 ^ 2
1 << 4 >> 2
True + True
True & False
1 < 2
2 >= 2.0
pi
e
inf
-inf
nan
1e-3
1 / x
2 ** x
2 ** j
j ** 2
j ** 2.0
i // 3
i % 5
i % -5
100 // j
i / 2
x // 0.5
x % 0.7
f + 1
f + 1.5
f * pi
f * sqrt(2)
f * x
j + 1.5
j + 1
s + 1
s * 2
u + 1
u + s
u - j
b + 1
b + 1.0
b * 2
b & (x > 0)
b | True
b ^ b
~b
~i
-j
+f
-u
x > 0
0 < x
x == i
i != 5
u > -1
u < 300
s == 1000
f >= 0.25
(x > 0) & (y < 3)
x @ y.T
x @ f
f @ f
i @ j
x.T
x.T.shape
x.shape[0]
x.size
x.ndim
x.sum()
x.sum(axis=0)
x.sum(axis=1)
x.sum(axis=-1)
x.sum(0)
x.sum(axis=(0, 1))
x.sum(axis=0, keepdims=True)
x.mean(axis=1, keepdims=True)
x.mean(keepdims=True)
sum(x * y, axis=1)
mean(sqrt(x**2 + y**2), axis=0)
mean(sqrt(x**2 + y**2))
mean(f)
sum(f)
sum(j)
sum(s)
sum(u, dtype=int64)
sum(b)
sum(x > 0)
sum(j, dtype=float64)
sum(s, dtype=int32)
mean(i)
mean(b)
prod(j)
prod(x, axis=0)
min(x)
max(x, axis=1)
amin(i, axis=0)
amax(i)
std(x)
std(x, axis=0)
std(x, ddof=1)
var(x, axis=1, ddof=1)
var(x, axis=1, ddof=1, keepdims=True)
var(f)
any(x > 5)
all(x > -5, axis=0)
any(i, axis=1)
argmax(x)
argmin(x, axis=1)
argmax(i, axis=0)
count_nonzero(b)
count_nonzero(i, axis=1)
nansum(n)
nanmean(n[:3])
nanmax(n[:3])
nanmin(n)
nanstd(n[:3])
cumsum(x)
cumsum(x, axis=0)
cumprod(j)
cumsum(i, axis=1)
diff(f)
diff(x, axis=0)
diff(i, n=2)
where(x > 0, x, 0)
where(x > 0, x, y)
where(x > 0, 1, 0)
where(x > 0, 1.5, f)
where(b, i, 0.5)
where(b, j, 2)
where(b, 1, u)
where(m, 1, 2)
clip(x, 0, 1)
clip(x, -0.5, 1.5)
clip(i, 0, 10)
clip(i, 0.5, 9)
clip(f, 0, 1.5)
clip(x, None, 1)
clip(x, 0, None)
x.clip(0, 2)
clip(x, y, 3)
round(x)
round(x, 1)
x.round(1)
round(f)
sqrt(abs(x))
sqrt(j)
sqrt(s.astype(int16) + 200)
sqrt(2)
exp(x)
log(abs(x) + 1)
log2(j)
log10(j)
log1p(f * f)
expm1(x)
sin(x) ** 2 + cos(x) ** 2
tan(x)
arcsin(f / 4)
arctan2(y, x)
hypot(x, y)
sinh(x)
tanh(f)
floor(x)
ceil(x)
trunc(x)
rint(x)
sign(x)
sign(i)
fabs(i)
square(x)
square(i)
reciprocal(y)
cbrt(x)
degrees(x)
radians(x)
deg2rad(f)
isnan(n)
isinf(n)
isfinite(n)
signbit(x)
maximum(x, 0)
maximum(x, y)
minimum(1, i)
minimum(f, 0.5)
fmax(n, 0)
fmin(n, 0)
maximum(n, 0)
mod(i, 4)
power(x, 2)
floor_divide(i, 4)
true_divide(i, 4)
remainder(x, 2)
fmod(x, 2)
logical_and(x, b)
logical_or(i, 0)
logical_xor(b, i)
logical_not(x)
bitwise_and(i, 6)
invert(i)
left_shift(i, 2)
right_shift(i, 1)
i << j
i >> 1
copysign(x, -1)
nextafter(f, 2)
logaddexp(x, y)
nan_to_num(n)
isclose(x, x + 1e-9)
allclose(x, x + 1e-9)
allclose(x, y)
isclose(x, x + 0.5, rtol=0, atol=0.5)
isclose(x, y, rtol=0.5)
isclose(i, i + 1, atol=1)
isclose(n, n)
isclose(n, n, equal_nan=True)
allclose(x, x * 1.01, rtol=0.02)
allclose(n, n, equal_nan=True)
x.astype(float32)
x.astype(int)
x.astype('int32')
x.astype(bool)
i.astype(float32)
float32(x)
int64(y)
float64(3)
x.reshape(2, 6)
x.reshape((2, -1))
reshape(x, (4, 3))
reshape(x, -1)
x.ravel()
x.flatten()
ravel(b)
transpose(x)
x.transpose(1, 0)
moveaxis(x[newaxis], 0, 2)
swapaxes(x, 0, 1)
expand_dims(f, 0)
expand_dims(f, -1)
squeeze(x[:1])
squeeze(x[:1], axis=0)
broadcast_to(f, (2, 4))
flip(x)
flip(x, axis=0)
flip(f)
roll(f, 1)
roll(x, 2)
roll(x, -1, axis=1)
tile(f, 2)
tile(f, (2, 2))
repeat(f, 2)
repeat(x, 2, axis=0)
take(f, [0, 3, -1])
take(x, [2, 0], axis=1)
take(x, [5, 1])
concatenate([x, y])
concatenate([x, y], axis=1)
concatenate((f, j))
stack([f, j])
stack([f, f * 2], axis=1)
vstack([f, f])
hstack([f, f])
hstack([x, y])
x[0]
x[-1]
x[1, 2]
x[1:]
x[:, 1]
x[:, -1:]
x[::-1]
x[::2, ::-2]
x[1:, ::-2]
x[..., 0]
x[newaxis].shape
x[:, newaxis, :].shape
x[None, 0]
x[..., newaxis]
x[0][1]
x[10:]
x[-2:-1]
f[3:0:-1]
x[x > 0]
x[m]
x[m, :]
x[:, f > 0]
x[[0, 2]]
x[:, [1, 3, 1]]
x[..., [0, 1]]
f[[3, 3, -1]]
f[j - 1]
x[argmax(x, axis=0)]
f[argmax(f)]
x[(1, 2)]
x[[True, False, True]]
zeros(3)
zeros((2, 3), dtype=int32)
ones((2, 2))
ones(2, dtype=bool)
full((2, 2), 7)
full(3, 0.5)
full(2, 1, dtype=float32)
zeros_like(i)
ones_like(f)
full_like(x, 3)
zeros_like(x, dtype=int)
eye(3)
eye(2, 3)
eye(3, k=1)
eye(2, dtype=int)
identity(2)
arange(5)
arange(2, 5)
arange(0, 10, 3)
arange(5, 0, -2)
arange(0.0, 1.0, 0.25)
arange(3.0)
linspace(0, 1, 5)
linspace(2.0, 3.0, num=4)
array([1, 2, 3])
array([1.5, 2])
array([[1, 2], [3, 4]])
array([True, False])
array([1, 2], dtype=float32)
array([1, 2.5]) + x[:, :2]
f + [1, 2, 3, 4]
maximum(f, [0, 1, 0, 1])
[1, 2, 3, 4] * j
dot(x, y.T)
dot(f, f)
outer(f, j)
tensordot(x, y)
tensordot(x, y, axes=([0], [0]))
tensordot(x, y.T, axes=1)
matmul(x, y.T)
np.sqrt(np.abs(x)).sum()
numpy.pi * x
np.mean(x[np.newaxis], axis=0)
x.dot(f)
x.max(axis=0) - x.min(axis=0)
(x - x.mean(axis=0)) / x.std(axis=0)
exp(-x**2) * sin(y) + 1
len(x)
x.shape
(x.T @ y).T[0]
x - y - i
x * -y ** 2
-x ** 2
concatenate([x, y], axis=None)
concatenate([x, 2.5, f], axis=None)
concat((1, 2), axis=None)
diff(x, n=0)
diff(i, n=7)
diff(b)
diff(b, n=2, axis=0)
tensordot(x, f, axes=0).shape
tensordot(x, f, axes=1)
round(i, -1)
round(i * 12345, -2)
round(i * 5, -1)
round(j, 2)
round(s, -2)
round(u, -1)
round(x * 1234, -2)
dstack([f, j])
dstack([x, y])
column_stack([m, [1, 2, 3], x[:, :2]])
vstack([1, 2.5])
hstack([1, f])
concatenate([f, 2.5], axis=None)
stack([f, [1, 2, 3, 4]])
x[0, [1, 2]]
x[[1, 2], 0]
x[[0, 1], [1, 0]]
x[[[0], [2]], [1, 3, 0]]
x[[0, 2], :, newaxis].shape
x[:, [0, 2], newaxis].shape
x[newaxis, 1, [0, 2]].shape
x[newaxis, :, [0, 2]].shape
x[0, newaxis, [0, 2]].shape
x[[[0, 1], [2, 0]]]
x[:, j - 1]
x[b]
x[m, 1]
x[m, [0, 3]]
x[m, 1:3]
x[1:, b[0]]
x[-1, f > 0]
i.reshape(3, 2, 2)[:, [0, 1], [1, 0]]
i.reshape(3, 2, 2)[[0, 2], :, [1, 0]]
i.reshape(3, 2, 2)[[0, 2], ..., 1]
i.reshape(3, 2, 2)[0, :, [1, 0, 0]]
i.reshape(3, 2, 2)[b.reshape(3, 2, 2)[:, :, 0]]
i.reshape(3, 2, 2)[0, b[:2, :2]]
i.reshape(3, 2, 2)[b[:, :2], 1]
i.reshape(3, 2, 2)[..., [[1, 0], [0, 0]], 0]
x[True].shape
x[False].shape
x[:0][True].shape
x[array(True)].shape
x[:, True].shape
x[[0, 1], True]
array(3.0)[True]
x[[]].shape
x[:0][array(False)].shape
x[[0, -1], ::-1]
take(f, [[0, 1], [2, 3]])
take(x, [[0, 1], [2, 0]], axis=0)
take(x, [[0, 1], [2, 0]], axis=1)
take(f, array([True, False]))
take(f, array(2))
roll(x, (1, 2), (0, 1))
roll(x, (1, 2), axis=(1, 1))
roll(x, 1, axis=(0, 1))
roll(x, (1, 2))
moveaxis(i.reshape(3, 2, 2), (0, 1), (1, 2))
moveaxis(i.reshape(3, 2, 2), (0, 1, 2), (2, -2, 0))
repeat(f, [1, 0, 2, 3])
repeat(x, [2, 0, 1], axis=0)
repeat(f, [2])
sum(array(3.0), axis=0)
max(array(3.0), axis=-1)
sum(array(3.0), axis=0, keepdims=True)
cumsum(array(3.0), axis=0)
cumsum(array(3.0))
sum(x, axis=())
sum(b, axis=())
mean(i, axis=())
var(x, axis=())
any(x, axis=(), keepdims=True)
flip(x, axis=())
squeeze(x[:1], axis=())
max(i, initial=50)
max(x, axis=1, initial=2)
min(f, initial=-5)
max(x[:0], axis=0, initial=2)
max(x[:0], initial=-1.5)
min(i[:, :0], axis=1, initial=7, keepdims=True)
sum(i, initial=10)
sum(x, axis=0, initial=0.5, keepdims=True)
prod(j, initial=2)
nanstd(n[:3], ddof=1)
nanvar(n[:3], ddof=1)
nanvar(n)
nanvar(x, axis=1, ddof=2)
nanvar(n[1:2], ddof=1)
nanvar(i, axis=0, ddof=1)
nansum(n, dtype=float64)
cumsum(j, dtype=float64)
intersect1d(m, j)
intersect1d(u, i)
intersect1d(j, f)
intersect1d(n, n)
concatenate([astype(j, int16), astype(j, uint16), f])
concatenate([astype(j, uint16), astype(j, int16), j[:2], f])
clip(astype(j, int16), astype(m[0], uint16), f)
clip(astype(j, uint16), astype(j, int16) - 1, f)
einsum('i,i,i->', astype(j, int16), astype(j, uint16), f)
gcd(~astype(array([0, 0, 1]), uint64), astype(array([15, 17, 14]), uint64))
lcm(~astype(array([0, 7]), uint64), astype(array([15, 1]), uint64))
bitwise_count(~astype(array([0, 7]), uint64))
repeat(array(3), 2, axis=0)
repeat(array(2.5), [3], axis=-1)
take(array(7), [0, -1, 0], axis=-1)
take(array(7), 0, axis=0)
b @ b.T
m @ m
dot(b, m[0])
inner(b, b)
vdot(m, m)
zeros((2, 0), dtype=bool) @ zeros((0, 3), dtype=bool)
b @ i.T
cumulative_sum(j)
cumulative_sum(s)
cumulative_sum(x, axis=0)
cumulative_sum(x, axis=-1, include_initial=True)
cumulative_sum(j, dtype=int8, include_initial=True)
cumulative_sum(zeros((2, 0)), axis=1, include_initial=True)
cumulative_sum(m, include_initial=True)
cumulative_prod(f)
cumulative_prod(i, axis=0, include_initial=True)
cumulative_prod(s, dtype=float32, include_initial=True)
cumsum(x, axis=0, dtype=float32)
cumprod(s, dtype=int32)
nancumsum(n, dtype=float64)
diff(f, prepend=0)
diff(x, axis=0, append=1.5)
diff(x, prepend=x[:, :2], append=[[1.0], [2], [3]])
diff(i, n=2, prepend=1, append=2)
nan_to_num(n, nan=1.5)
nan_to_num(n, posinf=3.0)
nan_to_num(array([nan, -inf, inf, 2], dtype=float32), nan=-1, posinf=9, neginf=-9)
nan_to_num(i, nan=5)
linspace(0, 1, 5, endpoint=False)
linspace(2, -3, 4, endpoint=False)
linspace(0, 10, 4, dtype=float32)
linspace(1, 2, 1, endpoint=False)
linspace(1, 2, 0)
hypot(s.astype(int16), 70000)
arctan2(70000, u.astype(uint16))
mean(x.astype(float32), axis=1)
std(x.astype(float32), axis=0)
x.astype('f4')
x.astype('<i2')
x.astype('single')
zeros(2, dtype='u1')
array([0, 2]).astype('?')
ptp(x)
ptp(x, axis=1)
ptp(i, axis=0, keepdims=True)
average(x)
average(x, axis=0)
average(x, weights=y + 3)
average(i, axis=1, weights=[1, 2, 3, 4])
average(i, axis=0, weights=array([0.5, 1, 2]), keepdims=True)
average(f, weights=j)
cov(x)
cov(x, rowvar=False)
cov(x, bias=True)
cov(x[0], y[0])
cov(f)
cov(i, ddof=0)
corrcoef(x)
corrcoef(x[0], y[0])
corrcoef(x, rowvar=False)
corrcoef(f)
gradient(f)
gradient(x, 0.5, axis=0)
gradient(x)
gradient(i, axis=-1)
gradient(j[:2])
ediff1d(x)
ediff1d(i)
trapezoid(f)
trapezoid(x, axis=0)
trapezoid(x, dx=0.25)
trapezoid(x, [0, 1, 3, 7])
trapezoid(x, x=i, axis=0)
diagonal(x)
diagonal(x, offset=1)
diagonal(x, offset=-2)
diagonal(x, offset=5)
diagonal(x, -9)
diagonal(i.reshape(3, 2, 2))
diagonal(i.reshape(3, 2, 2), 0, 1, 2)
diagonal(i.reshape(3, 2, 2), 1, axis1=2, axis2=0)
trace(x)
trace(i, 1)
trace(i.reshape(3, 2, 2), axis1=1, axis2=2)
diag(x)
diag(x, 1)
diag(x, k=-1)
diag(f)
diag(j, 2)
diag(m, -1)
diag(f[:0])
tril(x)
tril(x, -1)
triu(x, 1)
triu(b)
tril(j)
triu(i.reshape(3, 2, 2), k=1)
tril(n[:0])
vander(j)
vander(f, 3)
vander(j, N=2, increasing=True)
vander(s, 0)
kron(f, [1, 2])
kron(x[:2, :2], i[:2])
kron(x[0], i[:2, :2])
cross([1, 2, 3], [4, 5.5, 6])
cross(x[:, :3], y[:, :3])
cross(x, y, axis=0)
inner(x, y)
inner(f, j)
inner(x, 2)
vdot(x, y)
vdot(f, f)
meshgrid(f, j)
meshgrid([1, 2, 3], f, indexing='ij')[1]
meshgrid([1, 2, 3], f)[0]
meshgrid(f, j, [1, 2])[2]
indices((2, 3))
indices((3,))
atleast_1d(3)
atleast_2d(f)
atleast_3d(f).shape
atleast_3d(x).shape
atleast_3d(2.5).shape
fliplr(x)
flipud(f)
rot90(x)
rot90(x, 2)
rot90(x, k=-1)
divmod(i, 3)
divmod(x, -0.75)[1]
modf(x)
modf(n)
modf(i)[0]
heaviside(x, 0.5)
heaviside(n, 1)
heaviside(f - 0.25, f)
heaviside(array([-inf, -1.0, -0.0]), 0.5)
heaviside(i, 0)
sinc(x)
sinc(f)
sinc(i)
float_power(f, 2)
float_power(i, -1.0)
logaddexp2(x, y)
logaddexp2(n, n)
logaddexp2(array([inf, -inf]), array([-inf, -inf]))
isposinf(n)
isneginf(-n)
array_equal(x, x + 0)
array_equal(x, y)
array_equal(x, f)
array_equal(n, n)
array_equal(n, n, equal_nan=True)
array_equal(i, i, equal_nan=True)
heaviside(s.astype(int16), 70000)
heaviside(j, 0.5)
logaddexp2(u.astype(uint16), 70000)
logaddexp2(f, 2)
float_power(f, 0.1)
sort(x)
sort(x, axis=0)
sort(x, axis=None)
sort(n)
sort(i, axis=0)
sort(u, axis=0)
sort(s)
sort(b, axis=1)
sort(f[::-1])
sort(x[:0], axis=0)
sort(x[:, :0], axis=1)
sort(x.T, axis=1)
sort(floor(x * 2) % 3, axis=0)
argsort(x)
argsort(x, axis=0)
argsort(n)
argsort(-n)
argsort(i, axis=1, stable=True)
argsort(i // 5, axis=None, stable=True)
argsort(b, axis=1, stable=True)
argsort(u, axis=0)
argsort(f)
argsort(array([0.0, -0.0, 1.0, -0.0]), stable=True)
partition(array([1, 3, 2]), 2)
median(x)
median(x, axis=0)
median(x, axis=1, keepdims=True)
median(x, axis=(0, 1))
median(x, axis=(0, 1), keepdims=True)
median(n)
median(f)
median(i, axis=0)
median(u)
median(b, axis=1)
median(arange(0.0))
median(x[:0], axis=0)
nanmedian(n)
nanmedian(where(x > 2, nan, x), axis=1)
nanmedian(where(x > -9, nan, x), axis=1)
nanmedian(i)
quantile(x, 0.3)
quantile(x, 0.9, axis=0)
quantile(x, [0.25, 0.5, 1.0], axis=1)
quantile(x, [0.25, 0.5], axis=1, keepdims=True)
quantile(x, [0.0, 0.1])
quantile(x, 0.1, axis=(0, 1), keepdims=True)
quantile(n, 0.5)
quantile(f, 0.3)
quantile(f, [0.3, 0.6])
quantile(i, 0.37)
quantile(i, 0.37, axis=0, method='lower')
quantile(i, [0.37, 0.6], axis=0, method='higher')
quantile(i, 0.37, axis=1, method='midpoint')
quantile(x, 0.37, axis=1, method='nearest')
quantile(i, [0.125, 0.25, 0.375, 0.5, 0.625, 0.9], axis=1, method='nearest')
quantile(x, [0.0, 0.1, 0.25, 0.375, 0.5, 0.8, 1.0], axis=0, method='inverted_cdf')
quantile(x, [0.0, 0.1, 0.25, 0.375, 0.5, 0.8, 1.0], axis=1, method='averaged_inverted_cdf')
quantile(x, [0.0, 0.1, 0.25, 0.375, 0.5, 0.625, 0.8, 1.0], axis=1, method='closest_observation')
quantile(x, [0.0, 0.1, 0.25, 0.375, 0.5, 0.8, 1.0], axis=1, method='interpolated_inverted_cdf')
quantile(x, [0.0, 0.1, 0.25, 0.375, 0.5, 0.8, 1.0], axis=1, method='hazen')
quantile(x, [0.0, 0.1, 0.25, 0.375, 0.5, 0.8, 1.0], axis=1, method='weibull')
quantile(x, [0.0, 0.1, 0.25, 0.375, 0.5, 0.8, 1.0], axis=1, method='median_unbiased')
quantile(x, [0.0, 0.1, 0.25, 0.375, 0.5, 0.8, 1.0], axis=1, method='normal_unbiased')
nanquantile(n, 0.25)
nanquantile(n, [0.25, 0.75])
nanquantile(where(x > 2, nan, x), 0.4, axis=1)
percentile(x, 12.5, axis=0)
percentile(x, [0, 50, 100])
nanpercentile(n, 40)
searchsorted(array([1.0, 2.0, 2.0, 5.0]), x)
searchsorted(array([1.0, 2.0, 2.0, 5.0]), x, side='right')
searchsorted(array([1, 2, 2, 5]), 2.0)
searchsorted(arange(3), j)
searchsorted(sort(n), n)
searchsorted(arange(0.0), x)
digitize(x, array([-1.0, 0.0, 2.0]))
digitize(x, array([-1.0, 0.0, 2.0]), right=True)
digitize(x, array([2.0, 0.0, -1.0]))
digitize(x, array([2.0, 0.0, -1.0]), right=True)
histogram(x)[0]
histogram(x)[1]
histogram(x, bins=4, range=(-1, 3))[0]
histogram(x, 3, density=True)[0]
histogram(x, bins=[-3.0, 0.0, 0.5, 6.0])[0]
histogram(x, 3, weights=y)[0]
histogram(i, 5)[0]
histogram(array([2.0, 2.0]), 3)[1]
histogram(array([0.1, 0.2, 0.3, 0.3, 0.7, 0.7]), bins=10, range=(0.0, 1.0))[0]
bincount(j)
bincount(j, minlength=8)
bincount(j, weights=f)
bincount(array([0, 0, 3, 1]), weights=n)
unique(i)
unique(floor(x))
unique(u)
unique(b)
unique(n)
unique(array([nan, 1.0, nan]))
unique(array([nan, 1.0, nan]), equal_nan=False)
unique(i // 4, return_index=True)[1]
unique(i // 4, return_inverse=True)[1]
unique(i // 4, return_counts=True)[1]
unique(x[:0])
unique_values(array([nan, 1.0, nan]))
unique_counts(i // 4)[1]
unique_inverse(i // 4)[1]
unique_all(i // 4)[1]
isin(i, array([5, -7, 100]))
isin(x, array([0.5, 6.0]), invert=True)
isin(n, n)
isin(i, arange(0))
union1d(j, array([9, 2, 9]))
intersect1d(array([3, 1, 1, 7]), array([7, 3, 3]))
setdiff1d(array([3, 1, 1, 7]), array([7]))
setxor1d(array([3, 1, 1, 7]), array([7, 2]))
w
w + 1
w + s
w - 18446744073709551615
w * f[:3]
w / 2
w // 3
w % 10
w >> 3
w << 1
w & 9223372036854775808
~w
w ** 2
w < 9223372036854775809
w >= -1
i[:, :3] < 9223372036854775808
w == 18446744073709551615
s < w
w > s
9223372036854775808 <= w
f + 9223372036854775808
f < 18446744073709551615
i / 9223372036854775808
18446744073709551615
-9223372036854775808
+18446744073709551615 == 18446744073709551615
9223372036854775808 > 9223372036854775807
9223372036854775808 < 1.5
array([1, 18446744073709551615])
array([-1, 18446744073709551615])
array([0.5, 18446744073709551615])
full(2, 18446744073709551615, dtype=uint64)
full(2, 9223372036854775808)
w.astype(int)
w.astype(float32)
w.astype('u1')
x.astype(uint64)
array([1.5, 9223372036854775808.0]).astype('uint64')
uint64(u)
sum(w)
sum(u)
prod(w)
cumsum(w)
cumsum(u, axis=0)
min(w)
max(w)
argmax(w)
argmin(w)
mean(w)
std(w)
any(w)
all(w)
maximum(w, 5)
clip(w, 1, 9223372036854775809)
where(m, w, 7)
where(m, w, s)
w @ w
dot(w, w)
take(w, [2, 0])
concatenate([w, u[:, 0]])
diff(w)
trace(array([[18446744073709551615, 1], [2, 3]]))
array([True, 18446744073709551615])
abs(w)
sign(w)
sqrt(w)
isnan(w)
signbit(w)
h
h + 1
h * 1.5
h / 3
h + h
h * f
h + s[0]
h * j
h ** 2
h // 0.25
h % 0.75
h < 0.5
x * h
sqrt(u)
sin(s)
exp(b)
u.astype(float16)
i.astype('f2') * 2
float16(y)
h.astype(int)[:2]
h.astype(float)
sum(h[:3])
mean(h[:2])
std(h[:2])
max(h[:3])
argmin(h)
nanmax(h)
nansum(h[:2])
cumsum(h[:2])
abs(h)
isnan(h)
maximum(h, 0)
where(h > 0, h, 0)
round(h)
nan_to_num(h, nan=7)
concatenate([h, s])
clip(h, -1, 2)
h[:2] @ h[:2]
logaddexp2(u[:, 0], 2)
heaviside(s, 0.5)
1 / h
full(2, 0.1, dtype=float16)
zeros(3, dtype='f2')
exp(1j*pi)
sum((1+2j)*arange(5))
array([1+2j, 3])
fft.fftfreq(4)*1j
sqrt(array([-4]).astype(complex64))
abs(array([3+4j]))
(arange(4.0)+1j).real
array([1j,2]) @ array([1j,3])
array(2j**2)
array((-8)**(1/3))
einsum('ij,jk', array([[1j,2],[3,4]]), eye(2))
angle(1j, deg=True)
zeros((2,2), dtype=complex64)
where(arange(3)>1, 1j, 2.0)
sort(array([1j]))
isreal(array([1j,2]))
concatenate([array([1j]), arange(2)])
mean(array([[1j,2],[3,4]]), axis=0)
reshape(arange(4)*1j,(2,2)).T
conj(array([1+1j]))
array([1j])**-1
array([1j])**2.5
allclose(array([1j]), 1j)
unique(array([1j,1j,2]))
repeat(array([1j,2]),2)
pad(array([1j]),1)
take(array([1j,2]),[1,0])
round(array([1.26+2.51j]),1)
trace(array([[1j,2],[3,4]]))
kron(array([1j,2]),array([1,1]))
cross(array([1j,2,3]),array([1,1,1]))
diff(array([1j,2,3]))
vdot(array([1j,2]),array([1j,3]))
linalg.norm(array([3+4j, 0]))
var(array([1j,2]))
std(array([1j,2]))
cumsum(array([1j,2]))
cumprod(array([1j,2,3j]))
array([1j,2])[0]
array([1j,2])[array([1j,2])==2]
count_nonzero(array([1j,0]))
nonzero(array([1j,0]))[0]
average(array([1j,2]), weights=array([1,3]))
cov(array([[1j,2],[3,1]]))
corrcoef(array([[1j,2],[3,1]]))
outer(array([1j]),array([1j]))
inner(array([1j,2]),array([1j,3]))
tensordot(array([1j,2]),array([1j,2]),1)
full((2,),1j)
full_like(arange(2.)+0j,1j)
linspace(0,1,3)+1j
roll(array([1j,2]),1)
polyval(array([1j,2]),3)
vecdot(array([1j,2]),array([1j,2]))
prod(array([1j,2,3j]))
nan_to_num(array([nan*1j]))
isclose(array([1j]),1j)
sign(array([3+4j]))
array([1,2],dtype=float32)*1j
array([1,2],dtype=int8)*1j
array([1,2],dtype=float16)*1j
(array([1,2],dtype=float32)+0j)*2.5
flip(array([1j,2]))
tile(array([1j,2]),2)
stack([array([1j,2]),array([1,2])])
broadcast_to(array(1j),(2,2))
triu(array([[1j,2],[3,4]]))
diag(array([1j,2]))
array([1j,2]).sum()
any(array([0j,2]))
all(array([0j,2]))
isnan(array([nan*1j,2]))
gradient(array([1j,2,5]))
trapezoid(array([1j,2,5]))
convolve(array([1j,2,5]),array([1,1j]))
correlate(array([1j,2,5]),array([1,1j]),'full')
vander(array([1j,2]))
matmul(array([[1j,2],[3,4]]),array([[1j,2],[3,4]]))
array([1j,2])!=array([1j,3])
logical_not(array([0j,1]))
select([array([True,False])],[array([1j,2])],0)
nansum(array([1j,nan]))
ediff1d(array([1j,2,3]))
argwhere(array([1j,0]))
flatnonzero(array([1j,0]))
iscomplex(array([1j,2]))
square(array([1+2j]))
reciprocal(array([1+2j]))
power(array([1+2j]),array([2,3]))
float_power(array([2.0]),2)
array_equal(array([1j]),array([1j]))
expand_dims(array([1j]),0)
squeeze(array([[1j]]))
delete(array([1j,2,3]),1)
insert(array([1j,2,3]),1,5)
append(array([1j,2]),array([3]))
swapaxes(array([[1j,2]]),0,1)
compress([True,False],array([1j,2]))
take_along_axis(array([[1j,2]]),array([[1,0]]),1)
choose([0,1],[array([1j,2]),array([3,4])])
multiply(2j,arange(3))
arange(3)/2j
2j/(1+arange(3))
arange(3)-1j
1j-arange(3)
z + x[:2, :3]
z * f[:2, None]
1j * s
z.real
z.imag
z[1:, ::-1]
z @ z.T
z.sum(axis=0)
abs(z)
exp(z) / (1 + z)
z ** 2
z == z.conj()
sum(z * z.conj()).real
c * 2.5
c + 1
c * 1j
c + array([1.0])[0]
sin(c)
mean(c)
where(m[:2], c, 0)
sqrt(z - 3)
angle(z)
b[0] * 1j
concatenate([c, f])
zeros(2, dtype=complex64) + 1
full(2, 3, dtype=complex128)
-z
z - 2j
2j - z
1 / z
isfinite(z / 0)
round(z * 1.37, 1)
tensordot(z, z.T, 1)
einsum('ij->j', z)
sort(array([2j, 1, 1j, 1 - 1j]))
argsort(array([2j, 1, 1j, 1 - 1j]))
unique(z)
flip(c)
ones_like(c)
c.astype(complex128)
(1 + 2j) * (3 - 1j)
(1 + 2j) / (3 - 1j)
(1 + 2j) ** 3
abs(3 + 4j)
-(1 + 2j)
1j == 1j
""".strip().splitlines()


def environment():
    names = {name: getattr(np, name) for name in dir(np) if not name.startswith("_")}
    names |= {"np": np, "numpy": np, "int": int, "float": float, "bool": bool, "len": len}
    return names | INPUTS


class Writer:
    """Random elementwise expressions over the inputs."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def expression(self, depth):
        r = self.random
        kind = r.random() if depth > 0 else 1.0
        if kind < 0.55:
            op = r.choice(["+", "-", "*", "/", "+", "-", "*", "&", "|", "^", "//", "%", "**"])
            return f"{self.part(depth)} {op} {self.part(depth)}"
        if kind < 0.65:
            return f"{self.part(depth)} {r.choice(['<', '<=', '>', '>=', '==', '!='])} {self.part(depth)}"
        if kind < 0.72:
            return r.choice("-~+") + self.part(depth)
        if kind < 0.85:
            function = r.choice(["abs", "square", "sign", "floor", "exp", "sin", "arctan", "tanh"])
            return f"{function}(1.0 * ({self.expression(depth - 1)}))"
        if kind < 0.92:
            return f"{r.choice(['maximum', 'minimum'])}({self.expression(depth - 1)}, {self.expression(depth - 1)})"
        return r.choice(["x", "y", "f", "i", "j", "u", "b", "1", "2", "0.5", "3", "1.5", "True"])

    def part(self, depth):
        inner = self.expression(depth - 1)
        return f"({inner})" if self.random.random() < 0.4 and not inner.isalnum() else inner


def values(array):
    if array.dtype.kind == "c":
        return ",".join(repr(float(part)) for v in array.ravel() for part in (v.real, v.imag))
    if array.dtype.kind == "f":
        return ",".join(repr(float(v)) for v in array.ravel())
    return ",".join(str(int(v)) for v in array.ravel())


def described(array):
    return f"{array.dtype}\t{','.join(map(str, array.shape))}\t{values(array)}"


def computed(text, names):
    """The result, or None where NumPy refuses, overflows an integer or leaves the supported types."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            with np.errstate(all="raise"):
                result = np.asarray(eval(text, names))
        except Exception:
            return None
    if str(result.dtype) not in COMPUTABLE or result.size > 100:
        return None
    return result


def main():
    folder = pathlib.Path(__file__).parent.parent / "resources/dev/weft/cli/language"
    names = environment()
    lines = [f"input\t{name}\t{described(array)}" for name, array in INPUTS.items()]
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in WRITTEN:
            result = np.asarray(eval(text, names))
            assert str(result.dtype) in COMPUTABLE, text
            lines.append(f"{text}\t{described(result)}")
    writer = Writer(2016)
    seen = set(WRITTEN)
    while len(seen) < len(WRITTEN) + 400:
        text = writer.expression(3)
        result = None if text in seen else computed(text, names)
        if result is not None and result.size > 1:
            seen.add(text)
            lines.append(f"{text}\t{described(result)}")
    (folder / "evaluator-fixtures.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
