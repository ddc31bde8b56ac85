"""What libraries of optimizers really run: a probe for each, run by hand beside its library."""
