"""Made-up returns of a whole country, to try the program on and to test it with.

Nothing in them can be taken for real: child identifiers begin with `MADE-UP`, every workbook says
`MARK` on its first sheet, and whatever is made from a return so marked says so too. Agencies
differ in how long families wait with them, ethnic groups and regions on purpose do not: made-up
figures should not look like news.
"""

from data.sample.country import rows
from data.sample.workbooks import MARK, make

__all__ = ["MARK", "make", "rows"]
