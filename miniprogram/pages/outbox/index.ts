/** The outbox as a list: what waits, what was refused and why, what arrived within the week. */
import { textsOf } from '../../i18n/bilingual';
import { outbox } from '../../i18n/outbox';
import { onNetworkChange } from '../../lib/network';
import { findItem, listItems, removeItem, retryItem, subscribe } from '../../lib/outbox/outbox';
import { OutboxRow, rowOf } from '../../lib/outbox/rows';
import { pageType } from '../../lib/type_size';

const t = textsOf(outbox);

type Tap = WechatMiniprogram.TouchEvent;

Component({
  data: { t, type: pageType(), rows: [] as OutboxRow[], hasUnsent: false },
  lifetimes: {
    detached() { this.stopFollowing(); },
  },
  methods: {
    stopFollowing() { /* replaced by onLoad */ },

    onLoad() {
      wx.setNavigationBarTitle({ title: t.title });
      const ends = [subscribe(() => this.draw()), onNetworkChange(() => this.draw())];
      this.stopFollowing = () => ends.forEach((end) => end());
    },

    onShow() {
      this.setData({ type: pageType() });
      this.draw();
    },

    onUnload() {
      this.stopFollowing();
    },

    /** What needs its reader first, then what waits, then what arrived; the latest first. */
    draw() {
      const order = { rejected: 0, uploading: 1, queued: 1, sent: 2 };
      const items = listItems().reverse().sort((one, other) => order[one.state] - order[other.state]);
      this.setData({ rows: items.map(rowOf), hasUnsent: items.some((item) => item.state !== 'sent') });
    },

    follow(event: Tap) {
      wx.navigateTo({ url: `/pages/web/index?to=${encodeURIComponent(`/r/${event.currentTarget.dataset.token}`)}` });
    },

    fix(event: Tap) {
      const { id } = event.currentTarget.dataset;
      const item = findItem(id);
      if (item) wx.navigateTo({ url: `/pages/report/index?code=${item.code}&fix=${id}` });
    },

    again(event: Tap) {
      retryItem(event.currentTarget.dataset.id);
    },

    async remove(event: Tap) {
      const answer = await wx.showModal({
        title: t.delete, content: t.delete_sure, confirmText: t.delete_yes, cancelText: t.delete_no,
      });
      if (answer.confirm) removeItem(event.currentTarget.dataset.id);
    },

    openReport() {
      wx.reLaunch({ url: '/pages/report/index' });
    },
  },
});
