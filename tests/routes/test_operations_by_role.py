"""Every operation of the contract, asked by everybody: the table is the promise.

The columns hold their roles in the town, and the two `far_` columns hold theirs in another one. All ask for the same
things: an order of the town that somebody else reported, a code of the town, their own photo, a message of nobody.
"""

from backend import clock
from backend.accounts.structs import Actor, Role
from tests.makers.accounts import bearer, make_device, make_staff, signed_in
from tests.makers.requests import MAKERS, World, status_of
from tests.makers.town import TOWN, make_town

ELSEWHERE = "310104003"

TABLE = """
operation            anonymous device resident shop_owner volunteer inspector handler verifier dispatcher committee street_admin district_admin far_handler far_verifier

sign_in              201 201 201 201 201 201 201 201 201 201 201 201 201 201
open_device_session  201 201 201 201 201 201 201 201 201 201 201 201 201 201
sign_in_by_wechat    404 404 404 404 404 404 404 404 404 404 404 404 404 404
link_wechat          401 404 404 404 404 404 404 404 404 404 404 404 404 404
sign_page            401 404 404 404 404 404 404 404 404 404 404 404 404 404
note_wechat_choices  401 404 404 404 404 404 404 404 404 404 404 404 404 404
refresh_session      201 201 201 201 201 201 201 201 201 201 201 201 201 201
sign_out             401 204 204 204 204 204 204 204 204 204 204 204 204 204
get_me               401 200 200 200 200 200 200 200 200 200 200 200 200 200

receive_photo        401 201 201 201 201 201 201 201 201 201 201 201 201 201
get_photo            401 200 200 200 200 200 200 200 200 200 200 200 200 200
begin_direct_upload  401 404 404 404 404 404 404 404 404 404 404 404 404 404
commit_direct_upload 401 404 404 404 404 404 404 404 404 404 404 404 404 404
get_media            403 403 403 403 403 403 403 403 403 403 403 403 403 403
redact_photo         401 404 404 404 404 200 403 200 200 200 200 200 404 404
release_photo        401 404 404 404 404 200 403 200 200 200 200 200 404 404
withhold_photo       401 404 404 404 404 200 403 200 200 200 200 200 404 404
list_alike_photos    401 404 404 404 404 200 403 200 200 200 200 200 404 404
read_original_photo  401 404 404 404 404 403 403 200 403 403 200 200 404 404

submit_report        401 201 201 201 201 201 201 201 201 201 201 201 201 201
list_candidates      200 200 200 200 200 200 200 200 200 200 200 200 200 200
join_order           401 201 201 201 201 201 201 201 201 201 201 201 201 201
get_tracking         200 200 200 200 200 200 200 200 200 200 200 200 200 200
rate_order           200 200 200 200 200 200 200 200 200 200 200 200 200 200
urge_by_link         200 200 200 200 200 200 200 200 200 200 200 200 200 200
confirm_order        200 200 200 200 200 200 200 200 200 200 200 200 200 200
dispute_order        200 200 200 200 200 200 200 200 200 200 200 200 200 200
reopen_order         200 200 200 200 200 200 200 200 200 200 200 200 200 200
live_tracking        200 200 200 200 200 200 200 200 200 200 200 200 200 200

list_orders          401 200 200 200 200 200 200 200 200 200 200 200 200 200
get_order            401 404 404 404 404 200 200 200 200 200 200 200 404 404
accept_order         401 403 403 403 403 403 200 403 403 403 403 403 404 403
check_in             401 403 403 403 404 403 200 403 403 403 403 403 404 403
finish_order         401 403 403 403 404 403 200 403 403 403 403 403 404 403
make_order_safe      401 403 403 403 404 403 200 403 403 403 403 403 404 403
return_order         401 403 403 403 403 403 204 403 403 403 403 403 404 403
ask_extension        401 403 403 403 403 403 200 403 403 403 403 403 404 403
ask_suspension       401 403 403 403 403 403 200 403 403 403 403 403 404 403
decide_request       401 403 403 403 403 403 403 403 200 403 200 200 403 403
reassign_orders      401 403 403 403 403 403 403 403 200 403 200 200 403 403
reassign_order       401 403 403 403 403 403 403 403 200 403 200 200 403 403
release_order        401 403 403 403 403 403 403 403 200 403 200 200 403 403
supervise_order      401 403 403 403 403 403 403 403 200 403 200 200 403 403
cancel_order         401 403 403 403 403 403 403 403 200 403 200 200 403 403
keep_call            401 403 403 403 403 403 403 403 200 403 200 200 403 403
resume_order         401 404 404 404 404 403 200 403 200 403 200 200 404 404
co_handle_order      401 404 404 404 404 403 200 403 200 403 200 200 404 404
urge_order           401 404 404 404 404 403 403 403 200 200 200 200 404 404
self_handle_order    401 403 403 403 403 200 403 403 403 200 403 403 403 403
merge_order          401 403 403 403 403 403 403 403 200 403 200 200 403 403
unmerge_order        401 403 403 403 403 403 403 403 200 403 200 200 403 403
verify_order         401 403 403 403 403 200 403 200 403 403 403 403 403 404

list_offers          401 403 403 403 200 403 200 403 403 200 403 403 200 403
grab_offer           401 403 403 403 409 403 409 403 403 409 403 403 409 403
give_back_offer      401 403 403 403 409 403 409 403 403 409 403 403 409 403
check_in_at_offer    401 403 403 403 409 403 409 403 403 409 403 403 409 403
get_volunteer        401 403 403 403 200 403 200 403 403 200 403 403 200 403
go_on_call           401 403 403 403 200 403 200 403 403 200 403 403 200 403
go_off_call          401 403 403 403 204 403 204 403 403 204 403 403 204 403

list_own_hours       401 200 200 200 200 200 200 200 200 200 200 200 200 200
list_own_points      401 200 200 200 200 200 200 200 200 200 200 200 200 200
get_ranking          401 403 403 403 403 403 403 403 403 403 403 403 403 403
list_goods           401 200 200 200 200 200 200 200 200 200 200 200 200 200
list_own_exchanges   401 200 200 200 200 200 200 200 200 200 200 200 200 200
exchange_goods       401 403 403 403 403 403 403 403 403 403 403 403 403 403
cancel_exchange      401 404 404 404 404 404 404 404 404 404 404 404 404 404
list_volunteer_hours 401 403 403 403 403 403 403 403 403 200 403 403 403 403
confirm_volunteer_hours 401 403 403 403 403 403 403 403 403 200 403 403 403 403
reverse_volunteer_hours 401 403 403 403 403 403 403 403 403 204 403 403 403 403

explain_responsibility 401 403 403 403 403 403 403 403 200 403 200 200 403 403
keep_position        401 403 403 403 403 403 204 403 403 403 403 403 403 403
forget_position      401 204 204 204 204 204 204 204 204 204 204 204 204 204

list_patrols         401 200 200 200 200 200 200 200 200 200 200 200 200 200
get_patrol           401 404 404 404 200 200 200 404 404 200 200 200 404 404
claim_patrol         401 404 404 404 200 200 200 404 404 200 403 403 404 404
hand_patrol_back     401 404 404 404 200 200 200 404 404 200 200 409 404 404
finish_patrol        401 404 404 404 200 200 200 404 404 200 403 403 404 404
prove_patrol_stop    401 404 404 404 200 200 200 404 404 200 403 403 404 404
report_patrol_finding 401 404 404 404 201 201 201 404 404 201 403 403 404 404
get_patrol_coverage  401 200 200 200 200 200 200 200 200 200 200 200 200 200

get_place_history    401 403 403 403 403 200 200 200 200 200 200 200 200 200

get_code             200 200 200 200 200 200 200 200 200 200 200 200 200 200
get_code_image       200 200 200 200 200 200 200 200 200 200 200 200 200 200
note_scan            401 200 200 200 200 200 200 200 200 200 200 200 200 200
bind_code            401 403 403 403 403 200 403 403 403 200 200 200 403 403
rebind_code          401 403 403 403 403 200 403 403 403 200 200 200 403 403
replace_code         401 403 403 403 403 200 403 403 403 200 200 200 403 403
set_code_condition   401 403 403 403 403 200 403 403 403 200 200 200 403 403
revoke_code          401 403 403 403 403 200 403 403 403 200 200 200 403 403
get_code_history     401 403 403 403 403 200 403 403 403 200 200 200 403 403
read_plate_photo     401 403 403 403 403 404 403 403 403 404 404 404 403 403
move_codes           401 403 403 403 403 403 403 403 403 403 200 200 403 403
transfer_codes       401 403 403 403 403 403 403 403 403 403 200 200 403 403
mint_codes           401 403 403 403 403 403 403 403 403 403 201 201 403 403
list_code_batches    401 403 403 403 403 403 403 403 403 403 200 200 403 403
list_plate_checks    401 403 403 403 403 200 403 403 403 200 200 200 403 403
settle_plate_check   401 403 403 403 403 204 403 403 403 204 204 204 403 403
get_code_coverage    401 403 403 403 403 200 403 403 403 200 200 200 403 403

list_shops           401 200 200 200 200 200 200 200 200 200 200 200 200 200
register_shop        401 403 403 403 403 201 403 403 403 403 201 201 403 403
get_shop             401 404 404 404 404 200 404 200 200 200 200 200 404 404
correct_shop         401 404 404 404 404 200 404 403 403 403 200 200 404 404
set_shop_state       401 404 404 404 404 204 404 403 403 403 204 204 404 404
end_shop             401 404 404 404 404 204 404 403 403 403 204 204 404 404
read_shop_contacts   401 404 404 404 404 200 404 403 403 403 200 200 404 404
hand_over_shop       401 404 404 404 404 403 404 403 403 403 204 204 404 404
end_shop_person      401 404 404 404 404 204 404 403 403 403 204 204 404 404
claim_shop           401 201 201 201 201 201 201 201 201 201 201 201 201 201
list_own_shop_claims 401 200 200 200 200 200 200 200 200 200 200 200 200 200
decide_shop_claim    401 404 404 404 404 204 404 403 403 403 204 204 404 404
withdraw_shop_claim  401 404 404 404 404 404 404 404 404 404 404 404 404 404

list_pickup_slots    401 403 403 403 403 200 403 403 200 200 200 200 403 403
hold_pickup_slot     401 403 403 403 403 403 403 403 403 403 403 403 403 403
release_pickup_slot  401 204 204 204 204 204 204 204 204 204 204 204 204 204
book_pickup          401 403 403 403 403 403 403 403 403 403 403 403 403 403
list_pickup_bookings 401 403 403 403 403 200 403 403 200 200 200 200 403 403
get_pickup_booking   401 404 404 404 404 200 200 404 200 200 200 200 404 404
cancel_pickup        401 403 403 403 403 403 403 403 403 403 403 403 403 403
change_pickup        401 403 403 403 403 403 403 403 403 403 403 403 403 403
confirm_pickup       401 403 403 403 403 403 403 403 403 403 403 403 403 403
dispute_pickup       401 403 403 403 403 403 403 403 403 403 403 403 403 403
measure_pickup       401 403 403 403 403 403 409 403 409 403 409 409 403 403
list_pickup_routes   401 200 200 200 200 200 200 200 200 200 200 200 200 200
set_pickup_route     401 403 403 403 403 403 403 403 403 403 201 201 403 403
schedule_pickup_route 401 403 403 403 403 403 403 403 403 403 201 201 403 403
get_pickup_day       401 404 404 404 404 404 200 404 200 404 200 200 404 404
list_pickup_loads    401 200 200 200 200 200 200 200 200 200 200 200 200 200
list_pickup_prices   401 200 200 200 200 200 200 200 200 200 200 200 200 200
set_pickup_price     401 403 403 403 403 403 403 403 403 403 201 201 403 403
set_pickup_quota     401 403 403 403 403 403 403 403 403 403 204 204 403 403
list_pickup_recurrences 401 403 403 403 403 200 403 403 200 200 200 200 403 403
begin_pickup_recurrence 401 403 403 403 403 403 403 403 403 403 403 403 403 403
end_pickup_recurrence 401 403 403 403 403 403 403 403 403 403 403 403 403 403
list_renovation_filings 401 403 403 403 403 200 403 403 200 200 200 200 403 403
file_renovation      401 403 403 403 403 403 403 403 403 403 403 403 403 403
decide_renovation_filing 401 403 403 403 403 403 403 403 403 200 403 403 403 403
list_pickup_payments 401 403 403 403 403 200 403 403 200 200 200 200 403 403
begin_pickup_payment 401 403 403 403 403 403 403 403 403 403 403 403 403 403
confirm_pickup_payment 401 403 403 403 403 403 403 403 200 403 200 200 403 403

list_checklists      401 404 404 404 404 200 200 200 200 200 200 200 404 404
inspect_shop         401 404 404 404 404 201 201 403 403 403 201 403 404 404
list_shop_findings   401 404 404 404 404 200 200 200 200 200 200 200 404 404
get_finding          401 404 404 404 404 200 200 200 200 200 200 200 404 404
answer_finding       401 404 404 404 404 403 403 403 403 403 403 403 404 404
pass_finding         401 404 404 404 404 200 200 403 403 403 200 403 404 404
fail_finding         401 404 404 404 404 200 200 403 403 403 200 403 404 404
appeal_finding       401 404 404 404 404 403 403 403 403 403 403 403 404 404
uphold_finding       401 404 404 404 404 403 403 200 403 403 200 200 404 404
strike_finding       401 404 404 404 404 403 403 200 403 403 200 200 404 404

list_items           200 200 200 200 200 200 200 200 200 200 200 200 200 200

get_overview         401 403 403 403 403 403 403 403 200 200 200 200 403 403
get_duty_list        401 403 403 403 403 403 403 403 200 200 200 200 403 403
list_duty_versions   401 403 403 403 403 403 403 403 200 200 200 200 403 403
list_task_templates  401 403 403 403 403 403 403 403 200 200 200 200 403 403
set_task_template    401 403 403 403 403 403 403 403 403 403 200 403 403 403
lay_down_duties      401 403 403 403 403 403 403 403 403 403 201 403 403 403
list_duty_changes    401 403 403 403 403 403 403 403 200 200 200 200 403 403
get_duty_change      401 403 403 403 403 403 403 403 200 200 200 200 403 403
request_duty_change  401 403 403 403 403 403 403 403 403 201 403 403 403 403
grant_duty_change    401 403 403 403 403 403 403 403 403 403 200 403 403 403
refuse_duty_change   401 403 403 403 403 403 403 403 403 403 200 403 403 403
withdraw_duty_change 401 403 403 403 403 403 403 403 403 200 403 403 403 403

list_messages        401 200 200 200 200 200 200 200 200 200 200 200 200 200
mark_message_read    401 404 404 404 404 404 404 404 404 404 404 404 404 404
get_notification_preferences 401 200 200 200 200 200 200 200 200 200 200 200 200 200
set_notification_preferences 401 200 200 200 200 200 200 200 200 200 200 200 200 200
list_deliveries      401 403 403 403 403 403 403 403 200 403 200 200 403 403
resend_delivery      401 403 403 403 403 403 403 403 404 403 404 404 403 403
list_live_changes    401 200 200 200 200 200 200 200 200 200 200 200 200 200
register_device      401 201 201 201 201 201 201 201 201 201 201 201 201 201
list_devices         401 200 200 200 200 200 200 200 200 200 200 200 200 200
remove_device        401 404 404 404 404 404 404 404 404 404 404 404 404 404
live                 401 200 200 200 200 200 200 200 200 200 200 200 200 200

health               200 200 200 200 200 200 200 200 200 200 200 200 200 200
ready                503 503 503 503 503 503 503 503 503 503 503 503 503 503

submit_complaint         401 201 201 201 201 201 201 201 201 201 201 201 201 201
ask_identity_opening     401 404 404 404 404 404 404 404 404 404 404 404 404 404
decide_identity_opening  401 404 404 404 404 404 404 404 404 404 404 404 404 404
read_identity            401 404 404 404 404 404 404 404 404 404 404 404 404 404
set_grade_settings       401 403 403 403 403 403 403 403 403 403 204 204 403 403
get_shop_grade           401 404 404 404 404 200 200 200 200 200 200 200 404 404
get_shop_report          401 404 404 404 404 200 200 200 200 200 200 200 404 404
get_shop_report_pdf      401 404 404 404 404 200 200 200 200 200 200 200 404 404
list_policies            401 200 200 200 200 200 200 200 200 200 200 200 200 200
write_policy             401 403 403 403 403 403 403 403 403 403 201 201 403 403
list_received_policies   401 200 200 200 200 200 200 200 200 200 200 200 200 200
preview_policy           401 403 403 403 403 403 403 403 403 403 200 200 403 403
send_policy              401 403 403 403 403 403 403 403 403 403 409 409 403 403
withdraw_policy          401 403 403 403 403 403 403 403 403 403 204 204 403 403
read_policy              401 404 404 404 404 404 404 404 404 404 404 404 404 404
apply_for_policy         401 404 404 404 404 404 404 404 404 404 404 404 404 404
ask_about_policy         401 404 404 404 404 404 404 404 404 404 404 404 404 404
"""  # noqa: E501


