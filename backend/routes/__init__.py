"""All HTTP, API and pages. This page is the list of routers, nothing else; one file per resource."""

from litestar import Router

from backend.routes.auth import PUBLIC
from backend.routes.bulk_reassign import BulkController
from backend.routes.code_batches import BatchController, CoverageController, PlateCheckController
from backend.routes.code_work import PlaceCodesController, PlateController
from backend.routes.codes import CodesController
from backend.routes.duplicates import CandidatesController, JoinsController
from backend.routes.health import show_health, show_ready
from backend.routes.inbox import InboxController
from backend.routes.items import ItemsController
from backend.routes.live import LiveController, live_tracking
from backend.routes.media_files import MediaController
from backend.routes.metrics import show_metrics
from backend.routes.order_moves import DeskMovesController, HandlerMovesController, SharedMovesController
from backend.routes.orders import OrdersController
from backend.routes.pages_all import PAGES
from backend.routes.photo_evidence import PhotoEvidenceController
from backend.routes.photos import PhotoController
from backend.routes.place_memory import PlaceMemoryController
from backend.routes.positions import PositionController
from backend.routes.reports import ReportsController
from backend.routes.responsibility import ResponsibilityController
from backend.routes.sessions import SessionController, get_me
from backend.routes.tracking import TrackingController
from backend.routes.uploads import UploadsController

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
        BulkController,
        HandlerMovesController,
        DeskMovesController,
        SharedMovesController,
        ResponsibilityController,
        PositionController,
        InboxController,
        LiveController,
        PlateController,
        PlaceCodesController,
        BatchController,
        PlateCheckController,
        CoverageController,
    ],
)
FOR_ANYBODY = Router(
    API, opt=PUBLIC, route_handlers=[CodesController, CandidatesController, ItemsController, TrackingController]
)

ROUTERS = [FOR_ACCOUNTS, FOR_ANYBODY, MediaController, live_tracking, show_health, show_ready, show_metrics, *PAGES]
