/** What waits on the phone or was sent. Phones hold unsent items under these names: a field may be added, none renamed. */
import type { Photo } from '../photos';
import type { Fix } from '../position';

export type State = 'queued' | 'uploading' | 'sent' | 'rejected';

/** A report, or with `order_id` one more report of an order that is there already, as a page hands it over. */
export interface NewItem {
  /** The client_id of the report: the server takes it once. */
  id: string;
  code: string;
  /** What the place is called, in the reader's words; the code where that is not known. */
  place: string;
  /** What it is about, in the reader's words. */
  name: string;
  item: string;
  order_id?: number;
  nonce?: string;
  point?: Fix;
  description: string;
  photos: Photo[];
  /** ISO instant at which the first photo was taken, else of the tap. */
  captured_at: string;
}

export interface OutboxItem extends NewItem {
  state: State;
  percent: number;
  tries: number;
  /** Not to be sent before this instant, in milliseconds. */
  not_before: number;
  queued_at: string;
  /** Status of the reply because of which it waits; 0 where none came. */
  reply_status?: number;
  /** Why the server refused it, in the reader's words. */
  reason?: string;
  /** Its photos were uploaded anew, as the server had removed those that no report named in time. */
  renewed?: boolean;
  /** Of one that arrived: */
  number?: string;
  tracking_token?: string;
  resolve_by?: string;
}

/** What is sent once all photos have their ids. */
export function bodyOf(item: OutboxItem): object {
  return {
    client_id: item.id,
    code: item.code,
    ...(item.nonce ? { nonce: item.nonce } : {}),
    ...(item.point ? { point: item.point } : {}),
    ...(item.order_id ? { order_id: item.order_id } : { item: item.item }),
    description: item.description,
    captured_at: item.captured_at,
    photo_ids: item.photos.map((photo) => photo.id),
  };
}

export function addressOf(item: OutboxItem): string {
  return item.order_id ? '/api/v1/reports/joins' : '/api/v1/reports';
}

export function isWaiting(item: OutboxItem): boolean {
  return item.state === 'queued' || item.state === 'uploading';
}
