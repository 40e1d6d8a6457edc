"""Charts drawn as SVG text.

There is no script to load and nothing to fetch; print, forced colours, dark and narrow follow from
style sheets. Every chart takes a width and returns a whole drawing.
"""
