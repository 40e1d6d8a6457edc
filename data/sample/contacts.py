"""Children after the order: their contacts with the service, one after the other."""

import numpy as np

from data.sample.children import YEAR, Columns, born, characteristics, days, families
from data.sample.drawing import NEVER, STAGES, Days, Drawer


class Contacts(Drawer):
    """Draws the contacts of one agency."""

    def columns(self) -> Columns:
        """Return post-order children, each with its contacts in order (`contact` 1, 2, 3)."""
        family = families(self.rng, round(self.agency.contacts / 1.16))
        size = family.size
        before = self.start - days(1 + np.minimum(self.rng.exponential(140, size), 900))
        recent = self.rng.random(size) > 0.42
        contacted: Days = np.where(recent, self.in_period(size), before)
        grown = self.rng.random(size) < 0.06
        age = np.where(grown, self.rng.uniform(18, 25, size), self.rng.normal(9.5, 4, size))
        age = np.clip(age, 0.9, 25)
        at_order = np.minimum(self.rng.lognormal(np.log(2.8), 0.6, size), age * 0.9)
        order: Days = contacted - days((age - at_order) * YEAR)
        youngest: Days = contacted - days(age * YEAR)
        birth = born(self.rng, family, youngest, order[family])
        contact = contacted[family]
        birth = np.maximum(birth, contact - np.timedelta64(25 * 365, "D"))
        first = {
            **characteristics(self.rng, self.agency, family, age[family]),
            "child": np.arange(size),
            "contact": np.ones(size, dtype=np.int64) + (self.rng.random(size) < 0.08),
            "C4": birth,
            "C10": order[family],
            "settled": contact - order[family] > np.timedelta64(3 * 366, "D"),
        }
        made = [{**first, **self._stages(contact)}]
        while made[-1]["C11"].size and len(made) < 3:
            made.append(self._next(made[-1]))
        return {name: np.concatenate([one[name] for one in made]) for name in made[0]}

    def _next(self, earlier: Columns) -> Columns:
        """Return the contacts that families make again some weeks after a case was closed."""
        closed: Days = earlier["C17"]
        again = self.some(0.4, self.after(closed + np.timedelta64(7, "D"), 30))
        grown = earlier["C4"] + np.timedelta64(26 * 365, "D")
        kept = np.flatnonzero(again <= np.minimum(self.end, grown))
        person = {name: values[kept] for name, values in earlier.items() if name not in STAGES}
        person |= {"C10": earlier["C10"][kept], "contact": earlier["contact"][kept] + 1}
        return {**person, **self._stages(again[kept])}

    def _stages(self, contact: Days) -> Columns:
        """Return C11 to C17 of contacts: what would come after the extract is still to come."""
        allocated = self.some(0.95, self.after(contact, self.agency.days_to_allocation))
        started = self.some(0.72, self.after(allocated, self.agency.days_to_assessment))
        done = self.some(0.97, self.after(started, self.agency.days_of_assessment, 0.6))
        known = [np.where(day <= self.extracted, day, NEVER) for day in (allocated, started, done)]
        nothing_to_come = np.fmax(np.fmax(allocated, started), done) <= self.extracted
        nothing_to_come |= np.isnat(allocated)
        reached = np.fmax(np.fmax(contact, known[0]), np.fmax(known[1], known[2]))
        closed = self.some(0.8, self.after(np.maximum(reached, self.start), 60))
        recent = ~(known[1] < self.start - np.timedelta64(365, "D"))
        closed = np.where(nothing_to_come & recent & (closed <= self.extracted), closed, NEVER)
        referred = self.rng.random(contact.size) < self.agency.referred
        return {
            "C8": np.full(contact.size, NEVER),
            "C9": np.full(contact.size, NEVER),
            "C11": contact,
            "C12": known[0],
            "C13": known[1],
            "C14": known[2],
            "C15": self._review(known[2], closed),
            "C16": referred.astype(np.int64),
            "C17": closed,
        }

    def _review(self, assessed: Days, closed: Days) -> Days:
        """Return C15: early reviews, and the yearly one, which is seldom forgotten."""
        until = np.fmin(closed, self.extracted)
        span = (until - assessed).astype("timedelta64[D]").astype(np.float64)
        fraction = self.rng.uniform(0.3, 1, assessed.size)
        early = self.some(0.2, assessed + days(np.where(span > 90, span * fraction, 0)))
        due = np.isnat(closed) & (assessed < self.end - np.timedelta64(366, "D"))
        yearly = self.some(0.93, self.end - days(self.rng.uniform(0, 330, assessed.size)))
        return np.where(due, yearly, np.where(span > 90, early, NEVER))
