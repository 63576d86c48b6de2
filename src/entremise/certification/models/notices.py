"""What a candidate was told of a jury's decision, and how."""

from django.db import models

from entremise.certification.enums import NoticeChannel
from entremise.certification.models.base import member_key
from entremise.certification.models.candidates import Candidate
from entremise.certification.models.sessions import ExamSession
from entremise.core.db import UUIDModel
from entremise.core.time import now


class ResultNotice(UUIDModel):
    """The results of a session notified to one of its candidates. An addendum asks for another: the first one stays."""

    session = models.ForeignKey(ExamSession, verbose_name="session", on_delete=models.CASCADE, related_name="notices")
    candidate = models.ForeignKey(Candidate, verbose_name="candidat", on_delete=models.CASCADE, related_name="notices")
    channel = models.CharField("moyen", max_length=10, choices=NoticeChannel)
    told_on = models.DateField("notifié le")
    noted_by = member_key("noté par")
    noted_at = models.DateTimeField("noté à", default=now)

    class Meta:
        verbose_name = "notification de résultat"
        verbose_name_plural = "notifications de résultat"
        ordering = ["noted_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)
