"""`entremise verifier-badge`: whether a badge is true, with no network and no database."""

from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError

from entremise.certification.openbadges import credential, reading
from entremise.core.errors import InvalidInput

_UNKNOWN_KEY = "Clé non comparée : n’importe qui peut signer de sa propre clé. Comparez-la à celle que publie"
_NO_LIST = "Retrait non contrôlé : donnez avec --liste le fichier que sert l’adresse"


class Command(BaseCommand):
    help = "Vérifie un badge sans réseau ni base : signature, clé, retrait. Code de sortie 1 s’il n’est pas valable."
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        """The badge, and what to compare it with."""
        parser.add_argument("fichier", type=Path, help="le badge (JSON)")
        parser.add_argument("--liste", type=Path, help="la liste des retraits, telle que le certificateur la sert")
        parser.add_argument("--cle", default="", help="la clé attendue (did:key:…)")
        parser.add_argument("--adresse", default="", help="l’adresse à laquelle le badge devrait être lié")

    def handle(self, *args: Any, **options: Any) -> None:
        """Says what was controlled, and what was not."""
        try:
            badge = reading.read_badge(_content(options["fichier"]))
            self._check(badge, options)
        except InvalidInput as refusal:
            raise CommandError(refusal.sentences)

    def _check(self, badge: dict[str, Any], options: dict[str, Any]) -> None:
        key, status = badge["issuer"]["id"], badge["credentialStatus"]["statusListCredential"]
        if not reading.is_intact(badge):
            _refuse("MODIFIÉ : la signature ne correspond pas à ce fichier.")
        if options["cle"] and options["cle"] != key:
            _refuse(f"AUTRE CLÉ : ce badge est signé par {key}.")
        if options["liste"] and reading.is_withdrawn(badge, _content(options["liste"])):
            _refuse("RETIRÉ : le certificateur a retiré ce badge, il ne prouve plus rien.")
        if options["adresse"] and not credential.is_tied_to(badge, options["adresse"]):
            _refuse("AUTRE PERSONNE : ce badge n’est pas lié à cette adresse.")
        achievement = badge["credentialSubject"]["achievement"]
        self.stdout.write(f"SIGNATURE JUSTE : {achievement['humanCode']}, {achievement['name']}")
        self.stdout.write(f"Délivré par {badge['issuer']['name']}, acquis le {badge['awardedDate'][:10]}")
        self.stdout.write(f"Clé : {key}")
        if not options["cle"]:
            self.stdout.write(f"{_UNKNOWN_KEY} {badge['issuer']['url']}")
        self.stdout.write("Non retiré, d’après la liste donnée." if options["liste"] else f"{_NO_LIST} {status}")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(reading.MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path} : ce fichier ne s’ouvre pas.") from error


def _refuse(sentence: str) -> NoReturn:
    raise CommandError(sentence)
