"""Lifelike reports with invented places."""

from entremise.documents.report import Bar, Bars, Document, Figure, ReportColumn, ReportTable, Section

_N = "number"
_PLACES = [
    ("Hall d’immeuble", 74, 63, ""),
    ("Pied d’immeuble, abords", 57, 64, ""),
    ("Parking de résidence", 37, 24, ""),
    ("Escalier, palier", 27, 29, ""),
    ("Local à déchets", None, None, "masqué, pour qu’aucune soustraction ne révèle la ligne suivante"),
    ("Cave, sous-sol", None, None, "masqué"),
]


def landlord_note() -> Document:
    """A month of a fictitious sector."""
    return Document(
        title="Note mensuelle au bailleur · octobre 2026",
        subtitle="Résidences du secteur Les Tisserands",
        meta=[
            ("Période", "du 1er au 31 octobre 2026"),
            ("Destinataire", "Habitat des Deux Rives"),
            ("Établie par", "Passage commun, équipe du soir"),
            ("Version", "2, le 4 novembre 2026"),
        ],
        sections=[
            Section(
                "L’essentiel",
                paragraphs=[
                    (
                        "L’équipe a tenu 41 tournées dans les sept résidences du secteur. Les tensions du parking "
                        "Nord, signalées en septembre, ont baissé après deux rencontres avec les habitants et la "
                        "remise en service de l’éclairage."
                    ),
                    (
                        "Les halls restent le premier lieu d’intervention. Les demandes de relogement ont été "
                        "orientées vers le point d’accueil."
                    ),
                ],
                figures=[
                    Figure("Présence", "118 h 20", "Durée des tournées, une fois par binôme."),
                    Figure("Contacts", "1 342", "Échanges, salutations comprises ; ce ne sont pas des personnes."),
                    Figure(
                        "Apaisement",
                        "31 sur 44 conflits",
                        "Conflits finis par un accord ou un dialogue rétabli, soit 70 %. Octobre 2025 : 26 sur 41.",
                    ),
                ],
            ),
            Section(
                "212 interventions, par type d’espace",
                bars=[
                    Bars(
                        "Interventions par type d’espace",
                        [
                            Bar(label, now, "" if now else "< 5" if "Cave" in label else "–", before, note)
                            for label, now, before, note in _PLACES
                        ],
                        previous_label="Trait fin et nombre entre parenthèses : octobre 2025",
                        definition="Une intervention est un acte de médiation daté et situé ; ce n’est pas une "
                        "personne. Les nombres inférieurs à 5 sont masqués.",
                    )
                ],
                tables=[
                    ReportTable(
                        "Interventions par type d’espace et par créneau",
                        [
                            ReportColumn("Type d’espace"),
                            ReportColumn("Matin", _N),
                            ReportColumn("Après-midi", _N),
                            ReportColumn("Soirée", _N),
                            ReportColumn("Ensemble", _N),
                        ],
                        [
                            ["Hall d’immeuble", 8, 21, 45, 74],
                            ["Pied d’immeuble, abords", 6, 24, 27, 57],
                            ["Parking de résidence", "< 5", "masqué", 31, 37],
                            ["Escalier, palier", "< 5", "masqué", 19, 27],
                            ["Local à déchets", None, None, None, "masqué"],
                        ],
                        notes=["Le total de la colonne « Matin » n’est pas donné : il révélerait un nombre masqué."],
                    )
                ],
            ),
            Section(
                "Signalements techniques",
                tables=[
                    ReportTable(
                        "Signalements techniques du mois",
                        [
                            ReportColumn("Objet"),
                            ReportColumn("Signalés", _N),
                            ReportColumn("Résolus", _N),
                            ReportColumn("Délai médian (jours)", _N),
                        ],
                        [["Éclairage", 12, 9, 6], ["Porte, interphone", 8, 8, 3.5], ["Encombrants", 1207, 5, 11]],
                        definition="Le délai court du signalement à la réparation constatée sur place.",
                    )
                ],
            ),
        ],
    )


def arabic_card() -> Document:
    """A page read from right to left, with Latin names inside."""
    return Document(
        title="وسيط اجتماعي",
        subtitle="من نحن؟",
        meta=[("المكان", "Les Tisserands")],
        language="ar",
        sections=[
            Section(
                "ماذا نفعل",
                paragraphs=[
                    "نحن هنا للاستماع إليكم. الخدمة مجانية وسرية. اتصلوا بالرقم 15 في حالة الطوارئ الطبية.",
                    "Le médiateur est présent le mardi (الثلاثاء) de 14 h à 18 h.",
                ],
                tables=[
                    ReportTable(
                        "ساعات الحضور",
                        [ReportColumn("اليوم"), ReportColumn("الساعة")],
                        [["الثلاثاء", "14:00 – 18:00"], ["الجمعة", "16:00 – 20:00"]],
                    )
                ],
            )
        ],
    )


def demanding() -> Document:
    """What people type: emoji, other scripts, code, long words, nothing at all."""
    words = 'Dialogue 👩🏽‍🤝‍👩🏻 中文 #import "x" $a$ *gras* _x_ <b> @ref \\ // {x} `code` \x00\x0b\u202efin'
    return Document(
        title=words,
        subtitle="مرحبا dans une phrase française",
        meta=[(words, words), ("", "")],
        sections=[
            Section("x" * 300, paragraphs=["y" * 2000, words, ""]),
            Section(
                "Vide",
                bars=[Bars("Aucune", [Bar("rien", 0), Bar("moins", -3.0)])],
                tables=[ReportTable("Tableau sans ligne", [ReportColumn("A"), ReportColumn("B", _N)], [])],
            ),
            Section(
                "Large",
                tables=[ReportTable(words, [ReportColumn(f"Colonne {i}") for i in range(12)], [["z" * 60] * 12] * 3)],
            ),
        ],
    )


def long_table(rows: int = 2000) -> Document:
    """A list nobody reads to the end."""
    return Document(
        title="Liste",
        sections=[
            Section(
                "Actes",
                tables=[
                    ReportTable(
                        "Actes de la période",
                        [ReportColumn("Lieu"), ReportColumn("Registre"), ReportColumn("Durée", _N)],
                        [[f"Résidence n° {i}", "Conflit entre voisins", i] for i in range(rows)],
                    )
                ],
            )
        ],
    )
