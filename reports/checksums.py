"""Checksums by which anyone can see that what was published has not changed: SHA-256, in hex."""

import json
from hashlib import sha256


def checksum_of_bytes(content: bytes) -> str:
    return sha256(content).hexdigest()


def checksum_of_document(data: dict) -> str:
    """Of a document as data, whatever the order in which a database gives back its keys."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return checksum_of_bytes(text.encode())
