/** Scan and report: a code leads to a form, which is stored in the outbox and stays in sight until it has arrived. */
import { config } from '../../config';
import { fill, textsOf } from '../../i18n/bilingual';
import { common } from '../../i18n/common';
import { outbox } from '../../i18n/outbox';
import { report } from '../../i18n/report';
import { CodeFault, grouped, readCode } from '../../lib/codes';
import { askConsent } from '../../lib/consent';
import { newId } from '../../lib/ids';
import { chipsOf, Item, listItems, noteUsed, refreshItems } from '../../lib/items';
import { offerMerge } from '../../lib/merging';
import type { NewItem } from '../../lib/outbox/items';
import { countUnsent, enqueue, findItem, retryItem, subscribe } from '../../lib/outbox/outbox';
import { OutboxRow, rowOf } from '../../lib/outbox/rows';
import { choosePhotos, Photo } from '../../lib/photos';
import { canLocate, findPosition, Fix } from '../../lib/position';
import { isCancel } from '../../lib/privacy';
import { removeFile } from '../../lib/files';
import { pageType, setLargeType } from '../../lib/type_size';
import { endDraft, keepDraft, moveToDraft, restoreDraft, throwAway } from './draft';
import { Opening, openingOf, openingOfScan, Query } from './opening';
import { findPlace, listReported, ReportedRow, Unusable } from './place';

const t = textsOf(report);
const PHOTOS_MAX = 3;

/** An empty form of no code. */
function blank() {
  return {
    chips: [] as Item[], others: [] as Item[], otherName: '', item: '', photos: [] as Photo[], photosNeeded: '',
    description: '', message: '', mayOpenSettings: false, isRestored: false, isBusy: false, hasPoint: false, pointNote: '',
    _point: null as Fix | null, _id: '',
  };
}

