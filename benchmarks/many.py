"""A million runs: ``python -m benchmarks.many [--rates 1000] [--betas 1000] [--dask]``.

Sweeps Adam over learning rate × β₁ in two other processes, then in this one, and prints the times,
their ratio, the most memory that each process held, and whether all results are the same bits. The
processes have started and imported the library before (half a second, once). With
`--dask` the processes are the workers of a local cluster of dask (``pip install distributed``).
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one core is what one process is compared by

import numpy as np

import lossopt as lo
from lossopt.keys import key_of

WORKERS = 2


@contextmanager
def _processes() -> Iterator[Executor]:
    with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
        list(pool.map(time.sleep, [0.5] * WORKERS))  # each takes one
        list(pool.map(_ready, range(WORKERS)))
        yield pool


def _ready(_: int) -> int:
    return len(lo.OPTIMIZERS)


@contextmanager
def _cluster() -> Iterator[Executor]:
    import dask
    from distributed import Client, LocalCluster

    # Dask lets its workers give back all memory after every step: see docs/many_runs.md.
    environment = "distributed.nanny.pre-spawn-environ.MALLOC"
    dask.config.set(
        {f"{environment}_TRIM_THRESHOLD_": 1 << 26, f"{environment}_MMAP_THRESHOLD_": 1 << 25}
    )
    with (
        LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        client.run(_ready, 0)
        yield client.get_executor()


def _megabytes(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024  # Linux counts in kB


def _swept(asked: argparse.Namespace, executor: Executor | None) -> tuple[float, lo.Sweep]:
    began = time.perf_counter()
    found = lo.sweep(
        lo.OPTIMIZERS["adam"](),
        lo.OBJECTIVES["rosenbrock"](),
        n_steps=asked.steps,
        target=1.0,
        learning_rate=np.geomspace(1e-4, 1.0, asked.rates),
        beta1=np.linspace(0.0, 0.99, asked.betas),
        executor=executor,
    )
    return time.perf_counter() - began, found


def main() -> None:
    """Measure both ways and compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rates", type=int, default=1000)
    parser.add_argument("--betas", type=int, default=1000)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--dask", action="store_true")
    asked = parser.parse_args()
    before = _megabytes(resource.RUSAGE_SELF)
    with (_cluster if asked.dask else _processes)() as executor:
        many, found = _swept(asked, executor)
    here, there = _megabytes(resource.RUSAGE_SELF), _megabytes(resource.RUSAGE_CHILDREN)
    one, alone = _swept(asked, None)
    print(f"{asked.rates * asked.betas} runs × {asked.steps} steps of Adam on Rosenbrock:")
    print(f"  one process {one:.1f} s, {WORKERS} processes {many:.1f} s: {one / many:.2f} ×")
    print(
        f"  at most {here:.0f} MB here ({before:.0f} before), {there:.0f} MB in each other process"
    )
    print(f"  same bits: {key_of(found) == key_of(alone)}")


if __name__ == "__main__":
    main()
