"""The comparison: makes files, runs one system after the other, checks, writes the report."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from weft_tables import generate, queries, report

HERE = Path(__file__).resolve().parent
PEERS = ["pandas", "polars", "duckdb", "dask"]
ALL = ["weft", *PEERS]


def options():
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "weft"
    parser = argparse.ArgumentParser(prog="compare", description=__doc__)
    parser.add_argument("--rows", type=lambda s: int(float(s)), default=10_000_000,
                        help="rows of groups and joins (10,000,000)")
    parser.add_argument("--csv-size", type=lambda s: int(float(s)), default=1_000_000_000,
                        help="bytes of the CSV file (1e9); 0 for none")
    parser.add_argument("--systems", default=",".join(ALL), help="some of " + ",".join(ALL))
    parser.add_argument("--only", default="", help="queries or kinds of them: g1,join,...")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--limit", type=int, default=1800, help="seconds for each system (1800)")
    parser.add_argument("--work", default=cache / "tables-data", help="folder of the files")
    parser.add_argument("--out", default=HERE.parent.parent / "results" / "tables.md")
    return parser.parse_args()


def command(system, o, folder, csv, ids):
    if system == "weft":
        return [str(HERE.parent / "java-worker"), str(o.threads), str(folder), csv, ids]
    return [sys.executable, "-m", "weft_tables.worker", system, str(o.threads), str(folder), csv,
            ids]


def run(system, o, folder, csv, ids):
    """What a system answered, by query."""
    answers = {}
    try:
        done = subprocess.run(command(system, o, folder, csv, ids), stdout=subprocess.PIPE,
                              text=True, timeout=o.limit)
        output = done.stdout
        if done.returncode != 0:
            answers["failed"] = f"exit status {done.returncode}"
    except subprocess.TimeoutExpired as e:
        output = (e.stdout or b"").decode()
        answers["failed"] = f"not done after {o.limit} s"
    for line in output.splitlines():
        if line.startswith("{"):
            answer = json.loads(line)
            answers.update({answer["query"]: answer} if "query" in answer else answer)
    reason = answers.get("error") or answers.get("failed")
    if reason:
        print(f"{system}: {reason}", file=sys.stderr)
        for id_ in ids.split(","):
            answers.setdefault(id_, {"error": reason})
    return answers


def main():
    o = options()
    only = [each for each in o.only.split(",") if each]
    asked = queries.chosen(only, o.csv_size > 0)
    kinds = {q.files for q in asked}
    folder = generate.all_files(o.work, o.rows, o.csv_size, kinds)
    csv = str(folder / f"timeseries-{o.csv_size}.csv")
    systems = o.systems.split(",")
    results = {}
    for system in systems:
        print(f"running {system}", file=sys.stderr, flush=True)
        results[system] = run(system, o, folder, csv, ",".join(q.id for q in asked))
    # The oldest decides what is right.
    order = [s for s in ["pandas", "duckdb", "polars", "dask", "weft"] if s in systems]
    wrong = {q.id: report.check(results, order, q) for q in asked}
    facts = {"rows": o.rows, "series": generate.SERIES_ROWS, "csv": o.csv_size,
             "threads": o.threads}
    text = report.write(o.out, results, systems, asked, wrong, facts)
    print(text)
    failed = any("error" in results[s].get(q.id, {}) for s in systems for q in asked)
    sys.exit(1 if failed or any(wrong.values()) else 0)


if __name__ == "__main__":
    main()
