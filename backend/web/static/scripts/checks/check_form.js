/** The form of a target on the phone: fields that depend on others, a draft kept all the time, sent through the outbox. */
import { translate, uuid } from '../browser/dom.js';
import { currentPoint } from '../orders/form_body.js';
import { removeItem } from '../outbox/outbox.js';
import { queueAction } from '../outbox/queued_actions.js';
import { allItems, isPersistent, putItem } from '../outbox/store.js';
import { fieldsOf, findMissing, followConditions, saidIn, storedIn } from './check_fields.js';

const account = document.body.getAttribute('data-owner');

/** What the form says, as an item of the outbox. */
function buildCheck(form, fields, point) {
  const shown = fields.filter(function (field) {
    return !field.box.hidden && (saidIn(field).length || field.picker && (field.picker.photos.length || storedIn(field).length));
  });
  const task = form.getAttribute('data-check');
  return {
    id: form.elements.client_id.value, to: '/api/v1/checks/' + task + '/records', move: 'check', name: form.getAttribute('data-name'),
    page: '/checks/' + task, after: '/checks', replaces: form.getAttribute('data-restored') || 'nothing',
    body: {
      client_id: form.elements.client_id.value, form_id: Number(form.elements.form_id.value), captured_at: new Date().toISOString(),
      code: form.elements.code.value.trim() || null, nonce: form.elements.nonce.value || null, point: point,
      answers: shown.map(function (field) {
        const said = saidIn(field);
        const isSeveral = field.kind === 'several';
        return { field: field.key, value: isSeveral ? '' : said[0] || '', values: isSeveral ? said : [], note: field.note ? field.note.value.trim() : '', photo_ids: storedIn(field) };
      }),
    },
    photos: shown.reduce(function (all, field, index) {
      return all.concat((field.picker ? field.picker.photos : []).map(function (photo) { return Object.assign({}, photo, { finding: index, among: 'answers' }); }));
    }, []),
  };
}

/** Put an item's answers, words and photos into the form, in place of what is there. */
function restoreAnswers(fields, item) {
  fields.forEach(function (field) {
    const index = item.body.answers.findIndex(function (answer) { return answer.field === field.key; });
    const answer = index < 0 ? { value: '', values: [], note: '' } : item.body.answers[index];
    field.inputs.forEach(function (input) {
      if (input.type === 'radio' || input.type === 'checkbox') input.checked = answer.values.concat(answer.value).indexOf(input.value) >= 0;
      else input.value = answer.value;
    });
    if (field.note) field.note.value = answer.note;
    if (!field.picker) return;
    field.picker.clear();
    item.photos.forEach(function (photo) { if (photo.finding === index) field.picker.add(photo); });
  });
}

/**
 * Wire the form of one target. Returns what puts a refused item of this form back into it.
 * @param {any} form @returns {Promise<(item: OutboxItem) => (() => void) | null>}
 */
export async function wireCheck(form) {
  const page = '/checks/' + form.getAttribute('data-check');
  const draftId = 'draft:' + account + ':' + page;
  const message = form.querySelector('.form-message');
  let isReady = false;

  function showMessage(text) {
    message.textContent = text;
    message.hidden = !text;
  }

  /** What is written stays, whatever becomes of the page: a camera may end it. */
  function keepDraft() {
    if (!isReady) return;
    showMessage('');
    followConditions(fields);
    /** @type {'draft'} */
    const state = 'draft';
    putItem(Object.assign(buildCheck(form, fields, null), { id: draftId, owner: account, state, percent: 0, tries: 0, not_before: 0, queued_at: new Date().toISOString() }));
  }

  const fields = fieldsOf(form, keepDraft);

  function begin() {
    form.elements.client_id.value = uuid();
    form.removeAttribute('data-restored');
  }

  async function submit(event) {
    event.preventDefault();
    for (const field of fields) if (field.picker) await field.picker.busy;
    const missing = findMissing(fields);
    if (missing) {
      showMessage(translate('check.missing'));
      missing.box.scrollIntoView();
      return;
    }
    const button = form.querySelector('[type=submit]');
    button.disabled = true;
    showMessage(translate('check.locating'));
    const item = buildCheck(form, fields, await currentPoint(30000).catch(function () { return null; }));
    isReady = false;
    await queueAction(item);
    await removeItem(draftId);
    restoreAnswers(fields, { body: { answers: [] }, photos: [] });
    begin();
    isReady = true;
    followConditions(fields);
    button.disabled = false;
    showMessage(await isPersistent() ? '' : translate('queue.stay'));
    window.scrollTo(0, 0);
  }

  const draft = (await allItems()).find(function (item) { return item.id === draftId; });
  if (draft && !fields.some(function (field) { return saidIn(field).length; })) {
    restoreAnswers(fields, draft);
    form.elements.client_id.value = draft.body.client_id;
  }
  if (!form.elements.client_id.value) begin();
  form.addEventListener('submit', submit);
  form.addEventListener('change', keepDraft);
  followConditions(fields);
  isReady = true;

  return function (item) {
    if (item.move !== 'check' || item.page !== page) return null;
    return function () {
      restoreAnswers(fields, item);
      begin();
      form.setAttribute('data-restored', item.id);
      keepDraft();
      form.scrollIntoView();
    };
  };
}
