"""Command line of the comparison; started by bench/npbench/compare inside its venv."""

import argparse
import os
import sys
import time
from pathlib import Path

from weft_peers import arguments, machine, run

from . import calibrate, catalogue, report
from .inputs import Inputs

FOLDER = Path(__file__).resolve().parent.parent
RESULTS = FOLDER.parent / "results"


def parse(words):
    parser = argparse.ArgumentParser(
        prog="bench/npbench/compare", description="Compares Weft on programs of npbench.")
    many = {"type": lambda text: [word for word in text.split(",") if word]}
    parser.add_argument("--only", **many, help="programs, comma-separated; a prefix will do")
    parser.add_argument("--systems", **many, help="of " + ",".join(catalogue.SYSTEMS))
    parser.add_argument("--rounds", type=int, help="turns that each system gets, default 5")
    parser.add_argument("--repeat", type=int, default=7, help="most timed runs in a turn")
    parser.add_argument("--seconds", type=float, default=1.0, help="most time of a turn")
    parser.add_argument("--warmup", type=int, default=3, help="fewest untimed runs at first")
    parser.add_argument("--warmup-seconds", type=float, default=6.0)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--memory", type=float, default=8.0,
                        help="GiB that one worker may hold before it is ended, default 8")
    parser.add_argument("--quick", action="store_true", help="a twentieth of the work, 2 short rounds")
    parser.add_argument("--calibrate", action="store_true",
                        help="print NumPy's time of each program and the size that takes "
                             f"{catalogue.AIM_MS} ms, and stop")
    parser.add_argument("--work", default=os.environ.get("WEFT_NPBENCH_DATA"),
                        help="folder for inputs and logs, default in the user's cache folder")
    parser.add_argument("--out", help="folder or NAME.json, default bench/results/npbench.json "
                        "(npbench-partial.json when not everything is run)")
    parser.add_argument("--java-worker", default=str(FOLDER.parent / "peers" / "java-worker"))
    parser.add_argument("--venv", help="Python environment with the peers; see README.md")
    parser.add_argument("--list", action="store_true", help="print the programs and those left out, and stop")
    return complete(parser.parse_args(words), parser)


def complete(options, parser):
    options.partial = any(getattr(options, name) for name in ("only", "systems", "rounds", "quick"))
    options.systems = options.systems or list(catalogue.SYSTEMS)
    if unknown := [name for name in options.systems if name not in catalogue.SYSTEMS]:
        parser.error(f"unknown {', '.join(unknown)}; one of {', '.join(catalogue.SYSTEMS)}")
    programs = arguments.chosen(catalogue.programs(), options.only)
    if not programs:
        parser.error("--only: no such program; --list prints them")
    if options.quick:
        options.rounds = options.rounds or 2
        options.seconds, options.warmup_seconds = min(options.seconds, 0.3), min(options.warmup_seconds, 0.3)
        programs = [program.quick() for program in programs]
    options.programs = programs
    options.rounds = options.rounds or 5
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    options.work = options.work or str(Path(cache) / "weft" / "npbench-data")
    return options


class Systems(run.Systems):
    """The workers of this suite: Weft's in Java, the others in Python."""

    def command(self, name):
        threads = ["--threads", str(self.options.threads)]
        if name == catalogue.SUBJECT:
            return [self.options.java_worker, "--system", "npbench", *threads]
        return [sys.executable, "-m", "weft_npbench.worker", "--system", name, *threads]


def destination(options):
    """Folder and file stem of the results."""
    stem = "npbench-partial" if options.partial else "npbench"
    return arguments.destination(options.out, RESULTS, stem)


def main():
    options = parse(sys.argv[1:])
    if options.list:
        for program in options.programs:
            print(f"{program.name:16} {program.title}")
        for names, reason in catalogue.LEFT_OUT.items():
            print(f"left out: {names}: {reason}")
        return 0
    if options.calibrate:
        calibrate.run(options.programs)
        return 0
    began = time.monotonic()
    loads = [machine.load_average()]
    if loads[0] > 0.5:
        run.progress(f"warning: load average {loads[0]:.2f}; other work will disturb the times")
    document = {"machine": machine.facts(options.threads), "rows": [], "options": {
        "rounds": options.rounds, "repeat": options.repeat, "seconds": options.seconds,
        "systems": options.systems, "quick": options.quick, "partial": options.partial}}
    systems = Systems(options)

    def save(finished):
        """Writes what there is so far, so that a run cut off leaves its rows."""
        document["finished"] = finished
        document["info"] = {**systems.info,
                            **{name: {"not run": why} for name, why in systems.not_run.items()}}
        document["load_average"] = [*loads, machine.load_average()]
        document["seconds"] = round(time.monotonic() - began, 1)
        return report.write(*destination(options), document)

    try:
        measure(options, systems, document, save)
    finally:
        systems.quit()
    for path in save(True):
        run.progress(f"wrote {path}")
    return 1 if any(run.problems(row["systems"]) for row in document["rows"]) else 0


def measure(options, systems, document, save):
    run.progress("starting workers")
    for name in options.systems:
        systems.start(name)
    for program in options.programs:
        results = run.run_workload(systems, Inputs(options.work, program), program, program.dtype)
        document["rows"].append(report.row(program, results))
        times = "  ".join(f"{name} {s['median_ms']:.2f}" if s["median_ms"] else f"{name} {s['status']}"
                          for name, s in results.items() if s["status"] != "not run")
        run.progress(f"[{len(document['rows'])}/{len(options.programs)}] {program.name}: {times}")
        for problem in run.problems(results):
            run.progress("    " + problem)
        save(False)


if __name__ == "__main__":
    sys.exit(main())
