/** How an asynchronous call of WeChat's ends: by callbacks, or by a promise where none was given. */
const { checkOptions, VendorRefusal } = require('./refusal');

/**
 * A call as the documents describe it. `run` gets its options and returns, perhaps later, what success hears; what it
 * throws as a plain object with `errMsg` is what fail hears. Refusals of the double itself go to the test.
 */
function vendorCall(phone, api, fields, run) {
  return (options = {}) => {
    phone.note(api, options);
    phone.guard(api, () => checkOptions(api, options, fields));
    const { success, fail, complete } = options;
    const life = phone.life;
    const outcome = phone.work(async () => run(options)).then(
      (result) => ({ isOk: true, answer: { errMsg: `${api}:ok`, ...result } }),
      (error) => ({ isOk: false, answer: phone.asFailure(api, error) }),
    );
    if (!success && !fail && !complete) {
      return new Promise((resolve, reject) => {
        outcome.then(({ isOk, answer }) => { if (phone.lives(life)) (isOk ? resolve : reject)(answer); });
      });
    }
    outcome.then(({ isOk, answer }) => {
      if (!phone.lives(life)) return;
      if (isOk && success) success(answer);
      if (!isOk && fail) fail(answer);
      if (complete) complete(answer);
    });
    return undefined;
  };
}

/** A call of which the documents say that it works only within a tap. */
function onlyInTap(phone, api) {
  if (!phone.isInTap) throw new VendorRefusal(api, 'can only be invoked by user TAP gesture');
}

module.exports = { vendorCall, onlyInTap };
