/** Both languages say the same: every key is in both (the compiler holds that), and every fact of a sentence, too. */
const fs = require('fs');
const path = require('path');

const folder = path.join(global.COMPILED, 'i18n');
const catalogues = fs.readdirSync(folder).map((name) => name.replace('.js', '')).filter((name) => name !== 'bilingual')
  .map((name) => [name, Object.values(require(path.join(folder, name)))[0]]);

function factsOf(text) {
  return (text.match(/\{\w+\}/g) || []).filter((fact, i, all) => all.indexOf(fact) === i).sort();
}

test('there are texts', () => { expect(catalogues.length).toBeGreaterThan(2); });

test.each(catalogues)('%s has every key, and no empty text, in both languages', (_, { zh, en }) => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  expect([...Object.values(zh), ...Object.values(en)].filter((text) => !text.trim())).toEqual([]);
});

test.each(catalogues)('%s says the same facts in both languages', (_, { zh, en }) => {
  expect(Object.keys(zh).filter((key) => String(factsOf(zh[key])) !== String(factsOf(en[key])))).toEqual([]);
});

test.each(catalogues)('%s has Chinese in Chinese and none in English', (_, { zh, en }) => {
  expect(Object.values(en).filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
  expect(Object.values(zh).filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
});
