"""Messages of a very small region in a box, made once a process for whoever delivers them."""

from functools import cache

from vliegwiel import reference
from vliegwiel.science.caresystem import read_care_system
from vliegwiel.science.regionbox import BoxOptions, box_of, monthly_messages


@cache
def delivered_files() -> dict[str, bytes]:
    """Messages of a year and a half of a very small region in a box."""
    file = reference.care_system_file("ijsselland")
    assert file is not None
    options = BoxOptions(scale=0.004, months=18, seed=5, declarations=False)
    box = box_of(read_care_system(file.content), options)
    made = [message for _month, found in monthly_messages(box) for message in found]
    return {message.name: message.content for message in made}
