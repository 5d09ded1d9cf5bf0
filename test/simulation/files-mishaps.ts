import { RpcFault, type Fault, type FaultSubject, type LocalDc } from '@tlgen/local-dc';
import { upload } from '@tlgen/telegram';
import type { Random } from '../support/random.js';
import { type Mishap, type RunPlan } from './files-plan.js';

const METHODS: ReadonlySet<number | null> = new Set<number | null>([
  upload.SaveFilePartRequest.id,
  upload.SaveBigFilePartRequest.id,
  upload.GetFileRequest.id,
  upload.GetCdnFileRequest.id,
]);

const isOfPart = ({ messages }: FaultSubject): boolean =>
  messages.some(({ requestId }) => METHODS.has(requestId));

const PACKET_FAULTS: Readonly<Record<RunPlan['packets'][number]['kind'], Fault>> = {
  cut: { kind: 'cut', on: 'incoming', when: 'after' },
  lost: { kind: 'drop', on: 'incoming' },
  'answer lost': { kind: 'drop-answer' },
  twice: { kind: 'duplicate', on: 'incoming' },
  late: { kind: 'delay', on: 'outgoing', ms: [10, 300] },
  salt: { kind: 'bad-salt' },
};

/** How often each has happened, in all runs: a simulation without them would prove nothing. */
export const happened = new Map<string, number>();

const count = (name: string, times = 1): void => {
  happened.set(name, (happened.get(name) ?? 0) + times);
};

/** Lets happen what the plan of a run says. @returns ends it. */
export function letHappen(
  dc: LocalDc,
  { mishaps, packets }: RunPlan,
  random: Random,
  /** The files that are downloaded. */
  files: readonly { readonly id: bigint; readonly encrypted: boolean }[],
): () => void {
  const left = { ...mishaps.most };
  const happens = (...names: Mishap[]): Mishap | null => {
    if (!random.chance(mishaps.chance)) return null;
    const name = random.pick(names);
    if (left[name]-- <= 0) return null;
    count(name);
    return name;
  };
  const fail = (mishap: Mishap | null): void => {
    if (mishap === 'error') throw new RpcFault(500, 'INTERNAL');
    if (mishap === 'wait') throw new RpcFault(420, 'FLOOD_WAIT_1');
  };
  const one = (): { readonly id: bigint; readonly encrypted: boolean } | undefined =>
    files.length > 0 ? random.pick(files) : undefined;
  const saving = (next: () => Promise<boolean>): Promise<boolean> | boolean => {
    const mishap = happens('error', 'wait', 'false');
    fail(mishap);
    return mishap === 'false' ? false : next();
  };
  const undo = [
    dc.handle(upload.SaveFilePartRequest, (_, context) => saving(() => context.next())),
    dc.handle(upload.SaveBigFilePartRequest, (_, context) => saving(() => context.next())),
    dc.handle(upload.GetFileRequest, async (_, context) => {
      const mishap = happens('error', 'wait', 'short', 'expire', 'move');
      fail(mishap);
      const file = one();
      if (mishap === 'expire' && file && !file.encrypted) dc.expireReferences(file.id);
      // Where an encrypted file is, it says itself; and nobody moves it.
      if (mishap === 'move' && file && !file.encrypted) dc.moveFile(file.id, random.pick([2, 4]));
      const answer = await context.next();
      return mishap === 'short' && answer._ === 'upload.file'
        ? new upload.File({
            ...answer,
            bytes: answer.bytes.subarray(0, random.below(answer.bytes.length)),
          })
        : answer;
    }),
    dc.handle(upload.GetCdnFileRequest, async (_, context) => {
      const mishap = happens('error', 'wait', 'short', 'token', 'copy', 'flip', 'move');
      fail(mishap);
      const file = one();
      if (mishap === 'token') dc.cdn.forgetToken();
      if (mishap === 'copy') dc.cdn.loseCopy();
      if (mishap === 'move' && file && !file.encrypted) dc.moveFile(file.id, random.pick([2, 4]));
      const answer = await context.next();
      if (answer._ !== 'upload.cdnFile') return answer;
      const bytes = answer.bytes.slice();
      if (mishap === 'short') return new upload.CdnFile({ bytes: bytes.subarray(1) });
      const at = random.below(bytes.length);
      if (mishap === 'flip') bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      return new upload.CdnFile({ bytes });
    }),
  ];
  const faults = packets.map(({ kind, skip }) => ({
    kind,
    fault: dc.faults.add({ ...PACKET_FAULTS[kind], skip, times: 1, match: isOfPart }),
  }));
  return () => {
    for (const end of undo) end();
    for (const { kind, fault } of faults) {
      count(kind, fault.count);
      fault.remove();
    }
  };
}
