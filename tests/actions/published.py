"""What the report of 2024 says of its 33 points, copied from it by hand.

Against this the tests hold both what is read from the wording and what the fixtures say.
"""

from datetime import date

YEAR_2022 = date(2022, 1, 1), date(2022, 12, 31)
FROM_2022 = date(2022, 1, 1), None
NO_DATES = None, None

# The wording of a timeline, and the dates it gives.
TIMELINES = {
    "1.1.1": (
        "Jaarlijkse rapportage EU-arbeidsmigratie aan TK, waarin gerapporteerd wordt op de "
        "voortgang op verschillende aanbevelingen, allemaal met eigen tijdslijn.",
        NO_DATES,
    ),
    "1.1.2": ("De Tweede Kamer wordt hierover voor de zomer van 2022 geïnformeerd.", NO_DATES),
    "1.2.1": ("Vanaf 2022", FROM_2022),
    "1.2.2": ("2022", YEAR_2022),
    "1.3.1": (
        "Start in voorjaar 2022, looptijd t/m 2025",
        (date(2022, 3, 1), date(2025, 12, 31)),
    ),
    "1.3.2": ("2-jaarlijkse monitor", NO_DATES),
    "1.4.1": (
        "Eind 2022 IMVO-kader doorgevoerd in pilot met 16 (sub) instrumenten. Vanaf 2023 "
        "IMVO-kader implementeren overige EZK-instrumenten",
        NO_DATES,
    ),
    "1.4.2": ("2022", YEAR_2022),
    "1.5.1": ("2022-2024", (date(2022, 1, 1), date(2024, 12, 31))),
    "1.5.2": ("Vanaf 2022", FROM_2022),
    "1.6.1": ("Vanaf 2022", FROM_2022),
    "1.6.2": ("Vanaf 2022", FROM_2022),
    "1.7.1": ("2022-2024", (date(2022, 1, 1), date(2024, 12, 31))),
    "1.7.2": ("Bij nieuwe voorstellen en gedurende implementatie.", NO_DATES),
    "1.8.1": ("Tot en met 2023", (None, date(2023, 12, 31))),
    "1.8.2": ("Begin 2022 – einde onderhandelingen", FROM_2022),
    "2.1.1": ("Vanaf 2022", FROM_2022),
    "2.1.2": ("2022-2025", (date(2022, 1, 1), date(2025, 12, 31))),
    "2.1.3": ("De richtlijn is in januari 2023 in werking getreden", NO_DATES),
    "2.2.1": ("2022", YEAR_2022),
    "2.3.1": ("Maart – augustus 2022", (date(2022, 3, 1), date(2022, 8, 31))),
    "2.3.2": ("Vanaf september 2022", (date(2022, 9, 1), None)),
    "3.1.1": ("2022-2023", (date(2022, 1, 1), date(2023, 12, 31))),
    "3.1.2": ("Vanaf september 2022", (date(2022, 9, 1), None)),
    "3.1.3": ("2022-2026", (date(2022, 1, 1), date(2026, 12, 31))),
    "3.2.1": ("Vanaf 2022", FROM_2022),
    "3.2.2": ("2022", YEAR_2022),
    "3.3.1": ("2021-2025", (date(2021, 1, 1), date(2025, 12, 31))),
    "3.4.1": ("2023-2024", (date(2023, 1, 1), date(2024, 12, 31))),
    "3.5.1": ("2020-2025", (date(2020, 1, 1), date(2025, 12, 31))),
    "3.5.2": ("2022-2030", (date(2022, 1, 1), date(2030, 12, 31))),
    "3.5.3": ("2022-2023", (date(2022, 1, 1), date(2023, 12, 31))),
    "3.5.4": ("2022-2025", (date(2022, 1, 1), date(2025, 12, 31))),
}

BZ_ALONE = "BZ", {"BZ": "responsible"}
SZW_ALONE = "SZW", {"SZW": "responsible"}
JENV_ALONE = "JenV", {"JenV": "responsible"}

