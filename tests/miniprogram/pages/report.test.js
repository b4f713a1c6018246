/** The page that scans and reports, as a resident meets it. */
const { jpeg } = require('../makers/jpeg');
const { Phone } = require('../wechat/phone');
const { candidate, CODE, place } = require('../server/defaults');
const { problem, Server } = require('../server/server');

const REPORTS = '/api/v1/reports';
const ADDRESS = encodeURIComponent(`https://yima.example.com/q/${CODE}`);
const NOW_S = Date.parse('2026-11-28T01:00:00Z') / 1000;
let server;
let phone;

beforeEach(() => {
  server = new Server();
  phone = new Phone({ server });
});

async function open(query = { q: ADDRESS, scancode_time: String(NOW_S) }) {
  phone.launch({ query });
  return phone.open('pages/report/index', query);
}

async function takePhotos(page, count = 1) {
  for (let n = 0; n < count; n += 1) {
    phone.person.pictures = [jpeg()];
    await page.tap('.camera');
  }
}

test('from the scan to the receipt: three presses and a photo', async () => {
  const page = await open();
  expect(page.text('.plate-title')).toBe('莲安东路12号');
  await takePhotos(page);
  await page.tap('.agree');
  await page.tap('.chip', 1);
  await page.tap('.submit');
  expect(server.of('POST', REPORTS)[0].body).toMatchObject({ code: CODE, nonce: 'nonce-1', item: 'A301', photo_ids: [expect.any(String)] });
  expect(page.text('.receipt-title')).toBe('已收到，编号 CG000121');
  expect(page.text('.receipt-hint')).toBe('11月28日 09:15 前处置完成。');
  await page.tap('.follow');
  expect(phone.navigations).toEqual([`/pages/web/index?to=${encodeURIComponent('/r/token-1')}`]);
});

test.each([
  ['a scan of the printed address', { q: ADDRESS, scancode_time: String(NOW_S) }, 'nonce-1'],
  ['a page of the day before, opened again', { q: ADDRESS, scancode_time: String(NOW_S - 86400) }, undefined],
  ['the scene of a 小程序码', { scene: encodeURIComponent(`c=${CODE}`) }, 'nonce-1'],
  ['another page', { code: CODE }, 'nonce-1'],
])('it opens by %s, and proves a scan only where there was one', async (_, query, nonce) => {
  const page = await open(query);
  await page.choose('.others', page.data.others.findIndex((item) => item.code === 'C403'));
  await page.tap('.submit');
  expect(server.of('POST', REPORTS)[0].body.nonce).toBe(nonce);
  expect(server.of('POST', REPORTS)[0].body.item).toBe('C403');
});

test.each([
  ['the text of a symbol', `https://yima.example.com/q/${CODE}`],
  ['a 小程序码 of its own', { path: `pages/report/index?scene=${encodeURIComponent(`c=${CODE}`)}` }],
])('its own scanner reads %s', async (_, scanned) => {
  const page = await open({});
  phone.person.scans = [scanned];
  await page.tap('.scan');
  expect([page.data.view, page.data.code]).toEqual(['form', CODE]);
});

test('whoever closes the scanner stays where they were; one that fails says what to do', async () => {
  const page = await open({});
  await page.tap('.scan');
  expect(page.has('.message')).toBe(false);
  phone.person.scans = [new Error('camera is busy')];
  await page.tap('.scan');
  expect(page.text('.message')).toContain('输入门牌上的 12 位码');
});

test('a code can be typed, and a slip is told without the network', async () => {
  const page = await open({});
  await phone.offline();
  await page.type('.typed', '0SKC-CTJT-RQVV');
  await page.tap('.open-typed');
  expect(page.text('.unusable')).toContain('这个码不完整');
  await page.type('.typed', '0skc ctjt rqvt');
  await page.tap('.open-typed');
  expect(page.text('.plate-title')).toBe('0SKC-CTJT-RQVT');
});

test("somebody else's symbol is refused, with a warning not to pay", async () => {
  const page = await open({ q: encodeURIComponent('https://evil.example/pay') });
  expect(page.text('.unusable')).toContain('请勿按它付款');
  expect(server.requests.filter((request) => request.address.includes('codes'))).toEqual([]);
});

