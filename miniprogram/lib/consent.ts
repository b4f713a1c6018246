/**
 * Agreements to messages (订阅消息): asked for at the moment of value, from the tap itself, and told to the server.
 *
 * Who refused is left alone for a month, who refused for good is never asked again, and no dialog follows another one
 * within ten minutes. WeChat shows none where somebody chose 总是保持以上选择: then asking only adds an agreement.
 */
import { config } from '../config';
import { send } from './session';
import { isRetryable } from './wire';

export type Moment = 'sent' | 'ended';
type Answers = Record<string, string>;

interface Memory {
  /** When a dialog was last shown, and until when each refused template is left alone; milliseconds since 1970. */
  asked_at: number;
  left_alone: Record<string, number>;
  /** Answers that the server has not heard yet, the oldest first. */
  untold: Answers[];
}

const KEY = 'consent';
const BETWEEN_MS = 10 * 60_000;
const LEFT_ALONE_MS = 30 * 24 * 3600_000;
const UNTOLD_MOST = 20;
/** WeChat's own words for an agreement; two of them are of messages that are read aloud. */
const AGREED = ['accept', 'acceptWithAudio', 'acceptWithAlert'];
const ANSWERS = ['accept', 'reject', 'ban', 'filter'];

/** What the person chose for good, as WeChat keeps it; asked beforehand, because a tap waits for nothing. */
let settled: Record<string, string> = {};
let isSwitchedOff = false;
let telling: Promise<void> | null = null;

/** Call it from the handler of a tap, before anything is awaited. Never fails; resolves when the dialog is closed. */
export function askConsent(moment: Moment): Promise<void> {
  const templates = config.templates[moment].filter(isOpen).slice(0, 3);
  if (templates.length === 0 || isTooSoon(templates)) return Promise.resolve();
  return new Promise((resolve) => {
    wx.requestSubscribeMessage({
      tmplIds: templates,
      success: (answer) => keep(templates, answer as unknown as Answers),
      fail: (error) => {
        // 20004: the person switched messages off for the whole program.
        if (error.errCode === 20004) isSwitchedOff = true;
      },
      complete: () => {
        readSettled();
        resolve();
      },
    });
  });
}

/** Tell the server what it has not heard: after asking, at the start, and when the network is back. */
export function tellConsent(): Promise<void> {
  const finish = () => { telling = null; };
  if (!telling) {
    telling = tellAll();
    telling.then(finish, finish);
  }
  return telling;
}

async function tellAll(): Promise<void> {
  for (let answers = remembered().untold[0]; answers; answers = remembered().untold[0]) {
    // Told twice, an agreement counts twice: the message that finds none left takes the next way by itself.
    const reply = await send('POST', '/api/v1/wechat/subscriptions', { template_ids: answers });
    if (!reply.ok && isRetryable(reply.status)) return;
    const memory = remembered();
    if (!remember({ ...memory, untold: memory.untold.slice(1) })) return;
  }
}

/** Look up what the person chose for good. */
export function readSettled(): void {
  if (config.templates.sent.length + config.templates.ended.length === 0) return;
  wx.getSetting({
    withSubscriptions: true,
    success: ({ subscriptionsSetting: chosen }) => {
      if (!chosen) return;
      isSwitchedOff = chosen.mainSwitch === false;
      settled = (chosen.itemSettings || {}) as unknown as Record<string, string>;
    },
  });
}

function isOpen(template: string): boolean {
  if (isSwitchedOff || settled[template] === 'reject' || settled[template] === 'ban') return false;
  return (remembered().left_alone[template] || 0) <= Date.now();
}

function isTooSoon(templates: string[]): boolean {
  const showsNothing = templates.every((template) => AGREED.includes(settled[template]));
  return !showsNothing && Date.now() - remembered().asked_at < BETWEEN_MS;
}

function keep(templates: string[], answer: Answers): void {
  const memory = remembered();
  const answers: Answers = {};
  for (const template of templates) {
    const said = AGREED.includes(answer[template]) ? 'accept' : answer[template];
    if (!ANSWERS.includes(said)) continue;
    answers[template] = said;
    if (said !== 'accept') memory.left_alone[template] = Date.now() + LEFT_ALONE_MS;
  }
  const untold = Object.keys(answers).length ? [...memory.untold, answers].slice(-UNTOLD_MOST) : memory.untold;
  // On a phone that is full it is lost: WeChat gives the message all the same, and the server asks it.
  if (remember({ ...memory, untold, asked_at: Date.now() })) void tellConsent();
}

/** False on a phone that is full. */
function remember(memory: Memory): boolean {
  try { wx.setStorageSync(KEY, memory); return true; } catch (error) { return false; }
}

function remembered(): Memory {
  const found = wx.getStorageSync(KEY) as Partial<Memory> | '';
  return { asked_at: 0, left_alone: {}, untold: [], ...(found || {}) };
}
