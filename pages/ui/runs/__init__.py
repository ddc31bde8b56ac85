"""What is computed for a page, kept for the next one who asks."""
