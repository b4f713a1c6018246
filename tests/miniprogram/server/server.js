/**
 * Our server as its contract says, for tests of the program alone: it refuses what the contract refuses, takes a photo
 * and a report once however often they come, and its answers are held to the contract as well.
 */
const { answerSchema, bodySchema, faultsOf, operationOf } = require('./contract');
const { defaults } = require('./defaults');

class ContractBroken extends Error {
  constructor(message) {
    super(message);
    this.isOfTest = true;
  }
}

function problem(status, code, detail = code) {
  return {
    status,
    body: { type: 'about:blank', title: code, status, detail, detail_zh: detail, detail_en: detail, code, instance: '/', request_id: '1' },
  };
}

class Server {
  constructor() {
    this.requests = [];
    this.photos = new Map();
    this.reports = new Map();
    /** Requests that are answered only when `release` is called; `held` of them wait. */
    this.held = 0;
    this.waiting = [];
    this.troubles = [];
    this.access = new Set();
    this.refresh = new Set();
    this.counters = { tokens: 0, photos: 0, reports: 0 };
    this.broken = [];
    this.routes = defaults(this, problem);
  }

  /**
   * Answer an operation of the contract otherwise. `respond` takes the request, returns `{ status, body }`; `isForeign`
   * in it: the answer is of what stands before the server.
   */
  on(method, template, respond) { this.routes.set(`${method} ${template}`, respond); }

  /** Let the next requests of an address fail: with a status, or unheard (`before`), or answered into nothing (`after`). */
  fail(method, template, { status = 503, code = 'unavailable', detail, drop = '', times = 1, headers = {} } = {}) {
    this.troubles.push({ method, template, status, code, detail, drop, times, headers });
  }

  /** From now on hold every request of an address until `release`. */
  hold(method, template) { this.holding = `${method} ${template}`; }

  release() {
    this.holding = '';
    this.waiting.splice(0).forEach((go) => go());
  }

  of(method, template) { return this.requests.filter((request) => request.method === method && request.template === template); }

  async answer({ url, method, body, header, file }) {
    const [address, search = ''] = url.replace(/^https?:\/\/[^/]+/, '').split('?');
    const operation = operationOf(method, address);
    if (!operation) throw this.broke(`the contract has no ${method} ${address}`);
    const headers = Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), value]));
    const request = { method, address, path: search ? `${address}?${search}` : address, template: operation.template, query: new URLSearchParams(search), body, headers, file };
    this.requests.push(request);
    if (this.holding === `${method} ${operation.template}`) {
      this.held += 1;
      await new Promise((resolve) => { this.waiting.push(resolve); });
      this.held -= 1;
    }
    const trouble = this.nextTrouble(request);
    if (trouble && trouble.drop === 'before') throw new Error('dropped');
    const answer = trouble && !trouble.drop ? { ...problem(trouble.status, trouble.code, trouble.detail), headers: trouble.headers } : this.respond(operation, request);
    if (trouble && trouble.drop === 'after') throw new Error('dropped');
    return answer;
  }

  nextTrouble(request) {
    const trouble = this.troubles.find((each) => each.times > 0 && each.method === request.method && each.template === request.template);
    if (trouble) trouble.times -= 1;
    return trouble;
  }

  respond(operation, request) {
    const schema = bodySchema(operation);
    if (schema && request.body === undefined) throw this.broke(`${request.template} needs a body`);
    const faults = schema ? faultsOf(schema, request.body, 'body', true) : [];
    if (!schema && request.body !== undefined) faults.push('body is not known');
    if (faults.length) throw this.broke(`${request.template}: ${faults.join('; ')}`);
    const respond = this.routes.get(`${request.method} ${operation.template}`);
    if (!respond) throw this.broke(`this server has no answer to ${request.method} ${operation.template}`);
    const answer = respond(request);
    const promised = answerSchema(operation, answer.status);
    if (!answer.isForeign && answer.status < 400 && answer.body !== undefined && promised) {
      const wrong = faultsOf(promised, answer.body, 'answer', false);
      if (wrong.length) throw this.broke(`${request.template} answers what it does not promise: ${wrong.join('; ')}`);
    }
    return answer;
  }

  broke(message) {
    const error = new ContractBroken(message);
    this.broken.push(error);
    return error;
  }
}

module.exports = { Server, problem };
