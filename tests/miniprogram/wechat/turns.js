/** The next turn of Node's own loop, whatever clock a test has set. */
const { setImmediate: later } = require('timers');

function nextTurn() {
  return new Promise((resolve) => { later(resolve); });
}

module.exports = { nextTurn };
