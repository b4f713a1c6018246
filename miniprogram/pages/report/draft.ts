/** What a sudden end of the program would lose of a form, kept under its code until it is submitted or thrown away. */
import { hasFile, removeFile } from '../../lib/files';
import { newId } from '../../lib/ids';
import { findItem, takeBack } from '../../lib/outbox/outbox';
import { findDraft, putDraft } from '../../lib/outbox/store';
import type { Photo } from '../../lib/photos';

export interface Draft {
  /** The client_id that the report will have: what was submitted is no draft any more. */
  id: string;
  item: string;
  description: string;
  photos: Photo[];
}

/** The draft of a code, with those of its photos that are still there; null where there is none. */
export function restoreDraft(code: string): Draft | null {
  const draft = findDraft<Draft>(code);
  if (!draft) return null;
  if (findItem(draft.id)) { putDraft(code, null); return null; }
  return { ...draft, photos: draft.photos.filter((photo) => hasFile(photo.path)) };
}

/** A refused report as the draft of its code, under a new id; it leaves the outbox once it is kept as a draft. */
export function moveToDraft(code: string, id: string): Draft | null {
  const refused = findItem(id);
  if (!refused) return restoreDraft(code);
  const draft = { id: newId(), item: refused.item, description: refused.description, photos: refused.photos };
  putDraft(code, draft);
  takeBack(id);
  return draft;
}

/** Keep a form, or nothing of one that is as it came. */
export function keepDraft(code: string, draft: Draft, isChanged: boolean): void {
  putDraft(code, isChanged ? draft : null);
}

/** After its report is in the outbox. */
export function endDraft(code: string): void {
  putDraft(code, null);
}

export function throwAway(code: string, draft: Draft): void {
  putDraft(code, null);
  draft.photos.forEach((photo) => removeFile(photo.path));
}
