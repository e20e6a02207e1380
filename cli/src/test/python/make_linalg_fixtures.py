"""Writes jobs over matrices and what NumPy and SciPy make of them, for EvaluatorFixtureTest.

dev/weft/cli/language/linalg-fixtures.txt has lines in the form of function-fixtures.txt. Vectors whose signs are free
are compared by what they make up. Needs SciPy.

    python3 cli/src/test/python/make_linalg_fixtures.py
"""

import types

import numpy as np
import scipy.linalg

from make_function_fixtures import write

# A square matrix a, a complex one z, a batch of wide complex ones h, batches c of float64 and k of integers, positive definite s and its batch t, float32 g.
NAMED = {
    "a": "a = x[:, :3]",
    "c": "c = stack([x[:, :3], y[:, 1:], x[:, 1:] + 3 * eye(3), y[:, :3]]).reshape(2, 2, 3, 3)",
    "k": "k = i.reshape(3, 2, 2)",
    "s": "s = x @ x.T + eye(3)",
    "t": "t = stack([x @ x.T + eye(3), y @ y.T + 2 * eye(3)])",
    "g": "g = (x[:, :3] + 2 * eye(3)).astype(float32)",
    "d": "d = stack([x, y, x - y])",
    "z": "z = x[:, :3] + 1j * y[:, 1:]",
    "h": "h = stack([x + 1j * y, y - 2j * x])",
}

