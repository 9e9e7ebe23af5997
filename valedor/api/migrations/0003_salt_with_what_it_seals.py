"""What is sealed is one piece, its salt first."""

from django.db import migrations

_JOIN = "UPDATE api_givenanswer SET answer = salt || answer"
_PART = """
    UPDATE api_givenanswer SET salt = substr(answer, 1, 16), answer = substr(answer, 17)
"""


class Migration(migrations.Migration):
    dependencies = [("api", "0002_known_words_and_bounds")]
    operations = [migrations.RunSQL(_JOIN, _PART)]
