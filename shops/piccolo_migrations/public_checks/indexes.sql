-- Which is asked next.
CREATE INDEX kitchen_link_next_check ON kitchen_link (next_check_at) WHERE state = 'confirmed';
