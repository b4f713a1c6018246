"""Every page and asset, for the list of routers."""

from backend.routes import (
    pages_inbox,
    pages_landing,
    pages_orders,
    pages_session,
    pages_start,
    pages_tracking,
    pages_work,
    static,
)

PAGES = (
    pages_start.show_start,
    pages_session.show_sign_in,
    pages_session.sign_in,
    pages_session.sign_out,
    pages_session.begin_device_session,
    pages_session.set_preferences,
    pages_landing.find_code,
    pages_landing.show_landing,
    pages_landing.send_report,
    pages_tracking.show_tracking,
    pages_tracking.send_rating,
    pages_work.show_work,
    pages_work.show_verify,
    pages_orders.show_order,
    pages_orders.accept,
    pages_orders.check_in,
    pages_orders.finish,
    pages_orders.verify,
    pages_inbox.show_inbox,
    pages_inbox.open_message,
    static.get_asset,
    static.get_service_worker,
)
