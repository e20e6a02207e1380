"""The harness's side of a worker process."""

import ctypes
import json
import os
import queue
import signal
import subprocess
import threading


class WorkerFailure(Exception):
    """The worker could not start, died, or took too long; the message says which."""


class Client:
    """One worker process. Stopped (SIGSTOP) whenever it is not answering, so that no spinning
    thread or collector of an idle system takes time from the one being measured."""

    def __init__(self, command, log, environment, cpus, start_timeout=120):
        self.command, self.log = command, log
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
        try:
            line = self.lines.get(timeout=timeout)
        except queue.Empty:
            self.kill()
            raise WorkerFailure(f"no answer within {timeout} s") from None
        if line is None:
            raise WorkerFailure(self._ending())
        try:
            return json.loads(line)
        except ValueError:
            self.kill()
            raise WorkerFailure(f"answered with something else than JSON: {line[:200]!r}") from None

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


def _in_child(cpus):
    os.sched_setaffinity(0, cpus)
    # A stopped worker cannot notice that the harness is gone: have the kernel end it.
    try:
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
    except (OSError, AttributeError):
        pass
