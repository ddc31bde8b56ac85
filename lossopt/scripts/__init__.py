"""Scripts that repeat a run in lossopt, in JavaScript or in another library, each by itself."""

from lossopt.scripts._run import Run
from lossopt.scripts._told import TARGETS, Script, ScriptNote
from lossopt.scripts._write import takes_path, write_script

__all__ = ["TARGETS", "Run", "Script", "ScriptNote", "takes_path", "write_script"]
