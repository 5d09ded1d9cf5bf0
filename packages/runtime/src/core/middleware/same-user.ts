import type { Network } from '../../network/network.js';

/**
 * Tells later whether the user is signed in who is so now; where that is nobody, everybody will do. What was asked in
 * the name of one user is never asked again in that of another.
 */
export function sameUser({ store }: Pick<Network, 'store'>): () => boolean {
  const { userId } = store.account;
  return () => userId === null || store.account.userId === userId;
}

/** Why a call is lost that was asked in the name of one user, and would run in that of another. */
export const OTHER_USER = 'somebody else has signed in meanwhile';

/** Tells later whether somebody else is signed in than now; nobody is not somebody else, and the server says so. */
export function otherUser({ store }: Pick<Network, 'store'>): () => boolean {
  const { userId } = store.account;
  return () => {
    const now = store.account.userId;
    return userId !== null && now !== null && now !== userId;
  };
}
