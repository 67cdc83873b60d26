"""Questionnaires and checklists: making them, rounds, answering by link, and which help fits."""
