-- Caps of 沪价费[2013]10号 for a bin of 240 litres; a district sets its own from a day on.
INSERT INTO pickup_price (area_code, kind, unit, base_fen, over_fen, year_quota, from_on, note) VALUES
    ('', 'wet', 'bin', 6000, 12000, 365, '2013-09-01', '沪价费[2013]10号'),
    ('', 'dry', 'bin', 6000, 12000, 365, '2013-09-01', '沪价费[2013]10号'),
    ('', 'renovation', 'm3', 18000, 18000, NULL, '2021-01-01', '参考价'),
    ('', 'bulky', 'piece', 3000, 3000, NULL, '2021-01-01', '参考价');
