"""What can go wrong with an endpoint."""

from backend.errors import Invalid, NotFound


class AddressRefused(Invalid):
    """`extra`: why: form, scheme, unknown-host, forbidden-network."""

    code = "webhook-address-refused"


class EndpointUnknown(NotFound):
    code = "webhook-endpoint-unknown"
