"""What a person chooses: problem, data, contestants, settings of a run."""
