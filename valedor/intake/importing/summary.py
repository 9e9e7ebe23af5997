"""What became of what was read, which has to add up."""

from dataclasses import dataclass


@dataclass
class Summary:
    """What became of the complaints of some files. All but ``rows_read`` counts complaints, not
    lines.
    """

    rows_read: int = 0
    count_read: int = 0
    cases: int = 0
    already_present: int = 0
    rejected: int = 0

    @property
    def is_reconciled(self) -> bool:
        """Whether every complaint read became a case, was one already, or was rejected."""
        return self.count_read == self.cases + self.already_present + self.rejected
