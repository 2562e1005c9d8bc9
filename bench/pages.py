"""The addresses that are measured, in the plan of the fixtures."""

PLAN = "/nap-2022-2026"
TABLE = f"{PLAN}/actiepunten/"
# The same rows at an address that asks something, so that the page is not kept.
ASKED_TABLE = f"{TABLE}?jaar=2024"
STOCK_TABLE = f"/bench/stock{PLAN}/"
EXPORT = f"{TABLE}export.json"
FILE = f"{PLAN}/rapportages/2024/voortgangsrapportage-2024.pdf"
STATIC_FILE = "/static/report.pdf"

PUBLIC_PAGES = {
    "home": "/",
    "overview": f"{PLAN}/",
    "table": TABLE,
    "table, year": f"{TABLE}?jaar=2023",
    "table, pillar": f"{TABLE}?pijler=1",
    "table, theme": f"{TABLE}?thema=rijksinkoop",
    "table, organisation": f"{TABLE}?organisatie=BZ",
    "table, status": f"{TABLE}?stand=doorlopend",
    "table, text": f"{TABLE}?q=mensenrechten",
    "table, nothing found": f"{TABLE}?q=xyzzy",
    "table, sorted by text": f"{TABLE}?sort=-explanation",
    "table, English": f"/en{TABLE}",
    "action point": f"{TABLE}1.3.2/",
    "theme": f"{PLAN}/themas/rijksinkoop/",
    "organisation": f"{PLAN}/organisaties/BZ/",
    "report list": f"{PLAN}/rapportages/",
    "report": f"{PLAN}/rapportages/2024/",
}

# Of those that are kept, one of each kind.
KEPT_PAGES = ("home", "overview", "table", "action point", "organisation", "report")

# The same pages of a plan of more years; they hold more, so what they take is for information.
TEN_YEARS = {
    name: PUBLIC_PAGES[name].replace(PLAN, "/plan-1")
    for name in ("overview", "table", "action point", "organisation", "report list")
}


def same_bytes(address):
    """Where an empty view returns the bytes of this page."""
    return f"/bench/same-bytes{address}"
