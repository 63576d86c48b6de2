"""Static files: every one collected under a hashed name, fonts from their wheels."""

from django.contrib.staticfiles import finders
from django.core.management import call_command


def test_fonts_are_found_in_their_wheels():
    assert finders.find("fonts/AtkinsonHyperlegible-Regular.ttf").endswith(".ttf")
    assert not finders.find("fonts/absent.ttf")


def test_every_static_file_is_collected_under_a_hashed_name(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "entremise.core.static.Storage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()
    assert list((tmp_path / "fonts").glob("AtkinsonHyperlegible-Bold.*.ttf"))
    assert list((tmp_path / "django_htmx").glob("htmx-2.min.*.js"))
