/** A check list on the phone: each fault with its photo and words, a draft kept all the time, sent through the outbox. */
import { translate, uuid } from '../browser/dom.js';
import { removeItem } from '../outbox/outbox.js';
import { queueAction } from '../outbox/queued_actions.js';
import { allItems, isPersistent, putItem } from '../outbox/store.js';
import { createPhotoPicker } from '../photos/photo_picker.js';

const FULL = 100;
const account = document.body.getAttribute('data-owner');

/** Where the form's own page is: the same address with and without network. */
export function pageOf(shop, listId) {
  return '/shops/' + shop.id + '/inspect?list=' + listId;
}

function isFault(point) {
  return point.box.querySelector('input[value=fault]').checked;
}

function storedIds(point) {
  return Array.from(point.box.querySelectorAll('[name^=photo_ids]:checked'), function (/** @type {any} */ box) { return box.value; });
}

/** @param {any} form @param {() => void} onChange */
function pointsOf(form, onChange) {
  return Array.from(form.querySelectorAll('[data-point]'), function (/** @type {any} */ box) {
    return {
      box: box, id: Number(box.getAttribute('data-point')), takes: Number(box.getAttribute('data-points')),
      note: box.querySelector('input[type=text]'), picker: createPhotoPicker(box.querySelector('[data-photo-picker]'), onChange),
    };
  });
}

/** What the form says, as an item of the outbox. */
function buildItem(form, points, shop) {
  const faults = points.filter(isFault);
  const score = faults.reduce(function (rest, point) { return rest - point.takes; }, FULL);
  const listId = form.getAttribute('data-checklist');
  return {
    id: form.elements.client_id.value, to: '/api/v1/shops/' + shop.id + '/inspections', move: 'inspect',
    name: shop.name + ' · ' + form.getAttribute('data-name') + ' · ' + translate('inspect.score', { n: Math.max(0, score), faults: faults.length }),
    page: pageOf(shop, listId), after: '/shops/' + shop.id + '/findings', replaces: form.getAttribute('data-restored') || 'nothing',
    body: {
      client_id: form.elements.client_id.value, checklist_id: Number(listId), captured_at: new Date().toISOString(),
      findings: faults.map(function (point) { return { point_id: point.id, note: point.note.value.trim(), photo_ids: storedIds(point) }; }),
    },
    photos: faults.reduce(function (all, point, index) {
      return all.concat(point.picker.photos.map(function (photo) { return Object.assign({}, photo, { finding: index }); }));
    }, []),
  };
}

/** Put an item's faults, words and photos into the form, in place of what is there. */
function restoreCheck(points, item) {
  points.forEach(function (point) {
    const index = item.body.findings.findIndex(function (found) { return found.point_id === point.id; });
    point.picker.clear();
    point.box.querySelector('input[value=' + (index < 0 ? 'ok' : 'fault') + ']').checked = true;
    point.box.querySelector('details').open = index >= 0;
    point.note.value = index < 0 ? '' : item.body.findings[index].note;
    item.photos.forEach(function (photo) { if (photo.finding === index) point.picker.add(photo); });
  });
}

/**
 * Wire the form of one list at one shop. Returns what puts a refused item of this form back into it.
 * @param {any} form @param {{id: string, name: string}} shop
 * @returns {Promise<(item: OutboxItem) => (() => void) | null>}
 */
export async function wireCheckList(form, shop) {
  const draftId = 'draft:' + account + ':' + pageOf(shop, form.getAttribute('data-checklist'));
  const message = form.querySelector('.form-message');
  let isReady = false;

  function showMessage(text) {
    message.textContent = text;
    message.hidden = !text;
  }

  function followForm() {
    const faults = points.filter(isFault);
    const rest = faults.reduce(function (left, point) { return left - point.takes; }, FULL);
    form.querySelector('.check-score').textContent = translate('inspect.score', { n: Math.max(0, rest), faults: faults.length });
    faults.forEach(function (point) { point.box.querySelector('details').open = true; });
  }

  /** What is written stays, whatever becomes of the page: a camera may end it. */
  function keepDraft() {
    if (!isReady) return;
    showMessage('');
    followForm();
    /** @type {'draft'} */
    const state = 'draft';
    putItem(Object.assign(buildItem(form, points, shop), { id: draftId, owner: account, state, percent: 0, tries: 0, not_before: 0, queued_at: new Date().toISOString() }));
  }

  const points = pointsOf(form, keepDraft);

  function begin() {
    form.elements.client_id.value = uuid();
    form.removeAttribute('data-restored');
  }

  async function submit(event) {
    event.preventDefault();
    for (const point of points) await point.picker.busy;
    const bare = points.find(function (point) { return isFault(point) && !point.picker.photos.length && !storedIds(point).length; });
    if (bare) {
      showMessage(translate('inspect.photo_missing'));
      bare.box.scrollIntoView();
      return;
    }
    const item = buildItem(form, points, shop);
    isReady = false;
    await queueAction(item);
    await removeItem(draftId);
    restoreCheck(points, { body: { findings: [] }, photos: [] });
    begin();
    isReady = true;
    followForm();
    showMessage(await isPersistent() ? '' : translate('queue.stay'));
    window.scrollTo(0, 0);
  }

  const draft = (await allItems()).find(function (item) { return item.id === draftId; });
  if (draft && !form.querySelector('input[value=fault]:checked')) {
    restoreCheck(points, draft);
    form.elements.client_id.value = draft.body.client_id;
  }
  if (!form.elements.client_id.value) begin();
  form.addEventListener('submit', submit);
  form.addEventListener('change', keepDraft);
  followForm();
  isReady = true;

  return function (item) {
    if (item.move !== 'inspect' || item.page !== pageOf(shop, form.getAttribute('data-checklist'))) return null;
    return function () {
      restoreCheck(points, item);
      begin();
      form.setAttribute('data-restored', item.id);
      keepDraft();
      form.scrollIntoView();
    };
  };
}
