"""CuPy, JAX and PyTorch on the first GPU: each workload as one function of arrays that lie there."""

import statistics
import time

import numpy as np
from weft_peers import formulas


class Absent(Exception):
    """The system cannot be used here; the message says why."""


class Cupy:
    """CuPy; its own fusion where a workload is elementwise."""

    name = "cupy"
    timing = "device events"

    def __init__(self):
        import cupy
        self.cupy = cupy
        if cupy.cuda.runtime.getDeviceCount() == 0:
            raise Absent("CuPy sees no GPU")
        self.version = cupy.__version__

    def adopt(self, array):
        return self.cupy.asarray(array)

    def to_numpy(self, array):
        return self.cupy.asnumpy(array)

    def prepare(self, workload):
        cupy = self.cupy
        match workload:
            case "add":
                fused = cupy.fuse()(lambda x, y: x + y)
            case "exp_sin":
                fused = cupy.fuse()(lambda x, y: cupy.exp(-(x * x)) * cupy.sin(y) + 1.0)
            case "poly8":
                fused = cupy.fuse()(formulas.poly8)
                return lambda arrays: fused(arrays["x"])
            case "sum_sqrt":
                fused = cupy.fuse()(lambda x, y: cupy.sum(cupy.sqrt(x * x + y * y)))
            case _:
                return lambda arrays: formulas.compute(cupy, workload, arrays)[0]
        return lambda arrays: fused(arrays["x"], arrays["y"])

    def kernel_ms(self, run, repeat):
        events = [(self.cupy.cuda.Event(), self.cupy.cuda.Event()) for _ in range(repeat)]
        for start, end in events:
            start.record()
            run()
            end.record()
            end.synchronize()
        return [self.cupy.cuda.get_elapsed_time(start, end) for start, end in events]


class Torch:
    """PyTorch with torch.compile where that works, else eager."""

    name = "torch"
    timing = "device events"

    def __init__(self):
        import torch
        if not torch.cuda.is_available():
            raise Absent("PyTorch sees no GPU")
        self.torch = torch
        self.version = torch.__version__
        torch.set_grad_enabled(False)
        # As Weft: float32 products are computed in float32.
        torch.backends.cuda.matmul.allow_tf32 = False

    def adopt(self, array):
        return self.torch.from_numpy(array).cuda()

    def to_numpy(self, array):
        return array.cpu().numpy()

    def prepare(self, workload):
        torch = self.torch

        def eager(arrays):
            return formulas.compute(torch, workload, arrays)[0]

        compiled = torch.compile(eager, dynamic=False)
        state = {"run": compiled}

        def run(arrays):
            try:
                return state["run"](arrays)
            except Exception as reason:  # such as a missing C compiler
                if state["run"] is eager:
                    raise
                print(f"  torch: {workload}: eager; torch.compile failed: {type(reason).__name__}")
                state["run"] = eager
                return eager(arrays)
        return run

    def kernel_ms(self, run, repeat):
        times = []
        for _ in range(repeat):
            start = self.torch.cuda.Event(enable_timing=True)
            end = self.torch.cuda.Event(enable_timing=True)
            start.record()
            run()
            end.record()
            end.synchronize()
            times.append(start.elapsed_time(end))
        return times


class Jax:
    """JAX, jitted. It has no events: times are those of the call and its end."""

    name = "jax"
    timing = "wall clock"

    def __init__(self):
        import jax
        jax.config.update("jax_enable_x64", True)
        jax.config.update("jax_default_matmul_precision", "highest")
        if jax.default_backend() != "gpu":
            raise Absent(f"JAX runs on {jax.default_backend()}")
        self.jax = jax
        self.version = jax.__version__

    def adopt(self, array):
        return self.jax.block_until_ready(self.jax.numpy.asarray(array))

    def to_numpy(self, array):
        return np.asarray(array)

    def prepare(self, workload):
        compute = self.jax.jit(
            lambda arrays: formulas.compute(self.jax.numpy, workload, arrays)[0])
        return compute

    def kernel_ms(self, run, repeat):
        times = []
        for _ in range(repeat):
            start = time.perf_counter_ns()
            self.jax.block_until_ready(run())
            times.append((time.perf_counter_ns() - start) / 1e6)
        return times


def available():
    """The systems that can be used, and for the others why not."""
    found, absent = [], {}
    for system in (Cupy, Jax, Torch):
        try:
            found.append(system())
        except ImportError as missing:
            absent[system.name] = f"cannot be imported: {missing}"
        except Exception as reason:  # a driver's error has a type of its own in each system
            absent[system.name] = f"{type(reason).__name__}: {reason}"
    return found, absent


def measure(system, workload, inputs, expected, repeat):
    """Times of a workload, after its result was checked against NumPy's in float64."""
    run = system.prepare(workload)
    arrays = {name: system.adopt(array) for name, array in inputs.items()}
    for _ in range(3):
        result = run(arrays)
    got = np.asarray(system.to_numpy(result), dtype=np.float64)
    rtol = 1e-9 if next(iter(inputs.values())).dtype == np.float64 else 1e-4
    scale = float(np.abs(expected).max())
    if got.shape != expected.shape or not np.abs(got - expected).max() <= rtol * scale:
        return {"status": "wrong"}
    kernel = system.kernel_ms(lambda: run(arrays), repeat)
    walls = []
    for _ in range(max(3, repeat // 4)):
        start = time.perf_counter_ns()
        system.to_numpy(run({name: system.adopt(array) for name, array in inputs.items()}))
        walls.append((time.perf_counter_ns() - start) / 1e6)
    return {"status": "ok", "kernel_ms": statistics.median(kernel),
            "wall_ms": statistics.median(walls), "timing": system.timing}
