"""Checks results against each other, and writes the report."""

import datetime
import platform
import subprocess
from pathlib import Path

TOLERANCE = 1e-7


def differences(wanted, got):
    """What differs of two checks, as text; empty where nothing does."""
    for name, value in wanted.items():
        other = got.get(name)
        if other is None or abs(other - value) > TOLERANCE * max(1.0, abs(value)):
            return f"{name} is {other}, not {value}"
    return ""


def check(results, systems, query):
    """The system whose result counts, and what differs from it, by system."""
    known = [s for s in systems if "check" in results[s].get(query.id, {})]
    if not known:
        return {}
    wanted = results[known[0]][query.id]["check"]
    return {s: d for s in known[1:]
            if (d := differences(wanted, results[s][query.id]["check"]))}


def _cell(result, wrong, best):
    if not result:
        return "–"
    if "error" in result:
        return "failed"
    if wrong:
        return "wrong"
    shown = f"{min(result['seconds']) * 1e3:,.0f}"
    return f"**{shown}**" if min(result["seconds"]) == best else shown


def table(results, systems, queries, wrong):
    lines = ["| query | " + " | ".join(systems) + " |", "|---|" + "---:|" * len(systems)]
    for query in queries:
        good = [min(results[s][query.id]["seconds"]) for s in systems
                if "seconds" in results[s].get(query.id, {}) and s not in wrong[query.id]]
        best = min(good, default=None)
        cells = [_cell(results[s].get(query.id), wrong[query.id].get(s), best) for s in systems]
        lines.append(f"| {query.id}: {query.text} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cpu():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "unknown"


def _memory():
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemTotal"):
            return round(int(line.split()[1]) / 2**20, 1)
    return 0


def _commit():
    here = Path(__file__).parent
    got = subprocess.run(["git", "-C", here, "describe", "--always", "--dirty"],
                         capture_output=True, text=True)
    return got.stdout.strip() or "unknown"


def write(path, results, systems, queries, wrong, facts):
    date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    notes = []
    for query in queries:
        for system in systems:
            error = results[system].get(query.id, {}).get("error")
            if error:
                notes.append(f"- {system}, {query.id} failed: {error}")
            if system in wrong[query.id]:
                notes.append(f"- {system}, {query.id} is wrong: {wrong[query.id][system]}")
    versions = [f"- {results[s].get('version', s)}: {results[s].get('settings', 'not run')}"
                for s in systems]
    text = f"""# Tables, compared

Milliseconds: the best of 3 after a warm-up; the best of a row is bold. Results were checked against each other before times
were accepted. Groups and joins are those of the [db-benchmark](https://duckdblabs.github.io/db-benchmark/) with
{facts['rows']:,} rows (basic questions; 100 groups of id1, id2 and id4); t and a are of {facts['series']:,} rows; the CSV
file has {facts['csv'] / 1e9:.2f} GB. Files are loaded before the clock starts, but for CSV. `bench/tables/compare` makes
this page.

{date}, commit {_commit()}, {_cpu()}, {facts['threads']} threads, {_memory()} GiB, {platform.system()}
{platform.release()}, Python {platform.python_version()}.

{chr(10).join(versions)}

{table(results, systems, queries, wrong)}
"""
    if notes:
        text += "\n" + "\n".join(notes) + "\n"
    Path(path).write_text(text)
    return text
