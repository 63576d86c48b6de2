"""The paper: a tagged PDF with its number and the square that leads to its verification page."""

import io
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse

from entremise.certification.civil import said_day
from entremise.certification.enums import CertificateKind
from entremise.certification.models import Certificate
from entremise.certification.queries.certificates import check_of, read_certificate
from entremise.core.time import today
from entremise.documents.services import render_pdf


def verification_url(certificate: Certificate) -> str:
    """Where anybody who holds the paper can ask whether it is true."""
    path = reverse("certification:verify", args=[certificate.number, check_of(certificate)])
    return f"{settings.BASE_URL}{path}"


def certificate_pdf(certificate: Certificate) -> bytes:
    """The same words each time; from the second paper on, it says that it is a duplicate, which one and of when."""
    told = read_certificate(certificate)
    url = verification_url(certificate)
    title = CertificateKind(certificate.kind).label
    lines = _lines(told)
    if certificate.copies > 1:
        lines.append(["Duplicata", f"n° {certificate.copies - 1}, fait le {said_day(today().isoformat())}"])
    data = {"title": title, "url": url, "lines": lines, **_words(told)}
    return render_pdf("certificate", data, title=f"{title} {certificate.number}", drawings={"qr": _square(url)})


def _words(told: dict[str, Any]) -> dict[str, Any]:
    holder, record = told["holder"], told["record"]
    is_whole = told["kind"] == CertificateKind.FULL
    level = f", niveau {record['level']}" if record["level"] is not None else ""
    usage = f", nom d’usage {holder['usage_name']}" if holder["usage_name"] else ""
    country = f", {holder['birth_country']}" if holder["birth_country"] else ""
    return {
        "body": told["body"],
        "certification": record["title"],
        "reference": f"{record['code']}{level}",
        "said": "a obtenu la certification" if is_whole else "a acquis un bloc de compétences de la certification",
        "holder": f"{holder['first_names'].replace(',', '')} {holder['birth_name']}",
        "born": f"Naissance : {said_day(holder['born_on'])}, {holder['birth_place']}{country}{usage}",
        "blocks": [
            f"{one['title']} ({one['code']}), acquis le {said_day(one['acquired_on'])}, procès-verbal {one['minutes']}"
            for one in told["blocks"]
        ],
        "number": told["number"],
    }


def _lines(told: dict[str, Any]) -> list[list[str]]:
    certifiers = ", ".join(told["certifiers"])
    city = f"{told['city']}, le " if told["city"] else "le "
    lines = [["Voie d’accès", told["route"]], ["Certificateur inscrit à la fiche", certifiers]]
    if told["registered_until"]:
        lines.append(["Enregistrement de la fiche", f"jusqu’au {said_day(told['registered_until'])}"])
    return [*lines, ["Délivré", f"{city}{said_day(told['delivered_on'])}"], ["Numéro", told["number"]]]


def _square(url: str) -> str:
    target = io.BytesIO()
    segno.make(url, error="m", micro=False).save(target, kind="svg", xmldecl=False, scale=4, border=2)
    return target.getvalue().decode()
