"""A pytest plugin: counts the suite's tests by group and writes the table of bench/results.

The suite imports pytest-json-report. Where that is not installed, this stands in for the two names
that it uses.
"""

import re
import sys
import types
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import Phase, settings

HERE = Path(__file__).resolve().parent
MISSING = re.compile(r"is not defined in weft|is missing the|not found in |has no attribute"
                     "|dtype to match None|KeyError: 'complex")
OUTCOMES = ("passed", "failed", "skipped")

try:
    import pytest_jsonreport  # noqa: F401
except ImportError:
    sys.modules["pytest_jsonreport"] = types.ModuleType("pytest_jsonreport")

    @pytest.fixture
    def json_metadata():
        return {}


def pytest_addoption(parser):
    parser.addoption("--weft-report", help="the Markdown file to write")
    parser.addoption("--weft-heading", default="", help="a paragraph above the table")


def known_reasons():
    """Patterns of test names, and why these tests fail."""
    lines = (HERE / "known.txt").read_text().splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(re.compile(pattern), reason) for pattern, reason in rows]


class Counted:
    def __init__(self, config):
        self.config = config
        self.outcomes = {}
        self.messages = {}

    def pytest_runtest_logreport(self, report):
        name = report.nodeid.split("array_api_tests/")[-1]
        if report.when == "call" or report.outcome != "passed":
            self.outcomes[name] = report.outcome
        if report.failed:
            self.messages[name] = last_line(report)

    def pytest_collectreport(self, report):
        if report.failed:
            name = report.nodeid.split("array_api_tests/")[-1]
            self.outcomes[name] = "failed"
            self.messages[name] = last_line(report)

    def pytest_sessionfinish(self, session):
        if not self.config.option.collectonly:
            Path(self.config.option.weft_report).write_text(self.text())

    def text(self):
        groups = {}
        for name, outcome in self.outcomes.items():
            groups.setdefault(group(name), Counter())[outcome] += 1
        total = Counter(self.outcomes.values())
        lines = ["# The Array API test suite", "", self.config.option.weft_heading, ""]
        lines += ["| group | passed | failed | skipped |", "|---|---:|---:|---:|"]
        rows = [*sorted(groups.items()), ("**all**", total)]
        lines += [f"| {n} | {' | '.join(str(c[o]) for o in OUTCOMES)} |" for n, c in rows]
        return "\n".join(lines + ["", *self.failures()]) + "\n"

    def failures(self):
        reasons = known_reasons()
        by_reason = {}
        for name, message in sorted(self.messages.items()):
            found = [reason for pattern, reason in reasons if pattern.search(name)]
            if MISSING.search(message):
                found.append("Not there")
            by_reason.setdefault(found[0] if found else None, []).append(name)
        lines = []
        for reason, names in sorted(by_reason.items(), key=lambda item: item[0] or "~"):
            lines += [f"## {reason or 'Without an explanation'} ({len(names)})", ""]
            for name in names:
                told = "" if reason else ": " + self.messages[name]
                lines.append(f"- `{name}`{told}")
            lines.append("")
        return lines or ["No test fails."]


def group(name):
    return re.sub(r"^test_|\.py.*$", "", name).replace("_", " ")


def last_line(report):
    """The error in a line."""
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash else str(report.longrepr)
    lines = [line for line in text.splitlines() if line.strip()]
    line = lines[0] if lines else ""
    return (line[:160] + "…" if len(line) > 160 else line).replace("|", "\\|")


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    # After the suite's own settings: an example is an example, and smaller ones take minutes to find.
    own = settings.get_profile("array-api-tests")
    phases = [Phase.explicit, Phase.reuse, Phase.generate]
    settings.register_profile("weft", own, phases=phases, report_multiple_bugs=False)
    settings.load_profile("weft")
    if config.option.weft_report:
        config.pluginmanager.register(Counted(config), "weft-report")
