"""How closely the optimizers equal PyTorch: ``python -m benchmarks.torch_fixtures``."""

from tests.optimizers.test_torch import report

if __name__ == "__main__":
    report()
