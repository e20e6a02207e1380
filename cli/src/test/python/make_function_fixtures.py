"""Writes jobs that call functions made of others, and what NumPy makes of them, for EvaluatorFixtureTest.

dev/weft/cli/language/function-fixtures.txt has lines "job<TAB>dtype<TAB>shape<TAB>values" in the form of
evaluator-fixtures.txt, whose inputs it shares. A job may assign before its expression, with ';' between.

    python3 cli/src/test/python/make_function_fixtures.py
"""

import pathlib
import warnings

import numpy as np

from make_evaluator_fixtures import COMPUTABLE, INPUTS, described, environment

ELEMENTS = """
fft.fftfreq(7)
fft.fftfreq(8, 0.1)
fft.rfftfreq(7, 2.5)
fft.rfftfreq(8)
fft.fftshift(x)
fft.fftshift(x, axes=1)
fft.ifftshift(x[:, :3], axes=(1,))
fft.ifftshift(fft.fftshift(arange(5)))
tril_indices(3)[0]
tril_indices(3, 1, 5)[1]
triu_indices(4, k=-1)[0]
triu_indices(3, m=2)[1]
tril_indices_from(x)[1]
triu_indices_from(x, k=1)[0]
isreal(x)
iscomplex(n)
frexp(x)[0]
frexp(x)[1]
frexp(n)[0]
frexp(n)[1]
frexp(f)[0]
frexp(i)[1]
frexp(array([5e-324, -1e-310, 1.7e308]))[0]
frexp(array([5e-324, -1e-310, 1.7e308]))[1]
ldexp(x, i)
ldexp(f, j)
ldexp(n, 2)
ldexp(j, 3)
ldexp(array([1.0, 5e-324, 0.75]), [-1074, 1074, -1073])
ldexp(array([1.0, 1.0, -0.0]), [5000, -5000, 9000000000000000000])
ldexp(array([1.0, 1.5], dtype=float32), [-149, 200])
bitwise_count(i)
bitwise_count(s)
bitwise_count(u)
bitwise_count(m)
bitwise_count(array([-9223372036854775807 - 1, 9223372036854775807, -1]))
gcd(i, 12)
gcd(j, s.astype(int32)[0])
lcm(i, j)
lcm(i, 0)
gcd(u, 64)
gcd(array([-9223372036854775807 - 1, 6]), array([0, -4]))
spacing(x)
spacing(f)
i0(x)
i0(j)
fix(x)
fix(i)
logaddexp2(x, 1)
divmod(x, 0.75)[0]
""".strip().splitlines()

# Of complex results the real and the imaginary parts.
FOURIER = """
fft.fft(x)
fft.fft(f)
fft.fft(h)
fft.fft(i, axis=0)
fft.fft(u, axis=-2)
fft.fft(b, 3)
fft.fft(x, n=6, axis=1, norm='ortho')
fft.fft(w, norm='forward')
fft.fft(arange(7) - 1.5)
fft.fft(arange(11) % 4)
fft.fft(fft.fft(x), axis=0)
fft.ifft(x, n=3)
fft.ifft(j, norm='ortho')
fft.ifft(s, norm='forward')
fft.rfft(x)
fft.rfft(x, n=5, axis=0)
fft.rfft(f, norm='ortho')
fft.rfft(m, 4)
fft.ihfft(x)
fft.ihfft(x, 7, 0, 'forward')
fft.fftn(x)
fft.fftn(i, (2, 5), axes=(0, 1))
fft.fftn(x, axes=(1,), norm='ortho')
fft.fftn(x, s=(-1, 3), axes=(1, 0))
fft.ifftn(x, norm='forward')
fft.rfftn(x)
fft.rfftn(x, axes=(1, 0))
fft.rfftn(f)
fft.fft2(x)
fft.fft2(x, axes=(1, 0), norm='ortho')
fft.ifft2(x, s=(2, 2))
fft.rfft2(x, (4, 4))
""".strip().splitlines()

