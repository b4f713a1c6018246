/** Camera, album, scanner and pictures. Bytes of pictures are JPEGs as makers/jpeg.js makes them. */
const { vendorCall } = require('../calls');
const { VendorRefusal } = require('../refusal');
const { jpeg, sizeOf, withoutExif } = require('../../makers/jpeg');

function mediaApi(phone) {
  function picture(api, src) {
    const bytes = phone.temporary.get(src) || phone.files.get(src);
    if (!bytes) throw { errMsg: `${api}:fail file not found` };
    const size = sizeOf(bytes);
    if (!size) throw { errMsg: `${api}:fail cannot decode` };
    return { bytes, ...size };
  }

  return {
    chooseMedia: vendorCall(phone, 'chooseMedia', {
      count: 'number', mediaType: 'array', sourceType: 'array', sizeType: 'array', maxDuration: 'number', camera: 'string',
    }, async ({ count = 9, sourceType = ['album', 'camera'], mediaType = ['image', 'video'] }) => {
      if (count < 1 || count > 20) throw phone.refuse(new VendorRefusal('chooseMedia', 'chooses 1 to 20'));
      await phone.privacyOf('chooseMedia');
      if (sourceType.includes('camera') && sourceType.length === 1) await phone.scopeOf('chooseMedia', 'scope.camera');
      const pictures = phone.person.pictures.splice(0, sourceType.length === 1 && sourceType[0] === 'camera' ? 1 : count);
      if (!pictures.length) throw { errMsg: 'chooseMedia:fail cancel' };
      const tempFiles = pictures.map((bytes) => ({ tempFilePath: phone.newTemporary(bytes), size: bytes.byteLength, fileType: 'image' }));
      return { tempFiles, type: mediaType[0] };
    }),
    getImageInfo: vendorCall(phone, 'getImageInfo', { src: '*string' }, ({ src }) => {
      const { width, height } = picture('getImageInfo', src);
      return { width, height, path: src, orientation: 'up', type: 'jpeg' };
    }),
    compressImage: vendorCall(phone, 'compressImage', {
      src: '*string', quality: 'number', compressedWidth: 'number', compressedHeight: 'number',
    }, ({ src, compressedWidth, compressedHeight }) => {
      const { bytes, width, height } = picture('compressImage', src);
      if (phone.compresses === false) throw { errMsg: 'compressImage:fail' };
      // A real server looks at the picture itself.
      if (phone.server.isReal) return { tempFilePath: phone.newTemporary(bytes) };
      const scale = Math.min(1, compressedWidth ? compressedWidth / width : compressedHeight ? compressedHeight / height : 1);
      const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
      const isTurned = phone.turnsPixels && phone.turnsPixels(bytes);
      const small = jpeg(isTurned ? { width: size.height, height: size.width } : size);
      return { tempFilePath: phone.newTemporary(withoutExif(small)) };
    }),
    scanCode: vendorCall(phone, 'scanCode', { onlyFromCamera: 'boolean', scanType: 'array' }, async ({ scanType = [] }) => {
      const kinds = ['barCode', 'qrCode', 'datamatrix', 'pdf417'];
      if (scanType.some((kind) => !kinds.includes(kind))) throw phone.refuse(new VendorRefusal('scanCode', `knows no scanType ${scanType}`));
      const scanned = phone.person.scans.shift();
      if (!scanned) throw { errMsg: 'scanCode:fail cancel' };
      if (scanned instanceof Error) throw { errMsg: `scanCode:fail ${scanned.message}` };
      return typeof scanned === 'string' ? { result: scanned, scanType: 'QR_CODE', charSet: 'UTF-8' } : { scanType: 'WX_CODE', ...scanned };
    }),
    previewImage: vendorCall(phone, 'previewImage', { urls: '*array', current: 'string', showmenu: 'boolean' }, () => ({})),
  };
}

module.exports = { mediaApi };
