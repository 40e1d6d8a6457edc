"""The blank workbook that agencies fill in, made from the declarations of the return."""

from data.template.blank import write_blank

__all__ = ["write_blank"]
