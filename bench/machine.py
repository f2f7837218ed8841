"""Processes on their cores: servers on one, the load and PostgreSQL on the other; and what a process has used."""

import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SERVER_CORE = 0
LOAD_CORE = 1 if (os.cpu_count() or 1) > 1 else 0
CLIENTS = 16
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_KB = os.sysconf("SC_PAGE_SIZE") / 1024
_PATIENCE = 30.0
_SCRIPT = Path(__file__).with_name("load.lua")


@dataclass(frozen=True, slots=True)
class Sample:
    """What one round has shown."""

    rate: float
    """Requests per second."""
    median_ms: float
    cpu_us: float
    """Processor time of the server for each request, in microseconds."""


class Server:
    """A server process on the servers' core."""

    def __init__(self, command: list[str], environment: Mapping[str, str], port: int, log: Path) -> None:
        self.port = port
        self.log = log
        began = time.perf_counter()
        with log.open("wb") as said:
            self._process = subprocess.Popen(
                ["taskset", "-c", str(SERVER_CORE), *command],
                env={**os.environ, **environment},
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        self._wait(began + _PATIENCE)
        self.start_seconds = time.perf_counter() - began
        """From the command to a socket that listens."""

    def _wait(self, deadline: float) -> None:
        while time.perf_counter() < deadline and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.005)
        self.stop()
        raise RuntimeError(f"the server does not listen: {self.log.read_text()[-2000:]}")

    def cpu_seconds(self) -> float:
        """Processor time that the process has used until now."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def resident_mb(self) -> float:
        """Resident memory."""
        return int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]) * _PAGE_KB / 1024

    def ask(self, line: str) -> bytes:
        """The answer to one prepared request; an error for everything but 200."""
        method, path, token, body = line.split("\t")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if body:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", body.encode() or None, headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as response:
                answer: bytes = response.read()
        except urllib.error.HTTPError as error:
            said = error.read()[:500], self.log.read_text()[-3000:]
            raise RuntimeError(f"{method} {path}: {error.code}, {said}") from None
        return answer

    def load(self, requests: Path, seconds: int) -> Sample:
        """Send the requests of a file for so long; an error where one was refused or lost."""
        before = self.cpu_seconds()
        done = subprocess.run(
            [
                "taskset", "-c", str(LOAD_CORE), "wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "30s",
                "-s", str(_SCRIPT), f"http://127.0.0.1:{self.port}",
            ],
            env={**os.environ, "BENCH_REQUESTS": str(requests)}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        used = self.cpu_seconds() - before
        found = re.search(r"^BENCH (\d+) (\d+) (\d+) (\d+) (\d+)$", done.stdout, re.MULTILINE)
        if found is None:
            raise RuntimeError(f"wrk has no figures: {done.stdout}{done.stderr}")
        count, microseconds, median, refused, lost = map(int, found.groups())
        if refused or lost or not count:
            raise RuntimeError(f"{requests.name}: of {count} requests {refused} were refused and {lost} lost")
        return Sample(count / microseconds * 1e6, median / 1000, used / count * 1e6)

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
