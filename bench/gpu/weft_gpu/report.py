"""The tables made from a finished run, and what became of the targets."""

COLUMNS = (
    ("kernel_ms", "Kernels, inputs on the GPU", "Device events for the peers and where Weft runs a"
     " single kernel; else the time in which at least one of Weft's tasks was on the GPU, by the"
     " events of the session. JAX: wall clock of the call."),
    ("wall_ms", "From arrays of the host to results there", "Wall clock, copies in and out"
     " included. Weft also on the cores alone and on both."),
)


def cell(value, which):
    """A number, or why there is none."""
    if value["status"] != "ok":
        return value["status"]
    return "-" if value.get(which) is None else f"{value[which]:.3g}"


def markdown(document):
    lines = [
        f"# Weft and others on one GPU, {document['date']}", "", document["gpu"], "",
        f"{document['n']:,} elements, matrices of {document['side']} by {document['side']};"
        f" medians of {document['repeat']}, milliseconds; every result was checked against"
        f" NumPy's. {document['cores']} cores.", ""]
    names = ["weft", *(name for name in (document["rows"] or [{"cells": {}}])[0]["cells"]
                       if name != "weft")]
    for which, title, text in COLUMNS:
        lines += [f"## {title}", "", text, "",
                  "| workload | type | " + " | ".join(names) + " | Weft GB/s |",
                  "|---|---|" + "---:|" * (len(names) + 1)]
        for row in document["rows"]:
            cells = " | ".join(cell(row["cells"][name], which) for name in names)
            lines.append(f"| {row['title']} | {row['dtype']} | {cells} | {rate(row, which)} |")
        lines.append("")
    if document["weft"]:
        lines += ["## Targets", "", "| target | reached | |", "|---|---:|---|"]
        lines += [f"| {name} | {value} | {'yes' if met else 'no'} |"
                  for name, value, met in targets(document)]
        lines += ["", "## Weft alone", "", "| what | value |", "|---|---:|"]
        lines += [f"| {name} | {value:.4g} |" for name, value in document["weft"].items()]
        lines.append("")
    lines += [f"{name} {version}" for name, version in document["systems"].items()]
    lines += [f"{name}: not run: {why}" for name, why in document["absent"].items()]
    lines += [f"Left out, as no time was left: {what}." for what in document["left_out"]]
    return "\n".join(lines) + "\n"


def rate(row, which):
    """Each input read once, each result written once."""
    ms = row["cells"]["weft"].get(which)
    return f"{row['bytes'] / ms / 1e6:.3g}" if ms and row["bytes"] and not row["flops"] else ""


def targets(document):
    """Triples: what was wanted, what was reached, whether that is enough. Only what was measured."""
    weft, rows = document["weft"], document["rows"]
    copy = max(document["copy_gb_per_s"].values(), default=None)
    bound = [row for row in rows if row["memory_bound"] and ok(row, "weft")]
    if copy and bound:
        shares = {name_of(row): row["bytes"] / row["cells"]["weft"]["kernel_ms"] / 1e6 / copy
                  for row in bound}
        yield _least("memory-bound kernels: at least 0.9 of the copy bandwidth", shares, 0.9)
    ratios = {name_of(row): ratio for row in bound if (ratio := against_best(row, document))}
    if ratios:
        yield _least("memory-bound kernels: never behind the best peer", ratios, 1.0)
    products = {name_of(row): row["cells"]["torch"]["kernel_ms"] / row["cells"]["weft"]["kernel_ms"]
                for row in rows if row["flops"] and ok(row, "weft") and ok(row, "torch")}
    if products:
        yield _least("products: at least 0.98 of PyTorch", products, 0.98)
    for way in ("in", "out"):
        pinned = weft.get(f"pinned_{way}_gb_per_s")
        ours = {key: value / pinned for key, value in weft.items()
                if pinned and key.startswith(f"copy_{way}_gb_per_s")}
        if ours:
            yield _least(f"copies {way}: at least 0.9 of a pinned copy", ours, 0.9)
    if "launch_call_us" in weft:
        micros = weft["launch_call_us"]
        yield "a warm launch: at most 10 us of our own", f"{micros:.2f} us", micros <= 10
    mixed = {}
    for row in rows:
        alone = [row["cells"][name]["wall_ms"] for name in ("weft", "weft cpu") if ok(row, name)]
        if ok(row, "weft cpu+cuda") and alone:
            mixed[name_of(row)] = min(alone) / row["cells"]["weft cpu+cuda"]["wall_ms"]
    if mixed:
        yield _least("both together: never slower than the better alone", mixed, 1.0)


def _least(name, values, wanted):
    worst = min(values, key=values.get)
    return name, f"{values[worst]:.2f} ({worst})", values[worst] >= wanted


def ok(row, name):
    return row["cells"].get(name, {}).get("status") == "ok"


def name_of(row):
    return f"{row['workload']} {row['dtype']}"


def against_best(row, document):
    """The best peer's time by Weft's; none without a peer."""
    times = [row["cells"][name]["kernel_ms"] for name in document["systems"] if ok(row, name)]
    return min(times) / row["cells"]["weft"]["kernel_ms"] if times else None
