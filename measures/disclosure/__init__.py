"""Disclosure control: the only maker of a publishable figure."""
