"""Figures out: computed, protected and released."""
