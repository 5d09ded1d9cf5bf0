import type { CodeState, CodeType, NextCodeType } from '../client/sign-in/index.js';

/** Where to look for the code, in a sentence. */
export function whereTheCodeIs(type: CodeType): string {
  switch (type.kind) {
    case 'app':
      return 'Telegram has sent a code to your other devices.';
    case 'sms':
      return 'Telegram has sent a code by SMS.';
    case 'call':
      return 'Telegram calls you; a voice says the code.';
    case 'flash-call':
      return `Telegram calls you from a number like ${type.pattern}: that number is the code. Do not answer.`;
    case 'missed-call':
      return `Telegram calls you from a number that begins with ${type.prefix}: its last ${type.length} digits are the code. Do not answer.`;
    case 'e-mail':
      return `Telegram has sent a code to ${type.emailPattern}.`;
    case 'fragment-sms':
      return `The code is shown at ${type.url}`;
    case 'sms-word':
      return `Telegram has sent a word by SMS${beginning(type.beginning)}.`;
    case 'sms-phrase':
      return `Telegram has sent a phrase by SMS${beginning(type.beginning)}.`;
    default:
      return 'Telegram has sent a code.';
  }
}

function beginning(text: string | null): string {
  return text === null ? '' : ` that begins with "${text}"`;
}

const OTHER_WAYS: Readonly<Record<NextCodeType, string>> = {
  sms: 'by SMS',
  call: 'by a call',
  'flash-call': 'by a call',
  'missed-call': 'by a call',
  'fragment-sms': 'at fragment.com',
  unknown: 'another way',
};

/** The question for the code. */
export function codeQuestion({ nextType }: CodeState): string {
  return nextType === null ? 'Code: ' : `Code (r: send it ${OTHER_WAYS[nextType]}): `;
}
