-- Rows that reports starts with.

-- When two reports are one case, by category: metres, minutes since the opening, minutes since the closing.
INSERT INTO duplicate_rule (prefix, radius_m, window_min, closed_min) VALUES
    ('', 30, 4320, 1440),
    ('A1', 30, 240, 60),
    ('A2', 30, 480, 120),
    ('A5', 50, 43200, 2880),
    ('B1', 30, 4320, 240),
    ('B2', 30, 4320, 240),
    ('B3', 50, 43200, 1440),
    ('B4', 50, 4320, 240),
    ('B103', 0, 0, 0),
    ('B302', 0, 0, 0),
    ('B401', 0, 0, 0),
    ('C', 0, 0, 0)
ON CONFLICT (prefix) DO NOTHING;
