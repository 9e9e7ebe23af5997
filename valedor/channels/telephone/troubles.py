"""What was refused at the webhook of a line."""

from valedor.channels.telephone.models import LineTrouble
from valedor.channels.troubles import Troubles

TROUBLES = Troubles(LineTrouble, "line")
