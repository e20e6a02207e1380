"""Command line of the comparison; started by bench/peers/compare inside its venv."""

import argparse
import os
import sys
import time
from pathlib import Path

from . import arguments, catalogue, first, machine, report, run
from .inputs import Inputs

PEERS_FOLDER = Path(__file__).resolve().parent.parent
PARTIAL = ("only", "dtypes", "n", "systems", "quick", "rounds", "matmul", "before")


def parse(words):
    parser = argparse.ArgumentParser(
        prog="bench/peers/compare", description="Compares Weft with other array libraries.")
    many = {"type": lambda text: [word for word in text.split(",") if word]}
    parser.add_argument("--only", **many, help="workloads, comma-separated; a prefix will do")
    parser.add_argument("--dtypes", **many, help="float64,float32")
    parser.add_argument("--systems", **many, help="of " + ",".join(
        (*catalogue.DEFAULT_SYSTEMS, *catalogue.OPTIONAL)))
    parser.add_argument("--n", type=lambda text: int(float(text)), help="elements, default 2e7")
    parser.add_argument("--matmul", help="sizes of the matrix products, default 2048,4096")
    parser.add_argument("--rounds", type=int, help="turns that each system gets, default 5")
    parser.add_argument("--repeat", type=int, default=7, help="most timed runs in a turn")
    parser.add_argument("--seconds", type=float, default=1.0, help="most time of a turn")
    parser.add_argument("--warmup", type=int, default=3, help="fewest untimed runs at first")
    parser.add_argument("--warmup-seconds", type=float, default=6.0)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--memory", type=float, default=8.0,
                        help="GiB that one worker may hold before it is ended, default 8")
    parser.add_argument("--cold", action="store_true", help="measure cold processes too")
    parser.add_argument("--first", type=int, metavar="CALLS", help="time the first calls instead, "
                        "each workload in a process of its own; into first-calls.md")
    parser.add_argument("--quick", action="store_true", help="n = 2e6, 2 short rounds, small matmul")
    parser.add_argument("--work", default=os.environ.get("WEFT_PEERS_DATA"),
                        help="folder for inputs and logs, default in the user's cache folder")
    parser.add_argument("--out", help="folder or NAME.json, default bench/results/peers.json "
                        "(peers-partial.json when not everything is run)")
    parser.add_argument("--java-worker", default=str(PEERS_FOLDER / "java-worker"))
    parser.add_argument("--before", metavar="CHECKOUT", help="another checkout of Weft, built; "
                        "runs as the system \"before\" beside weft")
    parser.add_argument("--venv", help="Python environment with the peers; see README.md")
    parser.add_argument("--list", action="store_true", help="print the workloads and stop")
    options = parser.parse_args(words)
    options.partial = any(getattr(options, name) for name in PARTIAL)
    return complete(options, parser)


def complete(options, parser):
    if options.quick:
        options.n = options.n or 2_000_000
        options.rounds = options.rounds or 2
        options.matmul = options.matmul or "512"
        options.seconds, options.warmup_seconds = min(options.seconds, 0.3), 0.3
    options.n = options.n or 20_000_000
    options.rounds = options.rounds or 5
    options.dtypes = options.dtypes or list(catalogue.DTYPES)
    options.systems = options.systems or list(catalogue.DEFAULT_SYSTEMS)
    known = (*catalogue.DEFAULT_SYSTEMS, *catalogue.OPTIONAL)
    for given, allowed in ((options.systems, known), (options.dtypes, catalogue.DTYPES)):
        if unknown := [word for word in given if word not in allowed]:
            parser.error(f"unknown {', '.join(unknown)}; one of {', '.join(allowed)}")
    if options.before and catalogue.BEFORE not in options.systems:
        options.systems.append(catalogue.BEFORE)
    if catalogue.BEFORE in options.systems and not options.before:
        parser.error("the system before needs --before CHECKOUT")
    sizes = [int(size) for size in (options.matmul or "2048,4096").split(",")]
    options.workloads = arguments.chosen(catalogue.workloads(sizes), options.only)
    if not options.workloads:
        parser.error("--only: no such workload; --list prints them")
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    options.work = options.work or str(Path(cache) / "weft" / "peers-data")
    return options


def destination(options):
    """Folder and file stem of the results."""
    stem = "first-calls" if options.first else "peers-partial" if options.partial else "peers"
    return arguments.destination(options.out, PEERS_FOLDER.parent / "results", stem)


def main():
    options = parse(sys.argv[1:])
    if options.list:
        for w in options.workloads:
            print(f"{w.name:22} {w.title}")
        return 0
    began = time.monotonic()
    loads = [machine.load_average()]
    if loads[0] > 0.5:
        run.progress(f"warning: load average {loads[0]:.2f}; other work will disturb the times")
    document = {"machine": machine.facts(options.threads), "options": {
        "n": options.n, "rounds": options.rounds, "repeat": options.repeat,
        "seconds": options.seconds, "dtypes": options.dtypes, "systems": options.systems,
        "partial": options.partial}}
    run.progress(f"{document['machine']['cpu']}, {options.threads} threads, n = {options.n:,}, "
                 f"settings {document['machine']['settings']}")
    inputs = Inputs(options.work, options.n)
    if options.first:
        first.run_first(options, inputs, document)
        for path in report.write(*destination(options), document, first.markdown):
            run.progress(f"wrote {path}")
        return 0
    systems = run.Systems(options)

    def save(finished):
        """Writes what there is so far, so that a run cut off leaves its rows."""
        document["finished"] = finished
        document["info"] = {**systems.info,
                            **{name: {"not run": why} for name, why in systems.not_run.items()}}
        document["load_average"] = [*loads, machine.load_average()]
        document["seconds"] = round(time.monotonic() - began, 1)
        return report.write(*destination(options), document, report.markdown)

    try:
        measure(options, inputs, systems, document, save)
    finally:
        systems.quit()
    for path in save(True):
        run.progress(f"wrote {path}")
    return 1 if any(run.problems(row["systems"]) for row in document["rows"]) else 0


def measure(options, inputs, systems, document, save):
    run.progress("starting workers")
    for name in options.systems:
        systems.start(name)
    document["bandwidth"] = run.measure_bandwidth(systems, options.n)
    document["rows"] = []
    total = len(options.workloads) * len(options.dtypes)
    for workload in options.workloads:
        for dtype in options.dtypes:
            results = run.run_workload(systems, inputs, workload, dtype)
            row = report.row(workload, dtype, inputs, results,
                             document["bandwidth"]["gb_per_s"])
            document["rows"].append(row)
            times = "  ".join(
                f"{name} {s['median_ms']:.2f}" if s["median_ms"] else f"{name} {s['status']}"
                for name, s in results.items() if s["status"] != "not run")
            run.progress(f"[{len(document['rows'])}/{total}] {workload.name} {dtype}: {times}")
            for problem in run.problems(results):
                run.progress("    " + problem)
            save(False)
    if options.cold:
        cold = run.run_cold(systems, inputs)
        document["cold"] = {"systems": cold, **report.ratio(cold)}


if __name__ == "__main__":
    sys.exit(main())
