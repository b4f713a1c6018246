/** A window as jest makes it. What a program still promises after its phone has ended it is nobody's to keep. */
const path = require('path');
const { TestEnvironment } = require(path.join(process.env.MINIPROGRAM_PACKAGES, 'jest-environment-jsdom'));

class Environment extends TestEnvironment {
  handleTestEvent(event) {
    if (event.name === 'error' && event.promise && event.error.name === 'Killed') event.promise.catch(() => undefined);
  }
}

module.exports = Environment;
