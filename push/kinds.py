"""Every kind of message there is, by what it is about: what a person may mute, and in which words it is offered."""

from backend.campaigns import events as campaigns
from backend.committees.changes import events as duty_changes
from backend.committees.patrols.events import StopsMissed
from backend.elder_care.events import VisitMissed, VisitorLeft
from backend.emergencies import events as emergencies
from backend.evaluation import events as evaluation
from backend.events.facts import Fact
from backend.intake.cameras import events as cameras
from backend.intake.hotline import events as hotline
from backend.lifts import events as lifts
from backend.orders.model.events import OrderOffered
from backend.public_opinion.events import MatterEmerged
from grab_orders.goods import events as goods
from grab_orders.ledgers import events as ledgers
from grab_orders.offers.events import OfferOpened
from grab_orders.people import events as people
from push.wording import TITLES, TO_GRAB
from qr.events import PlateSuspected
from shops.complaints import events as complaints
from shops.grades.events import ShopGradeChanged
from shops.inspections import events as inspections
from shops.pickup import events as pickups
from shops.policies.events import PolicySent
from shops.public.events import KitchenLinkDecided, KitchenLinkSilent
from shops.register import events as shops

Titles = tuple[str, str]
_ORDERS: dict[type[Fact], Titles] = {kind: titles for kind, titles in TITLES.items() if kind is not OrderOffered}
_VOLUNTEERS: dict[type[Fact], Titles] = {
    OfferOpened: TO_GRAB,
    people.VolunteerApplied: ("志愿者申请", "Somebody asks to be a volunteer"),
    people.VolunteerApproved: ("志愿者申请通过", "An application was approved"),
    people.VolunteerRefused: ("志愿者申请未通过", "An application was refused"),
    people.VolunteerLeft: ("志愿者资格结束", "A volunteer no more"),
    ledgers.HoursReversed: ("服务时长未确认或扣回", "Hours refused or taken back"),
    ledgers.PointsReversed: ("积分扣回", "Points taken back"),
    goods.GoodsReserved: ("兑换待领取", "Goods wait to be fetched"),
    goods.ExchangeCancelled: ("兑换取消", "An exchange was cancelled"),
}
_SHOPS: dict[type[Fact], Titles] = {
    inspections.FindingOpened: ("检查发现问题", "Something to put right"),
    inspections.FindingAnswered: ("商户已整改", "A shop put it right"),
    inspections.FindingPassed: ("复查合格", "In order when looked at again"),
    inspections.FindingFailed: ("复查不合格", "Not in order when looked at again"),
    inspections.FindingAppealed: ("商户申诉", "A shop appeals"),
    inspections.FindingUpheld: ("申诉结果:维持", "An appeal: it stands"),
    inspections.FindingStruck: ("申诉结果:撤销", "An appeal: struck"),
    inspections.FindingOverdue: ("整改逾期", "Not put right in time"),
    pickups.PickupMissed: ("清运未按时到", "A pickup was missed"),
    pickups.PickupRefused: ("清运未收", "A crew took nothing"),
    pickups.PickupReplanned: ("清运重新安排", "A pickup was planned again"),
    pickups.PickupNotBooked: ("周期预约未约上", "A recurring pickup found no slot"),
    ShopGradeChanged: ("商铺分级变化", "A shop's grade changed"),
    PolicySent: ("政策通知", "A policy for shops"),
    KitchenLinkDecided: ("后厨链接核实结果", "A kitchen link was looked at"),
    KitchenLinkSilent: ("后厨链接打不开", "A kitchen link does not answer"),
    shops.ShopClaimFiled: ("店铺认领待确认", "A claim to confirm"),
    shops.ShopClaimContested: ("店铺认领有争议", "A contested claim"),
    shops.ShopClaimGranted: ("认领成功", "A claim was granted"),
    shops.ShopClaimRefused: ("认领未通过", "A claim was refused"),
    shops.ShopHandedOver: ("店铺移交", "A shop was handed over"),
    shops.ShopPersonLeft: ("店铺人员变动", "Somebody left a shop"),
    shops.ShopEnded: ("店铺注销", "A shop left its place"),
}
_HOTLINE: dict[type[Fact], Titles] = {
    hotline.FirstContactDue: ("先行联系即将超时", "The first contact is nearly due"),
    hotline.HotlineDeadlineNear: ("热线时限将到", "The hotline's deadline is near"),
    hotline.FormalActDecided: ("退单、延期的答复", "A return or an extension was decided"),
    hotline.ExchangeRefused: ("上级平台拒收报文", "The upper platform takes no message"),
    hotline.CallBackUnsolved: ("回访未解决", "Called back and not solved"),
}
_ADMINISTRATION: dict[type[Fact], Titles] = {
    StopsMissed: ("漏巡", "Stops missed on a patrol"),
    VisitMissed: ("约定走访未完成", "An agreed visit was not made"),
    VisitorLeft: ("走访人离岗", "A visitor has left"),
    PlateSuspected: ("门牌码待查看", "A plate to look at"),
    duty_changes.DutyChangeRequested: ("职责清单申请", "A change of a duty list is asked for"),
    duty_changes.DutyChangeGranted: ("职责清单申请同意", "A change of a duty list was granted"),
    duty_changes.DutyChangeRefused: ("职责清单申请未同意", "A change of a duty list was refused"),
    complaints.IdentityOpeningAsked: ("申请启封举报人身份", "An identity is to be opened"),
    complaints.IdentityOpeningDecided: ("启封申请已决定", "Opening an identity was decided"),
}
_LIFTS: dict[type[Fact], Titles] = {
    lifts.LiftDueSoon: ("电梯检验将到期", "A lift's inspection is near"),
    lifts.LiftOverdue: ("电梯检验或维保逾期", "A lift is overdue"),
}
_EMERGENCIES: dict[type[Fact], Titles] = {
    emergencies.EmergencyBegan: ("进入应急状态", "An emergency began"),
    emergencies.EmergencyLevelChanged: ("应急级别调整", "An emergency has another level"),
    emergencies.EmergencyEnded: ("应急结束", "An emergency is over"),
    emergencies.EmergencyForgotten: ("应急状态仍未结束", "An emergency is still on"),
    emergencies.BroadcastSent: ("应急通报", "A broadcast"),
    emergencies.BroadcastUnanswered: ("通报未答复", "A broadcast without an answer"),
}
_INTAKE: dict[type[Fact], Titles] = {
    cameras.CameraEventSeen: ("摄像头发现情况", "A camera saw something"),
    cameras.CameraFound: ("未登记的摄像头", "A camera that nobody registered"),
    MatterEmerged: ("苗头预警", "An early warning"),
}
_CAMPAIGNS: dict[type[Fact], Titles] = {
    campaigns.CampaignStarted: ("专页开始", "A campaign has started"),
    campaigns.CampaignRoundDueSoon: ("专页排查将到期", "Checks of a campaign are nearly due"),
    campaigns.CampaignRoundMissed: ("专页逾期未排查", "Targets of a campaign were missed"),
}
_EVALUATION: dict[type[Fact], Titles] = {
    evaluation.ScoreAppealed: ("评效申诉待决定", "An appeal against a score"),
    evaluation.ScoreAppealDecided: ("评效申诉结果", "An appeal against a score was decided"),
    evaluation.WeeklyAnalysisReady: ("案件数据周析", "The weekly analysis"),
}
GROUPS: dict[str, dict[str, Titles]] = {
    name: {kind.name(): titles for kind, titles in group.items()}
    for name, group in (
        ("orders", _ORDERS | _HOTLINE),
        ("volunteers", _VOLUNTEERS),
        ("shops", _SHOPS),
        ("administration", _ADMINISTRATION),
        ("intake", _INTAKE),
        ("lifts", _LIFTS),
        ("campaigns", _CAMPAIGNS),
        ("emergencies", _EMERGENCIES),
        ("evaluation", _EVALUATION),
    )
}
"""By what they are about, as `notify.about.<name>` says it: the name of each kind, with its words in both languages."""
KINDS = tuple(sorted(kind for group in GROUPS.values() for kind in group))
