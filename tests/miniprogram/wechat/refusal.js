/** What WeChat refuses: a call that its documents do not allow ends the test with the reason. */

class VendorRefusal extends Error {
  constructor(api, reason) {
    super(`wx.${api}: ${reason}`);
    this.name = 'VendorRefusal';
  }
}

/** The program was ended: whatever it still does has no effect. */
class Killed extends Error {
  constructor() {
    super('ended');
    this.name = 'Killed';
  }
}

function typeOf(value) {
  if (Array.isArray(value)) return 'array';
  if (Object.prototype.toString.call(value) === '[object ArrayBuffer]') return 'ArrayBuffer';
  return value === null ? 'null' : typeof value;
}

/**
 * Hold the options of a call against its documented fields: name → type, or types parted by `|`; `*` before it: required.
 * Fields that no document names are refused, too: WeChat would ignore them, and whoever wrote them expects something.
 */
function checkOptions(api, options, fields) {
  if (typeOf(options) !== 'object') throw new VendorRefusal(api, 'takes one object');
  const known = { success: 'function', fail: 'function', complete: 'function', ...fields };
  for (const [name, type] of Object.entries(known)) {
    const isRequired = type.startsWith('*');
    const types = type.replace('*', '').split('|');
    if (options[name] === undefined) {
      if (isRequired) throw new VendorRefusal(api, `needs ${name}`);
      if (name in options) throw new VendorRefusal(api, `${name} is undefined`);
    } else if (!types.includes(typeOf(options[name]))) {
      throw new VendorRefusal(api, `${name} is ${typeOf(options[name])}, not ${types.join(' or ')}`);
    }
  }
  const unknown = Object.keys(options).filter((name) => !(name in known));
  if (unknown.length) throw new VendorRefusal(api, `knows no ${unknown.join(', ')}`);
}

module.exports = { VendorRefusal, Killed, checkOptions, typeOf };