test.each([
  ['unknown', () => problem(404, 'code-unknown'), '没有查到这个码'], ['revoked', () => problem(410, 'code-revoked'), '这个码已停用'],
  ['unbound', () => ({ status: 200, body: place({ status: 'unbound', place: null }) }), '还没有挂牌'],
])('a code that is %s says so and shows the ways on', async (_, respond, words) => {
  server.on('GET', '/api/v1/codes/{code}', respond);
  const page = await open();
  expect(page.text('.unusable')).toContain(words);
  await page.tap('.by-map');
  expect(phone.navigations).toEqual([`/pages/web/index?to=${encodeURIComponent('/here')}`]);
});

test('without network the code alone is enough: the report is kept and goes by itself', async () => {
  phone.hasAgreed = true;
  phone.isOnline = false;
  const page = await open();
  expect(page.text('.place-note')).toContain('先存手机');
  await takePhotos(page);
  await page.tap('.submit');
  expect(page.text('.receipt-title')).toBe('没有网络，已存在手机');
  await phone.online();
  expect(page.text('.receipt-title')).toBe('已收到，编号 CG000121');
  expect(server.of('POST', REPORTS)[0].body).toMatchObject({ code: CODE, item: 'A101' });
});

test('the name of a door that was open before is known without network', async () => {
  await open();
  phone.isOnline = false;
  const page = await open();
  expect(page.text('.plate-title')).toBe('莲安东路12号');
});

test('the server has trouble: the page says that it is not the network', async () => {
  server.fail('GET', '/api/v1/codes/{code}', { status: 503 });
  const page = await open();
  expect(page.text('.place-note')).toContain('服务器暂时有问题');
});

test('missing photos are counted, and nothing is lost', async () => {
  phone.hasAgreed = true;
  const page = await open();
  await page.choose('.others', page.data.others.findIndex((item) => item.code === 'A103'));
  await page.type('.words', '两辆车');
  expect(page.text('.photos-needed')).toBe('至少 2 张');
  await takePhotos(page);
  await page.tap('.submit');
  expect(page.text('.message')).toContain('还差 1 张');
  await takePhotos(page);
  await page.tap('.submit');
  expect(server.of('POST', REPORTS)[0].body).toMatchObject({ item: 'A103', description: '两辆车' });
  expect(server.of('POST', REPORTS)[0].body.photo_ids).toHaveLength(2);
});

test('a photo can be taken out again, file and all, and three are the most', async () => {
  phone.hasAgreed = true;
  const page = await open();
  await takePhotos(page, 3);
  await page.tap('.camera');
  expect(page.text('.message')).toBe('最多 3 张照片。');
  await page.tap('.remove');
  expect([page.data.photos.length, phone.files.size]).toEqual([2, 2]);
});

test('what is reported here already is joined by one press', async () => {
  server.on('GET', '/api/v1/reports/candidates', () => ({ status: 200, body: { items: [candidate(), candidate({ order_id: 42, is_here: false })], next_cursor: null } }));
  const page = await open();
  expect(page.text('.here')).toBe('此处已有人上报（1），点此查看');
  await page.tap('.here');
  expect(page.all('.reported')).toHaveLength(1);
  expect(page.text('.reported')).toContain('50 分钟前 · 已接单 · 2 人上报');
  await page.tap('.join');
  expect(server.of('POST', '/api/v1/reports/joins')[0].body).toMatchObject({ order_id: 41, code: CODE, nonce: 'nonce-1' });
  expect(page.text('.receipt-title')).toContain('已收到');
});

test('what was written survives the end of the program, and is no draft once it was sent', async () => {
  phone.hasAgreed = true;
  let page = await open();
  await takePhotos(page);
  await page.tap('.chip', 2);
  await page.type('.words', '门口');
  phone.kill();
  page = await open();
  expect(page.has('.restored')).toBe(true);
  expect([page.data.item, page.data.description, page.data.photos.length]).toEqual([page.data.chips[2].code, '门口', 1]);
  await page.tap('.submit');
  page = await open();
  expect(page.has('.restored')).toBe(false);
  expect(server.of('POST', REPORTS)).toHaveLength(1);
});

test('a draft can be thrown away, photos and all', async () => {
  phone.hasAgreed = true;
  let page = await open();
  await takePhotos(page);
  page = await open();
  await page.tap('.discard');
  expect([page.data.photos.length, phone.files.size]).toEqual([0, 0]);
  page = await open();
  expect(page.has('.restored')).toBe(false);
});

