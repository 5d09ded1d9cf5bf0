import type { Fields } from '../location/fields.js';
import { noFile } from '../location/no-file.js';
import { chooseSize, sizesIn } from '../location/sizes.js';

/**
 * The letter of the size of a photo or document that is meant.
 *
 * @param thumb - a letter, `smallest` or `largest`.
 * @throws FileError `NO_FILE` when there is no such size at the server.
 */
export function sizeLetter(holder: Fields, thumb: string): string {
  const [pictures, videos] =
    holder.name === 'photo'
      ? (['sizes', 'videoSizes'] as const)
      : (['thumbs', 'videoThumbs'] as const);
  const sizes = sizesIn(holder.objects(pictures), holder.objects(videos));
  const { letter, grade } = chooseSize(sizes, thumb, holder.name);
  if (grade === 'stripped' || grade === 'outline') {
    throw noFile(
      `The ${grade === 'stripped' ? 'blurred preview' : 'outline'} of a ${holder.name} is part of it: ` +
        `there is no such file at the server, and no id for one`,
    );
  }
  return letter;
}
