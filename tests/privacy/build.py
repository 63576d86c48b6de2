"""Records that the tests of this module share."""

import io
import zipfile

from entremise.core.time import today
from entremise.documents.services import download_file
from entremise.documents.services.preparation import write_file
from entremise.privacy.models import DataRequest, Person
from entremise.privacy.services.access import prepare_access_file
from entremise.privacy.services.requests import RequestFacts, check_identity, match_person, record_request


def someone(cast, **facts) -> Person:
    """A person followed by samia's team."""
    named = {"reference": "26-7", "name": "Zénobie Quillevéré", "name_reason": "rappel", "birth_year": 1971}
    return Person.objects.create(
        organisation_id=cast.organisation.pk,
        team_id=cast.team.pk,
        opened_by_id=cast.samia.member.pk,
        **{**named, **facts},
    )


def asked(cast, kind="acces", person=None, **facts) -> DataRequest:
    """A request noted by samia; with a person, matched and checked by dora."""
    told = {"received_on": today(), "channel": "vive_voix", "words": "Je veux savoir.", **facts}
    request = record_request(actor=cast.samia.actor, facts=RequestFacts(kind=kind, **told))
    if person is None:
        return request
    match_person(actor=cast.dora.actor, request_id=request.pk, reference=person.reference)
    return check_identity(actor=cast.dora.actor, request_id=request.pk, how="reconnue")


def archive_of(cast, request) -> zipfile.ZipFile:
    """The access file of a request, prepared and taken by dora."""
    file = prepare_access_file(actor=cast.dora.actor, request_id=request.pk)
    write_file(file.pk)
    taken = download_file(actor=cast.dora.actor, file_id=file.pk)
    return zipfile.ZipFile(io.BytesIO(b"".join(taken.chunks)))
