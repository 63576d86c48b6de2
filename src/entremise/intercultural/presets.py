"""The languages a mediator meets, in the usual order of services (domain §4.4); French first."""

from dataclasses import dataclass

from entremise.intercultural.enums import Direction, Script


@dataclass(frozen=True)
class Language:
    """A language: ISO 639 code, French name, script and direction. ``oral``: few of those who speak it read it."""

    code: str
    name: str
    script: Script = Script.LATIN
    direction: Direction = Direction.LTR
    oral: bool = False

    @property
    def is_written(self) -> bool:
        """False for a sign language: one cannot read it."""
        return self.script != Script.NONE


LANGUAGES = (
    Language("fr", "Français"),
    Language("ar", "Arabe (standard, écrit)", Script.ARABIC, direction=Direction.RTL),
    Language("arq", "Arabe algérien", Script.ARABIC, direction=Direction.RTL),
    Language("ary", "Arabe marocain (darija)", Script.ARABIC, direction=Direction.RTL),
    Language("aeb", "Arabe tunisien", Script.ARABIC, direction=Direction.RTL),
    Language("apd", "Arabe soudanais", Script.ARABIC, direction=Direction.RTL),
    Language("apc", "Arabe levantin (syrien, libanais)", Script.ARABIC, direction=Direction.RTL),
    Language("kab", "Kabyle"),
    Language("rif", "Rifain (tarifit)"),
    Language("shi", "Chleuh (tachelhit)"),
    Language("tr", "Turc"),
    Language("kmr", "Kurde kurmandji"),
    Language("ckb", "Kurde sorani", Script.ARABIC, direction=Direction.RTL),
    Language("ps", "Pachto", Script.ARABIC, direction=Direction.RTL),
    Language("prs", "Dari", Script.ARABIC, direction=Direction.RTL),
    Language("fa", "Persan (farsi)", Script.ARABIC, direction=Direction.RTL),
    Language("ur", "Ourdou", Script.ARABIC, direction=Direction.RTL),
    Language("pa", "Pendjabi", Script.GURMUKHI),
    Language("bn", "Bengali", Script.BENGALI),
    Language("ta", "Tamoul", Script.TAMIL),
    Language("si", "Cingalais", Script.SINHALA),
    Language("ne", "Népalais", Script.DEVANAGARI),
    Language("bo", "Tibétain", Script.TIBETAN),
    Language("zh", "Chinois (mandarin)", Script.HAN),
    Language("wuu", "Wenzhou / wu", Script.HAN),
    Language("vi", "Vietnamien"),
    Language("km", "Khmer", Script.KHMER),
    Language("lo", "Lao", Script.LAO),
    Language("tl", "Tagalog"),
    Language("snk", "Soninké", oral=True),
    Language("bm", "Bambara", oral=True),
    Language("dyu", "Dioula", oral=True),
    Language("ff", "Peul / pulaar / fulfulde", oral=True),
    Language("wo", "Wolof", oral=True),
    Language("mnk", "Mandinka / malinké", oral=True),
    Language("sus", "Soussou", oral=True),
    Language("ln", "Lingala"),
    Language("sw", "Swahili"),
    Language("ha", "Haoussa"),
    Language("yo", "Yoruba"),
    Language("bin", "Edo / bini", oral=True),
    Language("pcm", "Pidgin nigérian", oral=True),
    Language("ti", "Tigrinya", Script.ETHIOPIC),
    Language("am", "Amharique", Script.ETHIOPIC),
    Language("om", "Oromo"),
    Language("so", "Somali"),
    Language("mg", "Malgache"),
    Language("zdj", "Comorien (shingazidja)"),
    Language("swb", "Mahorais (shimaore)"),
    Language("ht", "Créole haïtien"),
    Language("gcf", "Créole antillais"),
    Language("rcf", "Créole réunionnais"),
    Language("gcr", "Créole guyanais"),
    Language("srn", "Sranan tongo (bushinengué : djk)"),
    Language("pt", "Portugais (dont Brésil, Cap-Vert kea)"),
    Language("es", "Espagnol"),
    Language("it", "Italien"),
    Language("en", "Anglais"),
    Language("ro", "Roumain"),
    Language("rom", "Romani", oral=True),
    Language("bg", "Bulgare", Script.CYRILLIC),
    Language("sq", "Albanais"),
    Language("sr", "Serbe / bosnien / croate (sr, bs, hr)"),
    Language("mk", "Macédonien", Script.CYRILLIC),
    Language("pl", "Polonais"),
    Language("ru", "Russe", Script.CYRILLIC),
    Language("uk", "Ukrainien", Script.CYRILLIC),
    Language("ce", "Tchétchène", Script.CYRILLIC),
    Language("hy", "Arménien", Script.ARMENIAN),
    Language("ka", "Géorgien", Script.GEORGIAN),
    Language("az", "Azéri"),
    Language("mn", "Mongol", Script.CYRILLIC),
    Language("fsl", "Langue des signes française (LSF)", Script.NONE),
)
