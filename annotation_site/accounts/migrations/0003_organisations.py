"""Projects belong to organisations, can be put away, and are found where they were before.

What is there already goes to one organisation, owned by whoever runs a project now.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SLUG, NAME = "default", "Default"


def gather(apps, schema_editor):
    """Put the projects that there are into one organisation. A new site has none, and gets none."""
    project, membership = (apps.get_model("accounts", name) for name in ("Project", "Membership"))
    if not project.objects.exists():
        return
    organisation = apps.get_model("accounts", "Organisation").objects.create(slug=SLUG, name=NAME)
    project.objects.update(organisation=organisation)
    admins = membership.objects.filter(role="admin", paused_at=None, user__is_active=True)
    apps.get_model("accounts", "Ownership").objects.bulk_create(
        apps.get_model("accounts", "Ownership")(organisation=organisation, user_id=user)
        for user in admins.order_by("user").values_list("user", flat=True).distinct()
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_invitations_identities")]
    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Ownership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ownerships",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ownerships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "user"), name="one_ownership_per_owner"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="FormerSlug",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_slugs",
                        to="accounts.project",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="project",
            name="description",
            field=models.TextField(blank=True, default="", max_length=2000),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="project",
            name="archived_at",
            field=models.DateTimeField(
                null=True,
                blank=True,
                help_text="since when it is only there to be read; null: it is worked on",
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="projects",
                to="accounts.organisation",
            ),
        ),
        migrations.RunPython(gather, migrations.RunPython.noop),
        # The rows were changed in this transaction; Postgres wants its checks done before it alters.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="project",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="projects",
                to="accounts.organisation",
            ),
        ),
    ]
