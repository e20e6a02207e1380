"""CuPy, JAX and PyTorch on the first GPU: each workload as one function of arrays that lie there.

In a rehearsal JAX and PyTorch run on the CPU: that shows that everything runs and is right.
"""

import os
import statistics
import time

import numpy as np
from weft_peers import formulas

from . import check, cupy_kernels

# Several processes share the GPU: none may take most of its memory in advance.
os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")

class Absent(Exception):
    """The system cannot be used here; the message says why."""


def wall_clock(run, wait, repeat):
    times = []
    for _ in range(repeat):
        start = time.perf_counter_ns()
        wait(run())
        times.append((time.perf_counter_ns() - start) / 1e6)
    return times


class Cupy:
    """CuPy, with kernels written for it where a workload is elementwise."""

    name = "cupy"
    timing = "device events"

    def __init__(self, rehearsal):
        import cupy
        self.cupy = cupy
        if cupy.cuda.runtime.getDeviceCount() == 0:
            raise Absent("CuPy sees no GPU")
        self.version = cupy.__version__
        self.random = cupy.random.default_rng(1)

    def adopt(self, array):
        return self.cupy.asarray(array)

    def to_numpy(self, array):
        return self.cupy.asnumpy(array)

    def prepare(self, workload, n, dtype):
        cupy = self.cupy
        if workload.startswith("random_"):
            return lambda arrays: (self.draw(workload, n, dtype).mean(),)

        def plain(arrays):
            return formulas.compute(cupy, workload, arrays)
        written = cupy_kernels.kernel(cupy, workload)
        if written is None:
            return plain
        return _first_that_works(f"cupy: {workload}", written, plain)

    def draw(self, workload, n, dtype):
        draw = self.random.random if "uniform" in workload else self.random.standard_normal
        return draw(n, dtype=np.dtype(dtype))

    def kernel_ms(self, run, repeat):
        events = [(self.cupy.cuda.Event(), self.cupy.cuda.Event()) for _ in range(repeat)]
        for start, end in events:
            start.record()
            run()
            end.record()
            end.synchronize()
        return [self.cupy.cuda.get_elapsed_time(start, end) for start, end in events]

    def copy(self, array):
        return array.copy()

    def release(self):
        self.cupy.get_default_memory_pool().free_all_blocks()


class Torch:
    """PyTorch with torch.compile where that works, else eager."""

    name = "torch"
    timing = "device events"

    def __init__(self, rehearsal):
        import torch
        if not rehearsal and not torch.cuda.is_available():
            raise Absent("PyTorch sees no GPU")
        self.torch = torch
        self.device = "cpu" if rehearsal else "cuda"
        self.timing = "wall clock" if rehearsal else self.timing
        self.version = torch.__version__
        torch.set_grad_enabled(False)
        # As Weft: float32 products are computed in float32.
        torch.backends.cuda.matmul.allow_tf32 = False

    def adopt(self, array):
        # A copy: what lies on the CPU must not be the caller's.
        return self.torch.tensor(array, device=self.device)

    def to_numpy(self, array):
        return array.cpu().numpy()

    def prepare(self, workload, n, dtype):
        from weft_peers.systems import torch_peer
        if workload.startswith("random_"):
            return lambda arrays: (self.draw(workload, n, dtype).mean(),)

        def eager(arrays):
            return torch_peer.compute(workload, arrays)
        # What is compiled is remembered by the code, and only a few times for each: one for each.
        eager.__code__ = eager.__code__.replace(co_name=f"{workload}_{dtype}")
        if self.device == "cpu":
            return eager  # compiling each workload would take minutes
        compiled = self.torch.compile(eager, dynamic=False)
        return _first_that_works(f"torch: {workload}", compiled, eager)

    def draw(self, workload, n, dtype):
        draw = self.torch.rand if "uniform" in workload else self.torch.randn
        return draw(n, dtype=getattr(self.torch, dtype), device=self.device)

    def kernel_ms(self, run, repeat):
        if self.device == "cpu":
            return wall_clock(run, lambda results: results, repeat)
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

    def copy(self, array):
        return array.clone()

    def release(self):
        if self.device == "cuda":
            self.torch.cuda.empty_cache()


