"""Countries where a processor may keep data, and what the RGPD asks of each (chapter V).

EEA: the same law applies. ADEQUATE: the European Commission decided that the country protects data as well;
for the United States and Canada the decision covers only some companies, hence the guarantees to write.
"""

OTHER = "ZZ"
EEA = {
    "FR": "France", "DE": "Allemagne", "AT": "Autriche", "BE": "Belgique", "BG": "Bulgarie", "CY": "Chypre",
    "HR": "Croatie", "DK": "Danemark", "ES": "Espagne", "EE": "Estonie", "FI": "Finlande", "GR": "Grèce",
    "HU": "Hongrie", "IE": "Irlande", "IS": "Islande", "IT": "Italie", "LV": "Lettonie", "LI": "Liechtenstein",
    "LT": "Lituanie", "LU": "Luxembourg", "MT": "Malte", "NO": "Norvège", "NL": "Pays-Bas", "PL": "Pologne",
    "PT": "Portugal", "RO": "Roumanie", "SK": "Slovaquie", "SI": "Slovénie", "SE": "Suède", "CZ": "Tchéquie",
}  # fmt: skip
ADEQUATE = {
    "AD": "Andorre", "AR": "Argentine", "KR": "Corée du Sud", "GG": "Guernesey", "IM": "Île de Man",
    "FO": "Îles Féroé", "IL": "Israël", "JP": "Japon", "JE": "Jersey", "NZ": "Nouvelle-Zélande",
    "GB": "Royaume-Uni", "CH": "Suisse", "UY": "Uruguay",
}  # fmt: skip
PARTLY = {"CA": "Canada", "US": "États-Unis"}
COUNTRIES = {**EEA, **ADEQUATE, **PARTLY, OTHER: "Autre pays"}
GROUPS = (
    ("Espace économique européen", EEA),
    ("Décision d’adéquation", ADEQUATE),
    ("À garantir", {**PARTLY, OTHER: COUNTRIES[OTHER]}),
)


def needs_guarantees(code: str) -> bool:
    """Data that goes there needs a guarantee of its own (articles 46 and 47)."""
    return code not in EEA and code not in ADEQUATE


def transfer_of(code: str) -> tuple[str, str]:
    """(state of the component library, words) for a country."""
    if code in EEA:
        return "ok", "Dans l’UE (EEE)"
    if code in ADEQUATE:
        return "neutral", "Hors UE, adéquat"
    return "wait", "Hors UE, à garantir"