# The wording of a responsibility, and the role of each organisation in it.
RESPONSIBILITIES = dict.fromkeys(TIMELINES, BZ_ALONE) | {
    "1.1.1": (
        "SZW (coördinerend departement), Interdepartementaal Projectteam Arbeidsmigranten jaagt "
        "aan en monitort",
        {"SZW": "coordinating", "Interdepartementaal Projectteam Arbeidsmigranten": "involved"},
    ),
    "1.1.2": (
        "JenV (coördinerend departement gehele artikel 273f Sr), SZW verantwoordelijk voor aanpak "
        "arbeidsuitbuiting",
        {"JenV": "coordinating", "SZW": "responsible"},
    ),
    "1.2.1": SZW_ALONE,
    "1.2.2": SZW_ALONE,
    "1.3.1": ("IenW", {"IenW": "responsible"}),
    "1.3.2": ("RIVM, in opdracht van IenW", {"RIVM": "executing", "IenW": "responsible"}),
    "1.4.1": ("EZK, RVO in opdracht van EZK", {"EZK": "responsible", "RVO": "executing"}),
    "1.4.2": ("EZK", {"EZK": "responsible"}),
    "1.6.2": (
        "BZ, i.s.m. uitvoeringspartners en relevant bedrijfsleven in NL en buitenland.",
        {"BZ": "responsible"},
    ),
    "2.1.3": ("JenV, FIN", {"JenV": "responsible", "FIN": "responsible"}),
    "2.3.2": ("RVO", {"RVO": "responsible"}),
    "3.5.1": JENV_ALONE,
    "3.5.2": JENV_ALONE,
    "3.5.3": ("JenV, BZ", {"JenV": "responsible", "BZ": "responsible"}),
    "3.5.4": (
        "JenV, BZ, Raad voor Rechtsbijstand",
        {"JenV": "responsible", "BZ": "responsible", "Raad voor Rechtsbijstand": "responsible"},
    ),
}

# How many points each theme has, pillar by pillar.
THEME_SIZES = {1: [2, 2, 2, 2, 2, 2, 2, 2], 2: [3, 1, 2], 3: [3, 2, 1, 1, 4]}

ONGOING = "Doorlopend"
ON_SCHEDULE = "In uitvoering volgens planning"
DONE = "Voltooid"
LATE = "In uitvoering maar met vertraging"
IN_CONSULTATION = "In (formele) consultatie"
STATUS_COUNTS = {
    ONGOING: 11,
    ON_SCHEDULE: 9,
    DONE: 6,
    LATE: 3,
    IN_CONSULTATION: 2,
    "In uitvoering": 1,
    "Niet van toepassing": 1,
}
STATUSES = dict.fromkeys(TIMELINES, ONGOING) | {
    "1.1.2": LATE,
    "1.2.2": DONE,
    "1.4.1": ON_SCHEDULE,
    "1.4.2": LATE,
    "1.5.1": ON_SCHEDULE,
    "1.5.2": ON_SCHEDULE,
    "1.7.1": ON_SCHEDULE,
    "1.8.1": IN_CONSULTATION,
    "2.1.1": DONE,
    "2.1.2": "In uitvoering",
    "2.1.3": LATE,
    "2.2.1": DONE,
    "2.3.2": DONE,
    "3.1.1": IN_CONSULTATION,
    "3.1.3": ON_SCHEDULE,
    "3.2.1": DONE,
    "3.3.1": ON_SCHEDULE,
    "3.4.1": DONE,
    "3.5.1": ON_SCHEDULE,
    "3.5.2": ON_SCHEDULE,
    "3.5.3": "Niet van toepassing",
    "3.5.4": ON_SCHEDULE,
}

# The parliamentary papers and laws that an explanation refers to, in its order.
REFERENCES = {
    "1.1.1": ["Kamerstuk 2023 D 47692"],
    "1.1.2": ["Kamerstuk 36547 4"],
    "1.2.2": ["Kamerstuk 29544 1243"],
    "1.8.2": ["Kamerstuk 21501-02-2909", "21 501-02, nr. 2715", "31 985, nr. 80"],
    "2.1.1": ["Kamerstuk 22 112, nr. 3393", "Kamerstuk 26 485, nr. 435"],
    "2.2.1": ["Stcrt. 2024, 25516", "Kamerstuk 26 485, nr. 430"],
    "3.2.1": ["Kamerstuk 22 112, nr. 3393"],
    "3.2.2": ["Stcrt. 2024, 25516"],
    "3.5.2": ["richtlijn 2024/1760"],
}

# How each footnote begins, point by point.
FOOTNOTES = {
    "1.5.2": ["Beleidsnota Mensenrechten", "Het Breed Mensenrechten Overleg (BMO)"],
    "1.6.1": ["Beleidsreactie Nederlandse bijdrage"],
    "3.1.3": ["Een maatstaf"],
}
