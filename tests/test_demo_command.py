"""``entremise demo``: what it gives to the programs it starts."""

from entremise.demonstration.management.commands.demo import surroundings


def test_the_port_asked_on_the_command_line_is_the_one_of_the_links(monkeypatch):
    monkeypatch.setenv("ENTREMISE_PORT", "8000")
    monkeypatch.setenv("ENTREMISE_DATA", "var/ailleurs")
    around = surroundings(8123)
    assert around["ENTREMISE_PORT"] == "8123"
    assert around["ENTREMISE_DATA"] == "var/ailleurs"
