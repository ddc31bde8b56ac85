"""What pip installs is whole: the library and the files of its player, wherever they land."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHOW = """
import lossopt as lo
run = lo.descend(lo.OPTIMIZERS["adam"](), lo.OBJECTIVES["booth"](), n_steps=20)
page = lo.stage(run, language="ko").page
assert "mountStage" in page and len(page) > 1_000_000
softmax, loss = lo.MODELS["softmax"](), lo.LOSSES["categorical_cross_entropy"]()
assert lo.EmpiricalRisk(lo.DATASETS["iris"](), softmax, loss).n_samples == 150
from lossopt.links.play import play
assert "mountStage" in play({"lang": "ko", "view": "3d"}).page()
print(lo.__file__)
"""


def run(*command: str, **environment: str) -> str:
    """Output of a command that sees nothing of this checkout."""
    env = {**os.environ, "PYTHONSAFEPATH": "1", **environment}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    kept = ("lossopt", "static", "assets", "pyproject.toml", "setup.py", "README.md", "LICENSE")
    (folder / "source").mkdir()
    for name in kept:
        (folder / "source" / name).symlink_to(ROOT / name)
    flags = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index")
    run(sys.executable, "-m", "pip", "wheel", *flags, "-w", str(folder), str(folder / "source"))
    (made,) = folder.glob("lossopt-*.whl")
    return made


def test_a_wheel_plays_from_a_folder_of_its_own(wheel: Path, tmp_path: Path) -> None:
    flags = ("--quiet", "--no-deps", "--no-index", "--target", str(tmp_path))
    run(sys.executable, "-m", "pip", "install", *flags, str(wheel))
    assert str(tmp_path) in run(sys.executable, "-c", SHOW, PYTHONPATH=str(tmp_path))


def test_a_wheel_plays_in_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "--without-pip", str(tmp_path))
    python = str(tmp_path / "bin" / "python")
    flags = ("--quiet", "--no-deps", "--no-index")
    run(sys.executable, "-m", "pip", f"--python={python}", "install", *flags, str(wheel))
    numpy_too = sysconfig.get_path("purelib")  # the network is not asked for NumPy
    assert str(tmp_path) in run(python, "-c", f"import sys; sys.path.append({numpy_too!r})" + SHOW)
