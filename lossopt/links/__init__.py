"""Links: what an address of the Descent Lab says, and the page that plays it."""
