/** The outbox: stored first, sent by itself, kept until the server's 2xx, whatever comes in between. */
const { newReport } = require('../makers/reports');
const { Phone } = require('../wechat/phone');
const { Server } = require('../server/server');

const PHOTOS = '/api/v1/photos';
const REPORTS = '/api/v1/reports';
let server;
let phone;
let outbox;

function start() {
  phone.launch();
  outbox = phone.module('lib/outbox/outbox');
}

beforeEach(() => {
  server = new Server();
  phone = new Phone({ server });
  start();
});

async function enqueue(changes) {
  outbox.enqueue(newReport(phone, changes));
  await phone.settle();
}

function item(id = 'report-0001') { return outbox.findItem(id); }

test('a report is sent with its photos, and keeps nothing on the phone but its receipt', async () => {
  await enqueue();
  expect(server.of('POST', REPORTS).map((request) => request.body)).toEqual([{
    client_id: 'report-0001', code: '0SKCCTJTRQVT', nonce: 'nonce-1', item: 'A101', description: '堵住了楼道口',
    captured_at: '2026-11-28T00:59:00.000Z', photo_ids: [1, 2].map((n) => `00000000-0000-4000-8000-00000000000${n}`),
  }]);
  expect(server.of('POST', PHOTOS).map((request) => [request.headers['idempotency-key'], request.file.name])).toEqual([
    ['report-0001-photo-1', 'file'], ['report-0001-photo-2', 'file'],
  ]);
  expect(item()).toMatchObject({ state: 'sent', number: 'CG000121', tracking_token: 'token-1', photos: [], description: '' });
  expect(phone.files.size).toBe(0);
});

test('it is on the phone before anything is asked of the network', async () => {
  await phone.offline();
  await enqueue();
  expect(server.requests).toEqual([]);
  expect(item()).toMatchObject({ state: 'queued', tries: 0 });
  await phone.online();
  expect(item().state).toBe('sent');
});

test('one more report of an order goes to the joins, without an item', async () => {
  await enqueue({ order_id: 41, photos: 0 });
  expect(server.of('POST', '/api/v1/reports/joins')[0].body).toMatchObject({ order_id: 41, code: '0SKCCTJTRQVT' });
  expect(server.of('POST', '/api/v1/reports/joins')[0].body).not.toHaveProperty('item');
});

test.each([0, 500, 502, 503, 408, 423, 425, 429])('after status %i it waits and tries again, slower each time', async (status) => {
  server.fail('POST', REPORTS, { status, drop: status ? '' : 'before', times: 3 });
  await enqueue();
  const waits = [];
  for (let i = 0; i < 3; i += 1) {
    expect(item()).toMatchObject({ state: 'queued', reply_status: status, tries: i + 1 });
    waits.push(Math.ceil((item().not_before - Date.now()) / 1000));
    await phone.advance(item().not_before - Date.now() + 1);
  }
  expect(waits).toEqual([5, 10, 20]);
  expect(item().state).toBe('sent');
  expect(server.of('POST', PHOTOS)).toHaveLength(2);
});

test('Retry-After is obeyed where it asks for longer', async () => {
  server.fail('POST', REPORTS, { status: 429, headers: { 'Retry-After': '90' } });
  await enqueue();
  expect(item().not_before - Date.now()).toBe(90000);
});

test('what the server refuses is kept with its reason, photos and words, and goes again when it is told to', async () => {
  server.fail('POST', REPORTS, { status: 422, code: 'item-unknown', detail: '没有编号为 A101 的事项' });
  await enqueue();
  expect(item()).toMatchObject({ state: 'rejected', reason: '没有编号为 A101 的事项', description: '堵住了楼道口' });
  expect(phone.files.size).toBe(2);
  await phone.advance(600000);
  expect(server.of('POST', REPORTS)).toHaveLength(1);
  outbox.retryItem('report-0001');
  await phone.settle();
  expect(item().state).toBe('sent');
});

test('a refused photo is named', async () => {
  server.fail('POST', PHOTOS, { status: 422, code: 'photo-undecodable', detail: '照片已损坏或不完整' });
  await enqueue();
  expect(item()).toMatchObject({ state: 'rejected', reason: '第 1 张照片：照片已损坏或不完整' });
});

test('a photo that is gone from the phone is told, not tried for ever', async () => {
  await phone.offline();
  await enqueue();
  phone.files.delete('http://usr/photo-report-0001-photo-2.jpg');
  await phone.online();
  expect(item()).toMatchObject({ state: 'rejected', reason: '第 2 张照片已不在手机里，请重新拍照。' });
});

test('photos that the server has removed meanwhile go up once more', async () => {
  server.fail('POST', REPORTS, { status: 503 });
  await enqueue();
  server.photos.clear();
  await phone.advance(5001);
  expect(item().state).toBe('sent');
  expect(server.of('POST', PHOTOS)).toHaveLength(4);
});

test('a session that cannot be had refuses nothing', async () => {
  server.fail('POST', '/api/v1/sessions/wechat', { status: 400, code: 'wechat-code-refused' });
  await enqueue();
  expect(item()).toMatchObject({ state: 'queued', reply_status: 401 });
  await phone.advance(5001);
  expect(item().state).toBe('sent');
});

test('what the background interrupts goes on when the program is in sight again', async () => {
  server.hold('POST', PHOTOS);
  await enqueue();
  await phone.background();
  expect(item()).toMatchObject({ state: 'queued', reply_status: 0 });
  server.release();
  await phone.foreground();
  expect(item().state).toBe('sent');
  expect(server.photos.size).toBe(2);
});

test('a server that never answers is waited for a minute, not for ever', async () => {
  server.hold('POST', REPORTS);
  await enqueue();
  await phone.advance(66000);
  expect(item()).toMatchObject({ state: 'queued', reply_status: 0 });
});

test('several go one after the other, the oldest first, and one that waits holds up none', async () => {
  await phone.offline();
  await enqueue({ id: 'report-0001', photos: 0 });
  await phone.advance(1000);
  await enqueue({ id: 'report-0002', photos: 0 });
  server.fail('POST', REPORTS, { status: 503 });
  await phone.online();
  expect([item('report-0001').state, item('report-0002').state]).toEqual(['queued', 'sent']);
  await phone.advance(5001);
  expect(item('report-0001').state).toBe('sent');
});

test('one that was deleted while it was sent does not come back', async () => {
  server.hold('POST', PHOTOS);
  await enqueue();
  outbox.removeItem('report-0001');
  server.release();
  await phone.settle();
  expect(outbox.listItems()).toEqual([]);
  expect(phone.files.size).toBe(0);
});

test('a full phone is told before anything is lost', async () => {
  phone.storage.limit = 400;
  expect(() => outbox.enqueue(newReport(phone))).toThrow();
  expect(outbox.listItems()).toEqual([]);
  expect(phone.files.size).toBe(2);
});

test('two hundred reports fit beside each other', async () => {
  await phone.offline();
  for (let n = 0; n < 200; n += 1) outbox.enqueue(newReport(phone, { id: `report-${1000 + n}`, photos: 0, description: '长'.repeat(1000) }));
  expect(outbox.countUnsent()).toBe(200);
});

test('what arrived stays a week', async () => {
  await enqueue();
  await phone.advance(6 * 86400000);
  outbox.sendPending();
  await phone.settle();
  expect(item().state).toBe('sent');
  await phone.advance(2 * 86400000);
  outbox.sendPending();
  await phone.settle();
  expect(item()).toBe(null);
});
