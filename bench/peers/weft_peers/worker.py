"""The worker process of a Python peer: JSON lines in, JSON lines out (see README.md, Protocol)."""

import argparse
import importlib
import json
import os
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from .digest import digest
from .systems.base import Unsupported

# Module and class of each system.
MODULES = {
    **{name: (f"weft_peers.systems.{name}_peer", "PEER")
       for name in ("numpy", "numexpr", "jax", "torch", "dask", "tensorstore", "decode")},
    "torch-compile": ("weft_peers.systems.torch_peer", "PEER_COMPILE"),
}


VARIANCE_COUNT = 1_000_000


class Worker:
    """Answers one request at a time for one peer."""

    def __init__(self, peer, threads):
        self.peer = peer
        self.threads = threads
        self.prepared = {}

    def answer(self, request):
        command = request.get("cmd")
        handler = getattr(self, "do_" + str(command), None)
        if handler is None:
            return {"error": f"unknown command {command!r}"}
        try:
            return handler(request)
        except Unsupported as reason:
            return {"unsupported": str(reason)}
        except Exception as e:
            traceback.print_exc()
            return {"error": f"{type(e).__name__}: {e}"}

    def do_info(self, _):
        return {"system": self.peer.name, "info": self.peer.info()}

    def do_load(self, request):
        self.peer.files.update(request.get("files", {}))
        self.peer.load({name: np.load(path) for name, path in request.get("arrays", {}).items()})
        return {"ok": True}

    def do_unload(self, _):
        self.prepared.clear()
        self.peer.unload()
        return {"ok": True}

    def do_run(self, request):
        key = request["workload"], request["dtype"], request.get("n", 0)
        if key not in self.prepared:
            kind = key[0].removeprefix("file_")
            self.prepared[key] = (self.peer.prepare(*key) if kind == key[0]
                                  else self.peer.prepare_files(kind, key[1]))
        wanted = request.get("variants")
        variants = {name: run for name, run in self.prepared[key].items()
                    if wanted is None or name in wanted}
        share = 1 / len(variants)
        times, digests = {}, {}
        for name, run in variants.items():
            times[name], results = timed(run, request, share)
            if request.get("digest"):
                digests[name] = self._digest(key, results)
            del results
        best = min(times, key=lambda name: sorted(times[name])[len(times[name]) // 2])
        return {"times_ms": times[best], "variant": best, "variants_ms": times,
                "digest": digests.get(best), "digests": digests}

    def _digest(self, key, results):
        if not key[0].startswith("random_"):
            return digest(self.peer.to_numpy(results))
        # The mean that was timed, and the variance of numbers drawn the same way, untimed.
        count = min(key[2], VARIANCE_COUNT)
        numbers = self.peer.draw(key[0], key[1], count)
        mean = self.peer.to_numpy(results)[0]
        return {**digest((mean, numbers.var(dtype=np.float64))), "variance_count": count}

    def do_bandwidth(self, request):
        return bandwidth(int(request["n"]), request.get("seconds", 1.0), self.threads)


def timed(run, request, share):
    """Untimed calls first, then up to `repeat` timed ones, stopping early after `seconds`."""
    start = time.perf_counter()
    calls, results = 0, None
    while calls < request.get("warmup", 1) or (
            time.perf_counter() - start < request.get("warmup_seconds", 0.0) * share):
        results = None
        results = run()
        calls += 1
    times = []
    end = time.perf_counter() + request.get("seconds", 1.0) * share
    while not times or (len(times) < request.get("repeat", 5) and time.perf_counter() < end):
        results = None  # as in user code, the old result is gone before the new one is made
        before = time.perf_counter_ns()
        results = run()
        times.append((time.perf_counter_ns() - before) / 1e6)
    return times, results


def bandwidth(n, seconds, threads):
    """Copy, add and read over float64 arrays of n elements, each thread on its own part."""
    x, y, out = np.ones(n), np.ones(n), np.zeros(n)
    edges = [n * i // threads for i in range(threads + 1)]
    parts = [slice(a, b) for a, b in zip(edges, edges[1:])]
    kernels = {
        "copy": (2, lambda p: np.copyto(out[p], x[p])),
        "add": (3, lambda p: np.add(x[p], y[p], out=out[p])),
        "read": (1, lambda p: x[p].sum()),
    }
    reply = {"n": n, "threads": threads}
    with ThreadPoolExecutor(threads) as pool:
        for name, (streams, kernel) in kernels.items():
            times = []
            end = time.perf_counter() + seconds / len(kernels)
            while len(times) < 4 or time.perf_counter() < end:
                before = time.perf_counter_ns()
                list(pool.map(kernel, parts))
                times.append((time.perf_counter_ns() - before) / 1e6)
            times = times[1:]
            reply[name + "_ms"] = times
            reply[name + "_gb_per_s"] = streams * 8 * n / min(times) / 1e6
    return reply


def main(modules):
    """Serves one of the systems in `modules`, a dict of module and class by name."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--system", required=True, choices=modules)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    # Libraries may print: keep the protocol's stream for the protocol.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    module, name = modules[options.system]
    try:
        peer_class = getattr(importlib.import_module(module), name)
        worker = Worker(peer_class(options.threads), options.threads)
    except ImportError as e:
        print(json.dumps({"error": f"cannot start: {e}"}), file=out, flush=True)
        return 1
    print(json.dumps({"ready": True}), file=out, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if request.get("cmd") == "quit":
            break
        print(json.dumps(worker.answer(request)), file=out, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(MODULES))
