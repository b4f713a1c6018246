/** My reports: what is on the phone and what the server has, in one list, with and without network. */

const { newReport } = require('../makers/reports');
const { Phone } = require('../wechat/phone');
const { Server } = require('../server/server');

const AT = '2026-11-28T02:00:00Z';

function report(changes = {}) {
  return {
    client_id: 'client-0001',
    tracking_token: 'TOKEN-1',
    order_id: 1,
    number: 'CG20261128-000001',
    merged_into: null,
    item: { code: 'A101', name_zh: '非机动车乱停放', name_en: 'Badly parked bicycles' },
    place: '莲安东路100号',
    state: 'accepted',
    received_at: AT,
    promised_by: '2099-01-01T04:00:00Z',
    closed_at: null,
    may_rate: false,
    ...changes,
  };
}

function townWith(...reports) {
  const server = new Server();
  server.on('GET', '/api/v1/reports', () => ({ status: 200, body: { items: reports, next_cursor: null } }));
  server.on('POST', '/api/v1/wechat/subscriptions', () => ({ status: 204 }));
  return server;
}

async function openMine(server, changes = {}) {
  const phone = new Phone({ server, templates: ['T1'], ...changes });
  phone.launch();
  const page = await phone.open('pages/mine/index');
  return { phone, page };
}

test('a report stands in plain words, with its limit, and leads to its progress', async () => {
  const { phone, page } = await openMine(townWith(report()));

  expect(page.text('.report .state')).toBe('已有人接单');
  expect(page.text('.report')).toContain('前处理完');
  expect(page.text('.report')).toContain('莲安东路100号');
  expect(page.has('.rate')).toBe(false);
  await page.tap('.progress');
  expect(phone.navigations).toContain('/pages/web/index?to=%2Fr%2FTOKEN-1');
});

test('what is late says so', async () => {
  const { page } = await openMine(townWith(report({ promised_by: '2020-01-01T04:00:00Z' })));

  expect(page.text('.report')).toContain('已超时');
});

test('an order that has ended is rated on its page, once it was asked whether to be told of the next', async () => {
  const ended = report({ state: 'closed', promised_by: null, closed_at: AT, may_rate: true });
  const { phone, page } = await openMine(townWith(ended));

  expect(page.text('.report .state')).toBe('已办结');
  await page.tap('.rate');
  expect(phone.calls.filter(({ api }) => api === 'requestSubscribeMessage')).toHaveLength(1);
  expect(phone.navigations).toContain('/pages/web/index?to=%2Fr%2FTOKEN-1');
});

test('the words are English on an English phone', async () => {
  const { page } = await openMine(townWith(report()), { language: 'en' });

  expect(page.text('.report')).toContain('Badly parked bicycles');
  expect(page.text('.report .state')).toBe('Somebody has taken it on');
});

test('without network the list is that of the last time, and says so', async () => {
  const { phone } = await openMine(townWith(report()));
  phone.kill();
  phone.launch();
  await phone.offline();
  const page = await phone.open('pages/mine/index');

  expect(page.text('.trouble')).toContain('没有连上服务器');
  expect(page.text('.report .state')).toBe('已有人接单');
});

test('what is still on the phone stands first: what was refused says why and goes back into its form', async () => {
  const server = townWith(report());
  server.fail('POST', '/api/v1/reports', { status: 422, code: 'item-unknown', detail: '没有这个事项' });
  const { phone, page } = await openMine(server);
  phone.module('lib/outbox/outbox').enqueue(newReport(phone, { id: 'report-0001', photos: 0 }));
  await phone.advance(1000);

  expect(page.text('.waiting')).toContain('没有这个事项');
  await page.tap('.look');
  expect(phone.navigations).toEqual(['/pages/report/index?code=0SKCCTJTRQVT&fix=report-0001']);
});

test('what arrives while one looks moves to the reports of the server', async () => {
  const server = townWith();
  const { phone, page } = await openMine(server);
  await phone.offline();
  phone.module('lib/outbox/outbox').enqueue(newReport(phone, { id: 'report-0001', photos: 0 }));
  await phone.settle();
  expect(page.data.waiting).toHaveLength(1);

  server.on('GET', '/api/v1/reports', () => ({ status: 200, body: { items: [report()], next_cursor: null } }));
  await phone.online();
  expect(page.data.waiting).toEqual([]);
  expect(page.has('.report')).toBe(true);
});

test('whoever has reported nothing is told how to begin', async () => {
  const { phone, page } = await openMine(townWith());

  expect(page.has('.empty')).toBe(true);
  await page.tap('.begin');
  expect(phone.navigations).toContain('/pages/report/index');
});

test('earlier reports come when they are asked for', async () => {
  const server = new Server();
  server.on('GET', '/api/v1/reports', (request) => ({
    status: 200,
    body: request.path.includes('cursor=NEXT')
      ? { items: [report({ client_id: 'client-0000', tracking_token: 'TOKEN-0' })], next_cursor: null }
      : { items: [report()], next_cursor: 'NEXT' },
  }));
  const { phone, page } = await openMine(server);

  await page.tap('.more');
  expect(page.data.reports.map((row) => row.token)).toEqual(['TOKEN-1', 'TOKEN-0']);
  expect(page.has('.more')).toBe(false);
});

test('a phone that is full shows the list all the same', async () => {
  const phone = new Phone({ server: townWith(report()), templates: ['T1'] });
  phone.launch();
  phone.storage.limit = 0;
  const page = await phone.open('pages/mine/index');

  expect(page.data.state).toBe('ready');
  expect(page.text('.report .state')).toBe('已有人接单');
});
