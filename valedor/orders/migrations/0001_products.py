"""What can be ordered, and orders."""

import django.db.models.deletion
from django.db import migrations, models

import valedor.foundation.ids
import valedor.foundation.multilingual


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casefile", "0011_own_teams_only"),
        ("people", "0014_persons_found_again"),
    ]

    operations = [
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40)),
                ("name", valedor.foundation.multilingual.MultilingualField(default=dict)),
                ("about", valedor.foundation.multilingual.MultilingualField(default=dict)),
                ("questions", valedor.foundation.multilingual.MultilingualField(default=dict)),
                ("at_home", models.BooleanField(default=False)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="people.entity",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.team",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=valedor.foundation.ids.next_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField(default=3)),
                ("answers", models.JSONField(default=list)),
                ("address", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("confirmed", "Confirmed"),
                            ("preparing", "Being prepared"),
                            ("fulfilled", "Delivered"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                (
                    "cancelled_by",
                    models.CharField(
                        blank=True,
                        choices=[("person", "Person"), ("house", "House")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("ready_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casefile.case",
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.entity",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="orders.product",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                fields=("entity", "key"), name="product_key_once_an_entity"
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["entity", "state", "made_at"], name="order_by_state"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__range", (1, 15))), name="order_is_seen_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(fields=("case",), name="one_order_a_case"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_by__in", ["person", "house"]), ("state", "cancelled")),
                    models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancelled_by", "")),
                    _connector="OR",
                ),
                name="cancelled_order_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("settled_at__isnull", False), ("state__in", ["fulfilled", "cancelled"])
                    ),
                    models.Q(
                        models.Q(("state__in", ["fulfilled", "cancelled"]), _negated=True),
                        ("settled_at", None),
                    ),
                    _connector="OR",
                ),
                name="order_that_is_over_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["received", "confirmed", "preparing", "fulfilled", "cancelled"])
                ),
                name="order_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("cancelled_by__in", ["person", "house", ""])),
                name="order_cancelled_by_is_known",
            ),
        ),
    ]
