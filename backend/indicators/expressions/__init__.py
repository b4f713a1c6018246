"""The language in which indicators are written: measures, numbers, + - * / and filters. See docs/indicators.md."""
