const { endPhones, noteError } = require('./wechat/phone');

console.error = noteError;
afterEach(endPhones);
