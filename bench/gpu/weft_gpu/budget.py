"""The time that a run may take, and the file that it leaves whenever it ends."""

import json
import os
import time

# No single measurement takes more than this part of the whole, whatever a compiler does.
LARGEST_PART = 0.15


class Budget:
    """Minutes that count down; what finds no time left is said, not begun."""

    def __init__(self, minutes, now=time.monotonic):
        self.now = now
        self.seconds = minutes * 60
        self.end = now() + self.seconds
        self.left_out = []

    def left(self):
        return max(0.0, self.end - self.now())

    def part(self):
        """Seconds that the next measurement may take."""
        return min(self.left(), self.seconds * LARGEST_PART)

    def has_time(self, what):
        """Whether `what` may begin; else it is noted as left out."""
        if self.left() > 0:
            return True
        self.left_out.append(what)
        return False


class ResultFile:
    """A JSON file that is whole at every moment: written beside, then renamed."""

    def __init__(self, path):
        self.path = path

    def write(self, document, complete):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_name(self.path.name + ".part")
        beside.write_text(json.dumps({"complete": complete, **document}, indent=1) + "\n")
        os.replace(beside, self.path)
