"""Errors of this app.

RegionError
└── NotAllowed    somebody asks for a change that his role in the region does not allow
"""


class RegionError(Exception):
    """Something that a service of this app refuses."""


class NotAllowed(RegionError):
    def __init__(self, right: str, region_code: str) -> None:
        super().__init__(f"right '{right}' is missing in region {region_code}")
        self.right = right
        self.region_code = region_code