test('a refused report goes back into the form with all that it had', async () => {
  phone.hasAgreed = true;
  server.fail('POST', REPORTS, { status: 422, code: 'item-unknown', detail: '没有编号为 A101 的事项' });
  const page = await open();
  await takePhotos(page);
  await page.type('.words', '门口');
  await page.tap('.submit');
  expect(page.text('.receipt')).toContain('没有编号为 A101 的事项');
  await page.tap('.fix');
  expect([page.data.description, page.data.photos.length]).toEqual(['门口', 1]);
  await page.tap('.chip', 1);
  await page.tap('.submit');
  expect(page.text('.receipt-title')).toContain('已收到');
  expect(new Set(server.of('POST', REPORTS).map((request) => request.body.client_id)).size).toBe(2);
});

test('another report at the same door is proved by the scan before, and a matter once reported stands first', async () => {
  const page = await open();
  await page.choose('.others', page.data.others.findIndex((item) => item.code === 'C403'));
  await page.tap('.submit');
  server.on('GET', '/api/v1/codes/{code}', () => ({ status: 200, body: place({ nonce: 'nonce-2' }) }));
  await page.tap('.another');
  expect([page.data.chips[0].code, page.data.description]).toEqual(['C403', '']);
  await page.tap('.submit');
  expect(server.of('POST', REPORTS).map((request) => request.body.nonce)).toEqual(['nonce-1', 'nonce-1']);
});

test("where the town has a telephone number, whoever cannot scan finds it", async () => {
  phone = new Phone({ server, config: { hotline: '12345' } });
  const page = await open({});
  expect(page.text('.call')).toBe('拨打 12345');
  await page.tap('.call');
  expect(phone.calls.find((call) => call.api === 'makePhoneCall').options).toEqual({ phoneNumber: '12345' });
});

test('a full phone keeps the page as it is and says so', async () => {
  const page = await open();
  await page.choose('.others', page.data.others.findIndex((item) => item.code === 'C403'));
  phone.storage.limit = 10;
  await page.tap('.submit');
  expect(page.text('.message')).toContain('不要关闭本页');
  phone.storage.limit = undefined;
  await page.tap('.submit');
  expect(page.text('.receipt-title')).toContain('已收到');
});

test.each([
  ['fuzzy', {}, { lng: 121.5, lat: 31.2, accuracy_m: 5000, datum: 'gcj02', source: 'wechat' }],
  ['precise', { requiredPrivateInfos: ['getLocation'] }, { lng: 121.5, lat: 31.2, accuracy_m: 15, datum: 'gcj02', source: 'wechat' }],
])('a %s position goes along where somebody presses for it', async (position, app, point) => {
  phone = new Phone({ server, app, config: { position } });
  phone.hasAgreed = true;
  if (position === 'precise') jest.doMock(`${global.COMPILED}/lib/locate`, () => ({ locate: (options) => global.wx.getLocation(options) }));
  const page = await open();
  jest.dontMock(`${global.COMPILED}/lib/locate`);
  expect(phone.calls.filter((call) => /Location/.test(call.api))).toEqual([]);
  await page.choose('.others', page.data.others.findIndex((item) => item.code === 'C403'));
  await page.tap('.point');
  await page.tap('.submit');
  expect(server.of('POST', REPORTS)[0].body.point).toEqual(point);
});

test('a refused position stops no report', async () => {
  phone.hasAgreed = true;
  phone.person.allows = ['scope.camera'];
  const page = await open();
  await page.tap('.point');
  expect(page.text('.point-note')).toContain('不影响上报');
  await takePhotos(page);
  await page.tap('.submit');
  expect(server.of('POST', REPORTS)[0].body).not.toHaveProperty('point');
});

test('in English the page speaks English, and the server is asked for it', async () => {
  phone.language = 'en';
  const page = await open();
  expect(page.text('.submit')).toBe('Submit');
  expect(page.text('.chip')).toBe('Badly parked bicycles and electric bikes');
  expect(server.requests.every((request) => request.headers['accept-language'] === 'en')).toBe(true);
});

test("WeChat's large letters are the page's, too", async () => {
  const plain = await open();
  expect([plain.data.type.className, plain.data.type.style]).toEqual(['page', 'font-size:17px']);
  phone.fontSize = 23.8;
  const large = await open();
  expect([large.data.type.className, large.data.type.style]).toEqual(['page elder', 'font-size:23.8px']);
});

test('whoever wants large letters, or ordinary ones, chooses them here, and finds them again', async () => {
  const page = await open();
  expect(page.text('.type')).toBe('大字版');
  await page.tap('.type');
  expect(page.data.type.style).toBe('font-size:22px');
  phone.fontSize = 23.8;
  const later = await open();
  await later.tap('.type');
  expect([later.data.type.className, later.text('.type')]).toEqual(['page', '大字版']);
});
