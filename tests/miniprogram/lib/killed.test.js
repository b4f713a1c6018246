/** The program is ended at every single step of sending, and at every step of the next life as well: nothing is lost or doubled. */
const { newReport } = require('../makers/reports');
const { Phone } = require('../wechat/phone');
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
