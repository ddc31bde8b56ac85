"""Programs: rules, test functions and losses as straight lines of plain numbers.

A rule, an objective or a model with a loss is called once with numbers that are not known; what it
does to them is a program, and one writer prints it as Python or as JavaScript. The things
themselves know nothing of it. What looks at values, remembers more from step to step or multiplies
large matrices has no program and runs as it is written, with NumPy.
"""

from lossopt.programs._anatomy import AnatomyScript, anatomy_script
from lossopt.programs._javascript import (
    MOST_NUMBERS,
    Script,
    ScriptRun,
    data_of,
    script_for_any,
    script_of,
)
from lossopt.programs._kept import compiled_gradient, compiled_rule, why_not
from lossopt.programs._python import CompiledRule, Gradient, Walk
from lossopt.programs._tape import Program, Untraceable
from lossopt.programs._trace import (
    ObjectiveProgram,
    RuleProgram,
    SampleProgram,
    trace_objective,
    trace_rule,
    trace_sample,
)

__all__ = [
    "MOST_NUMBERS",
    "AnatomyScript",
    "CompiledRule",
    "Gradient",
    "ObjectiveProgram",
    "Program",
    "RuleProgram",
    "SampleProgram",
    "Script",
    "ScriptRun",
    "Untraceable",
    "Walk",
    "anatomy_script",
    "compiled_gradient",
    "compiled_rule",
    "data_of",
    "script_for_any",
    "script_of",
    "trace_objective",
    "trace_rule",
    "trace_sample",
    "why_not",
]