def promised() -> dict[str, dict[str, int]]:
    """Operation, column, status."""
    head, *rows = [line.split() for line in TABLE.splitlines() if line]
    return {name: dict(zip(head[1:], map(int, statuses), strict=True)) for name, *statuses in rows}


async def test_every_operation_answers_everybody_as_the_table_says(client):
    now = clock.now()
    world = World(await make_town(now), now)
    await make_staff(username="staff")
    askers = await everybody(world)
    operations = await described(client)

    surprises = []
    for name, row in promised().items():
        method, path = operations[name]
        for column, expected in row.items():
            asked = await MAKERS[name](world, askers[column])
            asker = askers[column]
            headers = bearer(await signed_in(asker.account_id)) if asker else {}  # one of the operations signs out
            if (status := await status_of(client, method, path, asked, headers)) != expected:
                surprises.append(f"{name} by {column}: promised {expected}, was {status}")

    assert surprises == []


async def test_the_table_knows_every_operation_and_no_other(client):
    assert set(promised()) == set(await described(client)) == set(MAKERS)


async def test_the_table_knows_every_role():
    columns = next(iter(promised().values()))

    assert {role.value for role in Role} <= set(columns)


async def everybody(world: World) -> dict[str, Actor | None]:
    unit_id = world.town.unit_id
    staff = {
        role.value: await make_staff(role, area=TOWN, unit_id=unit_id if role is Role.HANDLER else None)
        for role in Role
    }
    return {
        "anonymous": None,
        "device": await make_device(),
        **staff,
        "far_handler": await make_staff(Role.HANDLER, area=ELSEWHERE),
        "far_verifier": await make_staff(Role.VERIFIER, area=ELSEWHERE),
    }


async def described(client) -> dict[str, tuple[str, str]]:
    """Method and path of each operation, from the contract itself."""
    paths = (await client.get("/openapi.json")).json()["paths"]
    return {
        operation["operationId"]: (method.upper(), path)
        for path, item in paths.items()
        for method, operation in item.items()
    }
