/**
 * One person, two places: by a link that the browser shows, it and this phone become the same account. This phone gets a
 * number; nothing is joined before the person types it in the browser.
 */
import { config } from '../config';
import { fill, textsOf } from '../i18n/bilingual';
import { web } from '../i18n/web';
import { send } from './session';
import { problemText } from './wire';

const PATH = '/session/merge';

/** Ask whether to merge, where what was scanned is a link for that. False where it is none. */
export function offerMerge(scanned: string): boolean {
  const token = tokenIn(scanned);
  if (token) ask(token);
  return token !== '';
}

function tokenIn(scanned: string): string {
  const [address, query = ''] = scanned.trim().split('#')[0].split('?');
  if (address !== config.host + PATH) return '';
  const found = query.split('&').find((part) => part.startsWith('token='));
  try { return found ? decodeURIComponent(found.slice('token='.length)) : ''; } catch (error) { return ''; }
}

function ask(token: string): void {
  const t = textsOf(web);
  wx.showModal({
    title: t.merge_title,
    content: t.merge_text,
    confirmText: t.merge_yes,
    cancelText: t.merge_no,
    success: (answer) => {
      if (answer.confirm) void request(token);
    },
  });
}

async function request(token: string): Promise<void> {
  const t = textsOf(web);
  const reply = await send('POST', '/api/v1/sessions/merge-requests', { token });
  if (!reply.ok) return say(`${problemText(reply)} ${t.merge_kept}`);
  const { number, is_done: isDone, reports } = reply.body;
  say(isDone ? fill(t.merge_done, { n: reports }) : fill(t.merge_number, { number }));
}

function say(content: string): void {
  const t = textsOf(web);
  wx.showModal({ title: t.merge_title, content, showCancel: false, confirmText: t.ok });
}
