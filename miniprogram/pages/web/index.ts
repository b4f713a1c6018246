/** Any page of our site, opened as the person of this phone; where it cannot be opened, what is kept and what next. */
import { fill, textsOf } from '../../i18n/bilingual';
import { web } from '../../i18n/web';
import { handOver, ownPath } from '../../lib/hand_over';
import { listItems } from '../../lib/outbox/outbox';
import { pageType } from '../../lib/type_size';
import { problemText } from '../../lib/wire';

const t = textsOf(web);

Component({
  options: { pureDataPattern: /^_/ },
  data: {
    t, type: pageType(), state: 'opening' as 'opening' | 'shown' | 'trouble' | 'foreign', src: '', title: '', reason: '', kept: '',
    _path: '',
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      wx.setNavigationBarTitle({ title: t.title });
      const _path = ownPath(query.to);
      this.setData({ _path });
      if (_path) void this.open();
      else this.setData({ state: 'foreign', title: t.foreign_title, reason: t.foreign_text });
    },

    onShow() {
      this.setData({ type: pageType() });
    },

    /** With a new hand-over each time: it works once. */
    async open() {
      this.setData({ state: 'opening', src: '' });
      const opened = await handOver(this.data._path);
      if ('src' in opened) this.setData({ state: 'shown', src: opened.src });
      else if (opened.trouble.status === 0) this.tell(t.offline_title, '');
      else this.tell(t.trouble_title, problemText(opened.trouble));
    },

    /** WeChat could not load the page. The web-view lies above everything, so it has to go. */
    fail() {
      this.tell(t.trouble_title, '');
    },

    tell(title: string, reason: string) {
      const waiting = listItems().filter((item) => item.state === 'queued' || item.state === 'uploading').length;
      this.setData({ state: 'trouble', src: '', title, reason, kept: waiting ? fill(t.kept, { n: waiting }) : t.kept_none });
    },

    openOwn() {
      wx.redirectTo({ url: '/pages/mine/index' });
    },

    goBack() {
      wx.navigateBack({ fail: () => wx.reLaunch({ url: '/pages/report/index' }) });
    },
  },
});
