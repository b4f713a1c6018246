ALTER TABLE broker_link
    ADD CONSTRAINT broker_link_counts_up CHECK (
        messages >= 0 AND readings >= 0 AND unreadable >= 0 AND refused >= 0 AND lost_sessions >= 0 AND dropped >= 0),
    ADD CONSTRAINT broker_link_has_name CHECK (client_id <> '');
