"""What was refused at the door of a gateway."""

from valedor.channels.sms.models import GatewayTrouble
from valedor.channels.troubles import Troubles

TROUBLES = Troubles(GatewayTrouble, "gateway")