FOURIER_REAL = """
fft.irfft(x)
fft.irfft(x, 7, axis=1)
fft.irfft(x, n=3, axis=0, norm='ortho')
fft.irfft(fft.rfft(x, axis=0), 3, 0)
fft.irfft(fft.ifft(x))
fft.irfft(h)
fft.hfft(x)
fft.hfft(fft.fft(f), norm='ortho')
fft.hfft(fft.fft(i), 5, norm='forward')
fft.irfftn(x)
fft.irfftn(fft.fft(x), (3, 5), axes=(0, 1), norm='ortho')
fft.irfft2(fft.rfft2(x))
fft.irfft2(x, (2, 3))
""".strip().splitlines()

PIECES = """
pad(f, 2)
pad(f, (1, 3))
pad(i, 1)
pad(i, ((0, 2), (1, 0)))
pad(i, 1, constant_values=7)
pad(i, ((1, 2), (2, 1)), constant_values=((1, 2), (3, 4)))
pad(x, (1, 2), constant_values=(0.5, -1))
pad(u, 1, constant_values=255)
pad(m, 1)
pad(f, 2, mode='edge')
pad(i, ((2, 1), (0, 3)), 'edge')
pad(f, (3, 2), 'linear_ramp')
pad(x, 2, 'linear_ramp', end_values=(5, -5))
pad(i, (2, 3), 'linear_ramp', end_values=10)
pad(i, 1, 'maximum')
pad(x, 2, 'minimum')
pad(x, 2, 'mean')
pad(i, 2, 'mean')
pad(f, 2, 'mean', stat_length=2)
pad(i, 2, 'maximum', stat_length=((1, 2), (3, 1)))
pad(i, 1, 'minimum', stat_length=50)
pad(n, 1, 'maximum')
pad(f, 3, 'reflect')
pad(f, 9, 'reflect')
pad(i, ((1, 2), (3, 2)), 'reflect')
pad(i, ((5, 4), (9, 8)), 'reflect', reflect_type='odd')
pad(f, (2, 0), 'reflect', reflect_type='odd')
pad(f[:1], 3, 'reflect')
pad(f[:1], 2, 'reflect', reflect_type='odd')
pad(f, 3, 'symmetric')
pad(i, ((7, 2), (9, 10)), 'symmetric')
pad(i, ((7, 2), (9, 10)), 'symmetric', reflect_type='odd')
pad(f, 5, 'wrap')
pad(i, ((1, 4), (6, 0)), 'wrap')
pad(x, 0)
pad(x[:0], 1)
pad(x[:, :0], ((0, 0), (1, 2)), constant_values=3)
pad(array(2.0), 1)
split(f, 2)
split(x, 2, axis=1)[1]
split(x, [1, 2])[1]
split(f, [1, 3, 9])[1]
split(f, [1, 3, 9])[3]
split(f, [-1])[0]
array_split(f, 3)[0]
array_split(f, 3)[2]
array_split(x, 2, axis=0)[0]
array_split(f, 7)[6]
hsplit(x, 2)[1]
hsplit(f, 2)[0]
vsplit(x, 3)[2]
dsplit(i.reshape(3, 2, 2), 2)[1]
unstack(x)
unstack(x, axis=1)
unstack(i, axis=-1)[2]
insert(f, 1, 9)
insert(f, -1, [7, 8])
insert(f, [0, 2], [8, 9])
insert(f, [2, 0], [8, 9])
insert(f, [1, 1, 4], [7, 8, 9])
insert(f, [1], [7, 8])
insert(f, [1, 3], 5)
insert(x, 1, 9)
insert(x, 1, [1, 2, 3], axis=1)
insert(x, 1, [1, 2, 3, 4], axis=0)
insert(x, 1, [[1], [2], [3]], axis=1)
insert(x, [1], [[1], [2], [3]], axis=1)
insert(x, [0, 3], [[1, 4], [2, 5], [3, 6]], axis=1)
insert(x, 3, 0.5, axis=0)
insert(j, 2, 2.9)
insert(i, [], 1, axis=1)
delete(f, 1)
delete(f, -1)
delete(f, [0, 2])
delete(f, [0, 2, 2, -1])
delete(x, 1, axis=0)
delete(x, [0, 3], axis=1)
delete(x, 5)
delete(f, [True, False, True, False])
delete(x, m, axis=0)
delete(f, [])
delete(arange(50), [0, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 49])
append(f, 2)
append(x, [[1, 2, 3, 4]], axis=0)
append(i, x)
append(f, [])
take_along_axis(x, argmax(x, axis=1)[:, newaxis], axis=1)
take_along_axis(x, array([[0, -1, 1, 2]]), axis=0)
take_along_axis(x, array([[0], [1], [3]]), 1)
take_along_axis(x, array([[0, 1], [1, 0], [3, -4]]), axis=-1)
take_along_axis(x, array([5, 0]), axis=None)
take_along_axis(f, j - 1, axis=0)
take_along_axis(i.reshape(3, 2, 2), array([[[0], [1]]]), axis=2)
expand_dims(x, (0, 2)).shape
expand_dims(x, (-1, 0)).shape
expand_dims(f, (0, 1))
rot90(x)
rot90(x, 2)
rot90(x, k=-1)
rot90(x, 5)
rot90(i.reshape(3, 2, 2), 1, axes=(1, 2))
rot90(i.reshape(3, 2, 2), 3, axes=(2, 0))
ediff1d(i)
ediff1d(i, to_end=99)
ediff1d(f, to_begin=[1, 2], to_end=[3])
argwhere(x > 1)
argwhere(f)
argwhere(b.reshape(3, 2, 2))
argwhere(x > 100)
nonzero(x > 1)
nonzero(f)[0]
nonzero(i)[1]
flatnonzero(x > 1)
flatnonzero(i)
count_nonzero(x > 1, axis=0)
select([x > 2, x > 0], [x, -x])
select([x > 2, x > 0], [1, 2], 3)
select([x > 2, b], [f, 0.5], default=-1)
select([i > 4, i < 0], [i, j])
choose(b, [x, y])
choose(j - 1, [f, 1.5, j, 0])
choose([0, 1, 2, 3], [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, 16]])
choose(i, [1, 2, 3], mode='wrap')
choose(i, [f, 10], mode='clip')
piecewise(x, [x < 0, x >= 2], [-1, 1])
piecewise(x, [x < 0, x < 2], [5, 6, 7])
piecewise(i, [i > 0], [1.7, -1.7])
piecewise(f, f > 0, [1, 2])
compress([True, False, True], x, axis=0)
compress([0, 1], x, axis=1)
compress(f > 0, f)
compress([False, True, True], x)
extract(x > 1, x)
extract(b, i)
meshgrid(f, j)
meshgrid([1, 2, 3], f, indexing='ij')[1]
meshgrid([1, 2, 3], f)[0]
meshgrid(f, j, [1, 2])[2]
meshgrid([1, 2, 3], f, sparse=True)[0]
meshgrid([1, 2, 3], f, sparse=True, indexing='ij')[1]
meshgrid(f)[0]
broadcast_arrays(x, f)[1]
broadcast_arrays(u, f, 2)[2]
block([[x, y], [y, x]])
block([f, j])
block([[f], [j]])
block([1, f, 2])
block([[[1]], [[2]]])
block([[x, x[:, :1]], [f, 1]])
moveaxis(i.reshape(3, 2, 2), 0, -1)
tile(x, (2, 1, 2))
repeat(x, [1, 0, 2, 1], axis=1)
roll(x, 5, axis=1)
flip(x, (0, 1))
""".strip().splitlines()

