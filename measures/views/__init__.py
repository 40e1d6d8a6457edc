"""What the pages show, as plain values: every function here could be called from a notebook."""
