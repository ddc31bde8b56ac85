"""What the README promises works as written."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLES = [
    block
    for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    if "import loss" in block
]


def test_the_library_example_runs() -> None:
    first, own, optimizer = EXAMPLES
    names: dict[str, object] = {}
    exec(first, names)
    assert names["run"].iterates.shape == (201, 2)  # type: ignore[attr-defined]
    assert names["surface"].z.shape == (120, 120)  # type: ignore[attr-defined]
    exec(own, names)
    assert names["data"].X.shape == (3, 1)  # type: ignore[attr-defined]
    exec(optimizer, names)
    assert len(names["runs"]) == 2  # type: ignore[arg-type]


def test_the_commands_and_files_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"make (\w+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for target in re.findall(r"\]\(([\w./]+)\)", README):
        assert (ROOT / target).exists(), target
