"""The first calls of a workload in a new process: how long call k takes, and when it is steady."""

import statistics

from . import run
from .client import WorkerFailure

SHOWN = (1, 2, 3, 5, 10, 20, 40)
STEADY_FROM_LAST = 10
NEAR_STEADY = 1.25
SECONDS = 20.0


def run_first(options, inputs, document):
    """Each workload and dtype in a process of its own, for each system; keeps rows as they come."""
    document["first"] = []
    for workload in options.workloads:
        for dtype in options.dtypes:
            for name in options.systems:
                row = {"workload": workload.name, "title": workload.title, "dtype": dtype,
                       "system": name, **_calls(options, inputs, workload, dtype, name)}
                document["first"].append(row)
                run.progress(f"{workload.name} {dtype} {name}: {_line(row)}")
    return document["first"]


def _calls(options, inputs, workload, dtype, name):
    systems = run.Systems(options)
    try:
        client = systems.start(name)
        if client is None:
            return {"reason": systems.not_run[name]}
        if workload.inputs:
            where = ({"files": inputs.files(workload, dtype)} if workload.files else
                     {"arrays": {a: inputs.path(a, dtype) for a in workload.inputs}})
            loaded = client.ask({"cmd": "load", "dtype": dtype, **where})
            if "error" in loaded:
                return {"reason": f"load: {loaded['error']}"}
        request = {"cmd": "run", "workload": workload.name, "dtype": dtype, "n": inputs.n,
                   "warmup": 0, "warmup_seconds": 0.0, "repeat": options.first,
                   "seconds": SECONDS, "digest": False}
        reply = client.ask(request)
        if "error" in reply or "unsupported" in reply:
            return {"reason": reply.get("error") or reply["unsupported"]}
        # Of several ways the one that is best in the end.
        ways = reply.get("variants_ms") or {reply["variant"]: reply["times_ms"]}
        return curve(min(ways.values(), key=_steady))
    except WorkerFailure as e:
        return {"reason": str(e)}
    finally:
        systems.quit()


def _steady(times):
    return statistics.median(times[-STEADY_FROM_LAST:])


def curve(times):
    """What a list of times of calls says: the steady time, and what came before it."""
    steady = _steady(times)
    slow = [k for k, t in enumerate(times) if t > NEAR_STEADY * steady]
    # A single slow call later on is a disturbance; two in a row are not steady.
    last = max((k for k in slow if k + 1 in slow), default=slow[0] if slow[:1] == [0] else -1)
    return {"times_ms": times, "steady_ms": steady,
            "until_steady_ms": sum(times[:last + 2] if last + 1 in slow else times[:last + 1])}


def _line(row):
    if "reason" in row:
        return f"not run: {row['reason']}"
    return (f"first {row['times_ms'][0]:.1f} ms, steady {row['steady_ms']:.1f} ms "
            f"after {row['until_steady_ms'] / 1e3:.2f} s")


def markdown(document):
    facts = document["machine"]
    lines = ["# First calls", "",
             f"{facts['date']}, commit {facts['commit']}. {facts['cpu']}, {facts['threads']} threads used. "
             f"n = {document['options']['n']:,}. Each row is a process of its own, of which every call is "
             "timed from the first one on; loading the inputs is not. Steady is the median of the last "
             f"{STEADY_FROM_LAST} calls; the last column says how long the calls took together until they "
             f"were within {NEAR_STEADY} of it.", "",
             "| workload | dtype | system | " + " | ".join(f"call {k}" for k in SHOWN)
             + " | steady, ms | until steady, ms |",
             "|---|---|---|" + "---:|" * (len(SHOWN) + 2)]
    for row in document["first"]:
        if "reason" in row:
            cells = [f"not run: {row['reason']}"]
        else:
            times = row["times_ms"]
            cells = [f"{times[k - 1]:.4g}" if k <= len(times) else "" for k in SHOWN]
            cells += [f"{row['steady_ms']:.4g}", f"{row['until_steady_ms']:.0f}"]
        lines.append(f"| {row['title']} | {row['dtype']} | {row['system']} | " + " | ".join(cells)
                     + " |")
    return "\n".join(lines) + "\n"
