"""The pages of the operations centre beyond the desk, for the list of all pages."""

from backend.routes.pages.board.pages import BOARD_PAGES
from backend.routes.pages.campaigns.pages import CAMPAIGN_PAGES
from backend.routes.pages.consultations.pages import CONSULTATION_PAGES
from backend.routes.pages.elder_care.pages import ELDER_CARE_PAGES
from backend.routes.pages.emergencies.pages import EMERGENCY_PAGES
from backend.routes.pages.evaluation.pages import EVALUATION_PAGES
from backend.routes.pages.indicators.pages import INDICATOR_PAGES
from backend.routes.pages.lifts.pages import LIFT_PAGES
from backend.routes.pages.opinion.pages import OPINION_PAGES

CENTRE_PAGES = (
    *EMERGENCY_PAGES,
    *BOARD_PAGES,
    *CAMPAIGN_PAGES,
    *CONSULTATION_PAGES,
    *ELDER_CARE_PAGES,
    *EVALUATION_PAGES,
    *INDICATOR_PAGES,
    *LIFT_PAGES,
    *OPINION_PAGES,
)
