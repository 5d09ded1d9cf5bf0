import { AuthKey } from '../../../../../packages/runtime/src/crypto/auth-key.js';
import type { SessionEngine } from '../../../../../packages/runtime/src/network/types.js';
import type { Now } from '../../../../../packages/runtime/src/platform/types.js';
import type {
  CallId,
  EngineEvent,
  EngineOptions,
  OutgoingCall,
  OutgoingPacket,
} from '../../../../../packages/runtime/src/session/types.js';
import type { Frame } from '../../../../../packages/runtime/src/transport/types.js';

const utf8 = new TextEncoder();
const text = new TextDecoder();

/** A packet between the fake engine and the fake server: JSON. */
export type Wire =
  | { kind: 'call'; id: number; body: string; after: number | null }
  | { kind: 'cancel'; id: number }
  | { kind: 'events'; events: FakeEvent[] };

/** An engine event as JSON. */
export type FakeEvent =
  | { type: 'result'; call: number; body: string }
  | { type: 'error'; call: number; code: number; message: string }
  | { type: 'lost'; call: number; mayHaveRun: boolean; reason: string }
  | { type: 'acknowledged'; call: number }
  | { type: 'update'; body: string }
  | { type: 'reconnect'; reason: string }
  | { type: 'auth-key-lost' };

export const toPacket = (wire: Wire): Uint8Array => utf8.encode(JSON.stringify(wire));
export const fromPacket = (bytes: Uint8Array): Wire => JSON.parse(text.decode(bytes)) as Wire;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** An engine without cryptography: keeps the promises of the real one that networks rely on. */
export class FakeEngine implements SessionEngine {
  readonly log: string[] = [];
  readonly cancelled: CallId[] = [];
  nextDeadline: number | null = null;
  ticks = 0;
  private readonly events: EngineEvent[] = [];
  private readonly packets: OutgoingPacket[] = [];
  private readonly open = new Map<CallId, OutgoingCall>();
  private readonly sent = new Set<CallId>();
  private lastId = 0;
  private key: AuthKey | null;
  private isConnected = false;
  prefixes: Uint8Array[] = [];

  constructor(readonly options: EngineOptions) {
    this.key = options.authKey ?? null;
  }

  /** As if something had happened inside. */
  emit(event: EngineEvent): void {
    this.events.push(event);
  }

  connected(_now: Now, transport: { readonly polling: boolean }): void {
    this.isConnected = true;
    this.log.push(`connected${transport.polling ? ' polling' : ''}`);
    if (!this.key) {
      const { crypto } = this.options;
      this.key = new AuthKey(crypto, crypto.randomBytes(256));
      this.emit({ type: 'auth-key', key: this.key, salt: 7n });
    }
    if (this.options.prefix) this.prefixes.push(this.options.prefix());
    this.emit({ type: 'ready', sessionId: 1n });
    for (const [id, call] of this.open) this.write(id, call);
  }

  disconnected(): void {
    this.isConnected = false;
    this.log.push('disconnected');
    this.packets.length = 0;
  }

  receive(frame: Frame): void {
    if (frame.type !== 'packet') return;
    const wire = fromPacket(frame.bytes);
    if (wire.kind !== 'events') throw new Error('the fake server sends events only');
    for (const event of wire.events) this.take(event);
  }

  idle(): void {
    this.log.push('idle');
  }

  call(call: OutgoingCall): CallId {
    const id = ++this.lastId;
    this.open.set(id, call);
    if (this.isConnected) this.write(id, call);
    return id;
  }

  cancel(call: CallId): void {
    this.cancelled.push(call);
    if (this.open.delete(call))
      this.packets.push({ bytes: toPacket({ kind: 'cancel', id: call }) });
  }

  tick(now: Now): void {
    this.ticks++;
    if (this.nextDeadline !== null && now.steady >= this.nextDeadline) this.nextDeadline = null;
  }

  takePackets(): OutgoingPacket[] {
    for (const { bytes } of this.packets) {
      const wire = fromPacket(bytes);
      if (wire.kind === 'call') this.sent.add(wire.id);
    }
    return this.packets.splice(0);
  }

  takeEvents(): EngineEvent[] {
    return this.events.splice(0);
  }

  deadline(): number | null {
    return this.nextDeadline;
  }

  close(): void {
    this.log.push('close');
    for (const call of this.open.keys()) {
      this.emit({ type: 'lost', call, mayHaveRun: this.sent.has(call), reason: 'closed' });
    }
    this.open.clear();
  }

  private write(id: CallId, call: OutgoingCall): void {
    const { body, after } = call;
    this.packets.push({
      bytes: toPacket({ kind: 'call', id, body: hex(body), after: after ?? null }),
    });
  }

  private take(event: FakeEvent): void {
    if ('call' in event && event.type !== 'acknowledged' && !this.open.delete(event.call)) return;
    if (event.type === 'result') {
      this.emit({ ...event, body: new Uint8Array(Buffer.from(event.body, 'hex')) });
    } else if (event.type === 'update') {
      this.emit({ ...event, msgId: 1n, body: new Uint8Array(Buffer.from(event.body, 'hex')) });
    } else if (event.type === 'auth-key-lost') {
      if (!this.key) throw new Error('there is no key to lose');
      this.emit({ type: 'auth-key-lost', keyId: this.key.id });
      this.key = null;
    } else this.emit(event);
  }
}
