"""The component tags: what each one writes, and that a misspelt prop is refused."""

import datetime as dt

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from entremise.core.ui import lists


def render(source, **context):
    return Template(source).render(Context(context))


WRITTEN = [
    ('{% button "Voir" "/x" %}', '<a class="btn secondary" href="/x">Voir</a>'),
    ('{% button "Voir" "/x" kind="primary" wide=True %}', 'class="btn primary wide"'),
    ('{% button "Voir" "/x" icon="note" %}', "<svg"),
    ('{% submit "Enregistrer" %}', '<button class="btn primary" type="submit">Enregistrer</button>'),
    ('{% submit "Clore" kind="danger" name="action" value="clore" %}', 'name="action" value="clore"'),
    ('{% status "ok" "Validée" %}', 'class="state ok"'),
    ('{% card title="Titre" %}corps{% endcard %}', "<h2>Titre</h2>corps"),
    ('{% card title="Titre" level=3 %}corps{% endcard %}', "<h3>Titre</h3>corps"),
    ('{% note "danger" title="Danger" %}corps{% endnote %}', 'class="note danger"'),
    ('{% note "good" %}corps{% endnote %}', "C’est fait"),
    ('{% details "Résumé" %}corps{% enddetails %}', '<details class="fold"><summary>Résumé</summary>'),
    ('{% details "Résumé" open=True %}corps{% enddetails %}', '<details class="fold" open>'),
    ('{% empty "Rien" "Commencez." url="/x" label="Commencer" %}', 'href="/x">Commencer</a>'),
    ('{% figure 86 "contacts" definition="Des rencontres." url="/x" %}', '<a href="/x">contacts</a>'),
    ('{% icon "map-pin" %}', 'aria-hidden="true"'),
]


@pytest.mark.parametrize(("source", "expected"), WRITTEN)
def test_a_tag_writes_its_component(source, expected):
    assert expected in render(source)


REFUSED = [
    '{% button "Voir" "/x" colour="red" %}',
    '{% submit "Enregistrer" size="big" %}',
    '{% status "ok" "Validée" icon="x" %}',
    '{% card heading="x" %}corps{% endcard %}',
    '{% note "info" colour="x" %}corps{% endnote %}',
    '{% details "Résumé" closed=True %}corps{% enddetails %}',
    '{% empty "Rien" "Texte" colour="x" %}',
    '{% figure 1 "x" unit="h" %}',
    '{% icon "note" size=2 %}',
    '{% bars rows caption="x" stacked=True %}',
    "{% pagination page size=3 %}",
    "{% filters form columns=3 %}",
    '{% sort_header "Nom" "nom" width=3 %}',
    "{% form_errors form title=3 %}",
]


@pytest.mark.parametrize("source", REFUSED)
def test_an_unknown_prop_is_a_syntax_error(source):
    with pytest.raises(TemplateSyntaxError):
        Template(source)


@pytest.mark.parametrize(
    "source",
    [
        '{% button "Voir" "/x" kind="rouge" %}',
        '{% status "rouge" "Validée" %}',
        '{% note "rouge" %}x{% endnote %}',
        '{% icon "licorne" %}',
        '{% card title="x" level=5 %}x{% endcard %}',
    ],
)
def test_an_unknown_kind_is_a_syntax_error(source):
    with pytest.raises(TemplateSyntaxError):
        render(source)


def test_what_people_typed_is_escaped_everywhere():
    hostile = '"><script>alert(1)</script>'
    sources = [
        "{% button x x %}",
        "{% submit x name=x value=x %}",
        '{% status "ok" x %}',
        "{% card title=x %}{{ x }}{% endcard %}",
        '{% note "info" title=x %}{{ x }}{% endnote %}',
        "{% details x %}{{ x }}{% enddetails %}",
        "{% empty x x url=x label=x %}",
        "{% figure x x definition=x url=x %}",
        "{% bars rows caption=x previous_label=x definition=x %}",
    ]
    rows = [{"label": hostile, "value": hostile, "note": hostile, "url": hostile, "previous": hostile}]
    for source in sources:
        assert "<script" not in render(source, x=hostile, rows=rows), source


