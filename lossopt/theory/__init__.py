"""Theory: what can be said of a loss or a run without, or besides, watching it."""
