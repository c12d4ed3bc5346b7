"""`make soak`: the whole table of faults, again and again, in Docker and in virtual environments, by one and
by two processes.

Prints a line per fault: injected, repetitions, verdicts expected, verdicts right. `--write` puts the table
into docs/reliability.md. The exit status is 1 when one verdict was wrong or missing.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from docs import fill  # noqa: E402 - both folders have to be on the path first
from harness.runtimes import Runtime  # noqa: E402
from harness.runtimes.daemon import unavailable  # noqa: E402
from harness.runtimes.docker import DockerRuntime  # noqa: E402
from tests.attacks.running import DEAR, FATAL, attacked, victim  # noqa: E402
from tests.faults.mixed import SOUND, HereRuntime, Tally, run_mixed  # noqa: E402
from tests.faults.table import FAULTS, Fault, faulty_backend, sound_cases  # noqa: E402

GIGABYTE_MIB = 1024
EXPENSIVE = ("flood on stdout", "flood on stderr")
"""Once in every runtime with a gigabyte each; in the mixed set they write a hundredth of it."""
ATTACKS = 10
"""Repetitions of each attack, which is a run of its own."""
LONG = 120.0
"""Seconds. Nothing that ends by itself comes near it, however busy the machine: what must time out is run
apart, with little."""


def runtimes() -> list[tuple[Runtime, int]]:
    """Docker where a daemon answers, and this interpreter, each with one and with two suite processes."""
    found: list[tuple[Runtime, int]] = [(HereRuntime(), 1), (HereRuntime(), 2)]
    reason = unavailable()
    if reason:
        print(f"Without Docker: {reason}")
        return found
    docker = DockerRuntime()
    docker.prepare(faulty_backend(), print)
    return [*found, (docker, 1), (docker, 2)]


def soak(repetitions: int, minutes: float, case_seconds: float, folder: Path) -> tuple[Tally, Tally]:
    """The mixed set that often (a run in each runtime is a repetition) or that long, and the expensive faults
    once.
    """
    mixed, expensive = Tally(), Tally()
    where = runtimes()
    begun = time.monotonic()
    rare = [fault for fault in FAULTS if fault.name in EXPENSIVE]
    run_mixed(where, rare, folder, expensive, flood_mib=GIGABYTE_MIB, case_seconds=5 * LONG)
    print(f"the expensive faults, {time.monotonic() - begun:.0f} s, {len(expensive.wrong)} wrong", flush=True)
    endless = [fault for fault in FAULTS if fault.docker == "timeout"]
    ending = [fault for fault in FAULTS if fault not in endless]
    done = seen = 0

    def run(name: str, faults: list[Fault], seconds: float) -> Tally:
        tally = Tally()
        (folder / name).mkdir(exist_ok=True)
        run_mixed(where, faults, folder / name, tally, case_seconds=seconds)
        return tally

    while done < repetitions and time.monotonic() - begun < 60 * minutes:
        # What never ends is mostly waited for: meanwhile the rest is run.
        with ThreadPoolExecutor(2) as pool:
            parts = [
                pool.submit(run, "endless", endless, case_seconds),
                pool.submit(run, "ending", ending, LONG),
            ]
        for part in parts:
            mixed.take(part.result())
        done += len(where)
        print(
            "\n".join([*mixed.wrong[seen:], f"{done} repetitions, {time.monotonic() - begun:.0f} s"]),
            flush=True,
        )
        seen = len(mixed.wrong)
    return mixed, expensive


def attack(repetitions: int, folder: Path) -> Tally:
    """Every attack on the suite that often, each in a run of its own."""
    tally = Tally()
    for number in range(repetitions):
        for name in (*FATAL, *DEAR):
            found = attacked(folder / f"attack-{number}-{name}", name)
            title = f"attack: {name.replace('_', ' ')}"
            tally.repetitions[title] = tally.repetitions.get(title, 0) + 1
            if name in FATAL:
                tally.add(title, "the column", "incomplete", found.column.status, "venv")
                continue
            tally.add(title, victim(), "error", found.verdicts[victim()], "venv")
            for case in sound_cases():
                tally.add(title, case, "pass", found.verdicts[case], "venv")
    return tally


def table(mixed: Tally, expensive: Tally, attacks: Tally) -> list[str]:
    """The lines of the table, Markdown."""
    lines = [
        "| fault | injected | repetitions | verdicts expected | verdicts right |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [_line(fault.name, 1, mixed, fault.name) for fault in FAULTS]
    lines += [_line(f"{name}, 1 GB", 1, expensive, name) for name in EXPENSIVE]
    lines += [_line(title, 1, attacks, title) for title in attacks.expected]
    lines.append(_line(f"none: the {len(sound_cases())} neighbours", 0, mixed, SOUND))
    return lines


def _line(title: str, injected: int, tally: Tally, name: str) -> str:
    counts = tally.repetitions.get(name, 0), tally.expected.get(name, 0), tally.right.get(name, 0)
    return f"| {title} | {injected * counts[0]} | {counts[0]} | {counts[1]} | {counts[2]} |"


def main() -> int:
    """Runs and prints; see the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=25.0, help="no new repetition is begun after that")
    parser.add_argument("--case-timeout", type=float, default=2.0, help="of what never ends")
    parser.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="conform-soak-") as folder:
        mixed, expensive = soak(options.repetitions, options.minutes, options.case_timeout, Path(folder))
        attacks = attack(min(options.repetitions, ATTACKS), Path(folder))
    wrong = mixed.wrong + expensive.wrong + attacks.wrong
    minutes = (time.monotonic() - begun) / 60
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    lines = table(mixed, expensive, attacks)
    lines += [
        "",
        f"Measured {when} on {platform.machine()}, {minutes:.0f} minutes, "
        f"{len(wrong)} verdicts wrong or missing.",
    ]
    print("\n".join([*lines, *wrong]))
    if options.write:
        fill({"faults": "\n".join(lines) + "\n"})
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
