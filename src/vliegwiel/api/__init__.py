"""The door for programs: what the pages show, as JSON, by the rules of Dutch public bodies.

NL API Design Rules 2.x: https://developer.overheid.nl. A version is a folder and a part of a path.
"""
