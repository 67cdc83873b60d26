"""The shortest file of published waiting times that is taken, to show how such a file looks."""

EXAMPLE = """{
  "schemaVersion": 1,
  "generatedAt": "2026-08-14T05:45:56Z",
  "rows": [
    {
      "p": "Praktijk De Brug",
      "w": "Speltherapie",
      "a": ["Behandeling"],
      "l": "Enschede",
      "d": "Jeugd",
      "e": ["Speltherapie"],
      "c": "Jeugdwet",
      "k": "concrete",
      "i": 8,
      "bText": "3–6 mnd",
      "u": "https://example.nl/wachttijden",
      "date": "2026-08-14",
      "refreshState": "updated"
    }
  ]
}
"""
