"""双报备: renovation waste is filed with the property company and the committee before anybody fetches it."""
