"""Every step of every run as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lossopt.comparisons.records import to_csv
from lossopt.trajectories import Trajectory

COLUMNS = ("run", "settings", "step", "epoch", "gradient_evaluations", "loss")


def steps_csv(
    runs: Sequence[Trajectory],
    names: Sequence[str],
    settings: Sequence[str],
    param_names: Sequence[str],
) -> str:
    """One line per run and step; numbers are written in full.

    Parameters
    ----------
    runs : list of Trajectory
    names, settings : list of str
        What each run is called, and how it is set.
    param_names : list of str

    Returns
    -------
    str
        A run that diverged ends with the step before. Without samples there are no epochs.

    Examples
    --------
    >>> import lossopt as lo
    >>> run = lo.descend(lo.OPTIMIZERS["adam"](), lo.OBJECTIVES["booth"](), n_steps=1)
    >>> print(steps_csv([run], ["Adam"], ["η 0.001"], ["x", "y"]), end="")
    run,settings,step,gradient_evaluations,loss,x,y
    Adam,η 0.001,0,0.0,281.0,-8.0,5.0
    Adam,η 0.001,1,1.0,280.87401800002004,-7.999000000000136,5.000999999999808
    """
    epochs = any(run.objective is None or run.objective.n_samples > 1 for run in runs)
    columns = [name for name in COLUMNS if epochs or name != "epoch"]
    return to_csv([*columns, *param_names], _rows(runs, names, settings, epochs=epochs))


def _rows(
    runs: Sequence[Trajectory], names: Sequence[str], settings: Sequence[str], *, epochs: bool
) -> Iterator[list[object]]:
    for run, name, setting in zip(runs, names, settings, strict=True):
        lost_at = run.lost_at
        columns = (run.gradient_evaluations.tolist(), run.losses.tolist(), run.iterates.tolist())
        whole = zip(*columns, strict=True)
        for step, (spent, loss, params) in enumerate(whole):
            if lost_at is not None and step >= lost_at:
                break
            epoch = [step / run.steps_per_epoch] if epochs else []
            yield [name, setting, step, *epoch, spent, loss, *params]
