import type * as tl from '@tlgen/telegram';
import type { TestBot, TestPerson } from './options.js';
import {
  createChannel,
  createGroup,
  send,
  userOf,
  type ChatLike,
  type NewTestChannel,
  type NewTestGroup,
  type TestChat,
  type TestMessage,
  type UserLike,
} from './scene.js';
import { ActionControl } from './action-control.js';
import { CdnControls, FileControls } from './file-controls.js';
import {
  addFile,
  fileOf,
  mediaOfFile,
  moveFile,
  type FileName,
  type NewTestFile,
  type TestFile,
} from './scene-files.js';
import { createAccount, type NewUser } from './world/accounts.js';
import { checkCodeKinds, type CodeKind } from './world/code-kinds.js';
import { tell } from './world/deliveries.js';
import { deleteAccount, revokeAll } from './world/removing.js';

/** How a file is sent. */
export interface NewFileMessage {
  readonly caption?: string | undefined;
  readonly spoiler?: boolean | undefined;
  /** Seconds after which it deletes itself. */
  readonly ttlSeconds?: number | undefined;
}

/** What a test may do to the world behind a data center, whether clients are connected or not. */
export abstract class WorldControl extends ActionControl {
  /** The code of every sign-in. */
  get loginCode(): string {
    return this.world.options.loginCode;
  }

  /**
   * Adds a user or a bot. People sign in with their phone and {@link loginCode}, bots with their token.
   *
   * @throws TypeError when the phone or user name is taken or malformed.
   */
  createUser(fields: NewUser & { readonly bot: true }): Promise<TestBot>;
  createUser(fields?: NewUser & { readonly bot?: false | undefined }): Promise<TestPerson>;
  createUser(fields?: NewUser): Promise<TestPerson | TestBot>;
  async createUser(fields: NewUser = {}): Promise<TestPerson | TestBot> {
    const { id, phone, token, username, dcId } = await createAccount(this.world, fields);
    return { id, phone, token, username, dcId } as TestPerson | TestBot;
  }

  /** Makes a basic group. @throws TypeError for what the servers would refuse. */
  createGroup(fields: NewTestGroup): TestChat {
    return createGroup(this.world, fields);
  }

  /** Makes a channel, or with `megagroup` a supergroup. @throws TypeError for what the servers would refuse. */
  createChannel(fields: NewTestChannel): TestChat {
    return createChannel(this.world, fields);
  }

  /** Uploads and files. */
  get files(): FileControls {
    return new FileControls(this.world);
  }

  /** The CDN, and what it does wrong. */
  get cdn(): CdnControls {
    return new CdnControls(this.world);
  }

  /**
   * Makes a file without a client, at any data center; {@link sendFile} sends it, as often as wanted.
   *
   * @param bytes - at least one; copied.
   * @throws TypeError when there is no such data center, or a photo is no picture that the servers take.
   */
  addFile(bytes: Uint8Array, fields: NewTestFile = {}): TestFile {
    return addFile(this.world, bytes, fields);
  }

  /**
   * Sends a file as one user to another, or to a group or channel; all its readers are told.
   *
   * @param file - what {@link addFile} made, or bytes to make a file of; by default it lives where its sender does.
   * @throws TypeError as {@link addFile} and {@link send}.
   */
  sendFile(
    from: UserLike,
    to: ChatLike,
    file: Uint8Array | FileName,
    options: NewTestFile & NewFileMessage = {},
  ): TestMessage & { readonly file: TestFile } {
    const { caption = '', spoiler, ttlSeconds, dcId = userOf(this.world, from).dcId } = options;
    const made = file instanceof Uint8Array ? this.addFile(file, { ...options, dcId }) : file;
    const media = mediaOfFile(this.world, made, { spoiler, ttlSeconds });
    const { id, kind, bytes } = fileOf(this.world, made);
    const about = { id, kind: kind === 'photo' ? kind : 'document', size: bytes.size } as const;
    return { ...send(this.world, from, to, caption, media), file: about };
  }

  /** Takes a file to another data center: the old one answers with `FILE_MIGRATE_X`. */
  moveFile(file: FileName, dcId: number): void {
    moveFile(this.world, file, dcId);
  }

  /**
   * Makes the references of a file worthless, or of all: `FILE_REFERENCE_EXPIRED`, until the client asks again for the
   * message that has it.
   */
  expireReferences(file?: FileName): void {
    if (file === undefined) this.world.files.expired++;
    else fileOf(this.world, file).expired++;
  }

  /**
   * Deletes an account: its clients get `USER_DEACTIVATED` (401), others see a deleted user.
   *
   * @param options.banned - `USER_DEACTIVATED_BAN`, and the phone cannot sign in again: `PHONE_NUMBER_BANNED`.
   */
  deleteUser(user: UserLike, { banned = false }: { readonly banned?: boolean } = {}): void {
    deleteAccount(this.world, userOf(this.world, user), banned);
  }

  /**
   * Behaves as if the user's auth keys had been used in two places at once: from now on each call with one of them ends
   * with `AUTH_KEY_DUPLICATED` (406). Signing in again takes a new key.
   *
   * @returns how many sign-ins that ended.
   */
  duplicateKey(user: UserLike): number {
    return revokeAll(this.world, userOf(this.world, user), 'AUTH_KEY_DUPLICATED');
  }

  /**
   * Which kinds of login code are sent, in this order: the first by `auth.sendCode`, the others by `auth.resendCode`.
   * Null, the default: app, SMS, call … as the servers choose. `createUser({ codeTypes })` says it for one user.
   */
  get codeTypes(): readonly CodeKind[] | null {
    return this.world.logins.codeTypes;
  }

  set codeTypes(kinds: readonly CodeKind[] | null) {
    checkCodeKinds(kinds);
    this.world.logins.codeTypes = kinds;
  }

  /** The login code that a phone waits for; null: none. It differs from {@link loginCode} for words and phrases. */
  codeFor(phone: string): string | null {
    const sent = this.world.logins.codes.get(phone.replace(/\D/g, ''));
    return sent && sent.expiresAt > this.world.now() ? sent.code : null;
  }

  /** Sends updates to all sessions of a user. */
  push(userId: bigint, updates: readonly tl.TypeUpdate[]): void {
    const user = this.world.user(userId);
    if (!user) throw new TypeError(`there is no user ${userId}`);
    tell(this.world, user, updates);
  }
}
