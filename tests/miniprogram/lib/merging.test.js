/** A scanned link that makes the browser's person and the phone's the same. */

const { Phone } = require('../wechat/phone');
const { Server } = require('../server/server');

const MERGE = '/api/v1/sessions/merge-requests';
const WAITS = { number: '042917', is_done: false, reports: 1 };
const JOINED = { number: null, is_done: true, reports: 3 };

function town(body = WAITS) {
  const server = new Server();
  server.on('POST', MERGE, () => ({ status: 200, body }));
  return server;
}

async function scan(text, answer) {
  const server = town();
  const phone = new Phone({ server });
  phone.person.modal = answer;
  phone.launch();
  await phone.settle();
  const isOne = phone.require('lib/merging').offerMerge(text.replace('HOST', phone.require('config').config.host));
  await phone.settle();
  return { isOne, sent: server.requests.filter(({ path }) => path === MERGE).map(({ body }) => body) };
}

test('it is sent once the person agrees', async () => {
  expect(await scan('HOST/session/merge?token=a%2Bb', true)).toEqual({ isOne: true, sent: [{ token: 'a+b' }] });
});

test('it is not sent when the person does not', async () => {
  expect(await scan('HOST/session/merge?token=a', false)).toEqual({ isOne: true, sent: [] });
});

test.each(['HOST/q/3F7K9QW2XM8A', 'https://evil.example/session/merge?token=a', 'HOST/session/merge', 'text'])(
  'any other text is none: %s',
  async (text) => {
    expect(await scan(text, true)).toEqual({ isOne: false, sent: [] });
  },
);

test.each([
  [WAITS, '还差一步：请在浏览器的合并页面上输入号码 042917，十分钟内有效。输入之后才会合并；请不要把号码告诉别人。'],
  [JOINED, '已合并，两边现在都能看到全部 3 条上报。'],
])('the scanner of the form takes it for what it is, and says what comes next: %j', async (body, said) => {
  const server = town(body);
  const phone = new Phone({ server });
  phone.launch();
  const page = await phone.open('pages/report/index');
  phone.person.scans = [`${phone.host}/session/merge?token=a`];

  await page.tap('.scan');
  const [question, answer] = phone.calls.filter(({ api }) => api === 'showModal').map(({ options }) => options.content);
  expect(question).toContain('请只确认您自己打开的链接');
  expect(answer).toBe(said);
  expect(page.data.view).toBe('start');
});
