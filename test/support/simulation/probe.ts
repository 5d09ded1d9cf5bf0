import type { Now } from '../../../packages/runtime/src/platform/types.js';
import type { SessionEngine } from '../../../packages/runtime/src/network/types.js';
import { Engine } from '../../../packages/runtime/src/session/index.js';
import type {
  CallEvent,
  CallId,
  EngineEvent,
  OutgoingCall,
  OutgoingPacket,
} from '../../../packages/runtime/src/session/index.js';
import type { Frame } from '../../../packages/runtime/src/transport/types.js';
import { MANY, readResult, readUpdate } from './payload.js';
import type { Trace } from './trace.js';

/** An engine that is watched: what it tells is noted before the connection gets it. */
export class Probe implements SessionEngine {
  /** How calls ended. */
  readonly settled = new Map<CallId, Exclude<CallEvent, { type: 'acknowledged' }>>();
  readonly refused: Error[] = [];
  /** When each update came. */
  readonly updates = new Map<number, number[]>();
  /** How many of those came that are only counted. */
  many = 0;
  /** Names of events that are not about calls, and how often they came. */
  readonly news = new Map<string, number>();
  readonly problems: string[] = [];
  /** The session in use. */
  sessionId: bigint | null = null;
  packets = 0;
  ticks = 0;

  constructor(
    readonly engine: Engine,
    private readonly trace: Trace,
    private readonly time: () => number,
  ) {}

  connected(now: Now, transport: { readonly polling: boolean }): void {
    this.engine.connected(now, transport);
  }

  disconnected(now: Now): void {
    this.engine.disconnected(now);
  }

  receive(frame: Frame, now: Now): void {
    this.engine.receive(frame, now);
  }

  idle(now: Now): void {
    this.engine.idle(now);
  }

  call(call: OutgoingCall, now: Now): CallId {
    return this.engine.call(call, now);
  }

  cancel(call: CallId, now: Now): void {
    this.engine.cancel(call, now);
  }

  tick(now: Now): void {
    this.ticks++;
    this.engine.tick(now);
  }

  takePackets(now: Now): readonly OutgoingPacket[] {
    const packets = this.engine.takePackets(now);
    this.packets += packets.length;
    return packets;
  }

  takeEvents(): readonly EngineEvent[] {
    const events = this.engine.takeEvents();
    for (const event of events) this.#note(event);
    return events;
  }

  deadline(): number | null {
    const deadline = this.engine.deadline();
    if (deadline !== null && !Number.isFinite(deadline)) {
      this.problems.push(`deadline ${deadline}`);
    }
    return deadline;
  }

  close(now: Now): void {
    this.engine.close(now);
  }

  #note(event: EngineEvent): void {
    this.trace.add(textOf(event));
    switch (event.type) {
      case 'result':
      case 'error':
      case 'lost':
        if (this.settled.has(event.call)) this.problems.push(`call ${event.call} settled twice`);
        this.settled.set(event.call, event);
        return;
      case 'acknowledged':
        if (this.settled.has(event.call)) {
          this.problems.push(`call ${event.call} acknowledged after it was settled`);
        }
        return;
      case 'update': {
        const number = readUpdate(event.body);
        if (number === null) this.problems.push('an update that the server did not send');
        else if (number >= MANY) this.many++;
        else this.updates.set(number, [...(this.updates.get(number) ?? []), this.time()]);
        return;
      }
      case 'ready':
        this.sessionId = event.sessionId;
        break;
      case 'refused':
        this.refused.push(event.error);
    }
    this.news.set(event.type, (this.news.get(event.type) ?? 0) + 1);
  }
}

/** What an event says, in a line. */
function textOf(event: EngineEvent): string {
  switch (event.type) {
    case 'result':
      return `  result of call ${event.call}: ${readResult(event.body)}`;
    case 'error':
      return `  error of call ${event.call}: ${event.code} ${event.message}`;
    case 'lost':
      return `  lost call ${event.call}, may have run: ${event.mayHaveRun}; ${event.reason}`;
    case 'acknowledged':
      return `  acknowledged call ${event.call}`;
    case 'refused':
      return `  refused ${event.error.name} ${codeOf(event.error)} ${event.error.message}`;
    case 'session-failed':
    case 'reconnect':
      return `  ${event.type}: ${event.reason}`;
    case 'handshake-failed':
      return `  ${event.type}: ${event.error.message}`;
    case 'session-created':
      return `  session-created from ${event.firstMsgId}`;
    case 'time':
      return `  time ${event.offset}`;
    default:
      return `  ${event.type}`;
  }
}

export function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
