"""The harness's side of a worker process."""

import ctypes
import json
import os
import queue
import signal
import subprocess
import threading
import time


class WorkerFailure(Exception):
    """The worker could not start, died, or took too long; the message says which."""


class Client:
    """One worker process. Stopped (SIGSTOP) whenever it is not answering, so that no spinning
    thread or collector of an idle system takes time from the one being measured."""

    def __init__(self, command, log, environment, cpus, memory_gib, start_timeout=120):
        self.command, self.log, self.memory_gib = command, log, memory_gib
        self.lines = queue.Queue()
        with open(log, "ab") as errors:
            try:
                self.process = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
                    env=environment, text=True, bufsize=1,
                    preexec_fn=lambda: _in_child(cpus))
            except OSError as e:
                raise WorkerFailure(f"cannot start: {e}") from None
        threading.Thread(target=self._read, daemon=True).start()
        first = self._receive(start_timeout)
        if "ready" not in first:
            self.kill()
            raise WorkerFailure(first.get("error", f"unexpected first line {first}"))
        self._signal(signal.SIGSTOP)

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def ask(self, request, timeout=600):
        """Sends one request and returns the reply."""
        self._signal(signal.SIGCONT)
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
        except OSError:
            raise WorkerFailure(self._ending()) from None
        reply = self._receive(timeout)
        self._signal(signal.SIGSTOP)
        return reply

    def _receive(self, timeout):
        line = self._line(time.monotonic() + timeout, timeout)
        if line is None:
            raise WorkerFailure(self._ending())
        try:
            return json.loads(line)
        except ValueError:
            self.kill()
            raise WorkerFailure(f"answered with something else than JSON: {line[:200]!r}") from None

    def _line(self, end, timeout):
        """The next line; ends the worker when it takes too long or too much memory."""
        while True:
            try:
                return self.lines.get(timeout=0.25)
            except queue.Empty:
                if time.monotonic() > end:
                    why = f"no answer within {timeout} s"
                elif (used := resident_gib(self.process.pid)) > self.memory_gib:
                    why = f"used {used:.1f} GiB of memory; --memory allows {self.memory_gib:g}"
                else:
                    continue
            self.kill()
            raise WorkerFailure(why)

    def _ending(self):
        code = self.process.wait()
        try:
            with open(self.log, errors="replace") as f:
                tail = [line.strip() for line in f.readlines()[-40:] if line.strip()]
        except OSError:
            tail = []
        last = f": {tail[-1][:200]}" if tail else ""
        return f"worker ended with exit status {code}{last}"

    def _signal(self, which):
        if self.process.poll() is None:
            self.process.send_signal(which)

    def quit(self):
        if self.process.poll() is not None:
            return
        try:
            self._signal(signal.SIGCONT)
            self.process.stdin.write('{"cmd": "quit"}\n')
            self.process.stdin.close()
            self.process.wait(10)
        except (OSError, subprocess.TimeoutExpired):
            self.kill()

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def resident_gib(pid):
    """Resident memory of a process; 0 once it is gone."""
    try:
        with open(f"/proc/{pid}/statm") as f:
            return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**30
    except OSError:
        return 0.0


def _in_child(cpus):
    os.sched_setaffinity(0, cpus)
    # Should memory run out all the same, a worker is to go, not a bystander.
    try:
        with open("/proc/self/oom_score_adj", "w") as f:
            f.write("1000")
    except OSError:
        pass
    # A stopped worker cannot notice that the harness is gone: have the kernel end it.
    try:
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
    except (OSError, AttributeError):
        pass
