-- Three grades, and a score of a hundred.
ALTER TABLE shop_grade ADD CONSTRAINT shop_grade_known CHECK (grade IN ('A', 'B', 'C') AND score BETWEEN 0 AND 100);
ALTER TABLE shop_grade ADD CONSTRAINT shop_grade_since_counted CHECK (since <= counted_on);

-- A change is one.
ALTER TABLE grade_change ADD CONSTRAINT grade_change_changes
    CHECK (before IN ('A', 'B', 'C') AND after IN ('A', 'B', 'C') AND before <> after AND score BETWEEN 0 AND 100);

-- Numbers that make sense together.
ALTER TABLE grade_setting ADD CONSTRAINT grade_setting_thresholds
    CHECK (b_from BETWEEN 0 AND a_from AND a_from <= 100);
ALTER TABLE grade_setting ADD CONSTRAINT grade_setting_bearable
    CHECK (window_days BETWEEN 1 AND 366 AND clean_days BETWEEN 1 AND 366 AND visit_days_a BETWEEN 1 AND 366
        AND visit_days_b BETWEEN 1 AND 366 AND visit_days_c BETWEEN 1 AND 366
        AND least(first_weight, repeat_weight, overdue_weight, self_report_points, self_report_most) >= 0);
