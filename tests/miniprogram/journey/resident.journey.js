/**
 * A resident's phone beside a running instance, led by tests/browser/test_miniprogram_journey.py: it says what it has done
 * and goes on when it is answered.
 */

const http = require('http');
const fs = require('fs');
const { Phone } = require('../wechat/phone');
const { RealServer } = require('../server/real_server');

const given = JSON.parse(process.env.YIMA_JOURNEY);

function say(what, facts = {}) {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ what, ...facts });
    const headers = { 'content-length': Buffer.byteLength(body) };
    const request = http.request(given.leader, { method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.on('end', resolve);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** A real server takes real time. */
async function settled(phone) {
  do await phone.settle(); while (phone.pending > 0);
}

function newPhone() {
  const templates = { sent: [given.template], ended: [given.template] };
  const config = { host: given.url, codePrefixes: [`${given.url}/q/`], templates };
  const phone = new Phone({ server: new RealServer(given.url), config });
  phone.person.code = given.login;
  phone.person.pictures = [new Uint8Array(fs.readFileSync(given.photo)).buffer];
  return phone;
}

test('a report from a scan, without network in between, is followed to its end', async () => {
  jest.setSystemTime(jest.getRealSystemTime());
  const phone = newPhone();
  phone.launch();
  const form = await phone.open('pages/report/index', {
    q: encodeURIComponent(`${given.url}/q/${given.plate}`), scancode_time: String(Math.floor(Date.now() / 1000)),
  });
  await settled(phone);
  expect(form.text('.plate-title')).toBe('莲安东路100号');
  await form.tap('.camera');
  await form.tap('.agree');
  await phone.offline();
  await form.tap('.submit');

  phone.kill();
  phone.launch();
  const kept = await phone.open('pages/outbox/index');
  expect(kept.data.rows.map((row) => row.state)).toEqual(['queued']);
  await phone.online();
  await settled(phone);
  expect(kept.data.rows.map((row) => row.state)).toEqual(['sent']);
  await say('sent');

  const mine = await phone.open('pages/mine/index');
  await settled(phone);
  expect(mine.text('.report .state')).toBe('已办结');
  await mine.tap('.rate');
  const to = phone.navigations[phone.navigations.length - 1].split('?to=')[1];
  const web = await phone.open('pages/web/index', { to });
  await settled(phone);
  await say('opened', { src: web.data.src });
}, 120000);
