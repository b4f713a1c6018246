/** Codes are read without network as the server reads them. */
const fs = require('fs');
const path = require('path');
const { Phone } = require('../wechat/phone');
const { Server } = require('../server/server');

const CODE = '0SKCCTJTRQVT';
let codes;

beforeEach(() => {
  const phone = new Phone({ server: new Server(), config: { codePrefixes: ['https://q.example.cn/q/', 'https://old.example.cn/d/'] } });
  phone.launch();
  codes = phone.module('lib/codes');
});

test.each([
  ['as printed', '0SKC-CTJT-RQVT'], ['with blanks', ' 0skc ctjt rqvt '], ['full width', '０ＳＫＣ－ＣＴＪＴ－ＲＱＶＴ'],
  ['O for 0', 'OSKC-CTJT-RQVT'], ['in an address of ours', `https://q.example.cn/q/${CODE}`], ['in capitals', `HTTPS://Q.EXAMPLE.CN/Q/${CODE}`],
  ['below an earlier prefix', `https://old.example.cn/d/${CODE}?from=x`], ['by http', `http://q.example.cn/q/${CODE}/`],
])('a code is read %s', (_, text) => {
  expect(codes.readCode(text)).toEqual({ code: CODE });
});

test.each([
  ['another host', `https://q.example.com/q/${CODE}`], ['another path', `https://q.example.cn/x/${CODE}`],
  ['a port', `https://q.example.cn:8443/q/${CODE}`], ['a user name', `https://q.example.cn@evil.example/q/${CODE}`],
  ['a payment', 'wxp://f2f0abc'],
])('a symbol of somebody else is foreign: %s', (_, text) => {
  expect(codes.readCode(text)).toEqual({ fault: 'foreign' });
});

test('every code that the server makes is one here', () => {
  const made = (process.env.MINIPROGRAM_CODES || CODE).split(' ');
  expect(made.filter((code) => codes.readCode(code).code !== code)).toEqual([]);
});

test('every single wrong character and every swap of two is noticed', () => {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const wrong = [];
  for (let at = 0; at < CODE.length; at += 1) {
    for (const sign of alphabet) if (sign !== CODE[at]) wrong.push(CODE.slice(0, at) + sign + CODE.slice(at + 1));
    for (let other = at + 1; other < CODE.length; other += 1) {
      const signs = Array.from(CODE);
      [signs[at], signs[other]] = [signs[other], signs[at]];
      if (signs.join('') !== CODE) wrong.push(signs.join(''));
    }
  }
  expect(wrong.filter((code) => codes.readCode(code).fault !== 'malformed')).toEqual([]);
});

test('the usual matters are those of the web page, with the names and photos of the dictionary', () => {
  const root = path.join(__dirname, '../../..');
  const [head, ...lines] = fs.readFileSync(path.join(root, 'backend/items/dictionary.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
  const column = (line, name) => line[head.indexOf(name)].replace(/"/g, '');
  const view = fs.readFileSync(path.join(root, 'backend/web/views/item_choices.py'), 'utf8');
  const usual = /USUAL = \((.*)\)/.exec(view)[1].match(/\w+/g);
  const shown = require(path.join(global.COMPILED, 'lib/items')).listItems();
  expect(shown.map((item) => item.code)).toEqual(usual);
  for (const item of shown) {
    const line = lines.find((each) => column(each, 'code') === item.code);
    expect([item.name, item.photos]).toEqual([column(line, 'name_zh'), Number(column(line, 'report_photos_min'))]);
  }
});
