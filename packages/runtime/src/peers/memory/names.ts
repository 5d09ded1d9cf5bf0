/** Whether it can be a username: collectible ones may be shorter than the five characters of the others. */
export const isUsername = (text: string): boolean => /^[a-z]\w{0,31}$/i.test(text);

/** The digits of a phone number that may be written with spaces, dashes and brackets; null when it is none. */
export function phoneDigits(text: string): string | null {
  const trimmed = text.trim().replace(/^\+/, '');
  if (!/^[\d\s().-]+$/.test(trimmed)) return null;
  const digits = trimmed.replaceAll(/\D/g, '');
  return digits.length >= 5 && digits.length <= 15 ? digits : null;
}

/** Whether it can be the secret part of an invite link. */
export const isInviteHash = (text: string): boolean => /^[\w-]{4,64}$/.test(text);