Component({
  options: { pureDataPattern: /^_/ },
  data: {
    t, outboxTexts: textsOf(outbox), type: pageType(), hotline: config.hotline,
    callText: fill(textsOf(common).call, { number: config.hotline }),
    view: 'start' as 'start' | 'form' | 'sent' | 'unusable',
    typed: '', unusable: { title: '', text: '' },
    code: '', grouped: '', placeTitle: '', subtitle: '', placeNote: '', reported: [] as ReportedRow[], hereText: '', isHereOpen: false,
    canLocate: canLocate(), photosMax: PHOTOS_MAX, unsent: 0, unsentText: '', row: null as OutboxRow | null,
    _nonce: '', _sentId: '',
    ...blank(),
  },
  lifetimes: {
    detached() { this.stopFollowing(); },
  },
  methods: {
    stopFollowing() { /* replaced by onLoad */ },

    onLoad(query: Query) {
      wx.setNavigationBarTitle({ title: t.title });
      this.stopFollowing = subscribe(() => this.showOutbox());
      this.openAt(openingOf(query, Date.now()));
    },

    onShow() {
      this.setData({ type: pageType() });
      this.showOutbox();
    },

    onUnload() {
      this.stopFollowing();
    },

    showOutbox() {
      const sent = this.data._sentId ? findItem(this.data._sentId) : null;
      const unsent = countUnsent();
      this.setData({ unsent, unsentText: fill(t.outbox, { n: unsent }), row: sent && rowOf(sent) });
    },

    openAt(opening: Opening) {
      if (!opening.read) return;
      if (opening.read.fault) { this.showUnusable(opening.read.fault); return; }
      this.openForm(opening.read.code, opening);
    },

    showUnusable(fault: CodeFault | Unusable) {
      const texts: Record<string, string> = t;
      this.setData({ view: 'unusable', unusable: { title: texts[`${fault}_title`], text: texts[`${fault}_text`] } });
    },

    /** The form is there at once; the place's name and what is reported there come when they come. */
    async openForm(code: string, opening: Opening) {
      this.setData({
        ...blank(), view: 'form', code, grouped: grouped(code), placeTitle: '', subtitle: '', placeNote: t.looking,
        reported: [], isHereOpen: false, _nonce: '', _sentId: '', row: null, _id: newId(),
      });
      this.showItems();
      const draft = opening.fix ? moveToDraft(code, opening.fix) : restoreDraft(code);
      if (draft) {
        this.setData({ _id: draft.id, description: draft.description, photos: draft.photos, isRestored: true });
        this.select(draft.item);
      }
      await Promise.all([this.showPlace(code, opening.isFresh), this.showReported(code), refreshItems().then((isNew) => {
        if (isNew) this.showItems();
      })]);
    },

    async showPlace(code: string, isFresh: boolean) {
      const place = await findPlace(code);
      if (this.data.code !== code || this.data.view === 'unusable') return;
      if (place.kind === 'unusable') { if (this.data.view === 'form') this.showUnusable(place.fault); return; }
      const placeNote = place.kind === 'found' ? '' : place.isServer ? t.place_trouble : t.place_later;
      const nonce = place.kind === 'found' && isFresh ? place.nonce : '';
      this.setData({ placeTitle: place.title, subtitle: place.subtitle, placeNote, _nonce: nonce });
    },

    async showReported(code: string) {
      const reported = await listReported(code);
      if (this.data.code === code) this.setData({ reported, hereText: fill(t.here, { n: reported.length }) });
    },

    toggleHere() { this.setData({ isHereOpen: !this.data.isHereOpen }); },

    showItems() {
      const items = listItems();
      const chips = chipsOf(items);
      const others = items.filter((item) => !chips.some((chip) => chip.code === item.code))
        .map((item) => ({ ...item, name: item.category ? `${item.category} · ${item.name}` : item.name }));
      this.setData({ chips, others });
      const selected = items.some((item) => item.code === this.data.item) ? this.data.item : chips[0].code;
      this.select(selected);
    },

    select(code: string) {
      const items = listItems();
      const item = items.find((each) => each.code === code) || items[0];
      const isChip = this.data.chips.some((chip) => chip.code === item.code);
      const photosNeeded = item.photos === 1 ? '' : item.photos ? fill(t.need, { n: item.photos }) : t.optional;
      this.setData({ item: item.code, otherName: isChip ? '' : item.name, photosNeeded });
    },

    chooseChip(event: WechatMiniprogram.TouchEvent) {
      this.select(event.currentTarget.dataset.code);
      this.keep();
    },

    chooseOther(event: WechatMiniprogram.PickerChange) {
      this.select(this.data.others[Number(event.detail.value)].code);
      this.keep();
    },

    write(event: WechatMiniprogram.Input) {
      this.setData({ description: event.detail.value });
      this.keep();
    },

    async addPhotos(source: 'camera' | 'album') {
      const free = PHOTOS_MAX - this.data.photos.length;
      if (free <= 0) { this.setData({ message: fill(t.too_many, { n: PHOTOS_MAX }) }); return; }
      this.setData({ isBusy: true, message: '', mayOpenSettings: false });
      const { photos, trouble } = await choosePhotos(source, free);
      const texts: Record<string, string> = t;
      this.setData({
        photos: [...this.data.photos, ...photos], isBusy: false, message: trouble ? texts[`photo_${trouble}`] : '',
        mayOpenSettings: trouble === 'refused',
      });
      this.keep();
    },

    takePhoto() { return this.addPhotos('camera'); },
    choosePhoto() { return this.addPhotos('album'); },

    removePhoto(event: WechatMiniprogram.TouchEvent) {
      const { path } = event.currentTarget.dataset;
      this.setData({ photos: this.data.photos.filter((photo) => photo.path !== path), message: '' });
      this.keep();
      removeFile(path);
    },

    async togglePoint() {
      if (this.data.hasPoint) { this.setData({ hasPoint: false, _point: null, pointNote: '' }); return; }
      this.setData({ pointNote: t.position_reading });
      const { fix, trouble } = await findPosition();
      const texts: Record<string, string> = t;
      this.setData({ hasPoint: Boolean(fix), _point: fix || null, pointNote: trouble ? texts[`position_${trouble}`] : '' });
    },

    draft() {
      const { _id: id, item, description, photos } = this.data;
      return { id, item, description, photos };
    },

    keep() {
      const { code, description, photos, item, chips } = this.data;
      keepDraft(code, this.draft(), Boolean(description || photos.length || item !== chips[0].code));
    },

    discard() {
      throwAway(this.data.code, this.draft());
      this.setData({ ...blank(), _id: newId() });
      this.showItems();
    },

    /** Into the outbox, and in sight until it has arrived; from a press. False where the phone takes no more. */
    store(item: NewItem): boolean {
      try { enqueue(item); } catch (error) { this.setData({ message: t.storage_full }); return false; }
      this.setData({ view: 'sent', _sentId: item.id });
      this.showOutbox();
      wx.pageScrollTo({ scrollTop: 0, duration: 0 });
      void askConsent('sent');
      return true;
    },

    newItem(name: string): NewItem {
      const { _id: id, code, placeTitle, item, description, photos, _nonce, _point } = this.data;
      return {
        id, code, item, name, description: description.trim(), photos, place: placeTitle || grouped(code),
        ...(_nonce ? { nonce: _nonce } : {}), ...(_point ? { point: _point } : {}),
        captured_at: photos.length ? photos[0].taken_at : new Date().toISOString(),
      };
    },

    submit() {
      const item = listItems().find((each) => each.code === this.data.item) as Item;
      const missing = item.photos - this.data.photos.length;
      if (missing > 0) {
        this.setData({ message: fill(t.missing, { n: missing }) });
        wx.pageScrollTo({ scrollTop: 0, duration: 0 });
        return;
      }
      if (!this.store(this.newItem(item.name))) return;
      endDraft(this.data.code);
      noteUsed(item.code);
    },

    /** 我也遇到: one more report of an order that is there already, without photos or words. */
    join(event: WechatMiniprogram.TouchEvent) {
      const order = this.data.reported.find((row) => row.order_id === Number(event.currentTarget.dataset.order));
      if (!order) return;
      const { order_id, name } = order;
      this.store({
        ...this.newItem(name), id: newId(), order_id, description: '', photos: [], captured_at: new Date().toISOString(),
      });
    },

    /** At the same door: what the first scan proved, it proves for as long as the server believes it. */
    async another() {
      const { code, _nonce } = this.data;
      await this.openForm(code, { read: null, isFresh: false, fix: '' });
      if (this.data.code === code) this.setData({ _nonce });
    },

    fixSent() {
      this.openForm(this.data.code, { read: null, isFresh: false, fix: this.data._sentId });
    },

    sendAgain() { retryItem(this.data._sentId); },

    async scan() {
      this.setData({ message: '' });
      try {
        const scanned = await wx.scanCode({ scanType: ['qrCode'] });
        if (!offerMerge(scanned.result || '')) this.openAt(openingOfScan(scanned, Date.now()));
      } catch (error) {
        if (!isCancel(error)) this.setData({ message: t.no_scan });
      }
    },

    typeCode(event: WechatMiniprogram.Input) { this.setData({ typed: event.detail.value }); },

    /** What is typed may come from anywhere: it is no scan. */
    openTyped() {
      this.openAt({ read: readCode(this.data.typed), isFresh: false, fix: '' });
    },

    switchType() {
      setLargeType(!this.data.type.isElder);
      this.setData({ type: pageType() });
    },

    openMap() { wx.navigateTo({ url: `/pages/web/index?to=${encodeURIComponent('/here')}` }); },
    openOwn() { wx.navigateTo({ url: '/pages/mine/index' }); },
    openOutbox() { wx.navigateTo({ url: '/pages/outbox/index' }); },
    follow() {
      const token = this.data.row ? this.data.row.token : '';
      wx.navigateTo({ url: `/pages/web/index?to=${encodeURIComponent(`/r/${token}`)}` });
    },
    call() { wx.makePhoneCall({ phoneNumber: config.hotline }); },
  },
});
