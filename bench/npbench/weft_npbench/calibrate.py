"""Finds the sizes at which NumPy takes the time that the suite aims at."""

import time

from . import catalogue, inputs, numpy_programs


def _best_ms(program, calls=3):
    arrays = {name: inputs.array(program, name) for name in program.inputs}
    times = []
    for _ in range(calls):
        before = time.perf_counter()
        numpy_programs.run(program.name, arrays, program.steps)
        times.append((time.perf_counter() - before) * 1e3)
    return min(times)


def run(programs):
    """Prints, for each program, its time at the checked-in size and a size nearer to the aim."""
    print(f"{'program':16} {'size':>9} {'ms':>8}   size for {catalogue.AIM_MS} ms")
    for program in programs:
        size, ms = program.size, _best_ms(program)
        first = ms
        for _ in range(3):
            if 0.9 <= ms / catalogue.AIM_MS <= 1.1:
                break
            size = max(8, round(size * (catalogue.AIM_MS / ms) ** (1 / program.power)))
            ms = _best_ms(program.sized(size))
        print(f"{program.name:16} {program.size:9} {first:8.1f}   {size} ({ms:.1f} ms)", flush=True)
