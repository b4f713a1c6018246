"""Every resource of the JSON API, for the list of routers; one file per resource."""

from litestar import Router

from backend.routes.api.bulk_reassignments import BulkController
from backend.routes.api.call_backs import CallBackNumberController, CallBacksController
from backend.routes.api.cameras import CamerasController, CameraWorkController
from backend.routes.api.campaign_tasks import CampaignTasksController
from backend.routes.api.code_batches import BatchController, CoverageController, PlateCheckController
from backend.routes.api.codes import CodesController
from backend.routes.api.complaints import (
    ComplaintController,
    IdentityOpeningController,
    IdentityOpeningDecisionController,
)
from backend.routes.api.devices import DevicesController
from backend.routes.api.duplicates import CandidatesController, JoinsController
from backend.routes.api.duty_changes import DutyChangesController, RequestChangeController
from backend.routes.api.duty_lists import DutyListsController, TaskTemplatesController
from backend.routes.api.findings import FindingsController
from backend.routes.api.health import show_health, show_ready
from backend.routes.api.hotline import HotlinePlatformController, HotlineTaskController, OrderHotlineController
from backend.routes.api.inbox import InboxController
from backend.routes.api.indicators import IndicatorController
from backend.routes.api.inspections import InspectionsController
from backend.routes.api.intake import IntakeController
from backend.routes.api.intake_records import IntakeRecordsController
from backend.routes.api.intake_sources import IntakeSourcesController
from backend.routes.api.items import ItemsController
from backend.routes.api.live import LiveController, live_tracking
from backend.routes.api.live_changes import list_live_changes
from backend.routes.api.metrics import show_metrics
from backend.routes.api.notifications import DeliveryLogController, NotificationPreferencesController
from backend.routes.api.offers import OffersController
from backend.routes.api.open311 import ENDPOINTS
from backend.routes.api.open_orders import count_open_orders
from backend.routes.api.order_transitions import (
    DeskMovesController,
    HandlerMovesController,
    SharedMovesController,
    WorkController,
)
from backend.routes.api.orders import OrdersController
from backend.routes.api.overview import OverviewController
from backend.routes.api.patrols import PatrolController, PatrolCoverageController, PatrolStopController
from backend.routes.api.photo_evidence import PhotoEvidenceController
from backend.routes.api.photo_files import MediaController
from backend.routes.api.photos import PhotoController
from backend.routes.api.pickup_payments import PickupPaymentsController, receive_payment_notice
from backend.routes.api.pickup_plans import (
    PickupPricesController,
    PickupRecurrencesController,
    PickupRoutesController,
    RenovationFilingsController,
)
from backend.routes.api.pickups import PickupBookingsController, ShopPickupsController
from backend.routes.api.place_history import PlaceMemoryController
from backend.routes.api.plates import PlaceCodesController, PlateController
from backend.routes.api.policies import PolicyController
from backend.routes.api.positions import PositionController
from backend.routes.api.reports import ReportsController
from backend.routes.api.responsibility import ResponsibilityController
from backend.routes.api.sensor_pushes import SensorPushController
from backend.routes.api.sensors import OrderAlarmController, SensorController, SensorRegisterController
from backend.routes.api.sent_requests import SentRequestsController
from backend.routes.api.sessions import SessionController, get_me
from backend.routes.api.shop_claims import ShopClaimsController
from backend.routes.api.shop_overview import ShopOverviewController
from backend.routes.api.shop_reports import GradeSettingsController, ShopReportController
from backend.routes.api.shops import ShopPeopleController, ShopsController
from backend.routes.api.sms_callbacks import SmsCallbackController
from backend.routes.api.tiles import TILES
from backend.routes.api.tracking import TrackingController
from backend.routes.api.uploads import UploadsController
from backend.routes.api.viid import ViidController
from backend.routes.api.volunteer_hours import VolunteerHoursController
from backend.routes.api.volunteer_ledgers import OwnLedgersController
from backend.routes.api.volunteers import VolunteersController
from backend.routes.api.wechat import WechatController
from backend.routes.api.wechat_callbacks import WechatCallbackController
from backend.routes.api.wecom_callbacks import receive_wecom_callback, verify_wecom_address
from backend.routes.http.auth import PUBLIC

API = "/api/v1"

FOR_ACCOUNTS = Router(
    API,
    route_handlers=[
        SessionController,
        get_me,
        PhotoController,
        PhotoEvidenceController,
        UploadsController,
        ReportsController,
        JoinsController,
        PlaceMemoryController,
        OrdersController,
        OrderHotlineController,
        HotlineTaskController,
        count_open_orders,
        BulkController,
        WorkController,
        HandlerMovesController,
        DeskMovesController,
        CallBacksController,
        SharedMovesController,
        SentRequestsController,
        OffersController,
        VolunteersController,
        OwnLedgersController,
        VolunteerHoursController,
        ResponsibilityController,
        PositionController,
        InboxController,
        WechatController,
        NotificationPreferencesController,
        DeliveryLogController,
        DevicesController,
        ComplaintController,
        PolicyController,
        ShopReportController,
        GradeSettingsController,
        ShopOverviewController,
        IdentityOpeningController,
        IdentityOpeningDecisionController,
        LiveController,
        list_live_changes,
        PatrolController,
        PatrolStopController,
        PatrolCoverageController,
        SensorController,
        OrderAlarmController,
        SensorRegisterController,
        PlateController,
        PlaceCodesController,
        BatchController,
        PlateCheckController,
        CoverageController,
        ShopsController,
        ShopPeopleController,
        ShopClaimsController,
        InspectionsController,
        FindingsController,
        ShopPickupsController,
        PickupBookingsController,
        PickupRoutesController,
        PickupPricesController,
        PickupRecurrencesController,
        RenovationFilingsController,
        PickupPaymentsController,
        DutyListsController,
        TaskTemplatesController,
        RequestChangeController,
        DutyChangesController,
        OverviewController,
        IndicatorController,
        CamerasController,
        CameraWorkController,
        IntakeRecordsController,
        IntakeSourcesController,
        CampaignTasksController,
    ],
)
FOR_ANYBODY = Router(
    API,
    opt=PUBLIC,
    route_handlers=[
        CodesController,
        CandidatesController,
        ItemsController,
        TrackingController,
        CallBackNumberController,
        IntakeController,
    ],
)

CALLBACKS = (verify_wecom_address, receive_wecom_callback, receive_payment_notice)
RESOURCES = (
    FOR_ACCOUNTS,
    FOR_ANYBODY,
    WechatCallbackController,
    HotlinePlatformController,
    SmsCallbackController,
    ViidController,
    SensorPushController,
    *CALLBACKS,
    *ENDPOINTS,
    *TILES,
    MediaController,
    live_tracking,
    show_health,
    show_ready,
    show_metrics,
)
