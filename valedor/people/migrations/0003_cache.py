"""Where attempts to sign in are counted, for all web processes together."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0002_final_log")]
    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE valedor_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX valedor_cache_expires ON valedor_cache (expires);
            """,
            "DROP TABLE valedor_cache;",
        ),
    ]