UPDATES = """
x[0] = 1; x
x[1:-1, 1:-1] = 0; x
x[1:-1, 1:-1] = y[1:-1, 1:-1] * 2; x
x[:, 0] = [7, 8, 9]; x
x[:, 1:3] = y[:, :2]; x
x[::2] = y[::2]; x
x[::2, ::-3] = y[::2, :2]; x
x[::-1] = y; x
x[1:, ::-1] = f; x
x[-1, -1] = 5; x
x[..., 1] = m; x
x[newaxis, 1] = f; x
x[0, newaxis, 1:3] = [[5, 6]]; x
x[1] = array([[[1, 2, 3, 4]]]); x
x[:] = 3; x
x[...] = y; x
x[5:] = 1; x
x[2:1] = y[2:1]; x
x[x > 1] = 0; x
x[m] = f; x
x[m] = y[m]; x
x[:, f > 0] = [[1, 2, 3]]; x
x[b] = -1; x
x[[0, 2]] = f; x
x[[0, 2]] = [[1, 2, 3, 4], [5, 6, 7, 8]]; x
x[[0, 2, 0]] = [[1, 1, 1, 1], [2, 2, 2, 2], [3, 3, 3, 3]]; x
x[1:, [3, 1]] = [8, 9]; x
x[:, j - 1] = y; x
i[0] = 2.7; i
i[1] = x[1]; i
i[:, 2] = b[:, 0]; i
u[0] = 255; u
s[1] = -128; s
b[0] = 1; b
b[0] = 0.5; b
f[1:3] = x[0, :2]; f
f[0] = nan; f
x[0] = 1; x[:, 0] = x[:, 1]; x[1:] + x[:-1]
z = x * 2; z[1:, 1:] = z[:-1, :-1]; z
z = x[0] * 1; z[1:3] = x[1, 1:3] + x[1, :2]; z + x
x[:, 1::2] = y[:, 1::2]; x
x[:, 3:0:-2] = [[1, 2]]; x
""".strip().splitlines()

