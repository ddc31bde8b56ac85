"""Scripts that repeat a run in lossopt, PyTorch, Keras, optax or JavaScript, each by itself."""

from lossopt.scripts._run import Run
from lossopt.scripts._told import TARGETS, Script, ScriptNote
from lossopt.scripts._write import write_script

__all__ = ["TARGETS", "Run", "Script", "ScriptNote", "write_script"]
