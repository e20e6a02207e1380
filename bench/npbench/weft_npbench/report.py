"""The table and the JSON file made from a finished run."""

import math

from weft_peers import report as shared
from weft_peers.report import cell, number, reasons, settings

from . import catalogue


def row(program, results):
    """The JSON entry of one program."""
    times = {name: result["median_ms"] for name, result in results.items() if result["median_ms"]}
    peers = {name: times[name] for name in catalogue.PEERS if name in times}
    best = min(peers, key=peers.get, default=None)
    weft = times.get(catalogue.SUBJECT)
    return {"workload": program.name, "title": program.title, "dtype": program.dtype, "size": program.size,
            "steps": program.steps,
            "shapes": {name: list(shape) for name, shape in program.shapes(program.size).items()},
            "systems": results, "best_peer": best,
            "speedup_of_best_peer": peers[best] / weft if best and weft else None,
            "speedup_of_numpy": times["numpy"] / weft if "numpy" in times and weft else None}


def geometric_mean(values):
    values = [value for value in values if value]
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def write(folder, name, document):
    """Writes NAME.json and NAME.md; returns their paths."""
    document["geometric_means"] = means(document["rows"])
    return shared.write(folder, name, document, markdown)


def means(rows):
    """Weft against NumPy and against the best peer; and each peer against NumPy, over what it has."""
    against = {name: geometric_mean([
        r["systems"]["numpy"]["median_ms"] / r["systems"][name]["median_ms"] for r in rows
        if all(r["systems"].get(s, {}).get("median_ms") for s in ("numpy", name))])
        for name in (catalogue.SUBJECT, *catalogue.PEERS[1:])}
    return {"best_peer": geometric_mean([r["speedup_of_best_peer"] for r in rows]), "numpy": against}


def markdown(document):
    return "\n\n".join([
        "# Weft on programs of npbench", _preamble(document),
        "## Warm (median ms)", _table(document["rows"], document["options"]["systems"]), _means(document),
        "## Not measured", reasons(document), "## Left out", "\n".join(
            f"- {names}: {reason}" for names, reason in catalogue.LEFT_OUT.items()),
        "## Versions and settings", settings(document)]) + "\n"


def _preamble(document):
    m, o = document["machine"], document["options"]
    size = (f"Sizes at which NumPy takes about {catalogue.AIM_MS * catalogue.QUICK_SHARE:.0f} ms (`--quick`)"
            if o["quick"] else f"Sizes at which NumPy takes about {catalogue.AIM_MS} ms")
    return (
        f"{m['date']}, commit {m['commit']}. {m['cpu']}, {m['cores']} cores, {m['threads']} threads used, {m['vector']}, "
        f"{m['memory_gib']} GiB, {m['system']}. {size}; {o['rounds']} rounds, up to {o['repeat']} timed runs in each, "
        "systems taking turns. Every result was checked against NumPy's in float64 before its time was taken."
        f"{'' if document['finished'] else ' **The run was cut off: rows are missing.**'}\n\n"
        "Above 1 means that Weft is faster.")


def _table(rows, systems):
    head = ["program", "type", "size", *systems, "best peer", "Weft : best peer", "Weft : NumPy"]
    lines = ["| " + " | ".join(head) + " |", "|---|---|---:|" + "---:|" * len(systems) + "---|---:|---:|"]
    for r in rows:
        cells = [cell(r["systems"].get(name)) for name in systems]
        lines.append("| " + " | ".join([
            f"{r['workload']}: {r['title']}", r["dtype"], f"{r['size']:,}", *cells, r["best_peer"] or "",
            _bold(r["speedup_of_best_peer"]), _bold(r["speedup_of_numpy"])]) + " |")
    return "\n".join(lines)


def _bold(value):
    return f"**{number(value)}**" if value else ""


def _means(document):
    all_means = document["geometric_means"]
    against = ", ".join(f"{name} {number(value)}" for name, value in all_means["numpy"].items() if value)
    return (f"Geometric means: Weft : best peer **{number(all_means['best_peer'])}**. "
            f"NumPy's time by that of: {against}; each over the programs that it has.")
