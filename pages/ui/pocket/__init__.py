"""The pocket edition: the Descent Lab as files that need no server of their own."""
