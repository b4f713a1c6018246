/** Who holds the phone: sign-in, the privacy guide, permissions, position, agreement to messages. */
const { onlyInTap, vendorCall } = require('../calls');
const { typeOf, VendorRefusal } = require('../refusal');

const DENIED = { errMsg: 'fail auth deny', errno: 103 };

function personApi(phone) {
  const listeners = [];
  let codes = 0;

  /** Calls that touch personal data wait for the guide's agreement; without a listener WeChat asks by itself. */
  phone.privacyOf = async (api) => {
    if (phone.hasAgreed) return;
    const refused = { errMsg: `${api}:fail privacy permission is not authorized`, errno: 104 };
    if (!listeners.length) {
      if (!phone.person.agreesPrivacy) throw refused;
      phone.hasAgreed = true;
      return;
    }
    const answer = await new Promise((resolve) => {
      listeners[listeners.length - 1]((said) => {
        if (said.event === 'exposureAuthorization') { phone.guideShown += 1; return; }
        if (!['agree', 'disagree'].includes(said.event)) phone.refuse(new VendorRefusal('onNeedPrivacyAuthorization', `knows no event ${said.event}`));
        if (said.event === 'agree' && said.buttonId !== phone.agreedBy) phone.refuse(new VendorRefusal('onNeedPrivacyAuthorization', 'the button of buttonId was not pressed'));
        resolve(said.event);
      }, { referrer: api });
    });
    if (answer !== 'agree') throw refused;
    phone.hasAgreed = true;
  };

  /** Ask for a permission once; what was answered stays until it is changed in the settings. */
  phone.scopeOf = async (api, scope) => {
    if (phone.scopes[scope] === undefined) phone.scopes[scope] = phone.person.allows.includes(scope);
    if (!phone.scopes[scope]) throw { ...DENIED, errMsg: `${api}:${DENIED.errMsg}` };
  };

  async function position(api, scope) {
    if (!(phone.app.requiredPrivateInfos || []).includes(api)) {
      throw phone.refuse(new VendorRefusal(api, 'the api need to be declared in the requiredPrivateInfos field in app.json'));
    }
    await phone.privacyOf(api);
    await phone.scopeOf(api, scope);
    if (!phone.person.position) throw { errMsg: `${api}:fail:ERROR_NOCELL&WIFI_LOCATIONSWITCHOFF` };
    return phone.person.position;
  }

  return {
    login: vendorCall(phone, 'login', { timeout: 'number' }, () => {
      if (!phone.isOnline) throw { errMsg: 'login:fail' };
      codes += 1;
      return { code: phone.person.code || `code-${phone.person.openid}-${codes}` };
    }),
    onNeedPrivacyAuthorization(listener) { phone.guard('onNeedPrivacyAuthorization', () => undefined); listeners.push(listener); },
    openPrivacyContract: vendorCall(phone, 'openPrivacyContract', {}, () => ({})),
    getPrivacySetting: vendorCall(phone, 'getPrivacySetting', {}, () => ({ needAuthorization: !phone.hasAgreed, privacyContractName: '《隐私保护指引》' })),
    getSetting: vendorCall(phone, 'getSetting', { withSubscriptions: 'boolean' }, ({ withSubscriptions }) => ({
      authSetting: { ...phone.scopes },
      ...(withSubscriptions ? { subscriptionsSetting: { mainSwitch: phone.person.subscribes !== 'off', itemSettings: { ...phone.person.settled } } } : {}),
    })),
    getFuzzyLocation: vendorCall(phone, 'getFuzzyLocation', { type: 'string' }, async () => {
      const { longitude, latitude } = await position('getFuzzyLocation', 'scope.userFuzzyLocation');
      return { longitude, latitude };
    }),
    getLocation: vendorCall(phone, 'getLocation', {
      type: 'string', altitude: 'boolean', isHighAccuracy: 'boolean', highAccuracyExpireTime: 'number',
    }, async ({ highAccuracyExpireTime }) => {
      if (highAccuracyExpireTime !== undefined && highAccuracyExpireTime < 3000) phone.refuse(new VendorRefusal('getLocation', 'highAccuracyExpireTime works from 3000'));
      return { speed: -1, altitude: 0, verticalAccuracy: 0, ...(await position('getLocation', 'scope.userLocation')) };
    }),
    requestSubscribeMessage(options) {
      phone.guard('requestSubscribeMessage', () => onlyInTap(phone, 'requestSubscribeMessage'));
      return vendorCall(phone, 'requestSubscribeMessage', { tmplIds: '*array' }, ({ tmplIds }) => {
        if (!tmplIds.length || tmplIds.length > 3) throw phone.refuse(new VendorRefusal('requestSubscribeMessage', 'takes one to three templates'));
        if (tmplIds.some((id) => typeOf(id) !== 'string' || !id)) throw phone.refuse(new VendorRefusal('requestSubscribeMessage', 'a template has no id'));
        if (phone.person.subscribes === 'off') throw { errMsg: 'requestSubscribeMessage:fail The main switch is switched off', errCode: 20004 };
        return Object.fromEntries(tmplIds.map((id) => [id, phone.person.subscribes]));
      })(options);
    },
  };
}

module.exports = { personApi };
