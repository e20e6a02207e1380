"""A process that answers requests line by line, and is ended when an answer takes too long."""

import queue
import subprocess
import tempfile
import threading


class TookTooLong(Exception):
    """The answer did not come in time; the process has been ended, and the next request starts one."""


class Ended(Exception):
    """The process ended by itself; the message is the end of what it wrote."""


class LineProcess:
    """A command whose standard input takes requests and whose standard output answers them."""

    def __init__(self, command, environment=None):
        self.command = command
        self.environment = environment
        self.process = None

    def _start(self):
        self.log = tempfile.TemporaryFile(mode="w+")
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log,
            text=True, bufsize=1, env=self.environment)
        self.lines = queue.Queue()
        threading.Thread(target=self._read, args=(self.process, self.lines), daemon=True).start()

    @staticmethod
    def _read(process, lines):
        for line in process.stdout:
            lines.put(line)
        lines.put(None)

    def send(self, line):
        if self.process is None or self.process.poll() is not None:
            self._start()
        try:
            self.process.stdin.write(line + "\n")
        except BrokenPipeError:
            self._ended()

    def answer(self, seconds):
        """The next line; raises when it does not come within so many seconds."""
        try:
            line = self.lines.get(timeout=seconds)
        except queue.Empty:
            self.kill()
            raise TookTooLong(f"took longer than {seconds:.0f} s") from None
        if line is None:
            self._ended()
        return line.rstrip("\n")

    def _ended(self):
        self.kill()
        self.log.seek(0)
        raise Ended(f"the process ended: {self.log.read()[-500:]}")

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def close(self, seconds=10):
        if self.process is None:
            return
        self.process.stdin.close()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
