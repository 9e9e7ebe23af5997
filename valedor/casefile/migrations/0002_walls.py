"""Walls, finality, counts and the words of search: what the database itself guarantees."""

from django.db import migrations

from valedor.casefile.walls import Finalise, WallOff

COUNTS = """
CREATE FUNCTION casefile_count_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO casefile_queueincrement
            (entity_id, team_id, holder_id, seats, is_protected, is_waiting, urgency, delta)
        SELECT entity_id, team_id, holder_id, seats, is_protected,
            stage IN ('awaiting_complainant', 'incomplete'), urgency, count(*)
        FROM new_rows WHERE closed_at IS NULL GROUP BY 1, 2, 3, 4, 5, 6, 7;
    ELSE
        INSERT INTO casefile_queueincrement
            (entity_id, team_id, holder_id, seats, is_protected, is_waiting, urgency, delta)
        SELECT entity_id, team_id, holder_id, seats, is_protected, is_waiting, urgency, sum(delta)
        FROM (
            SELECT entity_id, team_id, holder_id, seats, is_protected,
                stage IN ('awaiting_complainant', 'incomplete') AS is_waiting, urgency, 1 AS delta
            FROM new_rows WHERE closed_at IS NULL
            UNION ALL
            SELECT entity_id, team_id, holder_id, seats, is_protected,
                stage IN ('awaiting_complainant', 'incomplete'), urgency, -1
            FROM old_rows WHERE closed_at IS NULL
        ) AS change
        GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(delta) <> 0;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER casefile_case_count_new AFTER INSERT ON casefile_case
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION casefile_count_open();
CREATE TRIGGER casefile_case_count_changed AFTER UPDATE ON casefile_case
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION casefile_count_open();
"""

# Stems first, in the language of the text, then every word as it stands with its accents folded: folding
# first would break the stemmers, and a stem alone would not find what was typed without accents.
ACCENTED = "áàâãäåăąéèêëěęíìîïóòôõöőúùûüůűñńňçćčýÿšśžźżłđğř"
PLAIN = "aaaaaaaaeeeeeeiiiioooooouuuuuunnncccyysszzzldgr"
USUAL, FURTHER = "áéíóúñ", "àèòçïãõâêôüì"


def unaccented(letters: str) -> str:
    """SQL that replaces these letters of ``words`` by plain ones."""
    expression = "words"
    for letter in letters:
        expression = f"replace({expression}, '{letter}', '{PLAIN[ACCENTED.index(letter)]}')"
    return expression


WORDS = """
CREATE FUNCTION valedor_fold(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    -- translate() compares every letter with every accented one; replace() looks for one at a time and is
    -- ten times as quick, and most texts are plain after the letters that our languages use most.
    words := lower(words);
    IF octet_length(words) = char_length(words) THEN
        RETURN words;
    END IF;
    words := {usual};
    IF octet_length(words) = char_length(words) THEN
        RETURN words;
    END IF;
    words := {further};
    IF octet_length(words) = char_length(words) THEN
        RETURN words;
    END IF;
    RETURN {rare};
END $$;
CREATE FUNCTION valedor_stemmer(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE language WHEN 'es' THEN 'pg_catalog.spanish'::regconfig
        WHEN 'ca' THEN 'pg_catalog.catalan'::regconfig
        WHEN 'pt-br' THEN 'pg_catalog.portuguese'::regconfig
        ELSE 'pg_catalog.english'::regconfig END
$$;
CREATE FUNCTION valedor_words(language text, words text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    found tsvector;
BEGIN
    words := left(words, 120000);
    found := to_tsvector(valedor_stemmer(language), words)
        || strip(to_tsvector('pg_catalog.simple', valedor_fold(words)));
    IF language = 'ca' THEN
        -- The Catalan stemmer parts queixa from queixes; the Spanish one brings them together.
        found := found || strip(to_tsvector('pg_catalog.spanish', words));
    END IF;
    RETURN found;
END $$;
CREATE FUNCTION valedor_more_words(known tsvector, more tsvector) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN known || more;
EXCEPTION WHEN program_limit_exceeded THEN
    RETURN known;  -- A megabyte of words is what PostgreSQL indexes of one case.
END $$;
CREATE FUNCTION valedor_sought(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT websearch_to_tsquery('pg_catalog.spanish', words)
        || websearch_to_tsquery('pg_catalog.catalan', words)
        || websearch_to_tsquery('pg_catalog.portuguese', words)
        || websearch_to_tsquery('pg_catalog.english', words)
        || websearch_to_tsquery('pg_catalog.simple', valedor_fold(words))
$$;
"""
WORDS = (
    WORDS.replace("{usual}", unaccented(USUAL))
    .replace("{further}", unaccented(FURTHER))
    .replace("{rare}", unaccented("".join(sorted({*ACCENTED} - {*USUAL, *FURTHER}))))
)


class Migration(migrations.Migration):
    dependencies = [("casefile", "0001_initial"), ("foundation", "0002_final_rows")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE valedor_case_numbers START 1000", "DROP SEQUENCE valedor_case_numbers"
        ),
        migrations.RunSQL(COUNTS, "DROP FUNCTION casefile_count_open CASCADE"),
        migrations.RunSQL(
            WORDS,
            "DROP FUNCTION valedor_sought, valedor_more_words, valedor_words, valedor_stemmer, valedor_fold",
        ),
        WallOff("casefile_case", case="id"),
        WallOff("casefile_instance"),
        WallOff("casefile_grievance"),
        WallOff("casefile_deadline"),
        WallOff("casefile_deadlineevent"),
        WallOff("casefile_entry"),
        WallOff("casefile_entrycontent"),
        WallOff("casefile_message"),
        WallOff("casefile_letter"),
        WallOff("casefile_document"),
        WallOff("casefile_refuseddocument"),
        WallOff("casefile_rawmessage"),
        WallOff("casefile_walledsearchtext"),
        Finalise("casefile_entry"),
        Finalise("casefile_readentry"),
        Finalise("casefile_readlink"),
        migrations.RunSQL(
            """
            CREATE TRIGGER casefile_entrycontent_final
            BEFORE UPDATE OR DELETE OR TRUNCATE ON casefile_entrycontent
            FOR EACH STATEMENT EXECUTE FUNCTION valedor_refuse_unless_erasing();
            """,
            "DROP TRIGGER casefile_entrycontent_final ON casefile_entrycontent;",
        ),
    ]
