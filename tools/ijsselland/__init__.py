"""The care system of IJsselland, put together from published figures and stated assumptions."""
