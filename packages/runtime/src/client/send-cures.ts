import type { base } from '@tlgen/telegram';
import type { MediaPlan } from '../files/media/index.js';

/**
 * Sends media, and once more each time that the plan knows what helps against the server's refusal.
 *
 * @param input - what is sent first.
 */
export async function withCures<T>(
  plan: MediaPlan,
  send: (media: base.TypeInputMedia) => Promise<T>,
  input = (): Promise<base.TypeInputMedia> => plan.input(),
): Promise<T> {
  let media = await input();
  for (;;) {
    try {
      return await send(media);
    } catch (error) {
      // Ends: a plan has each cure once, and throws the error when there is none left.
      media = await plan.again(error);
    }
  }
}
