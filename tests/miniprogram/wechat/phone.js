/**
 * A phone with WeChat on it, as the vendor's documents describe both: a fake of an outside vendor that refuses what it
 * refuses. Storage, files and permissions outlive the program; `launch` starts it afresh, `kill` ends it at any moment.
 */
const { Killed, VendorRefusal } = require('./refusal');
const { filesApi } = require('./api/files');
const { mediaApi } = require('./api/media');
const { networkApi } = require('./api/network');
const { personApi } = require('./api/person');
const { screenApi } = require('./api/screen');
const { storageApi } = require('./api/storage');
const { Program } = require('./program');
const { nextTurn } = require('./turns');

const BACKGROUND_MS = 5000;
const SETTLED_TURNS = 4;
const MOST_TURNS = 5000;

const phones = [];

/** Errors in the program's own handlers: the simulator writes them to the console and goes on. */
const errors = [];

class Phone {
  /** What is different in app.json (`app`) and in config.js (`config`, `templates` of messages at each moment). */
  constructor({ server, language = 'zh_CN', fontSize = 17, app = {}, config = {}, templates }) {
    const configChanges = templates ? { ...config, templates: { sent: templates, ended: templates } } : config;
    Object.assign(this, { server, language, fontSize, appChanges: app, configChanges });
    this.storage = new Map();
    this.files = new Map();
    this.temporary = new Map();
    this.scopes = {};
    this.hasAgreed = false;
    this.guideShown = 0;
    /** Who holds it: what is in front of the camera, what is pressed when WeChat asks. */
    this.person = {
      openid: 'o-resident', agreesPrivacy: true, allows: ['scope.userFuzzyLocation', 'scope.userLocation', 'scope.camera'],
      pictures: [], scans: [], position: { longitude: 121.5, latitude: 31.2, accuracy: 15 }, subscribes: 'accept', settled: {}, modal: true, code: '',
    };
    this.isOnline = true;
    this.life = 0;
    this.killAt = 0;
    this.effects = [];
    this.refusals = [];
    this.calls = [];
    this.navigations = [];
    this.pending = 0;
    this.files.limit = this.storage.limit = undefined;
    phones.push(this);
  }

  // ---- what the parts of the double ask of it

  lives(life) { return this.isRunning && life === this.life; }
  note(api, options) { this.calls.push({ api, options }); }
  storageBytes(most) { return this.storage.limit === undefined ? most : this.storage.limit; }
  fileBytes(most) { return this.files.limit === undefined ? most : this.files.limit; }
  mayReach(url) { return url.startsWith(`${this.host}/`); }

  refuse(refusal) {
    this.refusals.push(refusal);
    return refusal;
  }

  /** Run a check of a call; what it refuses ends the test even where the program catches it. */
  guard(api, check) {
    if (!this.isRunning) throw new Killed();
    this.guardRefusals(check);
  }

  guardRefusals(check) {
    try { check(); } catch (error) {
      if (error instanceof VendorRefusal) this.refuse(error);
      throw error;
    }
  }

  asFailure(api, error) {
    if (error instanceof VendorRefusal && !this.refusals.includes(error)) this.refuse(error);
    if (error && error.errMsg) return error;
    return { errMsg: error instanceof Error ? error.message : `${api}:fail` };
  }

  /** Something that takes until the next turn; `settle` waits for it. */
  async work(run) {
    this.pending += 1;
    try {
      await nextTurn();
      return await run();
    } catch (error) {
      if (error instanceof VendorRefusal && !this.refusals.includes(error)) this.refuse(error);
      throw error;
    } finally { this.pending -= 1; }
  }

  /** A moment at which the program may be ended: before what `name` says has happened. */
  effect(name) {
    if (!this.isRunning) throw new Killed();
    this.effects.push(name);
    if (this.effects.length !== this.killAt) return;
    this.kill();
    throw new Killed();
  }

  newTemporary(bytes) {
    const path = `http://tmp/${this.temporary.size + 1}.jpg`;
    this.temporary.set(path, bytes);
    return path;
  }

  // ---- what a test does with it

  /** Start the program, as by a scan of its `query`; the page is opened by `open`. */
  launch({ path = 'pages/report/index', query = {}, scene = 1001 } = {}) {
    if (this.isRunning) this.kill();
    jest.resetModules();
    this.life += 1;
    this.isRunning = true;
    this.navigations = [];
    this.temporary.clear();
    this.entered = { path, query, scene };
    this.program = new Program(this);
    this.host = this.program.config.host;
    this.network = networkApi(this);
    const wx = { ...storageApi(this), ...filesApi(this), ...mediaApi(this), ...this.network.api, ...personApi(this), ...screenApi(this) };
    this.program.start(new Proxy(wx, {
      get: (api, name) => {
        if (!(name in api) && typeof name === 'string') throw this.refuse(new VendorRefusal(name, 'the double does not know it'));
        return api[name];
      },
    }));
  }

  /** A module of the running program, such as 'lib/outbox/outbox'. */
  module(name) { return this.program.module(name); }

  require(name) { return this.module(name); }

  /** Run something as within a press of a finger. */
  async tapped(run) {
    this.isInTap = true;
    let result;
    try { result = run(); } finally { this.isInTap = false; }
    await this.settle();
    return result;
  }

  /** Open a page of the running program; resolves once it has settled. */
  async open(path, query = {}) {
    const page = this.program.open(path, query);
    await this.settle();
    return page;
  }

  /** End the program at once: no callback comes any more, and whatever it still does has no effect. */
  kill() {
    this.isRunning = false;
    jest.clearAllTimers();
  }

  async offline() {
    this.isOnline = false;
    this.network.tellNetwork();
    await this.settle();
  }

  async online() {
    this.isOnline = true;
    this.network.tellNetwork();
    await this.settle();
  }

  /** Another program in front. After five seconds WeChat ends what is under way, and nothing runs any more. */
  async background() {
    this.program.hide();
    await this.settle();
    jest.setSystemTime(Date.now() + BACKGROUND_MS);
    this.network.endAll('interrupted');
    await this.settle();
  }

  async foreground() {
    this.program.show();
    await this.settle();
  }

  /** Let time pass, and all that follows from it. */
  async advance(ms) {
    await jest.advanceTimersByTimeAsync(ms);
    await this.settle();
  }

  /** Until the program waits for a person, for time, or for a server that does not answer. */
  async settle() {
    let quiet = 0;
    for (let turn = 0; turn < MOST_TURNS && quiet < SETTLED_TURNS; turn += 1) {
      jest.advanceTimersByTime(0);
      await nextTurn();
      quiet = this.pending > this.server.held ? 0 : quiet + 1;
    }
  }
}

/** For afterEach: what the vendor refused fails the test, and what is left of the phones goes. */
function endPhones() {
  const refusals = phones.flatMap((phone) => [...phone.refusals, ...phone.server.broken]);
  phones.splice(0).forEach((phone) => phone.kill());
  const thrown = errors.splice(0);
  if (refusals.length) throw refusals[0];
  if (thrown.length) throw new Error(`the program threw: ${thrown[0]}`);
}

function noteError(...words) {
  if (words.some((word) => word instanceof Killed || String(word).startsWith('Killed'))) return;
  errors.push(words.map((word) => (word && word.stack) || String(word)).join(' '));
}

module.exports = { Phone, endPhones, noteError };
