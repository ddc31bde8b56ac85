"""Which rule, loss and schedule is which library's: ``python -m benchmarks.libraries``."""

from tests.libraries import losses, paths, schedules

if __name__ == "__main__":
    paths.table()
    losses.table()
    schedules.table()
