"""The database server an installation brings with it:

PostgreSQL 18 from a Python package, on a Unix socket.

``join`` makes sure that the server of a VALEDOR_HOME runs and keeps it running until ``leave``;
the last to leave stops it. It is started with PostgreSQL's own programs: the package's own start
would change the modes of every folder above the data.
"""

from valedor.config.embedded.failures import ServerFailed
from valedor.config.embedded.server import Membership, join

__all__ = ["Membership", "ServerFailed", "join"]
