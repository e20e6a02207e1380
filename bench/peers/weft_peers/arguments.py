"""What the command lines of the comparisons have in common."""

from pathlib import Path


def chosen(all_of_them, only):
    """Those that are named in `only`, or begin with a word there that names none exactly."""
    names = {each.name for each in all_of_them}
    return [each for each in all_of_them if not only or any(
        each.name == word or (word not in names and each.name.startswith(word)) for word in only)]


def destination(out, results, stem):
    """Folder and file stem of the results: as --out says, or in the folder of all results."""
    if not out:
        return results, stem
    out = Path(out)
    return (out.parent, out.stem) if out.suffix in (".json", ".md") else (out, stem)
