"""The pages of questions and answers, for the list of all pages."""

from backend.routes.pages.consultations import asking, public_answers, releasing

CONSULTATION_PAGES = (
    asking.show_ask,
    asking.send_question,
    public_answers.show_answers,
    releasing.show_consultations,
    releasing.publish_answer,
    releasing.withdraw_answer,
)
