"""The server's own settings, written once when its data folder is made and the administrator's
from then on.
"""

import os

MEGABYTE = 2**20

_TEMPLATE = """\
# Written once, when the data folder was made. Change what you like: it is not written again.
# Address, socket and access are given when the server starts and cannot be set here.
max_connections = 100

# Of {memory} MB of memory.
shared_buffers = {shared}MB
effective_cache_size = {cache}MB
maintenance_work_mem = {maintenance}MB
work_mem = 16MB
hash_mem_multiplier = 2

max_wal_size = 2GB
min_wal_size = 128MB
checkpoint_timeout = 15min
wal_compression = on

random_page_cost = 1.1
effective_io_concurrency = 16
jit = off
max_parallel_workers_per_gather = 2

# Queues and search read what was just written: keep the statistics fresh.
autovacuum_vacuum_scale_factor = 0.05
autovacuum_analyze_scale_factor = 0.05
autovacuum_naptime = 30s

timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, ymd'
default_text_search_config = 'pg_catalog.simple'
log_line_prefix = '%m [%p] %u@%d '
log_checkpoints = off
log_lock_waits = on
"""

# What tests may lose: everything, if the power goes.
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def settings_file() -> str:
    """The text of postgresql.conf for the machine this runs on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    return _TEMPLATE.format(
        memory=memory,
        shared=_between(64, memory // 8, 2048),
        cache=max(256, memory // 2),
        maintenance=_between(64, memory // 32, 512),
    )


def _between(least: int, value: int, most: int) -> int:
    return max(least, min(value, most))
