"""Learning rates that schedules of libraries really give: a probe for each, run by hand."""
