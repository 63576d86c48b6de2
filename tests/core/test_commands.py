"""The operator's commands say what they found and fail when they must."""

import pytest
from django.core.management import CommandError, call_command

from entremise.core import schedule
from entremise.journal import triggers

pytestmark = pytest.mark.django_db


def test_verify_exits_with_zero_when_all_holds(capsys):
    call_command("verify")
    assert "ok     journal.chaine" in capsys.readouterr().out


def test_verify_exits_with_one_at_a_fault(capsys):
    triggers.remove()
    with pytest.raises(SystemExit) as stop:
        call_command("verify")
    triggers.install()
    assert stop.value.code == 1
    assert "FAUTE  journal.declencheurs" in capsys.readouterr().out


def test_a_failing_job_does_not_stop_the_others_but_is_told(monkeypatch, capsys):
    ran = []
    jobs = {"a": lambda: 1 / 0, "b": lambda: ran.append("b") or "fait"}
    monkeypatch.setattr(schedule, "_jobs", jobs)
    with pytest.raises(CommandError):
        call_command("tick")
    assert ran == ["b"]
    assert "ZeroDivisionError" in capsys.readouterr().err
