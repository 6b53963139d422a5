"""When two mail addresses are the same person's, for uniqueness within a team."""

import unicodedata


def normalise_address(address: str) -> str:
    """Trim, fold case and compose (NFC); dots and plus signs stay, for they can be another person.

    Doing it twice changes nothing. Decomposing before folding is Unicode's canonical caseless
    match (Unicode Standard, 3.13).

    >>> normalise_address("  Ana.Lopez+jobs@Example.ORG ")
    'ana.lopez+jobs@example.org'
    """
    folded = unicodedata.normalize("NFD", address.strip()).casefold()
    return unicodedata.normalize("NFC", folded).strip()
