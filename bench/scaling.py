"""`python -m bench.scaling`: how the autoscaler of deploy/ follows a burst, simulated second by second."""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass

# deploy/worker.yaml
TARGET_SECONDS = 10
FEWEST, MOST = 2, 64
DOUBLED_EVERY_SECONDS = 30
# How often the autoscaler of Kubernetes looks, and what a pod takes from its order to its first article.
LOOKS_EVERY_SECONDS = 15
STARTS_AFTER_SECONDS = 20
BURST_SECONDS = 300


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--per-second", type=float, default=31, help="articles that a worker ends in a second (31)")
    options = parser.parse_args()
    print(f"burst of {BURST_SECONDS} s, {FEWEST} to {MOST} workers of {options.per_second:g} articles/s each")
    print("articles/s   longest wait (s)   most workers   empty after the burst (s)")
    for rate in (20, 100, 400, 1000):
        found = burst(rate, options.per_second)
        print(f"{rate:>10} {found.longest_wait:>18.0f} {found.most_workers:>14} {found.empty_after:>27.0f}", flush=True)


@dataclass(frozen=True, slots=True)
class Burst:
    longest_wait: float
    most_workers: int
    empty_after: float


def burst(arrivals: float, per_worker: float) -> Burst:
    """Articles come ``arrivals`` times a second for five minutes; whoever came first is served first."""
    workers = FEWEST
    ordered: list[tuple[float, int]] = []
    came = served = longest = 0.0
    most, second, last_raise = workers, 0, -DOUBLED_EVERY_SECONDS
    while second < BURST_SECONDS or served < came:
        came += arrivals if second < BURST_SECONDS else 0
        workers += sum(number for due, number in ordered if due == second)
        served = min(came, served + workers * per_worker)
        # The oldest that waits came when as many had come as have been served by now.
        wait = second + 1 - served / arrivals if served < came else 0.0
        longest, most = max(longest, wait), max(most, workers)
        if second % LOOKS_EVERY_SECONDS == 0 and second - last_raise >= DOUBLED_EVERY_SECONDS:
            coming = workers + sum(number for due, number in ordered if due > second)
            wanted = min(math.ceil(workers * wait / TARGET_SECONDS), 2 * coming, MOST)
            if wanted > coming:
                ordered.append((second + STARTS_AFTER_SECONDS, wanted - coming))
                last_raise = second
        second += 1
        if second > 24 * 3600:
            break
    return Burst(longest, most, second - BURST_SECONDS)


if __name__ == "__main__":
    main()
