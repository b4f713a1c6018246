/** Without network: the shops that were taken along, and the check list of one of them. */
import { byId, createElement, translate } from '../browser/dom.js';
import { duration } from '../frame/countdowns.js';
import { showQueuedActions } from '../outbox/queued_actions.js';
import { pageOf, wireCheckList } from './check_list.js';
import { findTakenAlong } from './taken_along.js';

const FORM_PAGE = /^\/shops\/(\d+)\/inspect$/;

function link(href, name, about) {
  const words = createElement('span', { className: 'grow' }, [createElement('strong', { textContent: name }), about ? ' ' + about : null]);
  return createElement('li', {}, [createElement('a', { className: 'line', href: href }, [words])]);
}

function showLinks(title, rows) {
  byId('taken-title').textContent = title;
  rows.forEach(function (row) { byId('taken-rows').append(row); });
  byId('taken-list').hidden = !rows.length;
}

/** The form of a list as the server wrote it, for this shop. */
function putForm(list, shop) {
  const written = /** @type {HTMLFormElement} */ (new DOMParser().parseFromString(list.html, 'text/html').querySelector('form'));
  const form = document.importNode(written, true);
  form.setAttribute('action', '/shops/' + shop.id + '/inspect');
  byId('taken-form').append(form);
  return wireCheckList(form, shop);
}

/** Show what was taken along of the page that was asked for; nothing on other pages. */
export async function showTakenAlong() {
  const found = FORM_PAGE.exec(location.pathname);
  if (!found && location.pathname !== '/inspections') return;
  const kept = findTakenAlong();
  const shop = found && kept.shops.find(function (each) { return each.id === found[1]; });
  const list = kept.lists[new URLSearchParams(location.search).get('list') || ''];
  let restorerOf;
  byId('taken-along').hidden = false;
  if (shop && list) {
    byId('taken-title').textContent = list.name + ' · ' + shop.name;
    restorerOf = await putForm(list, shop);
  } else if (shop) {
    showLinks(shop.name, shop.checklists.filter(function (id) { return kept.lists[id]; }).map(function (id) { return link(pageOf(shop, id), kept.lists[id].name); }));
  } else {
    showLinks(translate(kept.shops.length ? 'inspect.shops' : 'inspect.nothing'), kept.shops.map(function (each) { return link('/shops/' + each.id + '/inspect', each.name, each.address); }));
  }
  byId('taken-age').textContent = translate('inspect.kept', { span: duration(Math.max(0, Date.now() - kept.at)) });
  byId('taken-age').hidden = !kept.shops.length;
  showQueuedActions(restorerOf);
}
