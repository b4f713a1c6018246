/** The list of what waits, what was refused and what arrived. */
const { newReport } = require('../makers/reports');
const { Phone } = require('../wechat/phone');
const { Server } = require('../server/server');

const REPORTS = '/api/v1/reports';
let server;
let phone;

beforeEach(() => {
  server = new Server();
  phone = new Phone({ server });
  phone.launch();
});

async function enqueue(...ids) {
  for (const id of ids) {
    phone.module('lib/outbox/outbox').enqueue(newReport(phone, { id, photos: 1 }));
    await phone.advance(1000);
  }
}

test('an empty list says that all has arrived, and leads on', async () => {
  const page = await phone.open('pages/outbox/index');
  expect(page.text('.empty')).toContain('都已送达');
});

test('what was refused stands first with its reason, then what waits, then what arrived', async () => {
  await enqueue('report-0001');
  server.fail('POST', REPORTS, { status: 422, code: 'item-unknown', detail: '没有这个事项' });
  await enqueue('report-0002');
  await phone.offline();
  await enqueue('report-0003');
  const page = await phone.open('pages/outbox/index');
  expect(page.data.rows.map((row) => row.state)).toEqual(['rejected', 'queued', 'sent']);
  expect(page.text('.item', 0)).toContain('没有这个事项。请修改后重发。');
  expect(page.text('.item', 1)).toContain('没有网络，已存在手机');
  await phone.online();
  expect(page.data.rows.map((row) => row.state)).toEqual(['rejected', 'sent', 'sent']);
});

test('while it is sent the list shows how far it is', async () => {
  server.hold('POST', REPORTS);
  const page = await phone.open('pages/outbox/index');
  await enqueue('report-0001');
  expect(page.text('.item .title')).toBe('已保存，正在发送 95%');
  expect(page.has('.delete')).toBe(false);
  server.release();
  await phone.settle();
  expect(page.text('.item .title')).toBe('已收到，编号 CG000121');
});

test('a refused one is corrected in its form, sent again as it is, or deleted after a question', async () => {
  server.fail('POST', REPORTS, { status: 422, code: 'item-unknown', detail: '没有这个事项', times: 2 });
  await enqueue('report-0001', 'report-0002');
  const page = await phone.open('pages/outbox/index');
  await page.tap('.fix');
  expect(phone.navigations).toEqual(['/pages/report/index?code=0SKCCTJTRQVT&fix=report-0002']);
  phone.person.modal = false;
  await page.tap('.delete');
  expect(page.data.rows).toHaveLength(2);
  phone.person.modal = true;
  await page.tap('.delete');
  expect(page.data.rows).toHaveLength(1);
  await page.tap('.again');
  expect(page.data.rows[0].state).toBe('sent');
  expect(phone.files.size).toBe(0);
});

test('trouble of the server is told as its own, with the time of the next try', async () => {
  server.fail('POST', REPORTS, { status: 503 });
  await enqueue('report-0001');
  const page = await phone.open('pages/outbox/index');
  expect(page.text('.hint')).toContain('不是您的网络');
  expect(page.text('.hint')).toContain('09:00');
  await page.tap('.again');
  expect(page.data.rows[0].state).toBe('sent');
});
