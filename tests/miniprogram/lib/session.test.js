/** Who the phone is to the server: signed in once, renewed by one request, never lost to a bad moment. */
const { Phone } = require('../wechat/phone');
const { Server, problem } = require('../server/server');

const ITEMS = '/api/v1/reports/candidates?code=0SKCCTJTRQVT';
let server;
let phone;

beforeEach(() => {
  server = new Server();
  phone = new Phone({ server });
  phone.launch();
});

async function ask(times = 1) {
  const { send } = phone.module('lib/session');
  const replies = Promise.all(Array.from({ length: times }, () => send('GET', ITEMS)));
  await phone.settle();
  return replies;
}

function count(name) { return server.of('POST', `/api/v1/sessions/${name}`).length; }

test('the first request signs in by the code of wx.login, the next ones do not', async () => {
  expect((await ask(3)).map((reply) => reply.status)).toEqual([200, 200, 200]);
  await ask();
  expect(server.of('POST', '/api/v1/sessions/wechat')[0].body).toEqual({ code: 'code-o-resident-1' });
  expect([count('wechat'), count('refresh')]).toEqual([1, 0]);
});

test('a session outlives the program and is renewed once, however many requests wait for it', async () => {
  await ask();
  phone.kill();
  await phone.advance(901000);
  phone.launch();
  expect((await ask(5)).every((reply) => reply.ok)).toBe(true);
  expect([count('wechat'), count('refresh')]).toEqual([1, 1]);
});

test('a token that the server knows no more is renewed within the request, and a session that ended is opened anew', async () => {
  await ask();
  server.access.clear();
  expect((await ask(2)).map((reply) => reply.status)).toEqual([200, 200]);
  server.access.clear();
  server.refresh.clear();
  expect((await ask())[0].status).toBe(200);
  expect([count('wechat'), count('refresh')]).toEqual([2, 2]);
});

test('the answer to a renewal that is lost ends the session, and the same person signs in again', async () => {
  await ask();
  server.access.clear();
  server.fail('POST', '/api/v1/sessions/refresh', { drop: 'after' });
  expect((await ask())[0].status).toBe(0);
  expect((await ask())[0].status).toBe(200);
  expect(server.of('POST', '/api/v1/sessions/wechat').map((request) => request.body.code)).toEqual(['code-o-resident-1', 'code-o-resident-2']);
});

test.each(['wechat-off', 'password-needed'])('where WeChat signs nobody in (%s), the phone goes on as a device', async (code) => {
  server.on('POST', '/api/v1/sessions/wechat', () => problem(code === 'wechat-off' ? 404 : 403, code));
  expect((await ask())[0].status).toBe(200);
  expect(count('device')).toBe(1);
});

test('a refused code is no refusal of what waits: it is tried again later', async () => {
  server.on('POST', '/api/v1/sessions/wechat', () => problem(400, 'wechat-code-refused'));
  expect((await ask())[0].status).toBe(401);
});

test('on a phone that is full a session lasts as long as the program', async () => {
  phone.storage.limit = 10;
  await ask(2);
  server.access.clear();
  expect((await ask())[0].status).toBe(200);
  expect([count('wechat'), count('refresh')]).toEqual([1, 1]);
});

test('what stands before the server answers in HTML: that is no answer', async () => {
  server.on('GET', '/api/v1/reports/candidates', () => ({ status: 200, body: '<html>sign in to this network</html>', isForeign: true }));
  expect((await ask())[0].status).toBe(502);
});
