"""A cluster for tests: `partita serve` on free ports.

$PARTITA is the program. With $BOOTSTRAP (HOST:PORT,…) the tests run against that cluster instead, such as an Apache Kafka with
group.initial.rebalance.delay.ms=0: what they expect is Kafka's behaviour, not ours alone.
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time
import unittest
import uuid

HERE = pathlib.Path(__file__).parent
PROGRAM = os.environ.get("PARTITA", str(HERE.parent.parent / "target/debug/partita"))
BOOTSTRAP = os.environ.get("BOOTSTRAP")
# How soon a consumer that crashed is missed, in ms: Kafka's minimum, or sooner where we may set that.
SESSION_TIMEOUT_MS = 6000 if BOOTSTRAP else 1500


class Cluster:
    """Runs until `stop`."""

    def __init__(self, brokers=3, **settings):
        self.brokers = BOOTSTRAP.split(",") if BOOTSTRAP else []
        self.process = None
        if BOOTSTRAP:
            return
        settings = {"group_initial_rebalance_delay_ms": 0, "group_min_session_timeout_ms": 1000, **settings}
        command = [PROGRAM, "serve", "--port", "0", "--no-http", "--brokers", str(brokers)]
        for key, value in settings.items():
            command += ["--set", f"{key.replace('_', '.')}={value}"]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if listener := re.fullmatch(r"broker \d+ on (\S+)\n", line):
                self.brokers.append(listener[1])
            if line == "ready\n":
                return
        raise RuntimeError(f"partita serve ended with {self.process.wait()}")

    @property
    def bootstrap(self):
        return ",".join(self.brokers)

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(10)
            self.process.stdout.close()


class ClusterTest(unittest.TestCase):
    """Tests that share one cluster."""

    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster()
        cls.addClassCleanup(cls.cluster.stop)

    def process(self, program, *arguments):
        """Another Python process, from this folder; its lines come out of `stdout`. Killed at the end of the test, if not before."""
        command = [sys.executable, "-u", str(HERE / program), *arguments]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        self.addCleanup(lambda: (process.kill(), process.wait(), process.stdout.close()))
        return process


class Background:
    """Calls `step` again and again on a thread of its own, until it is ended; then `close`."""

    def __init__(self, step, close):
        self.ending = threading.Event()
        self.step, self.close = step, close
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        while not self.ending.is_set():
            self.step()
        self.close()

    def end(self):
        self.ending.set()
        self.thread.join(30)


def unique(what):
    """A name that no other test has."""
    return f"{what}-{uuid.uuid4().hex[:8]}"


def until(what, condition, seconds=20):
    """Waits until `condition` returns something true, and returns it."""
    deadline = time.monotonic() + seconds
    while not (result := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.025)
    return result


def partitions_of_keys():
    """1,000 keys with the partition, of 7, where Apache Kafka's own producer puts them."""
    lines = (HERE / "partitions-of-keys.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {key.encode(): int(partition) for partition, key in rows}
