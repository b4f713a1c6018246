-- The cards about an order that still have their buttons.
CREATE INDEX wecom_card_by_order ON wecom_card (order_id) WHERE words = '';

-- The cards of a delivery, which go with it.
CREATE INDEX wecom_card_by_delivery ON wecom_card (delivery_id);
