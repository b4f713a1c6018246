/** Pages of the site in the mini-program: opened with the session handed over, only of the own host, and told when not. */

const { newReport } = require('../makers/reports');
const { Phone } = require('../wechat/phone');
const { Server } = require('../server/server');

const HAND_OVER = '/api/v1/sessions/hand-over';

function town() {
  const server = new Server();
  server.on('POST', HAND_OVER, () => ({ status: 201, body: { url_token: 'once+only', expires_in: 60 } }));
  return server;
}

async function openWeb(server, to, changes = {}) {
  const phone = new Phone({ server, ...changes });
  phone.launch();
  const page = await phone.open('pages/web/index', { to });
  return { phone, page };
}

test('a page opens with the session handed over, its path percent-encoded', async () => {
  const { page } = await openWeb(town(), encodeURIComponent('/here?at=莲安东路'));

  const to = encodeURIComponent('/here?at=莲安东路');
  expect(page.data.src).toMatch(/^https:\/\/[^/]+\/session\/hand-over\?/);
  expect(page.data.src.split('?')[1]).toBe(`token=once%2Bonly&to=${to}`);
});

test('whoever reads large letters on the phone reads large ones on the page', async () => {
  const { page } = await openWeb(town(), '%2Fr%2FTOKEN', { fontSize: 24 });

  expect(page.data.src).toContain(`&to=${encodeURIComponent('/prefs?big=1&to=%2Fr%2FTOKEN')}`);
});

test.each(['https://evil.example/', '//evil.example/', '/\\evil.example', '/%0a', 'javascript:alert(1)', '', '%E4%B8'])(
  'no address but a path of the own site is opened: %s',
  async (to) => {
    const server = town();
    const { page } = await openWeb(server, to);

    expect(page.data.src).toBe('');
    expect(page.text('.trouble')).toBe('这个地址不属于本平台');
    expect(server.requests.filter((request) => request.path.startsWith(HAND_OVER))).toEqual([]);
  },
);

test('without network it says what is kept and tries again when asked to', async () => {
  const server = town();
  const phone = new Phone({ server });
  phone.launch();
  await phone.offline();
  const page = await phone.open('pages/web/index', { to: '%2Fr%2FTOKEN' });
  expect(page.text('.trouble')).toBe('没有网络，页面打不开');
  expect(page.text('.kept')).toBe('没有丢失任何内容。');

  await phone.online();
  await page.tap('.again');
  expect(page.data.src).toContain('to=%2Fr%2FTOKEN');
});

test('what waits on the phone is counted there', async () => {
  const server = town();
  const phone = new Phone({ server });
  phone.launch();
  await phone.offline();
  phone.module('lib/outbox/outbox').enqueue(newReport(phone, { photos: 0 }));
  const page = await phone.open('pages/web/index', { to: '%2Fr%2FTOKEN' });

  expect(page.text('.kept')).toBe('等待发送的上报都在手机里（1 条），有网络后自动发送。');
  await page.tap('.own');
  expect(phone.navigations).toEqual(['/pages/mine/index']);
});

test('a page that WeChat could not load gives way to what next, and each try has a token of its own', async () => {
  const server = town();
  const { phone, page } = await openWeb(server, '%2Finbox');

  page.instance.fail();
  expect(page.data.src).toBe('');
  expect(page.has('.again')).toBe(true);
  await page.tap('.again');
  expect(server.requests.filter((request) => request.path.startsWith(HAND_OVER))).toHaveLength(2);
});

test('a server that knows no hand-over shows the page as to a stranger', async () => {
  const server = town();
  server.on('POST', HAND_OVER, () => ({ status: 404, body: { detail: 'no such thing', code: 'not-found' } }));
  const { page } = await openWeb(server, '%2Fr%2FTOKEN');

  expect(page.data.src).toMatch(/^https:\/\/[^/]+\/r\/TOKEN$/);
});
