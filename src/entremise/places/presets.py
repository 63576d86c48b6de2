"""Where each job works: the types of space its teams are offered first."""

from entremise.accounts.enums import Job
from entremise.places.enums import SpaceType

_HOUSING = (SpaceType.RESIDENCE, SpaceType.HALL, SpaceType.PIED_IMMEUBLE, SpaceType.PARKING_RESIDENCE)
_STREET = (SpaceType.PLACE, SpaceType.RUE, SpaceType.PARC)
_SCHOOLS = (SpaceType.ABORDS_ECOLE, SpaceType.ECOLE, SpaceType.COLLEGE, SpaceType.LYCEE)
_COUNTERS = (SpaceType.LOCAL_MEDIATION, SpaceType.SERVICE_PUBLIC, SpaceType.CENTRE_SOCIAL)
_LINES = (SpaceType.LIGNE, SpaceType.ARRET_STATION, SpaceType.BUS, SpaceType.TRAM, SpaceType.METRO, SpaceType.TRAIN)

SPACES_BY_JOB: dict[Job, tuple[SpaceType, ...]] = {
    Job.ESPACES_PUBLICS: (*_HOUSING, *_STREET, SpaceType.AIRE_JEUX, SpaceType.EQUIPEMENT_SPORTIF, SpaceType.COMMERCE),
    Job.MILIEU_SCOLAIRE: (*_SCHOOLS, SpaceType.ARRET_STATION),
    Job.PUBLICS_EN_ERRANCE: (
        *_STREET,
        SpaceType.CAMPEMENT,
        SpaceType.HEBERGEMENT,
        SpaceType.ARRET_STATION,
        SpaceType.SANTE,
    ),
    Job.PREVENTION_SPECIALISEE: (
        *_STREET,
        SpaceType.PIED_IMMEUBLE,
        SpaceType.EQUIPEMENT_SPORTIF,
        SpaceType.ABORDS_ECOLE,
    ),
    Job.POINTS_ACCUEIL: (*_COUNTERS, SpaceType.SANTE),
    Job.EMPLOI: (*_COUNTERS, SpaceType.PIED_IMMEUBLE, SpaceType.EVENEMENT),
    Job.NUMERIQUE: (*_COUNTERS, SpaceType.NUMERIQUE, SpaceType.EQUIPEMENT_CULTUREL),
    Job.TRANSPORTS: _LINES,
    Job.SOCIOCULTUREL: (
        SpaceType.CENTRE_SOCIAL,
        SpaceType.EQUIPEMENT_CULTUREL,
        SpaceType.PIED_IMMEUBLE,
        SpaceType.EVENEMENT,
    ),
}
