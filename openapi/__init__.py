"""The contract of the API: how it is described, the committed copy (openapi.json), and the page to read it on."""

from openapi.config import config, document, export

__all__ = ["config", "document", "export"]
