"""Runs the queries of one Python peer, in a process of its own: lines of JSON to standard output."""

import importlib
import json
import sys
import time
from pathlib import Path

ROUNDS = 3


def _answer(line):
    print(json.dumps(line), flush=True)


def main():
    """worker PEER THREADS FOLDER CSV QUERIES"""
    name, threads, folder, csv, ids = sys.argv[1:6]
    try:
        peer = importlib.import_module(f"weft_tables.{name}_peer").Peer(
            int(threads), Path(folder), csv)
    except ImportError as e:
        _answer({"error": str(e)})
        return
    _answer({"version": peer.version(), "settings": peer.settings()})
    loaded = None
    for id_ in ids.split(","):
        try:
            kind = {"g": "groupby", "j": "join", "t": "timeseries", "a": "timeseries",
                    "c": "csv"}[id_[0]]
            if loaded != kind:
                # What was loaded before goes first.
                peer.tables = None
                peer.tables = peer.load(kind)
                loaded = kind
            query = getattr(peer, id_)
            seconds = []
            result = query()
            for _ in range(ROUNDS):
                del result
                begin = time.perf_counter()
                result = query()
                seconds.append(time.perf_counter() - begin)
            _answer({"query": id_, "seconds": seconds, "check": peer.check(id_, result)})
            del result
        except Exception as e:  # The others may work.
            _answer({"query": id_, "error": f"{type(e).__name__}: {e}"[:300]})


if __name__ == "__main__":
    main()
