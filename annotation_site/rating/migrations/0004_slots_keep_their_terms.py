"""A slot keeps the terms on which it was lent. Those that are held now keep what holds now."""

from django.db import migrations, models

KEEP = """
UPDATE rating_slot SET watch_share = protocol.watch_share, random_order = protocol.random_order
FROM rating_item item JOIN rating_protocol protocol ON protocol.project_id = item.project_id
WHERE item.id = rating_slot.item_id AND rating_slot.state <> 'submitted'
"""


class Migration(migrations.Migration):
    dependencies = [("rating", "0003_checks_votes_drafts_revisions")]
    operations = [
        migrations.AddField(
            "slot", "rubric_version", models.PositiveSmallIntegerField(db_default=1)
        ),
        migrations.AddField("slot", "watch_share", models.FloatField(db_default=0.9)),
        migrations.AddField("slot", "random_order", models.BooleanField(db_default=False)),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
