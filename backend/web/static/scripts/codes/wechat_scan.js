/** 扫一扫 inside WeChat: the code that was read goes into its form, and the form is sent. */
import { translate } from '../browser/dom.js';
import { askWechat } from '../browser/wechat.js';

function sayNoCode(form) {
  const line = form.querySelector('.form-message') || document.getElementById('form-message');
  line.hidden = false;
  line.className = 'form-message note bad';
  line.textContent = translate('action.no_code');
}

async function scanInto(form) {
  try {
    const wechat = await askWechat();
    if (!wechat) throw new Error('none');
    form.elements.code.value = await wechat.scan();
    form.requestSubmit();
  } catch (error) {
    if (/** @type {Error} */ (error).message !== 'cancel') sayNoCode(form);
  }
}

/** Wire the buttons beside fields for a code, again after every refresh. */
export function wireWechatScans() {
  function wire() {
    Array.from(document.querySelectorAll('[data-wechat-scan]')).forEach(function (/** @type {any} */ button) {
      button.onclick = function () { scanInto(button.form); };
    });
  }
  wire();
  document.addEventListener('refreshed', wire);
}
