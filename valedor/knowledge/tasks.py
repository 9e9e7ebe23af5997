"""What the worker does by night."""

from valedor.foundation.jobs import task
from valedor.foundation.moments import now
from valedor.knowledge import impressions


@task(once="forget-impressions")
def forget_impressions() -> None:
    """Remove what people noticed and that is past its day."""
    impressions.forget_impressions(now())
