#!/bin/sh
# miniprogram-api-typings 5.2.3: the listener of wx.onNeedPrivacyAuthorization cannot answer as WeChat's page shows.
#
# Expected: the vendor's page of this call hands the listener a function, resolve, which the program must call with
#   { event: 'agree', buttonId } or { event: 'disagree' }, and the package that the vendor publishes types it so.
# Seen: the listener's argument is typed as GeneralCallbackResult, an object with errMsg. A listener that answers is an
#   error for the compiler ("This expression is not callable"); one that never answers compiles, and then every call that
#   waits for the person's consent hangs. A cast is needed where it is called.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund miniprogram-api-typings@5.2.3 typescript@5.9.3 >/dev/null
cat > answers.ts <<'TS'
wx.onNeedPrivacyAuthorization((resolve) => { resolve({ event: 'disagree' }); });
TS
cat > hangs.ts <<'TS'
wx.onNeedPrivacyAuthorization((resolve) => { console.log(resolve.errMsg); });
TS
check() { npx tsc --noEmit --strict --lib ES2018 --types miniprogram-api-typings "$1"; }
echo "a listener that answers:"
if check answers.ts; then echo "changed: it compiles"; exit 1; fi
echo "a listener that never answers:"
check hangs.ts || { echo "changed: it does not compile"; exit 1; }
echo "compiles"
