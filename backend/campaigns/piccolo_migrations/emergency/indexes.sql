-- An emergency starts each campaign of its plan once, however often it is told of.
CREATE UNIQUE INDEX campaign_emergency_once ON campaign (emergency_id, template_code) WHERE emergency_id IS NOT NULL;

-- What a town made of a template last.
CREATE INDEX campaign_by_template ON campaign (template_code, area_code, id DESC) WHERE template_code <> '';
