/** Agreements to messages: asked from the tap, told to the server once, refused with effect, never twice in a row. */

const { Phone } = require('../wechat/phone');
const { CODE } = require('../server/defaults');
const { Server } = require('../server/server');

const TOLD = '/api/v1/wechat/subscriptions';
const MINUTE = 60_000;

async function start(subscribes = 'accept') {
  const server = new Server();
  server.on('POST', TOLD, () => ({ status: 204 }));
  const phone = new Phone({ server, templates: ['T1', 'T2'] });
  phone.person.subscribes = subscribes;
  phone.launch();
  await phone.settle();
  return { server, phone };
}

/** As from a button: WeChat shows its dialog from a tap alone. */
async function ask(phone) {
  await phone.tapped(() => phone.require('lib/consent').askConsent('sent'));
  await phone.settle();
}

const told = (server) => server.requests.filter(({ path }) => path === TOLD).map(({ body }) => body.template_ids);
const dialogs = (phone) => phone.calls.filter(({ api }) => api === 'requestSubscribeMessage');

test('an agreement is told to the server', async () => {
  const { server, phone } = await start();
  await ask(phone);

  expect(dialogs(phone)[0].options.tmplIds).toEqual(['T1', 'T2']);
  expect(told(server)).toEqual([{ T1: 'accept', T2: 'accept' }]);
});

test('a report asks from the press that sent it', async () => {
  const { phone } = await start();
  const page = await phone.open('pages/report/index', { code: CODE });
  await page.choose('.others', page.data.others.findIndex((item) => item.code === 'C403'));
  await page.tap('.submit');

  expect(dialogs(phone)).toHaveLength(1);
  expect(page.data.view).toBe('sent');
});

test('no dialog follows another one within ten minutes', async () => {
  const { phone } = await start();
  await ask(phone);
  await ask(phone);
  expect(dialogs(phone)).toHaveLength(1);

  await phone.advance(11 * MINUTE);
  await ask(phone);
  expect(dialogs(phone)).toHaveLength(2);
});

test('who refuses is left alone', async () => {
  const { server, phone } = await start('reject');
  await ask(phone);
  await phone.advance(11 * MINUTE);
  await ask(phone);

  expect(dialogs(phone)).toHaveLength(1);
  expect(told(server)).toEqual([{ T1: 'reject', T2: 'reject' }]);
});

test('an answer that found no network is told later, once', async () => {
  const { server, phone } = await start();
  await phone.offline();
  await ask(phone);
  expect(told(server)).toEqual([]);

  await phone.online();
  expect(told(server)).toEqual([{ T1: 'accept', T2: 'accept' }]);
});

test('a town without templates asks nobody', async () => {
  const phone = new Phone({ server: new Server() });
  phone.launch();
  await ask(phone);

  expect(dialogs(phone)).toEqual([]);
});

test('a phone that is full goes on where it asked', async () => {
  const { phone } = await start();
  phone.storage.limit = 0;
  let isDone = false;
  await phone.tapped(() => phone.require('lib/consent').askConsent('sent').then(() => { isDone = true; }));
  await phone.settle();

  expect(isDone).toBe(true);
});
