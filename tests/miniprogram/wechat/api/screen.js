/** Pages, messages over them, and what the program is told of the phone. */
const { vendorCall } = require('../calls');
const { VendorRefusal } = require('../refusal');

const PAGES_DEEP = 10;
const LABEL_SIGNS = 4;

function screenApi(phone) {
  function checkPage(api, url) {
    const path = url.split('?')[0].replace(/^\//, '');
    if (!url.startsWith('/')) throw phone.refuse(new VendorRefusal(api, `needs a path from the root: ${url}`));
    if (!phone.app.pages.includes(path)) throw phone.refuse(new VendorRefusal(api, `page "${path}" is not found in app.json`));
  }

  const go = (api) => vendorCall(phone, api, { url: '*string', events: 'object', routeType: 'string' }, ({ url }) => {
    checkPage(api, url);
    if (api === 'navigateTo' && phone.navigations.length >= PAGES_DEEP) throw { errMsg: 'navigateTo:fail webview count limit exceed' };
    phone.navigations.push(url);
    return {};
  });

  function checkLabel(api, name, text) {
    if (text !== undefined && Array.from(text).length > LABEL_SIGNS) throw phone.refuse(new VendorRefusal(api, `${name} has ${LABEL_SIGNS} characters at most: ${text}`));
  }

  return {
    navigateTo: go('navigateTo'),
    redirectTo: go('redirectTo'),
    reLaunch: go('reLaunch'),
    navigateBack: vendorCall(phone, 'navigateBack', { delta: 'number' }, () => ({})),
    setNavigationBarTitle: vendorCall(phone, 'setNavigationBarTitle', { title: '*string' }, () => ({})),
    pageScrollTo: vendorCall(phone, 'pageScrollTo', { scrollTop: 'number', duration: 'number', selector: 'string', offsetTop: 'number' }, () => ({})),
    showToast: vendorCall(phone, 'showToast', { title: '*string', icon: 'string', image: 'string', duration: 'number', mask: 'boolean' }, () => ({})),
    showModal: vendorCall(phone, 'showModal', {
      title: 'string', content: 'string', showCancel: 'boolean', cancelText: 'string', cancelColor: 'string', confirmText: 'string',
      confirmColor: 'string', editable: 'boolean', placeholderText: 'string',
    }, ({ confirmText, cancelText }) => {
      checkLabel('showModal', 'confirmText', confirmText);
      checkLabel('showModal', 'cancelText', cancelText);
      const confirm = phone.person.modal;
      return { confirm, cancel: !confirm };
    }),
    stopPullDownRefresh: vendorCall(phone, 'stopPullDownRefresh', {}, () => ({})),
    makePhoneCall: vendorCall(phone, 'makePhoneCall', { phoneNumber: '*string' }, () => ({})),
    getAppBaseInfo() {
      phone.guard('getAppBaseInfo', () => undefined);
      return { language: phone.language, fontSizeSetting: phone.fontSize, SDKVersion: '3.0.0', version: '8.0.50', theme: 'light' };
    },
    getEnterOptionsSync: () => phone.entered,
    getLaunchOptionsSync: () => phone.entered,
    nextTick: (then) => { Promise.resolve().then(then); },
    canIUse: () => true,
  };
}

module.exports = { screenApi };