PRODUCTS = """
einsum('ij,kj->ik', x, y)
einsum('ij,jk', x, y.T)
einsum('ij', x)
einsum('ji', x)
einsum('ij->', x)
einsum('ij->j', x)
einsum('ij->ji', x)
einsum('ii', x[:, :3])
einsum('ii->i', x[:, :3])
einsum('i,i', f, f)
einsum('i,j', f, j)
einsum('i,j->ji', f, j)
einsum('ij,ij->i', x, y)
einsum('ij,j->i', x, f)
einsum('j,ij', f, x)
einsum('ij,ij', i, i)
einsum('ij,kj,kl->il', x, y, x)
einsum('ij,jk,kl,lm->im', x, y.T, x, y.T)
einsum('bij,bjk->bik', i.reshape(3, 2, 2), i.reshape(3, 2, 2))
einsum('...ij,...jk', i.reshape(3, 2, 2), i.reshape(3, 2, 2)[:1])
einsum('...i->...', x)
einsum('i...->...', x)
einsum('...,...', x, y)
einsum(' i j , j -> i ', x, f)
einsum('i,ij,j->', x[:, 0], y, f)
einsum('abc,cd->abd', i.reshape(3, 2, 2), y[:2])
einsum('abc,bcd->ad', i.reshape(3, 2, 2), i.reshape(2, 2, 3))
einsum('s,s->s', s, s)
einsum('s,s', s, s)
einsum('i,i->', m, m)
einsum('ij,jk->ik', x[:, :1], x)
einsum('ijj->i', i.reshape(3, 2, 2))
einsum('iji->j', i.reshape(2, 3, 2))
einsum('Zb,aZ->ab', x.T, y)
einsum('i,->i', f, 2)
einsum('ij,jk->ik', x[:0], y.T)
einsum('ij,jk->ik', x[:, :0], y.T[:0])
inner(x, y)
inner(f, j)
inner(x, 2)
vdot(x, y)
vdot(f, f)
vecdot(x, y)
vecdot(x, f)
vecdot(x, y, axis=0)
vecdot(s, s)
vecdot(i, j)
matvec(x, f)
vecmat(x[:, 0], y)
matrix_transpose(x)
matrix_transpose(i.reshape(3, 2, 2))
linalg.vecdot(x, y)
linalg.matmul(x, y.T)
linalg.tensordot(x, y, axes=2)
linalg.outer(f, j)
linalg.cross(x[:, :3], y[:, :3])
linalg.matrix_transpose(x)
linalg.diagonal(i.reshape(3, 2, 2))
linalg.diagonal(x, offset=1)
linalg.trace(i.reshape(3, 2, 2))
linalg.multi_dot([x, y.T, x])
linalg.multi_dot([f, x.T, y, f])
linalg.multi_dot([x[:, :1], f[newaxis], y.T])
linalg.matrix_power(x[:, :3], 0)
linalg.matrix_power(x[:, :3], 1)
linalg.matrix_power(x[:, :3], 5)
linalg.matrix_power(i.reshape(3, 2, 2), 3)
linalg.vector_norm(x)
linalg.vector_norm(x, axis=0)
linalg.vector_norm(x, axis=1, keepdims=True)
linalg.vector_norm(x, axis=(0, 1), ord=1)
linalg.vector_norm(x, ord=inf)
linalg.vector_norm(x, axis=1, ord=-inf)
linalg.vector_norm(x, axis=1, ord=0)
linalg.vector_norm(x, axis=1, ord=3)
linalg.vector_norm(f)
linalg.vector_norm(i, axis=0)
linalg.vector_norm(n)
linalg.vector_norm(x[:0])
linalg.vector_norm(x[:0], axis=0)
linalg.matrix_norm(x)
linalg.matrix_norm(x, ord=1)
linalg.matrix_norm(x, ord=-1)
linalg.matrix_norm(x, ord=inf)
linalg.matrix_norm(x, ord=-inf, keepdims=True)
linalg.matrix_norm(i.reshape(3, 2, 2))
linalg.norm(x)
linalg.norm(f)
linalg.norm(x, axis=1)
linalg.norm(x, 1)
linalg.norm(x, inf)
linalg.norm(f, 1)
linalg.norm(x, 'fro', axis=(1, 0), keepdims=True)
linalg.norm(i.reshape(3, 2, 2), axis=(0, 2))
linalg.norm(i.reshape(3, 2, 2), 1, axis=(2, 0))
linalg.norm(i.reshape(3, 2, 2), keepdims=True)
""".strip().splitlines()

