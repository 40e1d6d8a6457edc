"""Returns in: read, checked and kept."""
