import type { TlClass, TlMethod } from '@tlgen/codec';
import type { Fault, FaultSubject, LocalDc } from '@tlgen/local-dc';
import { RpcFault, type HandlerContext } from '@tlgen/local-dc';

/** Takes a fault away again. */
export type Undo = () => void;

/** What goes wrong with packets: all of it is mended. */
export const PACKET_FAULTS: Readonly<Record<string, Fault>> = {
  'the connection is cut before the request arrives': {
    kind: 'cut',
    on: 'incoming',
    when: 'before',
  },
  'the connection is cut after the request arrived': { kind: 'cut', on: 'incoming', when: 'after' },
  'the connection is cut before the answer arrives': {
    kind: 'cut',
    on: 'outgoing',
    when: 'before',
  },
  'the request is lost': { kind: 'drop', on: 'incoming' },
  'the answer is lost': { kind: 'drop-answer' },
  'the request comes three times': { kind: 'duplicate', on: 'incoming', copies: 2 },
  'the answer comes three times': { kind: 'duplicate', on: 'outgoing', copies: 2 },
  'the answer is late': { kind: 'delay', on: 'outgoing', ms: 300 },
  'the salt is another one': { kind: 'bad-salt' },
  'the server knows the connection no more': { kind: 'transport-error', code: -429 },
};

/** Packets with a request of that method, or its answer. */
export const about =
  (method: TlClass<TlMethod>) =>
  ({ messages }: FaultSubject): boolean =>
    messages.some(({ requestId }) => requestId === method.id);

/** Lets it happen to the request of that number, or its answer, when requests go one by one. */
export function atPacket(dc: LocalDc, method: TlClass<TlMethod>, part: number, fault: Fault): Undo {
  const added = dc.faults.add({ ...fault, skip: part, times: 1, match: about(method) });
  return () => added.remove();
}

/** Answers the requests for one part, the first `times` of them, in another way. */
export function atPart<M extends TlMethod>(
  dc: LocalDc,
  method: Parameters<typeof dc.handle<M>>[0],
  isPart: (request: M) => boolean,
  act: (request: M, context: HandlerContext<never>) => unknown,
  times = 1,
): Undo & { readonly count: number } {
  let left = times;
  const undo = dc.handle<M>(method, (request, context) => {
    if (left <= 0 || !isPart(request)) return context.next();
    left -= 1;
    return act(request, context as HandlerContext<never>) as ReturnType<typeof context.next>;
  });
  return Object.defineProperty(undo, 'count', { get: () => times - left }) as never;
}

/** The server answers with an error. */
export const fails = (code: number, text: string) => (): never => {
  throw new RpcFault(code, text);
};

/** Errors that are mended by waiting, and by asking again. */
export const PASSING: Readonly<Record<string, () => never>> = {
  'a flood wait': fails(420, 'FLOOD_WAIT_1'),
  'a flood wait for those who do not pay': fails(420, 'FLOOD_PREMIUM_WAIT_1'),
  'an error inside of the server': fails(500, 'INTERNAL'),
  'a timeout inside of the server': fails(-503, 'Timeout'),
};

/** Errors that are the caller's to see. */
export const FINAL: Readonly<Record<string, { readonly act: () => never; readonly code: string }>> =
  {
    'a long flood wait': { act: fails(420, 'FLOOD_WAIT_1000'), code: 'FLOOD_WAIT' },
    'a refusal': { act: fails(400, 'FILE_PART_INVALID'), code: 'FILE_PART_INVALID' },
    'no rights': { act: fails(403, 'CHAT_FORBIDDEN'), code: 'CHAT_FORBIDDEN' },
  };
