/** Who this phone is to the server: tokens by wx.login, renewed before they end, by one request however many wait for it. */
import { Headers, isRetryable, Method, OnProgress, Reply, request, uploadFile } from './wire';

/** As the API answers. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  refresh_expires_in: number;
}

interface Session {
  access: string;
  refresh: string;
  /** Instants in milliseconds of the phone's clock. */
  accessUntil: number;
  refreshUntil: number;
}

const KEY = 'session';
/** A token that ends while its request is under way would be refused. */
const EARLY_MS = 30000;
/** Refusals of wx.login's code after which the phone goes on without an account: WeChat is not set up; staff sign in by password. */
const WITHOUT_WECHAT = ['wechat-off', 'password-needed'];

let renewal: Promise<Reply | null> | null = null;
/** What could not be written down, on a phone that is full, lasts as long as the program. */
let unwritten: Session | null = null;

function stored(): Session | null {
  return unwritten || wx.getStorageSync(KEY) || null;
}

/** Keep these tokens, as after signing in or when two sessions became one person's. */
export function storeTokens(tokens: Tokens): void {
  const now = Date.now();
  const session: Session = {
    access: tokens.access_token,
    refresh: tokens.refresh_token,
    accessUntil: now + tokens.expires_in * 1000 - EARLY_MS,
    refreshUntil: now + tokens.refresh_expires_in * 1000 - EARLY_MS,
  };
  unwritten = null;
  try { wx.setStorageSync(KEY, session); } catch (error) { unwritten = session; }
}

export function forgetSession(): void {
  unwritten = null;
  wx.removeStorageSync(KEY);
}

async function openByDevice(): Promise<Reply> {
  return request('POST', '/api/v1/sessions/device');
}

async function openByWechat(): Promise<Reply> {
  let code = '';
  try { code = (await wx.login()).code; } catch (error) { return { status: 0, ok: false, body: {}, waitMs: 0 }; }
  const reply = await request('POST', '/api/v1/sessions/wechat', { code });
  return WITHOUT_WECHAT.includes(reply.body.code) ? openByDevice() : reply;
}

/** Renew by the refresh token, which serves once; where the server knows it no more, sign in anew. */
async function openSession(): Promise<Reply | null> {
  const old = stored();
  if (old && Date.now() < old.refreshUntil) {
    const reply = await request('POST', '/api/v1/sessions/refresh', { refresh_token: old.refresh });
    if (reply.ok) { storeTokens(reply.body); return null; }
    if (isRetryable(reply.status) && reply.status !== 401) return reply;
  }
  forgetSession();
  const reply = await openByWechat();
  if (reply.ok) { storeTokens(reply.body); return null; }
  // Nothing that waits for a session is refused with it.
  return isRetryable(reply.status) ? reply : { ...reply, status: 401 };
}

function renew(refused: string): Promise<Reply | null> {
  if (renewal) return renewal;
  const now = stored();
  if (now && now.access !== refused) return Promise.resolve(null);
  const finish = () => { renewal = null; };
  renewal = openSession();
  renewal.then(finish, finish);
  return renewal;
}

/** Before anything is sent: null where there is a session now, else the reply because of which there is none. */
export function ensureSession(): Promise<Reply | null> {
  const session = stored();
  if (session && Date.now() < session.accessUntil) return Promise.resolve(null);
  return renew(session ? session.access : '');
}

async function withToken(ask: (authorization: Headers) => Promise<Reply>): Promise<Reply> {
  const refusal = await ensureSession();
  if (refusal) return refusal;
  const token = (stored() as Session).access;
  const reply = await ask({ Authorization: `Bearer ${token}` });
  if (reply.status !== 401) return reply;
  const stillRefused = await renew(token);
  return stillRefused || ask({ Authorization: `Bearer ${(stored() as Session).access}` });
}

/** A request of somebody who is signed in. Never rejects; 401 only where signing in did not help. */
export function send(method: Method, path: string, body?: object, headers: Headers = {}): Promise<Reply> {
  return withToken((authorization) => request(method, path, body, { ...headers, ...authorization }));
}

/** The same for a file. */
export function upload(path: string, filePath: string, headers: Headers = {}, onProgress?: OnProgress): Promise<Reply> {
  return withToken((authorization) => uploadFile(path, filePath, { ...headers, ...authorization }, onProgress));
}
