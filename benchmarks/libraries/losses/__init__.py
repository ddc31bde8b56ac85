"""What losses of libraries give and how steep they are: a probe for each library, run by hand."""
