"""What one demo office is made from: the same parameters and the same day give the same office."""

import calendar
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from random import Random

FEWEST_PEOPLE, MOST_PEOPLE = 150, 37_000
MOST_MONTHS = 24
REGENCY = "Kabupaten Cakrawala"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """`today` is the first day without history."""

    people: int
    months: int
    seed: int
    today: date

    @property
    def history_starts_on(self) -> date:
        """The same day of the month, `months` months ago, or the last day of that month."""
        month = self.today.year * 12 + self.today.month - 1 - self.months
        year, index = divmod(month, 12)
        return date(year, index + 1, min(self.today.day, calendar.monthrange(year, index + 1)[1]))

    @property
    def history_ends_on(self) -> date:
        return self.today - timedelta(days=1)

    def rng(self, purpose: str) -> Random:
        """A generator of its own for each purpose, so that a change in one part leaves the others as they were."""
        return Random(f"{self.seed}/{purpose}")

    def as_dict(self) -> dict[str, int | str]:
        return {**asdict(self), "today": self.today.isoformat()}
