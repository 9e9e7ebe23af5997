"""What refuses a change to rows that are final."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_ids")]
    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION valedor_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'rows of % are final: % is refused', TG_TABLE_NAME, TG_OP
                    USING ERRCODE = 'restrict_violation';
            END $$;

            -- Personal content goes only while an erasure says so in its transaction.
            CREATE FUNCTION valedor_refuse_unless_erasing() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' AND current_setting('valedor.erasing', true) = 'yes' THEN
                    RETURN NULL;
                END IF;
                RAISE EXCEPTION 'rows of % leave only by erasure: % is refused', TG_TABLE_NAME, TG_OP
                    USING ERRCODE = 'restrict_violation';
            END $$;
            """,
            "DROP FUNCTION valedor_refuse_unless_erasing; DROP FUNCTION valedor_refuse_change;",
        ),
    ]
