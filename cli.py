"""The command `adoption-support`."""

def main() -> None:
    """Run the command."""
