/** One target of a campaign, filled in by whoever goes: also without network, once its page was opened. */
import './default.js';
import { wireCheck } from '../checks/check_form.js';
import { wirePositionFields } from '../checks/position_fields.js';
import { wireScanButtons } from '../codes/scan_buttons.js';
import { showQueuedActions } from '../outbox/queued_actions.js';

async function startCheck() {
  const form = document.querySelector('form[data-check]');
  wireScanButtons();
  wirePositionFields(form);
  showQueuedActions(await wireCheck(form));
}

startCheck();
