/** Where position and code fail: the form of the appeal is laid open, and goes with whatever position there is. */
import { byId } from './dom.js';

/** Show the appeal to whoever was just refused, with the refusal still in sight. */
export function offerAppeal() {
  const box = byId('appeal');
  if (!box) return;
  box.open = true;
  box.scrollIntoView({ block: 'center' });
}

/** Whether this refusal of a check-in may be appealed against. */
export function isAppealable(reply) {
  return reply.body.code === 'too-far-away' || reply.body.code === 'fix-too-vague';
}
