"""Documents, and the command that photographs the dashboard for them."""
