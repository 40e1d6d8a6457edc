"""Every check on a return."""
