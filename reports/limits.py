"""How often one client may ask for mails: so that nobody has us mail a list of addresses."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import salted_hmac

# In seconds, and how often within that.
HOUR = 3_600
OFTEN = 10


def may_ask(request) -> bool:
    """Whether this client has not asked too often, in which this time counts.

    Counted in memory, within one process and for an hour: no address of a client is stored.
    """
    if not (client := _client(request)):
        return True
    counts, key = caches["limits"], salted_hmac(__name__, client).hexdigest()
    counts.add(key, 0, timeout=HOUR)
    try:
        return counts.incr(key) <= OFTEN
    except ValueError:  # The hour has ended between these two lines.
        return True


def _client(request) -> str:
    """The network that a request comes from; empty where that is not known."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # The proxy adds to what the client sent, which may be anything.
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        found = ip_address(_without_port(address))
    except ValueError:
        return ""
    # A server that listens to both versions sees one of version 4 as one of version 6.
    found = getattr(found, "ipv4_mapped", None) or found
    # With version 6 one household has at least so many addresses.
    return str(ip_network((found, 64), strict=False) if found.version == 6 else found)


def _without_port(address):
    """Some proxies write the port too: 192.0.2.7:5678, [2001:db8::1]:5678."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address
