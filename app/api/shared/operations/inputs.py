"""The pieces that inputs are made of, with the bounds that both ways in hold."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.operation import Part
from app.api.shared.strict_model import Line, Text
from app.domain.groups.declaration import Signature

Alias = Annotated[Line, Field(max_length=40, description="The name that you go by in this group.")]
Name = Annotated[Line, Field(max_length=80, description="What you want to be called.")]
Theme = Annotated[
    Line | None, Field(max_length=80, description="What the group gathers around; none is as good (G-14).")
]
Area = Annotated[Line, Field(max_length=80, description="A town or a part of it, never an address (M-17).")]
Tongue = Annotated[
    str,
    Field(
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$",
        max_length=35,
        description="Language, as BCP 47 writes it.",
    ),
]
TextLanguage = Annotated[
    str,
    Field(pattern=r"^(nb|nn|da|en)$", max_length=2, description="Language of the text: nb, nn, da or en."),
]
Place = Annotated[Line, Field(max_length=200, description="Where, or how to get in. Members only.")]
Minutes = Annotated[int, Field(ge=15, le=480, description="Planned length; 120 is usual (M-02).")]
Introduction = Annotated[
    Text,
    Field(min_length=1, max_length=2000, description="Your own words; no more than you want to say (C-10)."),
]


class SignatureIn(Part):
    """Your name under the declaration of confidentiality, and which text you have read."""

    DOMAIN = Signature

    text_version: Annotated[
        str,
        Field(min_length=1, max_length=20, pattern=r"^[0-9A-Za-z.-]+$", description="Version of the text."),
    ]
    language: TextLanguage
    text_sha256: Annotated[
        str, Field(pattern=r"^[0-9a-f]{64}$", max_length=64, description="Hash of the text, as it was read.")
    ]
    typed_name: Annotated[Line, Field(max_length=120, description="Your name, typed by yourself (C-06).")]
