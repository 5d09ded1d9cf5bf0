import { contacts } from '@tlgen/telegram';
import type { Random } from '../../support/random.js';
import type { LivingClient } from './make-client.js';
import type { Operation, Plan } from './plan.js';

/** Out of a hundred operations. */
const SIGN_OUT = 3;
const SEND = 45;
/** Of those who are seen, where the program saves them itself. */
const SAVE = 40;

/** What the program does until it is killed: one after the other, at random. */
export class Operations {
  private message: number;
  private name: number;

  constructor(
    private readonly client: LivingClient,
    private readonly plan: Plan,
    private readonly random: Random,
    private readonly say: (line: string) => void,
  ) {
    ({ message: this.message, name: this.name } = plan.next);
  }

  async run(): Promise<void> {
    const until = this.plan.until ?? Infinity;
    for (let count = 0; count < until; count++) await this.next();
  }

  private next(): Promise<void> {
    const { random } = this;
    if (!this.client.self) return this.signIn();
    if (random.chance(SIGN_OUT)) return this.signOut();
    if (random.chance(SEND)) return this.send();
    if (this.plan.saveInterval > 0 && random.chance(SAVE)) return this.save();
    return this.see();
  }

  private signIn(): Promise<void> {
    const { phone, code, password } = this.plan;
    return this.operation('sign-in', async () => {
      const self = await this.client.signIn({
        phone,
        code,
        ...(password !== null && { password }),
      });
      return String(self.id);
    });
  }

  private signOut(): Promise<void> {
    return this.operation('sign-out', async () => {
      await this.client.logOut();
      return '';
    });
  }

  private send(): Promise<void> {
    const number = String(this.message++);
    return this.operation(
      'send',
      async () => {
        await this.client.api.messages.sendMessage({ peer: this.plan.friend, message: number });
        return number;
      },
      number,
    );
  }

  /** Somebody new: by the client's own lookup, or in the answer to any call. */
  private see(): Promise<void> {
    const username = `${this.plan.prefix}${this.name++}`;
    return this.operation(
      'see',
      async () => {
        if (this.random.chance(50)) {
          const peer = await this.client.peers.resolve(username);
          return peer._ === 'inputPeerUser' ? String(peer.userId) : peer._;
        }
        const request = new contacts.ResolveUsernameRequest({ username });
        const [user] = (await this.client.invoke(request)).users;
        return String(user?.id);
      },
      username,
    );
  }

  private save(): Promise<void> {
    return this.operation('save', async () => {
      await this.client.peers.save();
      return '';
    });
  }

  private async operation(name: Operation, work: () => Promise<string>, what = ''): Promise<void> {
    this.say(`begin ${name} ${what}`);
    try {
      const result = await work();
      this.say(`done ${name} ${result}`);
    } catch (error) {
      this.say(`failed ${name} ${String(error)}`);
    }
  }
}
