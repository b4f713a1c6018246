/** One person, two places: a link that the browser shows makes it and this phone the same account. */
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
      if (answer.confirm) void merge(token);
    },
  });
}

async function merge(token: string): Promise<void> {
  const t = textsOf(web);
  const reply = await send('POST', '/api/v1/sessions/merge', { token });
  const content = reply.ok ? fill(t.merge_done, { n: reply.body.reports }) : `${problemText(reply)} ${t.merge_kept}`;
  wx.showModal({ title: t.merge_title, content, showCancel: false, confirmText: t.ok });
}
