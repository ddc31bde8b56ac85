"""What the stage says of the runs of a scene, as the browser does."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.programs.node import ROOT, node_program

SCRIPT = Path(__file__).with_suffix(".mjs")


def told_of_runs(scene: dict[str, Any]) -> list[str]:
    command = [node_program(), str(SCRIPT), (ROOT / "static" / "stage").as_uri()]
    done = subprocess.run(
        command, input=json.dumps(scene), capture_output=True, text=True, check=True
    )
    return list(json.loads(done.stdout))
