import datetime as dt

from django.db import migrations, models


def number(apps, schema_editor):
    """What was sent was numbered by the minutes since the session was planned: the next number is above it."""
    for one in apps.get_model("certification", "Convocation").objects.select_related("session"):
        one.sequence = max(0, (one.asked_at - one.session.planned_at) // dt.timedelta(minutes=1))
        one.save(update_fields=["sequence"])


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0012_portfolios'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='convocation', name='certification_candidate_called'),
        migrations.RemoveConstraint(model_name='convocation', name='certification_member_called'),
        migrations.AddField(model_name='convocation', name='told', field=models.JSONField(default=list, verbose_name='rendez-vous donnés')),
        migrations.AddField(model_name='convocation', name='undone', field=models.JSONField(default=list, verbose_name='rendez-vous repris')),
        migrations.AddField(model_name='convocation', name='sequence', field=models.PositiveIntegerField(default=0, verbose_name='rang du changement')),
        migrations.RunPython(number, migrations.RunPython.noop),
    ]
