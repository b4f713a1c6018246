-- What an emergency starts is made from a template.
ALTER TABLE campaign ADD CONSTRAINT campaign_of_emergency_has_a_template
    CHECK (emergency_id IS NULL OR template_code <> '');
