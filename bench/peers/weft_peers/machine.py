"""What a reader must know about the machine and the checkout to judge the numbers."""

import datetime
import os
import platform
import subprocess
from pathlib import Path

SETTINGS = ("OPENBLAS_CORETYPE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS",
            "NUMEXPR_MAX_THREADS", "XLA_FLAGS", "JAVA_TOOL_OPTIONS", "WEFT_PEERS_JAVA_OPTIONS",
            "MALLOC_ARENA_MAX", "LD_PRELOAD")


def facts(threads):
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _commit(),
        "cpu": _field("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "threads": threads,
        "vector": _vector(),
        "memory_gib": round(int((_field("/proc/meminfo", "MemTotal") or "0").split()[0]) / 2**20, 1),
        "transparent_hugepages": _text("/sys/kernel/mm/transparent_hugepage/enabled"),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "settings": {name: os.environ.get(name, "unset") for name in SETTINGS},
    }


def load_average():
    return os.getloadavg()[0]


def _vector():
    flags = (_field("/proc/cpuinfo", "flags") or "").split()
    return next((f for f in ("avx512f", "avx2", "avx", "sse2") if f in flags), "unknown")


def _field(path, name):
    for line in (_text(path) or "").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return None


def _text(path):
    try:
        return Path(path).read_text().strip()
    except OSError:
        return None


def _commit():
    here = Path(__file__).parent
    try:
        def git(*words):
            return subprocess.run(["git", "-C", here, *words], capture_output=True, text=True,
                                  check=True).stdout.strip()
        changed = git("status", "--porcelain", "--untracked-files=no", ":(top)",
                      ":(top,exclude)bench/results")
        return git("rev-parse", "--short=12", "HEAD") + (" with changes" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