NEIGHBOURS = """
sliding_window_view(f, 2)
sliding_window_view(x, 3, axis=1)
sliding_window_view(x, (2, 3))
sliding_window_view(x, (2, 2), axis=(1, 0))
sliding_window_view(x, 3, axis=0).mean(axis=-1)
convolve(x[0], y[0])
convolve(x[0], y[0], mode='same')
convolve(x[0], y[0], 'valid')
convolve(x[0], [1, 2], 'same')
convolve(x[0], [1, 2, 3], 'same')
convolve([1, 2], x[0], 'same')
convolve([1, 2], x[0], 'valid')
convolve(f, [0.5, 0.5])
convolve(f, j)
convolve(s, s)
convolve(arange(20), [1, -2, 1], 'valid')
convolve(m, m)
convolve(f, 2)
correlate(x[0], y[0])
correlate(x[0], [1, 2])
correlate(x[0], [1, 2], 'full')
correlate(x[0], [1, 2, 4], 'same')
correlate([1, 2], x[0], 'full')
correlate([1, 2], x[0], 'same')
correlate([1, 2, 5], x[0], 'same')
correlate([1, 2, 5], x[0])
correlate(i[2], j, 'full')
polyval([1, 0, -2], x)
polyval([2], i)
polyval(j, i)
polyval(f, 2)
polyval([], x)
polyval([1.5, 2], j)
bartlett(7)
bartlett(6)
blackman(7)
hamming(8)
hanning(5)
kaiser(7, 14)
kaiser(6, 0.0)
hanning(1)
hanning(0)
bartlett(1)
kaiser(1, 3)
blackman(-2)
""".strip().splitlines()

