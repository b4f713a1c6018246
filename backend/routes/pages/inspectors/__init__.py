"""Pages of those who walk the beat: report in a moment, and report what was put right at once."""
