"""The codes of C6: their published labels and groups, written out."""

# ruff: noqa: RUF001 - the published labels have dashes

GROUPS = {
    "White": ("WBRI", "WIRI", "WIRT", "WROM", "WOTH"),
    "Mixed or Multiple": ("MWBC", "MWBA", "MWAS", "MOTH"),
    "Asian or Asian British": ("AIND", "APKN", "ABAN", "CHNE", "AOTH"),
    "Black or Black British": ("BAFR", "BCRB", "BOTH"),
    "Other": ("OOTH",),
    "Not known": ("REFU", "NOBT"),
}
ETHNICITIES = {
    "WBRI": "White – British",
    "WIRI": "White – Irish",
    "WIRT": "White – Traveller of Irish Heritage",
    "WROM": "White – Gypsy/Roma",
    "WOTH": "Any other White background",
    "MWBC": "Mixed – White and Black Caribbean",
    "MWBA": "Mixed – White and Black African",
    "MWAS": "Mixed – White and Asian",
    "MOTH": "Any other mixed background",
    "AIND": "Asian – Indian",
    "APKN": "Asian – Pakistani",
    "ABAN": "Asian – Bangladeshi",
    "CHNE": "Chinese",
    "AOTH": "Any other Asian background",
    "BAFR": "Black African",
    "BCRB": "Black Caribbean",
    "BOTH": "Any other Black background",
    "OOTH": "Any other ethnic group",
    "REFU": "Refused",
    "NOBT": "Information not yet obtained",
}
