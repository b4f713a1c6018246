/** Nothing personal is touched before its reader has agreed to the guide; who does not agree can report all the same. */
const { jpeg } = require('../makers/jpeg');
const { Phone } = require('../wechat/phone');
const { CODE } = require('../server/defaults');
const { Server } = require('../server/server');

let server;
let phone;
let page;

beforeEach(async () => {
  server = new Server();
  phone = new Phone({ server });
  phone.launch();
  page = await phone.open('pages/report/index', { code: CODE });
});

test('the guide is shown at the first use, WeChat is told so, and after agreeing the photo is taken', async () => {
  expect(page.has('.agree')).toBe(false);
  phone.person.pictures = [jpeg()];
  await page.tap('.camera');
  expect([page.has('.agree'), phone.guideShown, page.data.photos.length]).toEqual([true, 1, 0]);
  await page.tap('.contract');
  expect(phone.calls.some((call) => call.api === 'openPrivacyContract')).toBe(true);
  await page.tap('.agree');
  expect([page.has('.agree'), page.data.photos.length]).toEqual([false, 1]);
  phone.person.pictures = [jpeg()];
  await page.tap('.camera');
  expect([page.has('.agree'), page.data.photos.length]).toEqual([false, 2]);
});

test('whoever does not agree reads why there is no photo, and reports what needs none', async () => {
  phone.person.pictures = [jpeg()];
  await page.tap('.camera');
  await page.tap('.disagree');
  expect(page.text('.message')).toContain('已填的内容都在');
  await page.choose('.others', page.data.others.findIndex((item) => item.code === 'C403'));
  await page.tap('.submit');
  expect(server.reports.size).toBe(1);
});

test('a guide that is left open with its page refuses what waited', async () => {
  phone.person.pictures = [jpeg()];
  await page.tap('.camera');
  await phone.open('pages/outbox/index');
  expect(page.data.isBusy).toBe(false);
  expect(page.has('.agree')).toBe(false);
});
