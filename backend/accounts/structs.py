"""Who acts: the Actor that every verb receives, with roles held within an area prefix."""

from enum import StrEnum

import msgspec


class Role(StrEnum):
    RESIDENT = "resident"
    SHOP_OWNER = "shop_owner"
    VOLUNTEER = "volunteer"
    INSPECTOR = "inspector"
    HANDLER = "handler"
    VERIFIER = "verifier"
    DISPATCHER = "dispatcher"
    COMMITTEE = "committee"
    STREET_ADMIN = "street_admin"
    DISTRICT_ADMIN = "district_admin"


class Grant(msgspec.Struct, frozen=True, array_like=True):
    """A role held within an area: `area` is a prefix of national area codes; empty means nowhere in particular."""

    role: Role
    area: str


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who is acting in this request. Built from the access token, without a look into the database."""

    account_id: int
    name: str
    grants: tuple[Grant, ...]
    unit_id: int | None = None
    is_device: bool = False

    def has_role(self, *roles: Role) -> bool:
        return any(grant.role in roles for grant in self.grants)

    def areas_of(self, *roles: Role) -> list[str]:
        """The area prefixes within which one of these roles is held."""
        return [grant.area for grant in self.grants if grant.role in roles and grant.area]