def test_bars_are_proportional_and_keep_masked_values_without_a_bar():
    rows = [
        {"label": "Hall", "value": 80, "previous": 40},
        {"label": "Cave", "value": "< 5", "note": "masqué"},
        {"label": "Cour", "value": None},
        {"label": "Rue", "value": 0},
    ]
    html = render('{% bars rows caption="Actes" previous_label="octobre 2025" %}', rows=rows)
    assert 'width="100.00%"' in html
    assert 'width="50.00%"' in html
    assert html.count('class="now"') == 2  # nothing to measure a masked or missing value by
    assert "&lt; 5" in html
    assert "masqué" in html
    assert "Octobre 2025" in html
    assert "style=" not in html


def test_bars_without_rows_say_so():
    assert "Rien à montrer" in render('{% bars rows caption="Actes" %}', rows=[])


def test_a_presence_that_lasts_says_since_when():
    start = dt.datetime(2026, 11, 23, 17, 5, tzinfo=dt.UTC)
    end = start + dt.timedelta(hours=3)
    html = render("{% time_range start end %}", start=start, end=end)
    assert "18:05" in html
    assert "21:05" in html


class SmallFilters(forms.Form):
    registre = forms.ChoiceField(label="Registre", choices=[("", "Tous"), ("c", "Conflit")], required=False)
    interne = forms.CharField(widget=forms.HiddenInput, required=False)


def test_filters_count_what_is_active_and_keep_the_sort_order():
    request = RequestFactory().get("/liste?registre=c&tri=-date&page=4")
    html = render("{% filters form %}", form=SmallFilters(request.GET), request=request)
    assert "1 filtre actif" in html
    assert 'name="tri" value="-date"' in html
    assert 'name="page"' not in html
    assert 'href="/liste"' in html


def test_a_sorted_column_says_its_direction_and_offers_the_other():
    request = RequestFactory().get("/liste?registre=c&tri=nom&page=4")
    html = render('{% sort_header "Nom" "nom" %}', request=request)
    assert 'aria-sort="ascending"' in html
    assert 'href="?registre=c&amp;tri=-nom"' in html
    other = render('{% sort_header "Date" "date" number=True %}', request=request)
    assert "aria-sort" not in other
    assert 'class="n"' in other


def test_pagination_leads_to_neighbours_and_keeps_filters():
    request = RequestFactory().get("/liste?registre=c&page=2")
    html = render("{% pagination page %}", page=lists.paginate(request, range(120)))
    assert 'href="?registre=c"' in html
    assert 'href="?registre=c&amp;page=3"' in html
    assert "51–100 sur 120" in html


def test_query_changes_one_key():
    request = RequestFactory().get("/liste?registre=c&vue=jour")
    assert render('{% query vue="semaine" %}', request=request) == "?registre=c&amp;vue=semaine"


class Wrong(forms.Form):
    day = forms.DateField(label="Jour")
    secret = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("La fin est avant le début.")


def test_the_error_summary_links_to_each_field_and_is_read_first_after_a_sending():
    form = Wrong({"day": "hier", "secret": "x"})
    html = render("{% form_errors form %}", form=form, request=RequestFactory().post("/"))
    assert 'href="#id_day"' in html
    assert "La fin est avant le début." in html
    assert "1 réponse à corriger" in html
    assert "data-focus-first" in html
    assert "data-focus-first" not in render("{% form_errors form %}", form=form, request=RequestFactory().get("/"))
    assert render("{% form_errors form %}", form=Wrong()).strip() == ""


def test_a_file_is_not_said_to_be_kept_since_no_browser_gives_one_back():
    class Sheet(forms.Form):
        file = forms.FileField(label="Fichier")

    class Named(Sheet):
        name = forms.CharField(label="Nom", required=False)

    alone, beside = (render("{% form_errors form %}", form=made({}, {})) for made in (Sheet, Named))
    assert "1 réponse à corriger" in alone
    assert "est gardé" not in alone
    assert "est gardé" in beside


@pytest.mark.parametrize(
    ("count", "said"), [(0, "exemplaire"), (1, "exemplaire"), (1.5, "exemplaire"), (2, "exemplaires")]
)
def test_the_plural_begins_at_two_as_in_french(count, said):
    assert Template("exemplaire{{ count|pluralize }}").render(Context({"count": count})) == said
