"""Figures on screen."""
