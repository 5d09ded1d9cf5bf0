import type { Network } from '../../network/network.js';

/**
 * Tells later whether the user is signed in who is so now; where that is nobody, everybody will do. What was asked in
 * the name of one user is never asked again in that of another.
 */
export function sameUser({ store }: Pick<Network, 'store'>): () => boolean {
  const { userId } = store.account;
  return () => userId === null || store.account.userId === userId;
}
