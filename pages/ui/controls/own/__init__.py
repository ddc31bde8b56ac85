"""Data and a function of a person's own."""
