/** The double refuses what WeChat's documents refuse: a test that passes with it has kept to them. */
const { Phone } = require('./phone');
const { Server } = require('../server/server');

const HOST = 'https://yima.example.com';
let phone;

beforeEach(() => {
  phone = new Phone({ server: new Server() });
  phone.launch();
});

/** Expect one refusal, and take it from the phone, so that the test may go on. */
async function refused(call, reason) {
  let thrown = null;
  try { await Promise.race([call(global.wx), phone.settle()]); } catch (error) { thrown = error; }
  await phone.settle();
  const reasons = phone.refusals.splice(0).map((refusal) => refusal.message);
  expect([reasons[0], Boolean(thrown) || reasons.length > 0]).toEqual([expect.stringContaining(reason), true]);
}

test.each([
  ['a request without an address', (wx) => wx.request({}), 'needs url'],
  ['a method that it has not', (wx) => wx.request({ url: `${HOST}/a`, method: 'PATCH' }), 'has no method PATCH'],
  ['a host that is not listed', (wx) => wx.request({ url: 'https://elsewhere.example/' }), 'not in domain list'],
  ['a field that no document names', (wx) => wx.request({ url: `${HOST}/a`, headers: {} }), 'knows no headers'],
  ['waiting for longer than a minute', (wx) => wx.request({ url: `${HOST}/a`, timeout: 90000 }), 'a minute at most'],
  ['a Content-Type of an upload', (wx) => wx.uploadFile({ url: `${HOST}/a`, filePath: 'x', name: 'file', header: { 'Content-Type': 'x' } }), 'Content-Type'],
  ['an upload without a name', (wx) => wx.uploadFile({ url: `${HOST}/a`, filePath: 'x' }), 'needs name'],
  ['the precise position beside the fuzzy one', (wx) => wx.getLocation({}), 'requiredPrivateInfos'],
  ['asking for messages outside of a tap', (wx) => wx.requestSubscribeMessage({ tmplIds: ['a'] }), 'TAP gesture'],
  ['a label that is too long', (wx) => wx.showModal({ title: 'x', confirmText: 'Delete' }), '4 characters'],
  ['a page that is not in app.json', (wx) => wx.navigateTo({ url: '/pages/other/index' }), 'not found'],
  ['more pictures than it gives', (wx) => wx.chooseMedia({ count: 21 }), '1 to 20'],
  ['storing nothing', (wx) => wx.setStorageSync('x', undefined), 'cannot store undefined'],
  ['a call that nobody wrote', (wx) => wx.shareToWeRun({}), 'does not know it'],
])('%s is refused', async (_, call, reason) => {
  await refused(call, reason);
});

test('an eleventh request at once is refused', async () => {
  phone.server.hold('GET', '/api/v1/items');
  for (let n = 0; n < 10; n += 1) global.wx.request({ url: `${HOST}/api/v1/items` });
  await refused((wx) => wx.request({ url: `${HOST}/api/v1/items` }), 'more than ten');
});

test.each([['one key', 1, 'entry size'], ['all keys', 11, 'exceed storage']])('storage is limited: %s', (_, keys, reason) => {
  const most = keys === 1 ? 1024 * 1024 + 1 : 1024 * 1024 - 100;
  const fill = () => { for (let n = 0; n < keys; n += 1) global.wx.setStorageSync(`key-${n}`, 'x'.repeat(most)); };
  expect(fill).toThrow(reason);
});

test.each([['nothing', undefined], ['a function', () => 1]])('a page is not shown %s', async (_, value) => {
  const page = await phone.open('pages/outbox/index');
  await refused(() => page.instance.setData({ rows: [{ title: value }] }), 'data.rows.0.title');
});

test('storage keeps copies, not the objects themselves', () => {
  const item = { photos: [] };
  global.wx.setStorageSync('x', item);
  item.photos.push('later');
  expect(global.wx.getStorageSync('x')).toEqual({ photos: [] });
  expect(global.wx.getStorageSync('nothing')).toBe('');
});

test('the guide is agreed to by its button alone', async () => {
  global.wx.onNeedPrivacyAuthorization((resolve) => resolve({ event: 'agree', buttonId: 'privacy-agree' }));
  await refused((wx) => wx.getFuzzyLocation({ type: 'gcj02' }), 'was not pressed');
});
