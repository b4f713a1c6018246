/** My reports: what is still on this phone, and what the server has of this account. */
import { fill, textsOf } from '../../i18n/bilingual';
import { mine } from '../../i18n/mine';
import { askConsent } from '../../lib/consent';
import { openPath } from '../../lib/hand_over';
import { findItem, listItems, subscribe } from '../../lib/outbox/outbox';
import { dayAndTime, OutboxRow, rowOf } from '../../lib/outbox/rows';
import { lastHeard, listOwn, OwnReport } from '../../lib/own_reports';
import { pageType } from '../../lib/type_size';
import { ReportRow, reportRow } from './rows';

const t = textsOf(mine);

type Tap = WechatMiniprogram.TouchEvent;

Component({
  data: {
    t, type: pageType(), state: 'loading' as 'loading' | 'ready' | 'trouble', note: '', next: '',
    waiting: [] as OutboxRow[], reports: [] as ReportRow[],
  },
  lifetimes: {
    detached() { this.stopFollowing(); },
  },
  methods: {
    stopFollowing() { /* replaced by onLoad */ },

    onLoad() {
      wx.setNavigationBarTitle({ title: t.title });
      this.stopFollowing = subscribe(() => this.follow());
    },

    onShow() {
      this.setData({ type: pageType() });
      this.showWaiting();
      void this.refresh();
    },

    onUnload() {
      this.stopFollowing();
    },

    /** Something happened in the outbox. What arrived is in the next answer of the server. */
    follow() {
      const before = this.data.waiting.length;
      this.showWaiting();
      if (this.data.waiting.length < before) void this.refresh();
    },

    showWaiting() {
      this.setData({ waiting: listItems().filter((item) => item.state !== 'sent').map(rowOf) });
    },

    async refresh() {
      const listed = await listOwn();
      wx.stopPullDownRefresh();
      if ('reports' in listed) {
        this.setData({ state: 'ready', note: '' });
        this.show(listed.reports, listed.next);
        return;
      }
      const heard = lastHeard();
      this.setData({ state: 'trouble', note: heard ? fill(t.stale, { at: dayAndTime(heard.at) }) : t.unread });
      this.show(heard ? heard.reports : [], '');
    },

    show(reports: OwnReport[], next: string) {
      this.setData({ reports: reports.map((report) => reportRow(report, new Date())), next });
    },

    async showMore() {
      const listed = await listOwn(this.data.next);
      if (!('reports' in listed)) { this.setData({ note: t.unread }); return; }
      const more = listed.reports.map((report) => reportRow(report, new Date()));
      this.setData({ reports: [...this.data.reports, ...more], next: listed.next });
    },

    openProgress(tap: Tap) {
      openPath(`/r/${tap.currentTarget.dataset.token}`);
    },

    /** The end of an order is the moment to ask whether to be told of the next one. */
    rate(tap: Tap) {
      void askConsent('ended').then(() => this.openProgress(tap));
    },

    /** A refused one goes back into its form, any other is looked at in the outbox. */
    openWaiting(tap: Tap) {
      const item = findItem(tap.currentTarget.dataset.id);
      const isRefused = item && item.state === 'rejected';
      wx.navigateTo({ url: isRefused ? `/pages/report/index?code=${item.code}&fix=${item.id}` : '/pages/outbox/index' });
    },

    openForm() { wx.navigateTo({ url: '/pages/report/index' }); },
    openServices() { openPath('/'); },
    onPullDownRefresh() { void this.refresh(); },
  },
});
