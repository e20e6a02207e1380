"""The table and the JSON file made from a finished run."""

import json
from pathlib import Path

from . import catalogue

FORMAT = 1


def row(workload, dtype, inputs, results, bandwidth):
    """The JSON entry of one workload and dtype."""
    itemsize = 8 if dtype == "float64" else 4
    elements = inputs.elements(workload)
    bytes_moved = catalogue.minimum_bytes(workload, elements, itemsize)
    for result in results.values():
        ms = result["median_ms"]
        if ms is None or workload.check == "moments":
            continue
        if workload.flops:
            result["gflop_per_s"] = workload.flops / ms / 1e6
            continue
        result["gb_per_s"] = bytes_moved / ms / 1e6
        if workload.memory_bound and bandwidth:
            result["bandwidth_fraction"] = result["gb_per_s"] / bandwidth
    return {"workload": workload.name, "title": workload.title, "dtype": dtype,
            "elements": elements, "minimum_bytes": bytes_moved,
            "memory_bound": workload.memory_bound, "systems": results, **ratio(results)}


def ratio(results):
    """Best peer, and how many times faster than it Weft is (below 1: slower)."""
    times = {name: results[name]["median_ms"] for name in (*catalogue.PEERS, *catalogue.OPTIONAL)
             if name in results and results[name]["median_ms"]}
    best = min(times, key=times.get, default=None)
    weft = results.get(catalogue.SUBJECT, {}).get("median_ms")
    return {"best_peer": best,
            "weft_speedup": times[best] / weft if best and weft else None}


def write(folder, name, document, text):
    """Writes NAME.json, and NAME.md as `text` makes it; returns their paths."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / f"{name}.json", folder / f"{name}.md"
    paths[0].write_text(json.dumps({"format": FORMAT, **document}, indent=1) + "\n")
    paths[1].write_text(text(document))
    return paths


def markdown(document):
    parts = ["# Weft and its peers", _preamble(document)]
    for dtype in document["options"]["dtypes"]:
        rows = [r for r in document["rows"] if r["dtype"] == dtype]
        if rows:
            parts += [f"## {dtype}, warm (median ms)", _table(rows, document["options"]["systems"])]
    if document.get("cold"):
        parts += ["## Cold process: two .npy files to the printed sum(sqrt(x² + y²)), float64",
                  _cold(document)]
    parts += ["## Not measured", reasons(document), "## Versions and settings",
              settings(document)]
    return "\n\n".join(parts) + "\n"


def _preamble(document):
    m, o = document["machine"], document["options"]
    best = document["bandwidth"]["gb_per_s"]
    measured = f"{best:.1f} GB/s" if best else "not measured"
    return (
        f"{m['date']}, commit {m['commit']}. {m['cpu']}, {m['cores']} cores, {m['threads']} threads "
        f"used, {m['vector']}, {m['memory_gib']} GiB, {m['system']}. "
        f"n = {o['n']:,}; {o['rounds']} rounds, up to {o['repeat']} timed runs in each, systems taking "
        "turns. Every result was checked before its time was taken."
        f"{'' if document['finished'] else ' **The run was cut off: rows are missing.**'}\n\n"
        f"Memory bandwidth measured in this run: {measured} (best of copy, x + y and read). "
        "GB/s counts each input once and each output once. `Weft : best peer` above 1 means that "
        "Weft is faster; the Java baselines `plain` and `stream` are not peers. "
        "1-d inputs have n elements; the table `m` about n with sides 4:5; the square `q` about n.")


def _table(rows, systems):
    head = ["workload", *systems, "best peer", "Weft : best peer", "Weft GB/s", "of bandwidth"]
    lines = ["| " + " | ".join(head) + " |",
             "|---|" + "---:|" * len(systems) + "---|---:|---:|---:|"]
    for r in rows:
        cells = [cell(r["systems"].get(name)) for name in systems]
        weft = r["systems"].get(catalogue.SUBJECT, {})
        rate = number(weft.get("gb_per_s"))
        if weft.get("gflop_per_s"):
            rate = f"{number(weft['gflop_per_s'])} GFLOP/s"
        fraction = weft.get("bandwidth_fraction")
        speedup = r["weft_speedup"]
        lines.append("| " + " | ".join([
            r["title"], *cells, r["best_peer"] or "", f"**{speedup:.2f}**" if speedup else "",
            rate, f"{fraction:.0%}" if fraction else ""]) + " |")
    return "\n".join(lines)


def _cold(document):
    lines = ["| system | median ms | best ms |", "|---|---:|---:|"]
    for name, result in document["cold"]["systems"].items():
        if result["median_ms"] is not None:
            lines.append(f"| {name} | {number(result['median_ms'])} | "
                         f"{number(result['best_ms'])} |")
    speedup = document["cold"]["weft_speedup"]
    tail = (f"\n\nWeft : best peer ({document['cold']['best_peer']}): **{speedup:.2f}**"
            if speedup else "")
    return "\n".join(lines) + tail


def cell(result):
    if result is None:
        return ""
    if result["median_ms"] is None:
        return {"unsupported": "–", "not run": "–"}.get(result["status"], result["status"])
    return number(result["median_ms"])


def number(value):
    if value is None:
        return ""
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def reasons(document):
    """Each reason once, with the workloads that it holds for."""
    where = {}
    for r in document["rows"]:
        for name, result in r["systems"].items():
            if result["median_ms"] is None:
                key = name, f"{result['status']}: {result['reason']}"
                where.setdefault(key, []).append(f"{r['workload']} {r['dtype']}")
            for variant, reason in result.get("rejected_variants", {}).items():
                key = f"{name}, {variant}", f"variant rejected: {reason}"
                where.setdefault(key, []).append(f"{r['workload']} {r['dtype']}")
    for name, result in (document.get("cold") or {}).get("systems", {}).items():
        if result["median_ms"] is None:
            key = name, f"{result['status']}: {result['reason']}"
            where.setdefault(key, []).append("cold")
    lines = []
    for (name, reason), places in where.items():
        scope = "everything" if "not run" in reason else ", ".join(places)
        lines.append(f"- `{name}`: {reason} ({scope})")
    return "\n".join(lines) or "Everything was measured."


def settings(document):
    lines = [f"- `{name}`: " + ", ".join(f"{k} {v}" for k, v in info.items())
             for name, info in document["info"].items()]
    lines.append("- environment: " + ", ".join(
        f"`{k}` {v}" for k, v in document["machine"]["settings"].items()))
    lines.append(f"- transparent huge pages: {document['machine']['transparent_hugepages']}")
    loads = document["load_average"]
    lines.append(f"- load average at start {loads[0]:.2f}, at end {loads[1]:.2f}")
    return "\n".join(lines)
