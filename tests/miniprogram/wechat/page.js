const { VendorRefusal } = require('./refusal');

/** So much goes from a page's script to its view at once. */
const DATA_BYTES = 1024 * 1024;

/** Where in the data stands what WeChat cannot hand over; empty where nothing does. */
function unfit(value, at) {
  if (value === undefined || typeof value === 'function') return at;
  if (value === null || typeof value !== 'object') return '';
  return Object.entries(value).map(([name, inner]) => unfit(inner, `${at}.${name}`)).find(Boolean) || '';
}

/** A page as its reader sees and touches it: what is not there cannot be pressed. */

class Page {
  /** `exparser`: what runs components in the simulator, whose own way to send an event comes a turn later: no tap any more. */
  constructor(phone, component, query, exparser) {
    Object.assign(this, { phone, component, exparser });
    this.isInSight = true;
    this.checkData();
    component.attach(document.createElement('parent-wrapper'));
    this.ask('onLoad', query);
    this.ask('onShow');
    this.ask('onReady');
  }

  get instance() { return this.component.instance; }
  get data() { return this.component.data; }

  /** Hold every setData of the page to what the documents say of it. */
  checkData() {
    const { instance, phone } = this;
    const setData = instance.setData.bind(instance);
    instance.setData = (data, done) => {
      const wrong = unfit(data, 'data');
      if (wrong) throw phone.refuse(new VendorRefusal('setData', `${wrong} is undefined or a function`));
      if (JSON.stringify(data).length > DATA_BYTES) throw phone.refuse(new VendorRefusal('setData', 'more than 1 MB'));
      setData(data, done);
    };
  }

  ask(name, ...facts) {
    if (this.instance[name]) this.instance[name](...facts);
  }

  leave() {
    if (!this.isInSight) return;
    this.isInSight = false;
    this.ask('onHide');
    this.tellComponents('hide');
  }

  comeBack() {
    this.isInSight = true;
    this.ask('onShow');
    this.tellComponents('show');
  }

  /** Go back from it. */
  close() {
    this.ask('onUnload');
    this.component.detach();
  }

  tellComponents(name) {
    const privacy = this.component.querySelector('#privacy');
    if (privacy) privacy.triggerPageLifeTime(name);
  }

  /** All elements of a class, in the page first, then in the privacy guide over it. */
  all(selector) {
    const privacy = this.component.querySelector('#privacy');
    return [...this.component.querySelectorAll(selector), ...(privacy ? privacy.querySelectorAll(selector) : [])];
  }

  find(selector, at = 0) {
    const element = this.all(selector)[at];
    if (!element) throw new Error(`nothing on the page is ${selector}`);
    return element;
  }

  has(selector) { return this.all(selector).length > 0; }
  text(selector, at = 0) { return selector ? this.find(selector, at).dom.textContent.trim() : this.component.dom.textContent; }

  /** Press the element, the first of those of a class, and let all follow from it. */
  async tap(selector, at = 0) {
    const element = this.find(selector, at);
    await this.dispatch(element, 'tap');
    if (element.dom.id !== 'privacy-agree' && selector !== '.agree') return;
    this.phone.agreedBy = 'privacy-agree';
    await this.dispatch(element, 'agreeprivacyauthorization');
  }

  /** Write into a field. */
  async type(selector, value, at = 0) { await this.dispatch(this.find(selector, at), 'input', { value }); }

  /** Choose in a picker; `value` is the place in its list. */
  async choose(selector, value, at = 0) { await this.dispatch(this.find(selector, at), 'change', { value: String(value) }); }

  async dispatch(element, name, detail = {}) {
    const event = this.exparser.Event.create(name, detail, { bubbles: true, capturePhase: true, composed: true, extraFields: { touches: [], changedTouches: [] } });
    this.phone.isInTap = name === 'tap';
    this.exparser.Event.dispatchEvent(element.dom, event);
    this.phone.isInTap = false;
    await this.phone.settle();
  }
}

module.exports = { Page };
