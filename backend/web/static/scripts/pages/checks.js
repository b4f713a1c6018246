/** What is to be checked in campaigns: live, and kept on the phone for the time without network. */
import './default.js';
import { byId } from '../browser/dom.js';
import { keepChecks } from '../checks/keeping.js';
import { showKeptChecks } from '../checks/stand_in.js';
import { wireScanButtons } from '../codes/scan_buttons.js';
import { startLiveUpdates } from '../frame/live_updates.js';
import { startUnread } from '../frame/unread.js';
import { showQueuedActions } from '../outbox/queued_actions.js';

if (byId('kept-list')) {
  showKeptChecks();
} else {
  startUnread();
  wireScanButtons();
  showQueuedActions();
  startLiveUpdates();
  keepChecks();
  document.addEventListener('refreshed', keepChecks);
}
