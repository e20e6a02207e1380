"""The interleaved run: workload by workload, round by round, system by system."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from . import catalogue, digest, files
from .client import Client, WorkerFailure

HERE = Path(__file__).resolve().parent
MAX_STARTS = 4


def environment(system, threads):
    """The worker's environment: every thread pool held to the same number."""
    env = dict(os.environ)
    blas = 1 if system == "dask" else threads  # Dask's own threads fill the cores
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        env[name] = str(blas)
    env["NUMEXPR_MAX_THREADS"] = env["NUMBA_NUM_THREADS"] = str(threads)
    # What the harness was started with: its own packages, and those of another suite.
    env["PYTHONPATH"] = os.environ.get("PYTHONPATH") or str(HERE.parent)
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    return env


def progress(text):
    print(text, file=sys.stderr, flush=True)


class Systems:
    """The worker processes, started once, restarted a few times if they die."""

    def __init__(self, options):
        self.options = options
        self.cpus = sorted(os.sched_getaffinity(0))[:options.threads]
        self.clients, self.starts, self.info, self.not_run = {}, {}, {}, {}
        self.logs = Path(options.work) / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)

    def command(self, name):
        if name == catalogue.BEFORE:
            return [str(Path(self.options.before) / "bench" / "peers" / "java-worker"),
                    "--system", catalogue.SUBJECT, "--threads", str(self.options.threads)]
        if name in catalogue.JAVA_SYSTEMS:
            return [self.options.java_worker, "--system", name,
                    "--threads", str(self.options.threads)]
        return [sys.executable, "-m", "weft_peers.worker", "--system", name,
                "--threads", str(self.options.threads)]

    def start(self, name):
        """Starts a worker; on failure notes the reason and returns None."""
        self.starts[name] = self.starts.get(name, 0) + 1
        try:
            client = Client(self.command(name), self.logs / f"{name}.log",
                            environment(name, self.options.threads), self.cpus,
                            self.options.memory)
            reply = client.ask({"cmd": "info"})
            self.info[name] = reply.get("info", reply)
            self.clients[name] = client
            progress(f"  {name}: {describe(self.info[name])}")
            return client
        except WorkerFailure as e:
            self.not_run[name] = str(e)
            progress(f"  {name}: not run: {e}")
            return None

    def get(self, name):
        """The living worker, restarted if it died; None when it cannot run any more."""
        client = self.clients.get(name)
        if client and client.process.poll() is None:
            return client
        if name in self.not_run or self.starts.get(name, 0) >= MAX_STARTS:
            return None
        return self.start(name)

    def quit(self):
        for client in self.clients.values():
            client.quit()


def describe(info):
    return ", ".join(f"{k} {v}" for k, v in info.items())


class Cell:
    """What one system did on one workload and dtype."""

    def __init__(self):
        self.variants, self.reason, self.status = {}, None, None
        self.rejected = {}

    @property
    def open(self):
        return self.status is None

    def close(self, status, reason):
        self.status, self.reason = status, reason
        self.variants = {}

    def add(self, reply):
        times = reply.get("variants_ms") or {reply["variant"]: reply["times_ms"]}
        for name in times.keys() - self.rejected.keys():
            values = times[name]
            self.variants.setdefault(name, []).extend(values)

    def result(self):
        if self.status:
            return {"status": self.status, "reason": self.reason, "median_ms": None}
        if not self.variants:
            return {"status": "error", "reason": "no time was measured", "median_ms": None}
        best = min(self.variants, key=lambda name: statistics.median(self.variants[name]))
        times = self.variants[best]
        return {"status": "ok", "variant": best, "median_ms": statistics.median(times),
                "best_ms": min(times), "runs": len(times), "times_ms": times,
                "rejected_variants": self.rejected,
                "variants_median_ms": {n: statistics.median(t) for n, t in self.variants.items()}}


def problems(results):
    """What went wrong with systems, a line each."""
    return [f"{name} {s['status']}: {s['reason']}" for name, s in results.items()
            if s["status"] in ("disagrees", "error")]


def run_workload(systems, inputs, workload, dtype):
    """All rounds of one workload; returns a result per system."""
    options = systems.options
    if workload.files:
        inputs_of = {"files": inputs.files(workload, dtype)}
    else:
        inputs_of = {"arrays": {name: inputs.path(name, dtype) for name in workload.inputs}}
    reference = inputs.reference(workload, dtype) if workload.check == "values" else None
    cells = {name: Cell() for name in options.systems}
    for round_number in range(options.rounds):
        turn = round_number % len(options.systems)
        for name in options.systems[turn:] + options.systems[:turn]:
            if cells[name].open:
                _turn(systems, name, cells[name], round_number,
                      (workload, dtype, inputs_of, reference, inputs.n))
    for name in options.systems:
        client = systems.clients.get(name)
        if client and client.process.poll() is None:
            _quietly(client, {"cmd": "unload"})
    return {name: cell.result() for name, cell in cells.items()}


def _quietly(client, request):
    try:
        client.ask(request)
    except WorkerFailure:
        pass  # the next use finds it dead and restarts it


