/** What the server answers where a test says nothing else. */
const CODE = '0SKCCTJTRQVT';

function item(code, name_zh, name_en, photos = 1, roles = ['resident', 'inspector']) {
  return {
    code, category_code: 'A', category_zh: '市容管理', category_en: 'City appearance', item_code: 'A1', item_zh: '停放秩序',
    item_en: 'Parking order', name_zh, name_en, reporter_roles: roles, handler_unit_type: 'joint_station', dispatch_mode: 'direct',
    clock: 'service', respond_min: 3, resolve_min: 15, report_photos_min: photos, before_photos_min: 1, after_photos_min: 1,
    checkin_required: true, checkin_radius_m: 80, verify_mode: 'photo_auto', priority: 'P2',
  };
}

const ITEMS = [
  item('A101', '非机动车乱停放', 'Badly parked bicycles and electric bikes'),
  item('A103', '机动车违停占用人行道', 'Motor vehicle parked on the footway', 2),
  item('A201', '跨门(店外)经营', 'Trading beyond the shop front'),
  item('A203', '占道堆物', 'Goods piled on the public way'),
  item('A301', '暴露垃圾', 'Exposed rubbish'),
  item('A501', '井盖缺失破损', 'Missing or broken manhole cover', 2),
  item('A502', '路面破损', 'Damaged road or pavement'),
  item('B101', '消防通道(安全出口)堵塞', 'Blocked fire lane or exit'),
  item('C403', '意见建议', 'Suggestion', 0),
  item('A999', '内部事项', 'Internal matter', 1, ['inspector']),
];

function place(changes = {}) {
  return {
    code: CODE, status: 'active', url: `https://yima.example.com/q/${CODE}`, leads_to: CODE, nonce: 'nonce-1',
    place: {
      id: 7, kind: 'door', name: '莲安东路12号', address: '莲安东路12号', area_code: '310115105001', area_name: '莲安居委',
      grid_code: null, label: '莲安东路12号', point: { lng: 121.5, lat: 31.2 },
    },
    ...changes,
  };
}

function candidate(changes = {}) {
  return {
    order_id: 41, number: 'CG000041', state: 'accepted', item: { code: 'A101', name_zh: '非机动车乱停放', name_en: 'Badly parked bicycles and electric bikes' },
    opened_at: '2026-11-28T00:10:00Z', closed_at: null, age_min: 50, distance_m: 0, is_here: true, reporters: 2, thumb_url: null,
    ...changes,
  };
}

/** An id as a UUID, so that the contract's format holds. */
function uuidOf(number) {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function defaults(server, problem) {
  const tokens = () => {
    server.counters.tokens += 1;
    const [access_token, refresh_token] = [`access-${server.counters.tokens}`, `refresh-${server.counters.tokens}`];
    server.access.add(access_token);
    server.refresh.add(refresh_token);
    return { access_token, refresh_token, expires_in: 900, refresh_expires_in: 2592000, token_type: 'Bearer' };
  };
  const signedIn = (respond) => (request) => {
    const token = (request.headers.authorization || '').replace('Bearer ', '');
    return server.access.has(token) ? respond(request) : problem(401, 'access-token-refused');
  };
  const receipt = (request) => {
    const { client_id } = request.body;
    const unknown = (request.body.photo_ids || []).filter((id) => !Array.from(server.photos.values()).some((photo) => photo.id === id));
    if (unknown.length) return problem(422, 'photo-not-usable', '照片不存在或不属于您');
    const known = server.reports.get(client_id);
    if (known) return { status: 200, body: known.receipt };
    server.counters.reports += 1;
    const n = server.counters.reports;
    const made = {
      report_id: n, order_id: 100 + n, number: `CG00012${n}`, place_id: 7, tracking_token: `token-${n}`,
      tracking_url: `https://yima.example.com/r/token-${n}`, received_at: '2026-11-28T01:00:00Z', resolve_by: '2026-11-28T01:15:00Z',
    };
    server.reports.set(client_id, { receipt: made, body: request.body });
    return { status: 201, body: made };
  };
  return new Map(Object.entries({
    'POST /api/v1/sessions/wechat': () => ({ status: 201, body: tokens() }),
    'POST /api/v1/sessions/device': () => ({ status: 201, body: tokens() }),
    'POST /api/v1/sessions/refresh': ({ body }) => {
      if (!server.refresh.delete(body.refresh_token)) return problem(401, 'session-ended');
      return { status: 201, body: tokens() };
    },
    'GET /api/v1/items': () => ({ status: 200, body: ITEMS }),
    'GET /api/v1/codes/{code}': () => ({ status: 200, body: place() }),
    'GET /api/v1/reports/candidates': signedIn(() => ({ status: 200, body: { items: [], next_cursor: null } })),
    'POST /api/v1/photos': signedIn(({ headers, file }) => {
      const key = headers['idempotency-key'];
      const known = server.photos.get(key);
      if (!known) {
        server.counters.photos += 1;
        server.photos.set(key, { id: uuidOf(server.counters.photos), bytes: file.bytes.slice(0) });
      }
      const { id } = server.photos.get(key);
      return {
        status: known ? 200 : 201,
        body: { id, captured_at: null, width: 1600, height: 1200, media_type: 'image/jpeg', size_bytes: file.bytes.byteLength, thumb_url: '/t', large_url: '/l' },
      };
    }),
    'POST /api/v1/reports': signedIn(receipt),
    'POST /api/v1/reports/joins': signedIn(receipt),
  }));
}

module.exports = { CODE, ITEMS, candidate, defaults, item, place };
