"""What every page stands in: head, link, words, components, refusals."""
