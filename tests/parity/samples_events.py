"""What events are asked with in the parity table."""

FILTERS = {
    "list_events": [
        {"limit": 1},
        {"types": "course.created,group.formed"},
        {"types": "group.ballot.closed"},
        {"types": "no.such"},
        {"after": "not-a-position"},
    ]
}
