import { bilingual } from './bilingual';

/** The usual matters by their code, for a phone that has not fetched the town's dictionary yet. */
export const items = bilingual(
  {
    A101: '非机动车乱停放',
    A301: '暴露垃圾',
    A203: '占道堆物',
    A201: '跨门(店外)经营',
    A501: '井盖缺失破损',
    B101: '消防通道(安全出口)堵塞',
  },
  {
    A101: 'Badly parked bicycles and electric bikes',
    A301: 'Exposed rubbish',
    A203: 'Goods piled on the public way',
    A201: 'Trading beyond the shop front',
    A501: 'Missing or broken manhole cover',
    B101: 'Blocked fire lane or exit',
  },
);
