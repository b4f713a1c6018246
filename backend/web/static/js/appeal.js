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

/** What a phone sends with an appeal. `locate` may fail: the photo then stands alone. */
export async function appealOf(form, photoIds, locate) {
  const body = { appeal: { reason: form.elements.appeal_reason.value.trim(), photo_ids: photoIds } };
  try { body.point = await locate(); } catch (error) { body.point = null; }
  return body;
}