def _turn(systems, name, cell, round_number, what):
    workload, dtype, inputs_of, reference, n = what
    options = systems.options
    client = systems.get(name)
    if client is None:
        cell.close("not run", systems.not_run.get(name, "worker died too often"))
        return
    first = round_number == 0
    request = {
        "cmd": "run", "workload": workload.name, "dtype": dtype, "n": n,
        "warmup": options.warmup if first else 1,
        "warmup_seconds": options.warmup_seconds if first else 0.0,
        "repeat": options.repeat, "seconds": options.seconds, "digest": first}
    if not first:
        request["variants"] = list(cell.variants)
    try:
        if first and workload.inputs:
            loaded = client.ask({"cmd": "load", "dtype": dtype, **inputs_of})
            if "error" in loaded:
                cell.close("error", f"load: {loaded['error']}")
                return
        reply = client.ask(request)
    except WorkerFailure as e:
        cell.close("error", str(e))
        return
    if "unsupported" in reply:
        cell.close("unsupported", reply["unsupported"])
    elif "error" in reply:
        cell.close("error", reply["error"])
    else:
        if first:
            cell.rejected = (_undecoded(reply, dtype, n) if name == catalogue.DECODE
                             else _wrong(reply, workload, dtype, reference, n))
        cell.add(reply)
        if not cell.variants:
            cell.close("disagrees", "; ".join(cell.rejected.values()))


def _undecoded(reply, dtype, n):
    """Whether what was read is all of both arrays, with headers and full last chunks."""
    itemsize = 8 if dtype == "float64" else 4
    least, most = (2 * itemsize * (n + more) for more in (0, files.CHUNK))
    read = reply["digest"]["values"][0]["sum"]
    return {} if least <= read <= most else {
        reply["variant"]: f"{read:,.0f} bytes were read, not {least:,}"}


def _wrong(reply, workload, dtype, reference, n):
    """The variants whose results are not accepted, with what is wrong with them."""
    names = reply.get("variants_ms") or [reply["variant"]]
    digests = reply.get("digests") or {reply["variant"]: reply.get("digest")}
    wrong = {}
    for name in names:
        got = digests.get(name)
        if got is None:
            why = "no digest"
        elif workload.check == "moments":
            why = digest.moments_disagreement(got, workload.expect, n)
        else:
            why = digest.disagreement(got, reference, dtype)
        if why:
            wrong[name] = why
    return wrong


def measure_bandwidth(systems, n):
    """Each worker's own copy, add and read; the highest counts as what the machine gives."""
    per_system = {}
    for name in systems.options.systems:
        client = systems.get(name)
        # One Python peer stands for all: they would run the same NumPy code.
        if client is None or (name not in catalogue.JAVA_SYSTEMS and name != "numpy"):
            continue
        try:
            reply = client.ask({"cmd": "bandwidth", "n": n, "seconds": systems.options.seconds})
        except WorkerFailure as e:
            progress(f"  bandwidth by {name}: {e}")
            continue
        rates = {k.removesuffix("_gb_per_s"): v for k, v in reply.items()
                 if k.endswith("_gb_per_s")}
        if rates:
            per_system[name] = rates
            progress(f"  bandwidth by {name}: "
                     + ", ".join(f"{k} {v:.1f} GB/s" for k, v in rates.items()))
    best = max((v for rates in per_system.values() for v in rates.values()), default=None)
    return {"gb_per_s": best, "by_system": per_system}


def run_cold(systems, inputs, runs=5):
    """Wall time of a whole fresh process, from .npy files to the printed sum, per system."""
    options = systems.options
    workload = next(w for w in catalogue.workloads(()) if w.name == "sum_sqrt")
    x, y = inputs.path("x", "float64"), inputs.path("y", "float64")
    want = inputs.reference(workload, "float64")["values"][0]["sum"]
    for path in (x, y):
        Path(path).read_bytes()  # into the page cache: the disk is not what is compared
    cells = {name: Cell() for name in options.systems if name != "torch-compile"}
    for round_number in range(runs):
        for name, cell in cells.items():
            if name in systems.not_run:
                cell.close("not run", systems.not_run[name])
            if cell.open:
                _cold_once(systems, name, cell, (x, y), want)
        progress(f"  cold, round {round_number + 1} of {runs}")
    return {name: cell.result() for name, cell in cells.items()}


def _cold_once(systems, name, cell, paths, want):
    threads = systems.options.threads
    if name in catalogue.JAVA_SYSTEMS:
        command = [*systems.command(name), "--cold", *paths]
    else:
        command = [sys.executable, str(HERE / "cold.py"), name, *paths, str(threads)]
    before = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300,
                              env=environment(name, threads),
                              preexec_fn=lambda: os.sched_setaffinity(0, systems.cpus))
    except (OSError, subprocess.TimeoutExpired) as e:
        cell.close("error", str(e))
        return
    wall = (time.perf_counter() - before) * 1e3
    try:
        got = float(done.stdout.strip().splitlines()[-1])
    except (ValueError, IndexError):
        tail = (done.stderr.strip().splitlines() or ["no output"])[-1]
        cell.close("error", f"exit status {done.returncode}: {tail[:200]}")
        return
    if not abs(got - want) <= 1e-9 * abs(want):
        cell.close("disagrees", f"printed {got!r}, expected {want!r}")
        return
    cell.add({"variant": "process", "times_ms": [wall]})
