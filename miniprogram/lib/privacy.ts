/** WeChat's privacy guide: a call that touches personal data waits until its reader has agreed, by the component's button. */

type Answer = { event: 'exposureAuthorization' | 'agree' | 'disagree'; buttonId?: string };
type Resolve = (answer: Answer) => void;

let waiting: Resolve[] = [];
let owner: object | null = null;
let show: (() => void) | null = null;

function answerAll(answer: Answer): void {
  const all = waiting;
  waiting = [];
  all.forEach((resolve) => resolve(answer));
}

function present(): void {
  if (!show) { answerAll({ event: 'disagree' }); return; }
  show();
  waiting.forEach((resolve) => resolve({ event: 'exposureAuthorization' }));
}

/** Listen for calls that wait; once, when the program starts. WeChat before 2.32.3 shows the guide by itself. */
export function followPrivacy(): void {
  if (!wx.onNeedPrivacyAuthorization) return;
  wx.onNeedPrivacyAuthorization((resolve) => {
    // The typings take it for a result; by WeChat's documents it is a function.
    waiting.push(resolve as unknown as Resolve);
    present();
  });
}

/** The component of the page in sight is the one that shows the guide. */
export function showPrivacyBy(component: object, listener: () => void): void {
  owner = component;
  show = listener;
}

/** The page went out of sight; what still waits is refused, as nobody can agree any more. */
export function hidePrivacyOf(component: object): void {
  if (owner !== component) return;
  owner = null;
  show = null;
  answerAll({ event: 'disagree' });
}

/** `buttonId`: the button that was pressed; WeChat checks that it was. */
export function agreeToPrivacy(buttonId: string): void {
  answerAll({ event: 'agree', buttonId });
}

export function disagreeToPrivacy(): void {
  answerAll({ event: 'disagree' });
}

function messageOf(error: unknown): string {
  return String((error as { errMsg?: string }).errMsg);
}

/** Whether a call failed because its reader did not agree to the guide, or not to this use. */
export function isRefusal(error: unknown): boolean {
  return /auth|privacy|permission/i.test(messageOf(error));
}

/** Whether the person closed the camera, the album or the scanner without having chosen. */
export function isCancel(error: unknown): boolean {
  return /cancel/i.test(messageOf(error));
}
