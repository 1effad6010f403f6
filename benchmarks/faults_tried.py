"""What came of a fault: what was tried, what was held afterwards, and what was lost."""

from dataclasses import dataclass

SEED = 2018


@dataclass(frozen=True, slots=True)
class Tried:
    """One try: what was done, what the store held (old, new, or neither), and why it counts as lost, if it does."""

    what: str
    held: str
    lost: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault and the tries of it; none where it can't be tried here, and then ``skipped`` says why."""

    name: str
    tries: tuple[Tried, ...] = ()
    skipped: str | None = None

    @property
    def lost(self) -> list[Tried]:
        """The tries that went wrong."""
        return [one for one in self.tries if one.lost is not None]

    def line(self) -> str:
        """Its row of the table."""
        if self.skipped:
            return f"{self.name:<44} not tried: {self.skipped}"
        kinds = [one.held for one in self.tries]
        held = ", ".join(f"{kinds.count(kind)} {kind}" for kind in sorted(set(kinds)))
        return row(self.name, len(self.tries), len(self.lost), held)


def row(name: str, tried: int, lost: int, words: str) -> str:
    """A row of the table."""
    return f"{name:<44} {tried:>5}  {tried - lost:>8}  {lost:>4}  {words}"
