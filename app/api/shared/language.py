"""In which language the answer is written."""

from typing import Annotated

from fastapi import Depends, Request, Response

from app.content.texts import Language, negotiate


async def current_language(request: Request, response: Response) -> Language:
    """The best of our languages for the caller's `Accept-Language`; says so in `Content-Language`."""
    language = negotiate(request.headers.get("accept-language"))
    response.headers["Content-Language"] = language
    return language


CurrentLanguage = Annotated[Language, Depends(current_language)]