class Jax:
    """JAX, jitted. It has no events: times are those of the call and its end."""

    name = "jax"
    timing = "wall clock"

    def __init__(self, rehearsal):
        import jax
        jax.config.update("jax_enable_x64", True)
        jax.config.update("jax_default_matmul_precision", "highest")
        if not rehearsal and jax.default_backend() != "gpu":
            raise Absent(f"JAX runs on {jax.default_backend()}")
        self.jax = jax
        self.version = jax.__version__
        self.key = jax.random.key(1)

    def adopt(self, array):
        return self.jax.block_until_ready(self.jax.numpy.array(array))

    def to_numpy(self, array):
        return np.asarray(array)

    def prepare(self, workload, n, dtype):
        jax = self.jax
        if workload.startswith("random_"):
            draw = self._generator(workload)
            mean = jax.jit(lambda key: draw(key, (n,), dtype=dtype).mean())

            def run(arrays):
                self.key, one = jax.random.split(self.key)
                return (mean(one),)
            return run
        return jax.jit(lambda arrays: formulas.compute(jax.numpy, workload, arrays))

    def _generator(self, workload):
        return self.jax.random.uniform if "uniform" in workload else self.jax.random.normal

    def draw(self, workload, n, dtype):
        return self._generator(workload)(self.key, (n,), dtype=dtype)

    def kernel_ms(self, run, repeat):
        return wall_clock(run, self.jax.block_until_ready, repeat)

    def copy(self, array):
        return self.jax.numpy.array(array, copy=True)

    def release(self):
        """Its memory goes back with the arrays."""


def _first_that_works(what, best, plain):
    """`best`, and from its first failure on `plain`, which is said once."""
    state = {"run": best}

    def run(arrays):
        try:
            return state["run"](arrays)
        except Exception as reason:  # such as a missing compiler: each system has errors of its own
            if state["run"] is plain:
                raise
            print(f"  {what}: not fused: {type(reason).__name__}: {str(reason)[:100]}")
            state["run"] = plain
            return plain(arrays)
    return run


SYSTEMS = {system.name: system for system in (Cupy, Jax, Torch)}


def open_system(name, rehearsal):
    """The system of that name; raises why it cannot be used."""
    return SYSTEMS[name](rehearsal)


def copy_gb_per_s(system, array, repeat):
    """Bytes read and written by a copy on the device, by the system's own clock."""
    source = system.adopt(array)
    system.kernel_ms(lambda: system.copy(source), 3)
    return 2 * array.nbytes / statistics.median(
        system.kernel_ms(lambda: system.copy(source), repeat)) / 1e6


def measure(system, workload, dtype, n, inputs, expected, repeat):
    """Times of a workload, after its results were checked against NumPy's in float64."""
    run = system.prepare(workload.name, n, dtype)
    arrays = {name: system.adopt(array) for name, array in inputs.items()}
    for _ in range(3):
        results = run(arrays)
    got = [np.asarray(system.to_numpy(result)) for result in results]
    if workload.check == "moments":
        drawn = system.to_numpy(system.draw(workload.name, min(n, check.DRAWN), dtype))
        got.append(np.asarray(drawn.var(dtype=np.float64)))
    wrong = check.disagreement(workload, dtype, n, got, expected)
    del results, got
    if wrong:
        return {"status": "wrong", "reason": wrong}
    kernel = system.kernel_ms(lambda: run(arrays), repeat)
    walls = []
    for _ in range(max(3, repeat // 4)):
        start = time.perf_counter_ns()
        for result in run({name: system.adopt(array) for name, array in inputs.items()}):
            system.to_numpy(result)
        walls.append((time.perf_counter_ns() - start) / 1e6)
    del arrays
    system.release()
    return {"status": "ok", "kernel_ms": statistics.median(kernel),
            "wall_ms": statistics.median(walls), "timing": system.timing}
