"""The pages about what other systems tell, for the list of all pages."""

from backend.routes.pages.intake import (
    camera_list,
    case_forms,
    case_page,
    record_list,
    sensor_list,
    sent_requests,
    source_list,
)

INTAKE_PAGES = (
    record_list.show_records,
    case_page.show_next,
    case_page.show_case,
    case_forms.decide,
    case_forms.choose_place,
    case_forms.turn_away,
    case_forms.mend,
    case_forms.open_sealed,
    source_list.show_sources,
    sensor_list.show_sensors,
    camera_list.show_cameras,
    camera_list.claim_camera,
    camera_list.mark_event_wrong,
    sent_requests.show_sent,
    sent_requests.send_on,
)
