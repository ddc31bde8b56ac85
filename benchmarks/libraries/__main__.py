"""Which rule takes which library's path, how closely: ``python -m benchmarks.libraries``."""

from tests.libraries.paths import table

if __name__ == "__main__":
    table()
