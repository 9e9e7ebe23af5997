"""What the worker does for the register, by the timetable."""

from valedor.casefile import counts, heads, reads, scanning
from valedor.foundation import jobs
from valedor.foundation.moments import now


@jobs.task(once="fold-counts")
def fold_counts() -> None:
    """Fold the increments of the queues' counters."""
    counts.fold()


@jobs.task(once="chain-reads")
def chain_reads() -> None:
    """Give the newest reads their place in the chain."""
    reads.chain_reads()


@jobs.task(once="sign-head")
def sign_head() -> None:
    """Sign what every chain that grew ends with."""
    heads.sign_head(now())


@jobs.task(queue="papers", once="scan-documents", lock="scan-documents")
def scan_documents() -> None:
    """Have documents looked through that nobody has looked through yet."""
    scanning.scan_waiting(now=now)
