/** The program's start and its coming back into sight: from here the outbox is sent, whichever page is open. */
import { readSettled, tellConsent } from './lib/consent';
import { followNetwork, onNetworkChange } from './lib/network';
import { resumeOutbox, startOutbox } from './lib/outbox/outbox';
import { followPrivacy } from './lib/privacy';

App({
  onLaunch() {
    followPrivacy();
    followNetwork();
    startOutbox();
    onNetworkChange((isOnline) => { if (isOnline) void tellConsent(); });
  },
  onShow() {
    resumeOutbox();
    readSettled();
    void tellConsent();
  },
});
