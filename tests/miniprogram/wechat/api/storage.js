/** Storage: 1 MB under one key, 10 MB in all, kept for one user of one program, gone only with the program. */
const { vendorCall } = require('../calls');
const { typeOf, VendorRefusal } = require('../refusal');

const KEY_BYTES = 1024 * 1024;
const ALL_BYTES = 10 * 1024 * 1024;

function bytesOf(text) {
  return Buffer.byteLength(text, 'utf8');
}

/** What WeChat can keep: plain types, and objects that JSON can write. */
function serialised(api, data) {
  if (['undefined', 'function'].includes(typeOf(data))) throw new VendorRefusal(api, `cannot store ${typeOf(data)}`);
  return JSON.stringify(data);
}

function storageApi(phone) {
  const { storage } = phone;

  function put(api, key, data) {
    if (typeof key !== 'string' || !key) throw new VendorRefusal(api, 'needs a key');
    const text = serialised(api, data);
    const others = Array.from(storage.entries()).filter(([name]) => name !== key).reduce((sum, [name, value]) => sum + bytesOf(name + value), 0);
    if (bytesOf(text) > KEY_BYTES) throw new Error(`${api}:fail entry size limit reached`);
    if (others + bytesOf(key + text) > phone.storageBytes(ALL_BYTES)) throw new Error(`${api}:fail exceed storage max size 10Mb`);
    phone.effect(`store ${key}`);
    storage.set(key, text);
  }

  function get(key) {
    return storage.has(key) ? JSON.parse(storage.get(key)) : '';
  }

  return {
    setStorageSync(key, data) {
      phone.note('setStorageSync', { key, data });
      phone.guard('setStorageSync', () => undefined);
      phone.guardRefusals(() => put('setStorageSync', key, data));
    },
    getStorageSync(key) { phone.guard('getStorageSync', () => undefined); return get(key); },
    removeStorageSync(key) {
      phone.note('removeStorageSync', { key });
      phone.guard('removeStorageSync', () => undefined);
      phone.effect(`forget ${key}`);
      storage.delete(key);
    },
    getStorageInfoSync() {
      phone.guard('getStorageInfoSync', () => undefined);
      return { keys: Array.from(storage.keys()), currentSize: 1, limitSize: ALL_BYTES / 1024 };
    },
    setStorage: vendorCall(phone, 'setStorage', { key: '*string', data: '*string|number|boolean|object|array' }, ({ key, data }) => put('setStorage', key, data)),
    getStorage: vendorCall(phone, 'getStorage', { key: '*string' }, ({ key }) => {
      if (!storage.has(key)) throw { errMsg: 'getStorage:fail data not found' };
      return { data: get(key) };
    }),
  };
}

module.exports = { storageApi };