MORE = """
empty_like(i).shape
tri(3)
tri(3, 4, -1, dtype=int)
diagflat(x[:2, :2])
diagflat(j, 1)
logspace(0, 2, 5)
logspace(0, 3, 4, base=2.0)
logspace(1, 2, num=4, endpoint=False)
geomspace(1, 1000, num=4)
geomspace(-2, -32, 5)
geomspace(3, 7, 1)
geomspace(0.1, 7, 6)
around(x, 1)
array_equiv(x, x[:1])
array_equiv(f, f[newaxis])
array_equiv(x, f[:3])
unravel_index([5, 11, 0], (3, 4))
unravel_index(array([[5], [7]]), (2, 2, 2))[1]
unravel_index(argmax(x), x.shape)[0]
ravel_multi_index(([0, 2], [3, 1]), (3, 4))
ravel_multi_index((array([[1], [2]]), array([0, 3])), dims=(3, 4))
x[ix_([0, 2], [1, 3])]
x[ix_(m, [True, False, True, False])]
einsum('i->', [1, 2, 3])
einsum('ij->j', [[1, 2, 3]])
meshgrid([1, 2, 3])[0]
broadcast_arrays([1, 2])[0]
x[ix_([0, 2])]
resize(x, (2, 3))
resize(f, (3, 3))
resize(f[:0], 3)
unwrap(x)
unwrap(x * 3, axis=0)
unwrap(array([0.0, 2.9, -2.9, 6.3, -6.3]))
unwrap(f, period=2)
unwrap(array([0, pi, 0]))
""".strip().splitlines()


POINTS = """
lexsort((x[0], x[1]))
lexsort((array([1, 0, 1, 0]), array([2, 1, 1, 2])))
lexsort([i, i % 3])
interp(x, array([-1.0, 0.0, 2.0, 3.0]), array([1.0, 5.0, -2.0, 0.5]))
interp(n, arange(3), array([1, 4, 2]))
interp(1.5, array([1, 2]), array([1 + 1j, 3 - 1j]))
interp(array([0.0, 1.0, 5.0]), array([1.0]), array([7.0]))
interp(array([2.0, 3.0]), array([1.0, 2.0, 2.0, 4.0]), array([1.0, 2.0, 3.0, 5.0]))
polyfit(array([0.0, 1.0, 2.0, 3.0]), array([1.0, 3.0, 2.0, 5.0]), 1)
polyfit(arange(5), array([1, 3, 2, 5, 4]), 3)
polyfit(arange(4), y.T, 2)
histogram2d(x.ravel(), y.ravel(), bins=3)[0]
histogram2d(x.ravel(), y.ravel(), bins=3)[2]
histogram2d(x.ravel(), y.ravel(), bins=[2, 4], range=[(-2, 4), (0, 5)])[0]
histogram2d(x.ravel(), y.ravel(), bins=[array([-1.0, 0.0, 4.0]), 2], density=True)[0]
histogram2d(x[0], y[0], weights=j, bins=2)[0]
histogramdd(x, bins=2)[0]
histogramdd(x[:, :2], bins=[array([-3.0, 0.0, 1.0, 4.0]), array([-2.0, 6.0])])[0]
histogramdd(x[:, :2])[1][1]
nanvar(array([1 + 1j, nan, 2 - 3j]))
nanstd(z, axis=1)
round(array([3.14159 - 2.5j, 2.71828j]), 2)
nan_to_num(c / 0)
nan_to_num(array([nan + 1j, 2 - inf * 1j], dtype=complex64))
nan_to_num(h * 65504)
""".strip().splitlines()


LIBRARIES = {"linalg": np.linalg, "sliding_window_view": np.lib.stride_tricks.sliding_window_view}


def evaluated(job, libraries=LIBRARIES):
    """The value of the expression at the end, after the assignments before it."""
    names = environment() | {name: array.copy() for name, array in INPUTS.items()} | libraries
    *statements, expression = job.split(";")
    for statement in statements:
        exec(statement.strip(), names)
    return np.asarray(eval(expression.strip(), names))


def write(name, jobs, libraries=LIBRARIES):
    """The fixtures of jobs, in which libraries have these names."""
    folder = pathlib.Path(__file__).parent.parent / "resources/dev/weft/cli/language"
    lines = []
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for job in jobs:
            try:
                result = evaluated(job, libraries)
            except Exception as e:
                raise SystemExit(f"{job}: {e}")
            assert str(result.dtype) in COMPUTABLE, job
            lines.append(f"{job}\t{described(result)}")
    (folder / name).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    PARTS = [f"{part}({job})" for job in FOURIER for part in ("real", "imag")]
    JOBS = ELEMENTS + PARTS + FOURIER_REAL + PIECES + UPDATES + PRODUCTS + NEIGHBOURS + MORE + POINTS
    write("function-fixtures.txt", JOBS)