JOBS = """
linalg.solve(a, y)
linalg.solve(a, y[:, 0])
linalg.solve(a, m)
linalg.solve(c, y)
linalg.solve(a, c)
linalg.solve(c[0], y[:, 0])
linalg.solve(c[:, :1], c[:1])
linalg.solve(k, k)
linalg.solve(k, [1, 2])
linalg.solve(g, y.astype(float32))
linalg.solve(g, y)
linalg.solve(a, y[:, :0])
linalg.solve(a[:0, :0], y[:0])
linalg.solve(c[:0], y)
linalg.solve(a.T, y[::-1])
linalg.tensorsolve(arange(36).reshape(2, 3, 6) % 7 + eye(6).reshape(2, 3, 6), x[:2, :3])
linalg.tensorsolve(a, y[:, 0])
linalg.tensorinv(arange(36).reshape(2, 3, 6) % 7 + eye(6).reshape(2, 3, 6))
linalg.tensorinv(a, ind=1)
linalg.inv(a)
linalg.inv(c)
linalg.inv(c[:, 1])
linalg.inv(k)
linalg.inv(g)
linalg.inv(a[:0, :0])
linalg.inv(c[:, :0])
linalg.inv([[2]])
linalg.inv(eye(3, dtype=bool))
linalg.inv(n.reshape(2, 2)[:, [1, 0]])
linalg.det(a)
linalg.det(c)
linalg.det(k)
linalg.det(g)
linalg.det(ones((3, 3)))
linalg.det(a[:0, :0])
linalg.det(c[:, :, :0, :0])
linalg.det(a * n[1])
linalg.det(1e200 * eye(3))
linalg.det(1e-150 * eye(3))
linalg.slogdet(c)[0]
linalg.slogdet(c)[1]
linalg.slogdet(g)[0]
linalg.slogdet(g)[1]
linalg.slogdet(zeros((2, 2)))[0]
linalg.slogdet(zeros((2, 2)))[1]
linalg.slogdet(a[:0, :0])[1]
linalg.slogdet(1e200 * eye(3))[1]
linalg.cholesky(s)
linalg.cholesky(t)
linalg.cholesky(t, upper=True)
linalg.cholesky(s.astype(float32))
linalg.cholesky(tril(s))
linalg.cholesky(triu(s), upper=True)
linalg.cholesky([[4, 2], [2, 3]])
linalg.cholesky(a[:0, :0])
abs(linalg.qr(x)[0])
abs(linalg.qr(x)[1])
abs(linalg.qr(x.T)[0])
abs(linalg.qr(x.T)[1])
abs(linalg.qr(x.T, mode='complete')[0][:, :3])
abs(linalg.qr(x.T, 'complete')[1])
linalg.qr(x.T, 'complete')[0].shape
abs(linalg.qr(x, 'r'))
abs(linalg.qr(x.T, 'r'))
abs(linalg.qr(d)[1])
abs(linalg.qr(d.swapaxes(1, 2))[0])
abs(linalg.qr(g)[1])
abs(linalg.qr(k)[1])
linalg.qr(x[:, :0])[0]
linalg.qr(x[:, :0], 'complete')[0]
linalg.qr(x[:0])[1]
q = linalg.qr(d); q[0] @ q[1]
q = linalg.qr(d.swapaxes(1, 2), 'complete'); q[0] @ q[1]
q = linalg.qr(d.swapaxes(1, 2), 'complete'); q[0] @ q[0].swapaxes(1, 2)
linalg.svdvals(x)
linalg.svdvals(d)
linalg.svdvals(d.swapaxes(1, 2))
linalg.svdvals(g)
linalg.svdvals(i)
linalg.svdvals(x[:0])
linalg.svd(x, compute_uv=False)
linalg.svd(x)[1]
abs(linalg.svd(x)[0])
abs(linalg.svd(x)[2][:3])
abs(linalg.svd(x, full_matrices=False)[2])
abs(linalg.svd(x.T, full_matrices=False)[0])
linalg.svd(d)[0].shape
linalg.svd(d)[2].shape
linalg.svd(x[:0])[2]
linalg.svd(x[:0], False)[2]
linalg.svd(x[:, :0])[0]
p = linalg.svd(d, full_matrices=False); p[0] * p[1][:, newaxis] @ p[2]
p = linalg.svd(d); p[0] * p[1][:, newaxis] @ p[2][:, :3]
p = linalg.svd(d); p[2] @ p[2].swapaxes(1, 2)
p = linalg.svd(d.swapaxes(1, 2)); p[0][:, :, :3] * p[1][:, newaxis] @ p[2]
linalg.eigvalsh(s)
linalg.eigvalsh(t)
linalg.eigvalsh(s.astype(float32))
linalg.eigvalsh(a)
linalg.eigvalsh(a, 'U')
linalg.eigvalsh([[2, 1], [1, 3]])
linalg.eigvalsh(a[:0, :0])
linalg.eigh(t)[0]
linalg.eigh(a, 'u')[0]
abs(linalg.eigh(t)[1])
linalg.eigh(a[:0, :0])[1]
p = linalg.eigh(t); p[1] * p[0][:, newaxis] @ p[1].swapaxes(1, 2)
p = linalg.eigh(triu(s), UPLO='U'); p[1] * p[0] @ p[1].T
linalg.lu(x)[0]
linalg.lu(x)[1]
linalg.lu(x)[2]
linalg.lu(x.T)[0]
linalg.lu(x.T)[1]
linalg.lu(x.T)[2]
linalg.lu(d)[2]
linalg.lu(g)[1]
p = linalg.lu(d); p[0] @ p[1] @ p[2]
linalg.solve_triangular(a, y)
linalg.solve_triangular(a, y[:, 0], lower=True)
linalg.solve_triangular(a, y, trans=1)
linalg.solve_triangular(a, y, trans='T', lower=True)
linalg.solve_triangular(a, y, lower=True, unit_diagonal=True)
linalg.solve_triangular(g, y.astype(float32), trans='N')
linalg.pinv(x)
linalg.pinv(x.T)
linalg.pinv(d)
linalg.pinv(outer(f, j))
linalg.pinv(x, 0.5)
linalg.pinv(x, rtol=0.5)
linalg.pinv(d, rtol=f[:3] / 5)
linalg.pinv(x[:0])
linalg.pinv(g)
linalg.pinv(zeros((2, 3)))
linalg.matrix_rank(x)
linalg.matrix_rank(d)
linalg.matrix_rank(outer(f, j))
linalg.matrix_rank(d, rtol=0.5)
linalg.matrix_rank(d, 2.0)
linalg.matrix_rank(d, x[:, 0] + 3)
linalg.matrix_rank(c, rtol=x[0, :2] / 4)
linalg.matrix_rank(zeros((3, 3)))
linalg.matrix_rank(f)
linalg.matrix_rank([0, 0])
linalg.matrix_rank(arange(9).reshape(3, 3))
linalg.lstsq(x.T, x[0])[0]
linalg.lstsq(x.T, y.T)[0]
linalg.lstsq(x.T, y.T)[1]
linalg.lstsq(x.T, f)[1]
linalg.lstsq(x, y)[0]
linalg.lstsq(x, y)[1]
linalg.lstsq(x, y)[2]
linalg.lstsq(x.T, y.T)[3]
linalg.lstsq(x, y, rcond=0.5)[0]
linalg.lstsq(x, y, rcond=0.5)[2]
linalg.lstsq(g, y.astype(float32))[0]
linalg.cond(a)
linalg.cond(c)
linalg.cond(x)
linalg.cond(a, -2)
linalg.cond(a, 1)
linalg.cond(c, -1)
linalg.cond(a, inf)
linalg.cond(a, -inf)
linalg.cond(c, 'fro')
linalg.cond(a, 'nuc')
linalg.cond(ones((2, 2)), 1)
linalg.cond(zeros((2, 2)))
linalg.cond(stack([ones((2, 2)), eye(2)]), 'fro')
linalg.cond(n.reshape(2, 2), 1)
linalg.matrix_norm(x, ord='nuc')
linalg.matrix_norm(d, ord=2)
linalg.matrix_norm(d, ord=-2, keepdims=True)
linalg.norm(x, 2)
linalg.norm(x, 'nuc')
linalg.norm(d, 2, axis=(2, 0))
linalg.norm(d, -2, axis=(0, 2), keepdims=True)
linalg.matrix_power(a, -1)
linalg.matrix_power(c, -3)
linalg.matrix_power(k, -2)
linalg.multi_dot([x, linalg.pinv(x), x])
linalg.solve(z, y).real
linalg.solve(z, y[:, 0] * 1j).imag
linalg.solve(a, z).imag
linalg.inv(z).real
linalg.inv(z).imag
linalg.det(z).real
linalg.det(h[:, :, 1:]).imag
linalg.slogdet(h[:, :, 1:])[0].imag
linalg.slogdet(h[:, :, 1:])[1]
linalg.slogdet(z * 0)[1]
linalg.cholesky(z @ z.conj().T).imag
linalg.cholesky(h @ h.conj().swapaxes(1, 2), upper=True).imag
abs(linalg.qr(h)[1])
abs(linalg.qr(h.swapaxes(1, 2), 'complete')[1])
linalg.svdvals(h)
linalg.svdvals(z.astype(complex64))
abs(linalg.svd(z)[0])
linalg.eigvalsh(z)
linalg.eigvalsh(z, 'U')
linalg.eigh(h @ h.conj().swapaxes(1, 2))[0]
abs(linalg.eigh(z)[1])
(linalg.eigvals(a) + 0j).real
(linalg.eigvals(a) + 0j).imag
(linalg.eigvals(c) + 0j).real
abs(linalg.eigvals(z).imag)
(linalg.eig(c)[0] + 0j).imag
abs(linalg.eig(a)[1])
abs(linalg.eig(z)[1])
abs(linalg.eig(x[:0, :0])[1])
linalg.lu(z)[0].real
linalg.lu(h)[2].imag
linalg.solve_triangular(z, y, trans='C').imag
linalg.solve_triangular(z, y, trans=1).imag
linalg.pinv(h).imag
linalg.matrix_rank(h)
linalg.lstsq(h[0].T, x[0])[0].imag
linalg.lstsq(h[0].T, x.T)[1]
linalg.cond(z)
linalg.cond(z, 1)
linalg.norm(z)
linalg.norm(z, 2)
linalg.norm(z, inf)
linalg.matrix_norm(h, ord='nuc')
linalg.matrix_power(z, -2).imag
""".strip().splitlines()


def with_names(job):
    """Assignments of the matrices that the job names, before it."""
    words = "".join(c if c.isalnum() or c in "_." else " " for c in job.split("; ", 1)[-1] + " " + job).split()
    used = {word.split(".")[0] for word in words}
    return "; ".join([line for name, line in NAMED.items() if name in used] + [job])


if __name__ == "__main__":
    library = types.SimpleNamespace(**{name: getattr(np.linalg, name) for name in dir(np.linalg)})
    library.lu = scipy.linalg.lu
    library.solve_triangular = scipy.linalg.solve_triangular
    write("linalg-fixtures.txt", map(with_names, JOBS), {"linalg": library})
