"""Rubrics have versions, written once, and bridges of captions that are rated again between them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARDS = """
CREATE FUNCTION rating_rubric_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'versions of a rubric are immutable: publish a new one'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON rating_rubricversion
    FOR EACH ROW EXECUTE FUNCTION rating_rubric_is_immutable();
"""
BACKWARDS = """
DROP TRIGGER immutable ON rating_rubricversion;
DROP FUNCTION rating_rubric_is_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_organisations"),
        ("catalog", "0001_initial"),
        ("rating", "0004_slots_keep_their_terms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RubricVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "texts",
                    models.JSONField(
                        help_text="the words by language, as `wording.Texts` has them"
                    ),
                ),
                ("note", models.CharField(help_text="what was changed, and why", max_length=500)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="protocol",
            name="bridging",
            field=models.BooleanField(
                default=False, help_text="whether captions are rated again under the newest rubric"
            ),
        ),
        migrations.AlterField(
            model_name="item",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("rate", "Rating"),
                    ("practice", "Practice, answered with feedback"),
                    ("exam", "Qualification"),
                    ("gold", "Gold: the answer is known"),
                    ("twin", "Degraded twin: one dimension is known to be wrong"),
                    ("repeat", "Repeat: the annotator has rated it before"),
                    ("vote", "Blind vote between two captions"),
                    ("bridge", "Bridge: rated before under an older rubric"),
                ],
                default="rate",
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="Bridge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "before",
                    models.PositiveSmallIntegerField(help_text="the version they were rated under"),
                ),
                (
                    "after",
                    models.PositiveSmallIntegerField(
                        help_text="the version they are rated under again"
                    ),
                ),
                ("overlap", models.PositiveSmallIntegerField(help_text="annotators per caption")),
                (
                    "drawn_from",
                    models.PositiveIntegerField(help_text="captions that could have been drawn"),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bridges",
                        to="accounts.project",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="item",
            name="bridge",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="rating.bridge",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                fields=("bridge", "caption"), name="one_item_per_caption_of_a_bridge"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bridge__isnull", False), ("purpose", "bridge")),
                    models.Q(models.Q(("purpose", "bridge"), _negated=True), ("bridge", None)),
                    _connector="OR",
                ),
                name="item_bridge_is_named",
            ),
        ),
        migrations.AddField(
            model_name="rubricversion",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rubricversion",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rubric_versions",
                to="accounts.project",
            ),
        ),
        migrations.AddConstraint(
            model_name="bridge",
            constraint=models.CheckConstraint(
                condition=models.Q(("before__lt", models.F("after"))), name="bridge_leads_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="bridge",
            constraint=models.CheckConstraint(
                condition=models.Q(("overlap__gte", 1)), name="bridge_overlap_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="rubricversion",
            constraint=models.UniqueConstraint(
                fields=("project", "number"), name="one_rubric_per_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="rubricversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 2)), name="rubric_version_follows_the_library"
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
