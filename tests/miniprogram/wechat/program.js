/** The mini-program as it was compiled, run by miniprogram-simulate: its App, and its pages as their reader sees them. */
const fs = require('fs');
const path = require('path');
const { Page } = require('./page');

/** Loaded when the first page is opened, and once in a test file: it is heavy. */
let simulator = null;
let exparser = null;
let utils = null;

/** Where the compiled program lies; given by the configuration of jest. */
const ROOT = global.COMPILED;

class Program {
  constructor(phone) {
    this.phone = phone;
    this.pages = [];
    this.ids = new Map();
    this.definitions = new Map();
    phone.app = { ...JSON.parse(fs.readFileSync(path.join(ROOT, 'app.json'), 'utf8')), ...phone.appChanges };
    const { config } = require(path.join(ROOT, 'config.js'));
    Object.assign(config, phone.configChanges);
    this.config = config;
  }

  start(wx) {
    global.wx = wx;
    global.App = (app) => { this.app = app; };
    global.getApp = () => this.app;
    require(path.join(ROOT, 'app.js'));
    this.app.onLaunch(this.phone.entered);
    this.app.onShow(this.phone.entered);
  }

  open(name, query) {
    if (!this.phone.app.pages.includes(name)) throw new Error(`app.json has no page ${name}`);
    if (!this.ids.has(name)) this.ids.set(name, this.load(name));
    this.pages.forEach((page) => page.leave());
    const page = new Page(this.phone, simulator.render(this.ids.get(name)), query, exparser);
    this.pages.push(page);
    return page;
  }

  load(name) {
    if (!simulator) {
      const { wx } = global;
      simulator = require('miniprogram-simulate');
      exparser = require('miniprogram-exparser');
      utils = require('miniprogram-simulate/src/utils');
      global.wx = wx;
    }
    utils.runJs = (file) => this.define(file);
    return simulator.load(path.join(ROOT, name), { rootPath: ROOT, compiler: 'simulate' });
  }

  /** Run the script of a component, once in a life of the program; the simulator wants to hear of it for each page. */
  define(file) {
    const known = this.definitions.get(file);
    if (known) { global.Component({ ...known }); return; }
    const register = global.Component;
    global.Component = (definition) => {
      this.definitions.set(file, definition);
      register({ ...definition });
    };
    try { require(file); } finally { global.Component = register; }
  }

  module(name) { return require(path.join(ROOT, name)); }

  hide() {
    if (this.app.onHide) this.app.onHide();
    this.pages.forEach((page) => page.leave());
  }

  show() {
    this.app.onShow(this.phone.entered);
    const page = this.pages[this.pages.length - 1];
    if (page) page.comeBack();
  }
}

module.exports = { Program };
