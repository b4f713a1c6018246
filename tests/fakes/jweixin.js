// WeChat's JS-SDK inside WeChat, as its documents describe it, for pages under test: `window.wechatFake` is told what
// the phone answers (`position`, `code`, `refuses`) and remembers what it was asked.
(function () {
  const fake = window.wechatFake = Object.assign({ asked: [], config: null }, window.wechatFake);
  let onReady = null;
  let onError = null;
  let isVerified = false;

  function answer(options, result) {
    setTimeout(function () {
      if (!isVerified) options.fail({ errMsg: 'the permission value is offline verifying' });
      else if (fake.refuses) options.cancel({ errMsg: 'cancel' });
      else options.success(result);
    });
  }

  window.wx = {
    config: function (given) {
      fake.config = given;
      isVerified = /^[0-9a-f]{40}$/.test(given.signature) && given.nonceStr !== '' && Number.isInteger(given.timestamp);
      setTimeout(function () {
        if (!isVerified && onError) onError({ errMsg: 'config:invalid signature' });
        if (onReady) onReady();
      });
    },
    ready: function (then) { onReady = then; },
    error: function (then) { onError = then; },
    getLocation: function (options) {
      fake.asked.push(['getLocation', options.type]);
      answer(options, Object.assign({ errMsg: 'getLocation:ok', speed: '0' }, fake.position));
    },
    scanQRCode: function (options) {
      fake.asked.push(['scanQRCode', options.needResult, options.scanType.join()]);
      answer(options, { errMsg: 'scanQRCode:ok', resultStr: fake.code });
    },
  };
})();
