"""The Python environments of the comparisons. Imports nothing but the standard library, since `compare` needs it before
there is an environment."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path


def named(arguments, variable):
    """The folder that the user named by --venv or by an environment variable, or None."""
    for i, word in enumerate(arguments):
        if word == "--venv" and i + 1 < len(arguments):
            return arguments[i + 1]
        if word.startswith("--venv="):
            return word.split("=", 1)[1]
    return os.environ.get(variable)


def own(name, requirements):
    """The comparison's own environment in the user's cache folder, brought to the pinned versions."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "weft" / name
    stamp = folder / "weft-requirements.sha256"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return folder
    print(f"preparing {folder}", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    # Few retries: where no index is reached, pip's other sources are tried without a long wait.
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--retries", "1"]
    if subprocess.run([*pip, "-r", requirements]).returncode != 0:
        lines = [line.strip() for line in requirements.read_text().splitlines()]
        for requirement in lines:
            if requirement and not requirement.startswith("#"):
                # What stays missing is reported as "not run" with its import error.
                subprocess.run([*pip, requirement])
        return folder
    stamp.write_text(wanted)
    return folder


def start(module, folders, venv):
    """Goes on as `python -m module` in the environment, with the packages of `folders`."""
    python = Path(venv) / "bin" / "python"
    if not python.exists():
        sys.exit(f"compare: no Python at {python}; --venv names the folder of a virtual environment")
    variables = dict(os.environ, PYTHONPATH=os.pathsep.join(map(str, folders)), PYTHONDONTWRITEBYTECODE="1")
    os.execve(str(python), [str(python), "-m", module, *sys.argv[1:]], variables)
