/** An item of the outbox as a list shows it: what happened, what is kept, what comes next. */
import { fill, language, textsOf } from '../../i18n/bilingual';
import { outbox as catalogue } from '../../i18n/outbox';
import { isOnline } from '../network';
import { isServerTrouble } from '../wire';
import type { OutboxItem, State } from './items';

export interface OutboxRow {
  id: string;
  state: State;
  tone: 'good' | 'bad' | 'warn' | '';
  title: string;
  about: string;
  hint: string;
  percent: number;
  isSending: boolean;
  number: string;
  token: string;
}

function twoDigits(value: number): string {
  return `0${value}`.slice(-2);
}

function clockOf(at: Date): string {
  return `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
}

/** Day and time as people say it. WeChat's engine on older phones knows no Intl. */
export function dayAndTime(iso: string): string {
  const at = new Date(iso);
  const texts = textsOf(catalogue);
  return fill(texts.day_and_time, { month: texts.months.split(' ')[at.getMonth()], day: at.getDate(), time: clockOf(at) });
}

/** The server's words as a whole sentence, so that another may follow. */
function sentence(words: string): string {
  return words && words.replace(/[。.!?！？\s]*$/, language() === 'en' ? '. ' : '。');
}

function titleOf(item: OutboxItem): string {
  const texts = textsOf(catalogue);
  if (item.state === 'sent') return fill(texts.received, { number: item.number || '' });
  if (item.state === 'rejected') return texts.rejected;
  if (item.state === 'uploading') return fill(texts.sending, { n: item.percent });
  return isOnline() ? texts.waiting : texts.offline;
}

function hintOf(item: OutboxItem): string {
  const texts = textsOf(catalogue);
  if (item.state === 'sent') return item.resolve_by ? fill(texts.promise, { at: dayAndTime(item.resolve_by) }) : '';
  if (item.state === 'rejected') return sentence(item.reason || '') + texts.fix_next;
  if (isOnline() && isServerTrouble(item.reply_status || 0)) {
    return fill(texts.server, { at: clockOf(new Date(Math.max(item.not_before, Date.now()))) });
  }
  return texts.by_itself;
}

function toneOf(item: OutboxItem): OutboxRow['tone'] {
  if (item.state === 'sent') return 'good';
  if (item.state === 'rejected') return 'bad';
  return isOnline() ? '' : 'warn';
}

export function rowOf(item: OutboxItem): OutboxRow {
  return {
    id: item.id,
    state: item.state,
    tone: toneOf(item),
    title: titleOf(item),
    about: `${item.name} · ${item.place}`,
    hint: hintOf(item),
    percent: item.percent,
    isSending: item.state === 'uploading',
    number: item.number || '',
    token: item.tracking_token || '',
  };
}
