import { bilingual } from './bilingual';

/** Texts that several pages share. */
export const common = bilingual(
  {
    no_network: '没有网络。',
    server_trouble: '服务器暂时有问题，不是您的网络。',
    call: '拨打 {number}',
    privacy_title: '使用前请您同意',
    privacy_text: '拍照、选照片和读取位置，都要您先同意隐私保护指引。不同意也能上报，只是不带照片和位置。',
    privacy_agree: '同意',
    privacy_disagree: '不同意',
    privacy_contract: '阅读《隐私保护指引》',
  },
  {
    no_network: 'There is no network.',
    server_trouble: 'The server has trouble; your network is fine.',
    call: 'Call {number}',
    privacy_title: 'Please agree first',
    privacy_text: 'Photos are taken or chosen and your position is read only after you have agreed to the privacy guide. Without it you can still report, without photos and position.',
    privacy_agree: 'Agree',
    privacy_disagree: 'Do not agree',
    privacy_contract: 'Read the privacy guide',
  },
);
