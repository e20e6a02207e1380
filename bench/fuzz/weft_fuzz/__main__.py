"""Compares random expressions with NumPy, and prints each kind of difference with a line that shows it."""

import argparse
import random
import re
import sys
import time
import warnings
from collections import Counter, defaultdict

import numpy as np
from weft_bridge import Java, JavaError, integers

from . import compare, grammar, known, values
from .expressions import NAMESPACE, Node

# Expressions over one set of inputs.
OF_INPUTS = 8


def arguments():
    parser = argparse.ArgumentParser(prog="bench/fuzz/run", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000, help="how many expressions")
    parser.add_argument("--per-kind", type=int, default=2, help="how many of a kind to print")
    parser.add_argument("--known", action="store_true", help="print documented differences too")
    return parser.parse_args()


class Fuzzer:
    def __init__(self, options):
        self.options = options
        self.java = Java()
        self.types = self.java.types
        self.rows = {}
        for row in self.java.rows:
            name, arity = row.split("/")
            if name in NAMESPACE:
                self.rows[name] = int(arity)
            else:
                print(f"left out, as NumPy has none of the name: {name}")
        self.outcomes = Counter()
        self.shown = defaultdict(int)

    def run(self):
        start = time.time()
        count = 0
        while count < self.options.count:
            rng = random.Random(f"{self.options.seed}-{count}")
            arrays = grammar.inputs(rng, self.types)
            chunks = {name: values.chunks(rng, array.shape) for name, array in arrays.items()}
            handles = {name: self.put(array, chunks[name]) for name, array in arrays.items()}
            for _ in range(OF_INPUTS):
                node = self.expression(rng, arrays)
                if node is not None:
                    self.check(node, arrays, chunks, handles, count)
                count += 1
            if count % 4000 < OF_INPUTS:
                print(f"… {count} in {time.time() - start:.0f} s", file=sys.stderr, flush=True)
        print(f"{count} expressions of seed {self.options.seed} in {time.time() - start:.0f} s:")
        for outcome, number in self.outcomes.most_common():
            print(f"  {number:7d}  {outcome}")
        self.java.close()

    def put(self, array, chunks):
        handle = self.java.put(array.dtype.name, array.shape, np.ascontiguousarray(array).tobytes())
        return handle if chunks is None else self.java.call(handle, "rechunk", integers(chunks))

    def expression(self, rng, arrays):
        """A tree of one to six steps that NumPy computes, or None."""
        pool = [Node(name, [], self.types, np.asarray(array)) for name, array in arrays.items()]
        last = None
        for _ in range(rng.randint(1, 6)):
            for _ in range(6):
                step, operands = grammar.step(rng, self.rows, pool, self.types)
                try:
                    node = Node(step, operands, self.types)
                except Exception:  # noqa: BLE001 - whatever NumPy refuses
                    continue
                if node.value.dtype.name in self.types and node.value.size <= 5000:
                    last = node
                    pool.append(node)
                    break
        return last

    def evaluate(self, text, handles):
        """Weft's result, or the text of its error."""
        try:
            (result,) = self.java.evaluate(text, **handles)
            data = result.get()
        except JavaError as e:
            return None, str(e)
        return np.frombuffer(data, result.dtype).reshape(result.shape), ""

    def check(self, node, arrays, chunks, handles, seed):
        used = {name: handles[name] for name in sorted(node.names())}
        problem = self.problem(node, used, seed)
        if problem is None:
            self.outcomes["as NumPy"] += 1
            return
        # The first step that differs by itself says where it comes from.
        for inner in node.nodes():
            found = self.problem(inner, used, seed)
            if found is not None:
                node, problem = inner, found
                break
        why, told = problem
        self.outcomes[why] += 1
        if why == "explained by rounding" or (why.startswith("documented") and not self.options.known):
            return
        kind = (re.sub(r"-?\d+", "n", node.step), re.sub(r"[-\d.]+|at \(.*?\)|\(\d.*", "", told)[:60])
        self.shown[kind] += 1
        if self.shown[kind] <= self.options.per_kind:
            print(f"{why}: {told}\n  {self.reproduction(node, arrays, chunks)}", flush=True)

    def problem(self, node, handles, seed):
        """None, or the class of a difference and its words."""
        actual, error = self.evaluate(node.text, handles)
        told = error.splitlines()[0][:200] if error else compare.difference(node.value, actual)
        if not told:
            return None
        for inner in node.nodes():
            reason = known.reason(inner, error)
            if reason:
                return f"documented: {reason}", told
        if error:
            internal = not re.match(r"(Language|Usage)Exception", error)
            return ("DEFECT" if internal else "refused"), told
        if compare.explained(node, actual, self.types, seed):
            return "explained by rounding", told
        return "DIFFERENT", told

    def reproduction(self, node, arrays, chunks):
        """A line for the command line and for Python; chunks make no difference to NumPy."""
        text = node.text
        for name in sorted(node.names()):
            literal = values.literal(arrays[name])
            if chunks[name] is not None:
                literal = f"rechunk({literal}, {', '.join(map(str, chunks[name]))})"
            text = re.sub(rf"\b{name}\b", lambda _: literal, text)
        return f'./weft run "{text}"'


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    Fuzzer(arguments()).run()
