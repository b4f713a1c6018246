/** How jest runs: nothing is transformed, packages and the compiled program lie where the environment says. */
const path = require('path');

const packages = process.env.MINIPROGRAM_PACKAGES;
const compiled = process.env.MINIPROGRAM_COMPILED;

module.exports = {
  rootDir: __dirname,
  roots: [__dirname],
  testMatch: ['**/*.test.js'],
  testEnvironment: path.join(__dirname, 'environment.js'),
  modulePaths: [packages],
  transform: {},
  haste: { enableSymlinks: false },
  cacheDirectory: path.join(path.dirname(packages), 'jest-cache'),
  setupFilesAfterEnv: [path.join(__dirname, 'setup.js')],
  fakeTimers: { enableGlobally: true, now: Date.parse('2026-11-28T01:00:00Z'), doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'queueMicrotask', 'performance', 'hrtime', 'requestAnimationFrame', 'cancelAnimationFrame'] },
  globals: { COMPILED: compiled },
  testTimeout: 60000,
};
