"""Landscapes: surfaces over planes and slices through params, and what draws them fast."""
