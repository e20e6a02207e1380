"""PyTorch on CPU: eager, with fresh and reused buffers; torch.compile as a system of its own."""

import torch

from .. import formulas, library
from .base import Peer


class TorchPeer(Peer):
    name = "torch"

    def __init__(self, threads):
        super().__init__(threads)
        torch.set_num_threads(threads)
        torch.set_grad_enabled(False)

    def info(self):
        return {"torch": torch.__version__, "threads": torch.get_num_threads(),
                "mkl": torch.backends.mkl.is_available(),
                "cpu_capability": torch.backends.cpu.get_cpu_capability()}

    def adopt(self, array):
        return torch.from_numpy(array)

    def prepare(self, workload, dtype, n):
        if workload.startswith("random_"):
            return {"eager": lambda: (_random(workload, dtype, n).mean(),)}
        arrays = self.arrays
        variants = {"eager": lambda: compute(workload, arrays)}
        reused = getattr(self, "_out_" + workload, None)
        if reused:
            variants["out="] = reused()
        return variants

    def draw(self, workload, dtype, n):
        return _random(workload, dtype, n).numpy()

    def to_numpy(self, results):
        return tuple(r.cpu().numpy() for r in results)

    def _out_add(self):
        x, y = self.arrays["x"], self.arrays["y"]
        out = torch.empty_like(x)
        return lambda: (torch.add(x, y, out=out),)

    def _out_sum_sqrt(self):
        x, y = self.arrays["x"], self.arrays["y"]
        a = torch.empty_like(x)

        def run():
            torch.mul(x, x, out=a)
            return (a.addcmul_(y, y).sqrt_().sum(),)
        return run

    def _out_exp_sin(self):
        x, y = self.arrays["x"], self.arrays["y"]
        a, b = torch.empty_like(x), torch.empty_like(x)

        def run():
            torch.mul(x, x, out=a)
            a.neg_().exp_()
            torch.sin(y, out=b)
            return (a.mul_(b).add_(1.0),)
        return run

    def _out_poly8(self):
        x = self.arrays["x"]
        p = torch.empty_like(x)

        def run():
            torch.mul(x, formulas.POLY[0], out=p)
            p.add_(formulas.POLY[1])
            for c in formulas.POLY[2:]:
                p.mul_(x).add_(c)
            return (p,)
        return run


class TorchCompilePeer(TorchPeer):
    """torch.compile of the same functions; needs a C++ compiler on the machine."""

    name = "torch-compile"

    def prepare(self, workload, dtype, n):
        if workload.startswith("random_"):
            variants = super().prepare(workload, dtype, n)
            return {"compile": torch.compile(variants["eager"])}
        arrays = dict(self.arrays)
        compiled = torch.compile(lambda a: compute(workload, a), dynamic=False)
        return {"compile": lambda: compiled(arrays)}


def _random(workload, dtype, n):
    draw = torch.rand if "uniform" in workload else torch.randn
    return draw(n, dtype=getattr(torch, dtype))


def compute(workload, a):
    """The shared formulas, where PyTorch's spelling is its own."""
    x, m = a.get("x"), a.get("m")
    match workload:
        case "mean_std":
            std, mean = torch.std_mean(x, correction=0)
            return mean, std
        case "mean_std_axis0" | "mean_std_axis1":
            std, mean = torch.std_mean(m, dim=int(workload[-1]), correction=0)
            return mean, std
        case "sum_axis0" | "sum_axis1":
            return (m.sum(dim=int(workload[-1])),)
        case "min_axis0" | "min_axis1":
            return (m.amin(dim=int(workload[-1])),)
        case "transpose_mean":
            return ((a["q"] + a["q"].T).mean(dim=0),)
        case "sort_axis1":
            return (torch.sort(m, dim=1).values,)
        case "median_axis0":
            # Its median is the lower one of two.
            half = m.shape[0] // 2
            upper = torch.kthvalue(m, half + 1, dim=0).values
            lower = torch.kthvalue(m, half, dim=0).values if m.shape[0] % 2 == 0 else upper
            return ((lower + upper) / 2,)
        case "histogram":
            return (torch.histc(x, bins=library.BINS, min=library.LOW, max=library.HIGH),)
        case "conv5x5":
            kernel = torch.tensor(library.KERNEL, dtype=a["q"].dtype)
            return (torch.nn.functional.conv2d(a["q"][None, None], kernel[None, None])[0, 0],)
        case "complex_exp":
            z = torch.exp(torch.complex(x, a["y"]))
            return z.real, z.imag
        case "fft":
            z = torch.fft.fft(torch.view_as_complex(a["signal"]))
            return z.real, z.imag
        case "softmax":
            return (torch.softmax(m, dim=1),)
    return formulas.compute(torch, workload, a)


PEER = TorchPeer
PEER_COMPILE = TorchCompilePeer
