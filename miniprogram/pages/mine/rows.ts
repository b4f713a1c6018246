/** One report of the list, in words: how it stands, by when, and what its reporter may do next. */
import { fill, language, textsOf } from '../../i18n/bilingual';
import { mine } from '../../i18n/mine';
import { dayAndTime } from '../../lib/outbox/rows';
import type { OwnReport } from '../../lib/own_reports';

export interface ReportRow {
  id: string;
  token: string;
  title: string;
  place: string;
  state: string;
  /** The class of the note: good, warn or none. */
  tone: string;
  lines: string[];
  mayRate: boolean;
}

export function reportRow(report: OwnReport, now: Date): ReportRow {
  const { item } = report;
  const isLate = report.promised_by !== null && new Date(report.promised_by) < now;
  return {
    id: report.client_id,
    token: report.tracking_token,
    title: language() === 'en' ? item.name_en : item.name_zh,
    place: report.place,
    state: stateText(report.state),
    tone: isLate ? 'warn' : report.state === 'closed' ? 'good' : '',
    lines: linesOf(report, isLate),
    mayRate: report.may_rate,
  };
}

/** In plain words; a state that this version does not know is told by its name. */
function stateText(state: string): string {
  const texts: Record<string, string> = textsOf(mine);
  return texts[`state_${state}`] || state;
}

function linesOf(report: OwnReport, isLate: boolean): string[] {
  const t = textsOf(mine);
  const limit = report.promised_by ? fill(isLate ? t.late : t.promised, { at: dayAndTime(report.promised_by) }) : '';
  const closed = report.closed_at ? fill(t.closed, { at: dayAndTime(report.closed_at) }) : '';
  const merged = report.merged_into ? fill(t.merged, { number: report.merged_into }) : '';
  const received = fill(t.received, { at: dayAndTime(report.received_at) });
  const number = fill(t.number, { number: report.number });
  return [limit, closed, report.may_rate ? t.rate_please : '', merged, received, number].filter(Boolean);
}
