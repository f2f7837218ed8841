"""What every view shares."""

from typing import Any

DESCRIBED: dict[str, Any] = {"use_attribute_docstrings": True}
"""Set as `__pydantic_config__` on a view, so that its attribute docstrings stand in the OpenAPI document."""
