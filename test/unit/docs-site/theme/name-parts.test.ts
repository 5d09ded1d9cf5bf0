import { describe, expect, it } from 'vitest';
import { breakNames, nameParts, partsOf } from '../../../../docs-site/build/view/name-parts.js';

describe('nameParts', () => {
  it.each([
    ['decryptedMessageMediaGeoPoint', 'decrypted|Message|Media|Geo|Point'],
    ['decryptedMessageActionSetMessageTTL', 'decrypted|Message|Action|Set|Message|TTL'],
    ['messages.sentEncryptedMessage', 'messages.|sent|Encrypted|Message'],
    ['CHAT_ADMIN_INVITE_REQUIRED', 'CHAT_|ADMIN_|INVITE_|REQUIRED'],
    ['decryptedMessageMediaVideo_17', 'decrypted|Message|Media|Video_|17'],
    ['2001:067c:04e8:f002:0000:0000', '2001:|067c:|04e8:|f002:|0000:|0000'],
  ])('parts %s at its seams', (name, parts) => {
    expect(nameParts(name).join('|')).toBe(parts);
    expect(nameParts(name).join('')).toBe(name);
  });

  it('leaves short names whole', () => {
    expect(nameParts('sendEncrypted')).toEqual(['sendEncrypted']);
    expect(partsOf('sendEncrypted')).toEqual({});
  });
});

describe('breakNames', () => {
  it('breaks names in cells and lists, never attributes', () => {
    const cell =
      '<td data-label="Type"><a href="decryptedMessageMedia.html">DecryptedMessageMedia</a></td>';
    expect(breakNames(cell, false)).toBe(
      '<td data-label="Type"><a href="decryptedMessageMedia.html">Decrypted<wbr>Message<wbr>Media</a></td>',
    );
    expect(breakNames('<li><a href="a.html">auth.firebasePnvGoodIntentions</a></li>', false)).toBe(
      '<li><a href="a.html">auth.<wbr>firebase<wbr>Pnv<wbr>Good<wbr>Intentions</a></li>',
    );
  });

  it('leaves TL and running text alone, which wrap as a whole', () => {
    for (const html of [
      '<span class="tl-line">decryptedMessageMediaGeoPoint = X;</span>',
      '<p>see decryptedMessageMediaGeoPoint</p>',
    ])
      expect(breakNames(html, false)).toBe(html);
  });

  it('lets vectors break behind the bracket', () => {
    const cell = '<td data-label="Type"><a href="v">Vector</a>&lt;<a href="u">User</a>&gt;</td>';
    expect(breakNames(cell, false)).toContain('&lt;<wbr><a href="u">');
  });

  it('looks at whole cells in guides', () => {
    const cell = '<td data-label="there">2: 2001:067c:04e8:f002:0000</td>';
    expect(breakNames(cell, true)).toContain('2001:<wbr>067c:');
    expect(breakNames(cell, false)).toBe(cell);
  });
});
