"""The inputs: they keep what was typed, tie their errors, and never hide the chosen value."""

import datetime as dt

import pytest
from django import forms

from entremise.core.ui import widgets

MANY = [(f"c{n}", f"Choix {n}") for n in range(12)]


class Form(forms.Form):
    many = forms.MultipleChoiceField(label="Registres", choices=MANY, widget=widgets.ChipCheckboxes)
    one = forms.ChoiceField(label="Issue", choices=[("", "---------"), ("a", "Apaisé"), ("b", "Accord")])
    tension = forms.ChoiceField(
        label="Tension", choices=[("0", "0 · calme"), ("3", "3 · cris"), ("5", "coups")], widget=widgets.Steps
    )
    count = forms.IntegerField(label="Personnes", widget=widgets.Counter, help_text="Un ordre de grandeur suffit.")
    day = forms.DateField(label="Jour", widget=widgets.DateInput)
    hour = forms.TimeField(label="Heure", widget=widgets.TimeInput)
    moment = forms.DateTimeField(label="Instant", widget=widgets.DateTimeInput, required=False)
    site = forms.ChoiceField(label="Site", choices=[("", "Choisir"), *MANY], widget=widgets.SearchSelect)
    agreed = forms.BooleanField(label="D’accord", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["one"].widget = widgets.ChipRadio(choices=self.fields["one"].choices)


def field(name, data=None, initial=None):
    form = Form(data, initial=initial)
    return form[name].as_field_group()


WRONG = [
    ("count", "trois", "trois"),
    ("day", "31/02/2026", "31/02/2026"),
    ("day", "2026-02-31", "2026-02-31"),
    ("day", "demain 🙂", "demain 🙂"),
    ("hour", "25 h", "25 h"),
    ("moment", "hier soir", "hier soir"),
    ("moment", "مساء", "مساء"),
]


@pytest.mark.parametrize(("name", "typed", "kept"), WRONG)
def test_an_unreadable_value_is_shown_again_beside_its_error(name, typed, kept):
    html = field(name, {name: typed})
    assert f'value="{kept}"' in html
    assert 'type="text"' in html  # a typed input would show it as empty
    assert f'id="id_{name}_error"' in html
    assert f"id_{name}_error" in html.split('aria-describedby="')[1].split('"')[0]
    assert 'aria-invalid="true"' in html
    assert "Erreur : " in html


RIGHT = [
    ("day", {"day": "2026-11-23"}, 'type="date"', 'value="2026-11-23"'),
    ("hour", {"hour": "19:42"}, 'type="time"', 'value="19:42"'),
    ("moment", {"moment": "2026-11-23T19:42"}, 'type="datetime-local"', 'value="2026-11-23T19:42"'),
    ("count", {"count": "14"}, 'type="number"', 'value="14"'),
]


@pytest.mark.parametrize(("name", "data", "kind", "value"), RIGHT)
def test_a_readable_value_uses_the_native_input(name, data, kind, value):
    html = field(name, data)
    assert kind in html
    assert value in html


def test_initial_values_are_written_as_browsers_read_them():
    instant = dt.datetime(2026, 11, 23, 18, 42, tzinfo=dt.UTC)
    assert 'value="2026-11-23T19:42"' in field("moment", initial={"moment": instant})
    assert 'value="2026-11-23"' in field("day", initial={"day": dt.date(2026, 11, 23)})
    assert 'value="19:42"' in field("hour", initial={"hour": dt.time(19, 42, 30)})


def test_obligation_is_said_in_words_and_left_to_the_server():
    html = field("count")
    assert "· obligatoire" in html
    assert 'aria-required="true"' in html
    assert " required" not in html
    assert "· obligatoire" not in field("agreed")


def test_help_is_tied_to_its_field():
    html = field("count")
    assert 'aria-describedby="id_count_helptext"' in html
    assert 'id="id_count_helptext"' in html


def test_a_group_of_choices_is_a_fieldset_whose_error_is_described_once():
    html = field("many", {"many": ["zzz"]})
    assert html.startswith("<fieldset")
    assert html.count("aria-describedby") == 1
    assert "aria-invalid" not in html
    assert "<legend>Registres" in html


def test_only_the_first_values_stay_in_sight_when_none_is_frequent():
    html = field("many")
    shown, folded = html.split("<details")
    assert shown.count("<input") == 6
    assert folded.count("<input") == 6
    assert " open" not in folded.split(">")[0]


def test_frequent_values_stay_in_sight_in_their_order():
    form = Form()
    form.fields["many"].widget.frequent = ["c9", "c2", "gone", "c9"]
    shown, folded = form["many"].as_field_group().split("<details")
    assert shown.index('value="c9"') < shown.index('value="c2"')
    assert shown.count("<input") == 2
    assert folded.count("<input") == 10
    assert Form().fields["many"].widget.frequent == []  # the next form starts afresh


def test_the_fold_opens_when_it_holds_a_chosen_value():
    html = field("many", {"many": ["c11"]})
    assert '<details class="chips-more" open>' in html
    assert html.count("checked") == 1


def test_groups_keep_their_names_inside_the_fold():
    widget = widgets.ChipRadio(choices=[("Dehors", MANY[:8]), ("Dedans", MANY[8:])])
    html = widget.render("lieu", None, {"id": "x"})
    assert '<p class="soft">Dedans</p>' in html


def test_the_blank_choice_reads_as_an_answer_left_open():
    assert "Sans réponse" in field("one")


def test_steps_show_the_words_without_repeating_the_number():
    html = field("tension", {"tension": "3"})
    assert '<span class="mark">3</span>' in html
    assert "· cris</span>" in html
    assert "3 · cris" not in html
    assert "· coups</span>" in html
    assert html.count("checked") == 1


def test_steps_offer_zero_to_five_by_default_and_may_stay_blank():
    assert widgets.Steps().render("t", 0).count("<input") == 6
    blank = widgets.Steps(choices=[("", "---------"), (0, "0"), (1, "un")]).render("t", None)
    assert '<span class="mark">–</span>' in blank
    assert "Sans réponse" in blank


def test_the_counter_is_a_plain_number_until_scripts_show_its_buttons():
    html = field("count", {"count": "2"})
    assert html.count("hidden>") == 2
    assert 'min="0"' in html


def test_a_long_list_stays_a_list():
    html = field("site", {"site": "c3"})
    assert "<select" in html
    assert '<option value="c3" selected>' in html


def test_hostile_choices_are_escaped():
    html = widgets.ChipRadio(choices=[('"><script>', "<script>")]).render("x", None, {"id": "x"})
    assert "<script>" not in html


def test_a_whole_form_renders_with_its_errors():
    html = str(Form({}))
    assert "réponses à corriger" in html
    assert html.count('class="error"') == 7


SENTENCES = [
    ("one", "", "Choisissez une réponse."),
    ("one", "zzz", "Cette valeur n’est plus dans la liste : choisissez-en une autre."),
    ("many", [], "Choisissez au moins une réponse."),
    ("count", "x", "Écrivez un nombre entier, en chiffres."),
    ("day", "x", "Cette date n’existe pas ou se lit mal. Écrivez-la ainsi : 23/11/2026."),
    ("hour", "x", "Cette heure n’existe pas ou se lit mal. Écrivez-la ainsi : 19:42."),
]


@pytest.mark.parametrize(("name", "typed", "sentence"), SENTENCES)
def test_errors_say_what_to_do(name, typed, sentence):
    assert Form({name: typed}).errors[name] == [sentence]
