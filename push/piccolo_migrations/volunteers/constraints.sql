-- Whoever is on call for orders to grab is told apart from staff: nobody has to come.
ALTER TABLE message_route DROP CONSTRAINT message_route_recipient_known;
ALTER TABLE message_route ADD CONSTRAINT message_route_recipient_known CHECK (
    recipient IN ('handler', 'reporter', 'verifier', 'desk', 'supervisor', 'escalated', 'inspector', 'volunteer')
);
