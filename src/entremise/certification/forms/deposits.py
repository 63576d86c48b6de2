"""The form of the official deposit."""

from django import forms


class ReportForm(forms.Form):
    """The report as the portal gives it."""

    file = forms.FileField(label="Compte rendu de traitement", help_text="Le fichier XML rendu par le portail.")
