/** The privacy guide over a page: in sight while a call waits for its reader's agreement. */
import { textsOf } from '../../i18n/bilingual';
import { common } from '../../i18n/common';
import { agreeToPrivacy, disagreeToPrivacy, hidePrivacyOf, showPrivacyBy } from '../../lib/privacy';
import { pageType } from '../../lib/type_size';

const AGREE_BUTTON = 'privacy-agree';

Component({
  data: { t: textsOf(common), isShown: false, type: pageType() },
  lifetimes: {
    attached() { this.follow(); },
    detached() { hidePrivacyOf(this); },
  },
  pageLifetimes: {
    show() { this.follow(); },
    hide() {
      hidePrivacyOf(this);
      this.setData({ isShown: false });
    },
  },
  methods: {
    follow() {
      showPrivacyBy(this, () => this.setData({ isShown: true, type: pageType() }));
    },
    agree() {
      this.setData({ isShown: false });
      agreeToPrivacy(AGREE_BUTTON);
    },
    disagree() {
      this.setData({ isShown: false });
      disagreeToPrivacy();
    },
    openContract() {
      wx.openPrivacyContract({});
    },
    /** Nothing behind the guide scrolls. */
    stay() { /* caught */ },
  },
});
