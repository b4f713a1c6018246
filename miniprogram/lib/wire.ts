/** Requests to the server as promises that never reject: a reply, or status 0 where the network failed. */
import { config } from '../config';
import { common } from '../i18n/common';
import { language, textsOf } from '../i18n/bilingual';

/** The longest that WeChat waits for an answer. */
const TIMEOUT_MS = 60000;
/** A phone that slept may never say how a request ended: so much later we stop waiting. */
const GRACE_MS = 5000;
/** Of what stands before the server when it cannot be asked, or of a network that wants to be signed in to first. */
const BAD_GATEWAY = 502;

export interface Reply {
  /** 0 where the network failed. */
  status: number;
  ok: boolean;
  /** The JSON body, empty where there is none. */
  body: any;
  /** What Retry-After asks for, in milliseconds; 0 without it. */
  waitMs: number;
}

export type Headers = Record<string, string>;
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
/** Called with how much of a file was sent, 0 to 1. */
export type OnProgress = (part: number) => void;

interface Task { abort(): void }

const NO_NETWORK: Reply = { status: 0, ok: false, body: {}, waitMs: 0 };

/** Our server answers in JSON or with nothing: whatever else comes back, even a 200, is no answer of its own. */
function toReply(status: number, data: unknown, header: Record<string, unknown> = {}): Reply {
  const isOurs = data === '' || data === undefined || (typeof data === 'object' && data !== null);
  const found = isOurs ? status : BAD_GATEWAY;
  const name = Object.keys(header).find((key) => key.toLowerCase() === 'retry-after');
  const seconds = name ? parseInt(String(header[name]), 10) : 0;
  return {
    status: found, ok: found >= 200 && found < 300, body: isOurs && data ? data : {}, waitMs: seconds > 0 ? seconds * 1000 : 0,
  };
}

function parse(text: string): unknown {
  try { return JSON.parse(text); } catch (error) { return text; }
}

/** Run one request of WeChat's; resolves once, whatever becomes of it. */
function run(start: (done: (reply: Reply) => void) => Task): Promise<Reply> {
  return new Promise((resolve) => {
    let guard = 0;
    const done = (reply: Reply) => {
      clearTimeout(guard);
      resolve(reply);
    };
    const task = start(done);
    guard = setTimeout(() => {
      task.abort();
      done(NO_NETWORK);
    }, TIMEOUT_MS + GRACE_MS);
  });
}

function headersOf(headers: Headers): Headers {
  return { Accept: 'application/json', 'Accept-Language': language() === 'en' ? 'en' : 'zh-CN', ...headers };
}

/** Ask for one of our own addresses, which begins with a slash. The body is sent as JSON. */
export function request(method: Method, path: string, body?: object, headers: Headers = {}): Promise<Reply> {
  return run((done) => wx.request({
    url: config.host + path,
    method,
    ...(body ? { data: body } : {}),
    header: headersOf({ 'Content-Type': 'application/json', ...headers }),
    timeout: TIMEOUT_MS,
    success: (answer) => done(toReply(answer.statusCode, answer.data, answer.header)),
    fail: () => done(NO_NETWORK),
  }));
}

/** Send one file as the field `file` of a form. WeChat hands out no headers of the answer, so no Retry-After either. */
export function uploadFile(path: string, filePath: string, headers: Headers = {}, onProgress?: OnProgress): Promise<Reply> {
  return run((done) => {
    const task = wx.uploadFile({
      url: config.host + path,
      filePath,
      name: 'file',
      header: headersOf(headers),
      timeout: TIMEOUT_MS,
      success: (answer) => done(toReply(answer.statusCode, answer.data && parse(answer.data))),
      fail: () => done(NO_NETWORK),
    });
    if (onProgress) task.onProgressUpdate((now) => onProgress(now.progress / 100));
    return task;
  });
}

/** Whether the same request may succeed later as it is; 401: after the next sign-in; 423: it is being sent just now. */
export function isRetryable(status: number): boolean {
  return status === 0 || status >= 500 || [401, 408, 423, 425, 429].includes(status);
}

/** Whether it is the server, or what stands before it, that cannot: then the network is there. */
export function isServerTrouble(status: number): boolean {
  return status > 401 && isRetryable(status);
}

/** What went wrong, in the phone's language: the server's own words, else whose trouble it is. */
export function problemText(reply: Reply): string {
  const texts = textsOf(common);
  if (reply.status === 0) return texts.no_network;
  return reply.body.detail || reply.body.title || texts.server_trouble;
}
