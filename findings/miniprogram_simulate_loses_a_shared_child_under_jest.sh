#!/bin/sh
# miniprogram-simulate 1.6.2 in jest 30.5.2: the second page that uses a component finds nothing of it.
#
# Expected: two pages that name the same component under usingComponents both show it, in one file of tests.
# Seen: the first page shows it; the second one is empty, without an error of the test's own. The library runs a
#   component's file anew for each page by deleting its entry from require.cache. jest keeps a registry of its own, so the
#   file does not run again, and nothing is registered under the second page's id. jest.resetModules() before each page
#   makes the file run; so does a page for each file of tests.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund miniprogram-simulate@1.6.2 jest@30.5.2 jest-environment-jsdom@30.5.2 >/dev/null
for name in child one two; do
  mkdir "$name"
  echo 'Component({})' > "$name/index.js"
  echo '<view><child/></view>' > "$name/index.wxml"
  echo '{"component": true, "usingComponents": {"child": "../child/index"}}' > "$name/index.json"
done
echo '<view>seen</view>' > child/index.wxml
echo '{"component": true}' > child/index.json
cat > pages.test.js <<'JS'
const path = require('path');

function textOf(name) {
  const simulate = require('miniprogram-simulate');
  const page = simulate.render(simulate.load(path.join(__dirname, name, 'index')));
  page.attach(document.createElement('div'));
  return page.dom.textContent;
}
test('two pages with one child', () => {
  const texts = [textOf('one'), textOf('two')];
  jest.resetModules();
  texts.push(textOf('two'));
  console.log('first, second, second after resetModules:', texts);
  expect(texts).toEqual(['seen', '', 'seen']);
});
JS
npx jest --env=jsdom --silent=false pages.test.js 2>&1 | grep -v "^ *at \|^$"
npx jest --env=jsdom --silent pages.test.js >/dev/null 2>&1 || { echo "changed: see the texts above"; exit 1; }
