"""The animated stage with a race on it, and what lies around it."""
