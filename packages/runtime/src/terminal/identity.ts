import type { Identity, ShowQr } from '../client/sign-in/index.js';

/** What a person may answer to the first question; null: none of these. */
export function readIdentity(answer: string, qr: ShowQr): Identity | null {
  const text = answer.trim();
  if (/^q$/i.test(text)) return { qr };
  if (/^\d+:[\w-]+$/.test(text)) return { botToken: text };
  return /^\+?[\d\s()./-]+$/.test(text) && /\d/.test(text) ? { phone: text } : null;
}
