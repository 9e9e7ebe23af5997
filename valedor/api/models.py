"""The answers that are given again to whoever asks twice."""

from django.db import models

from valedor.programs.models import ApiToken


class GivenAnswer(models.Model):
    """The answer to a request that changed something, given again when the same one comes again.

    Neither the ``Idempotency-Key`` nor anything it opens is stored: ``key_digest`` finds the row,
    and the answer is encrypted under a key derived from the client's, so that a stolen table tells
    nothing.
    """

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="answers")
    endpoint = models.CharField(max_length=120)
    key_digest = models.BinaryField(max_length=32)
    request_digest = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    answer = models.BinaryField()
    answered_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["token", "endpoint", "key_digest"], name="one_answer_a_key"
            ),
            models.CheckConstraint(
                name="no_failure_of_ours_is_given_again",
                condition=models.Q(status__range=(200, 499)),
            ),
        ]
