/** The program is ended at every single step of sending, and at every step of the next life as well: nothing is lost or doubled. */
const { jpeg } = require('../makers/jpeg');
const { newReport } = require('../makers/reports');
const { Phone } = require('../wechat/phone');
const { CODE } = require('../server/defaults');
const { Server } = require('../server/server');

/** Send one report with two photos, ended at the step of each life in turn; the last life is let live. */
async function sendEndedAt(...steps) {
  const server = new Server();
  const phone = new Phone({ server });
  phone.launch();
  await phone.settle();
  phone.effects = [];
  [phone.killAt] = steps;
  let isStored = false;
  try {
    phone.module('lib/outbox/outbox').enqueue(newReport(phone));
    isStored = true;
  } catch (error) { /* ended before it was stored */ }
  await phone.settle();
  const wasEnded = !phone.isRunning;
  for (const step of [...steps.slice(1), 0]) {
    if (phone.isRunning) break;
    phone.effects = [];
    phone.killAt = step;
    try { phone.launch(); } catch (error) { /* ended while it started */ }
    await phone.settle();
  }
  if (phone.isRunning) await phone.advance(301000);
  return { server, phone, isStored, wasEnded };
}

function checkOutcome({ server, phone, isStored }, at) {
  const items = phone.module('lib/outbox/outbox').listItems();
  const outcome = { at, reports: server.reports.size, photos: server.photos.size, files: phone.files.size, states: items.map((item) => item.state) };
  const sent = isStored ? { reports: 1, photos: 2, states: ['sent'] } : { reports: 0, photos: 0, states: [] };
  expect(outcome).toEqual({ at, files: 0, ...sent });
  if (isStored) expect(Array.from(server.reports.values())[0].body.photo_ids).toHaveLength(2);
}

test('ended before any one step, the report arrives once, whole, and leaves no file behind', async () => {
  let steps = 0;
  for (let step = 1; step < 100; step += 1) {
    const outcome = await sendEndedAt(step);
    checkOutcome(outcome, step);
    if (!outcome.wasEnded) break;
    steps = step;
  }
  // Storing, signing in, two photos there and back, their ids, the report there and back, its receipt, two files.
  expect(steps).toBeGreaterThan(14);
});

test('ended twice, in every second life at another step, it arrives once all the same', async () => {
  for (let step = 2; step < 22; step += 3) {
    for (let next = 1; next < 16; next += 2) checkOutcome(await sendEndedAt(step, next), `${step}, ${next}`);
  }
});

/** What a resident does with the form as it is found: fill in what is missing, submit. */
async function finish(phone, query = { code: CODE }) {
  const page = await phone.open('pages/report/index', query);
  if (!page.data.photos.length) {
    phone.person.pictures = [jpeg()];
    await page.tap('.camera');
  }
  if (!page.data.description) await page.type('.words', '门口');
  await page.tap('.submit');
}

/** Run until the phone ends the program at this step; whether it did. */
async function endedAt(phone, step, run) {
  phone.effects = [];
  phone.killAt = step;
  try { await run(); } catch (error) { if (phone.isRunning) throw error; }
  await phone.settle();
  phone.killAt = 0;
  return !phone.isRunning;
}

test('ended before any step of filling in and submitting, what is begun goes on as a draft or is sent, and never both', async () => {
  let step = 1;
  for (let wasEnded = true; wasEnded && step < 60; step += 1) {
    const server = new Server();
    const phone = new Phone({ server });
    phone.hasAgreed = true;
    phone.launch();
    wasEnded = await endedAt(phone, step, () => finish(phone));
    if (wasEnded) {
      phone.launch();
      await phone.settle();
      if (!phone.module('lib/outbox/outbox').listItems().length) await finish(phone);
    }
    expect([step, phone.storage.has(`draft:${CODE}`)]).toEqual([step, false]);
    const [report] = Array.from(server.reports.values());
    expect([step, server.reports.size, phone.files.size]).toEqual([step, 1, 0]);
    expect(report.body).toMatchObject({ description: '门口', photo_ids: [expect.any(String)] });
  }
  expect(step).toBeGreaterThan(20);
});

test('ended before any step of taking a refused report back into its form, it is in one of both, photo and all', async () => {
  let step = 1;
  for (let wasEnded = true; wasEnded && step < 60; step += 1) {
    const server = new Server();
    const phone = new Phone({ server });
    phone.launch();
    server.fail('POST', '/api/v1/reports', { status: 422, code: 'item-unknown' });
    phone.module('lib/outbox/outbox').enqueue(newReport(phone, { id: 'report-0001', photos: 1 }));
    await phone.settle();
    const query = { code: CODE, fix: 'report-0001' };
    wasEnded = await endedAt(phone, step, () => phone.open('pages/report/index', query));
    if (wasEnded) phone.launch();
    const page = await phone.open('pages/report/index', query);
    expect([step, page.data.description, page.data.photos.length, phone.files.size]).toEqual([step, '堵住了楼道口', 1, 1]);
    expect(phone.module('lib/outbox/outbox').listItems()).toEqual([]);
  }
  expect(step).toBeGreaterThan(2);
});
