"""Figures: what is drawn, as data for the animated stage and as Plotly figures."""
