import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { mustHave } from '../world/channels/rights.js';
import { badRequest } from '../world/fault.js';
import { inputPeer, inputUser } from '../world/input.js';
import { isPermanent, type Invite } from '../world/invites.js';
import type { PeerKey } from '../world/types.js';
import { usersFor } from '../world/users.js';
import type { World } from '../world/world.js';
import { limitOf } from './found.js';

/** Links that let people in, for those who make them: https://core.telegram.org/api/invites. */
export const inviteLinkMethods: readonly BuiltIn[] = [
  method(messages.ExportChatInviteRequest, exportInvite),
  method(messages.GetExportedChatInvitesRequest, getInvites),
  method(messages.GetExportedChatInviteRequest, getInvite),
  method(messages.EditExportedChatInviteRequest, editInvite),
];

const LINK = 'https://t.me/+';

/** A link as its makers see it. */
export function inviteView(one: Invite): tl.ChatInviteExported {
  return new tl.ChatInviteExported({
    revoked: one.revoked,
    permanent: isPermanent(one),
    requestNeeded: one.requestNeeded,
    link: LINK + one.hash,
    adminId: one.adminId,
    date: one.date,
    expireDate: one.expireDate ?? undefined,
    usageLimit: one.usageLimit ?? undefined,
    usage: one.usage || undefined,
    title: one.title,
  });
}

/** Where the caller may make links. @throws RpcFault `PEER_ID_INVALID`, `CHAT_ADMIN_REQUIRED` */
function mayInvite({ world, user }: RequestContext, peer: tl.TypeInputPeer): PeerKey {
  const target = inputPeer(world, user, peer);
  if ('user' in target) throw badRequest('PEER_ID_INVALID');
  if ('channel' in target) mustHave(target.channel, user, 'inviteUsers');
  else if (target.chat.creatorId !== user.id) throw badRequest('CHAT_ADMIN_REQUIRED');
  return target.key;
}

type Limits = Pick<Invite, 'expireDate' | 'usageLimit' | 'requestNeeded' | 'title'>;
const UNLIMITED: Limits = {
  expireDate: null,
  usageLimit: null,
  requestNeeded: false,
  title: undefined,
};

function make(world: World, peer: PeerKey, adminId: bigint, limits: Limits): Invite {
  const hash = world.token(16);
  const fresh = { hash, peer, adminId, date: world.now(), usage: 0, revoked: false };
  const one: Invite = { ...fresh, ...limits };
  world.invites.set(hash, one);
  return one;
}

/** The links of one admin, the newest first. */
const linksOf = (world: World, peer: PeerKey, adminId: bigint): Invite[] =>
  [...world.invites.values()]
    .filter((one) => one.peer === peer && one.adminId === adminId)
    .reverse();

/** @throws RpcFault `EXPIRE_DATE_INVALID`, `USAGE_LIMIT_INVALID` */
function checkLimits(
  world: World,
  { expireDate, usageLimit }: { expireDate?: number | undefined; usageLimit?: number | undefined },
): void {
  if (expireDate && expireDate <= world.now()) throw badRequest('EXPIRE_DATE_INVALID');
  if (usageLimit && (usageLimit < 1 || usageLimit > 99_999))
    throw badRequest('USAGE_LIMIT_INVALID');
}

function exportInvite(
  request: messages.ExportChatInviteRequest,
  context: RequestContext,
): tl.TypeExportedChatInvite {
  const { world, user } = context;
  const peer = mayInvite(context, request.peer);
  checkLimits(world, request);
  const { expireDate, usageLimit, requestNeeded = false, title } = request;
  if (request.legacyRevokePermanent)
    for (const one of linksOf(world, peer, user.id)) if (isPermanent(one)) one.revoked = true;
  return inviteView(
    make(world, peer, user.id, {
      expireDate: expireDate || null,
      usageLimit: usageLimit || null,
      requestNeeded,
      title,
    }),
  );
}

/** Every admin has a permanent link: it is made when links are first looked at. */
function getInvites(
  request: messages.GetExportedChatInvitesRequest,
  context: RequestContext,
): messages.TypeExportedChatInvites {
  const { world, user } = context;
  const { revoked = false, offsetLink } = request;
  const peer = mayInvite(context, request.peer);
  const admin = inputUser(world, user, request.adminId);
  let links = linksOf(world, peer, admin.id);
  if (admin === user && !links.some((one) => isPermanent(one) && !one.revoked))
    links = [make(world, peer, user.id, UNLIMITED), ...links];
  const all = links.filter((one) => one.revoked === revoked);
  // The permanent one is the first.
  all.sort((a, b) => Number(isPermanent(b)) - Number(isPermanent(a)));
  const from = all.findIndex(({ hash }) => LINK + hash === offsetLink) + 1;
  const invites = all.slice(from, from + limitOf(request.limit)).map(inviteView);
  const users = usersFor(world, user, [admin.id]);
  return new messages.ExportedChatInvites({ count: all.length, invites, users });
}

/** @throws RpcFault `INVITE_HASH_EXPIRED` when there is no such link. */
function known(
  context: RequestContext,
  { peer, link }: { peer: tl.TypeInputPeer; link: string },
): Invite {
  const key = mayInvite(context, peer);
  const one = context.world.invites.get(link.replace(/^.*[/+]/, ''));
  if (one?.peer !== key) throw badRequest('INVITE_HASH_EXPIRED');
  return one;
}

function getInvite(
  request: messages.GetExportedChatInviteRequest,
  context: RequestContext,
): messages.TypeExportedChatInvite {
  const { world, user } = context;
  const one = known(context, request);
  const users = usersFor(world, user, [one.adminId]);
  return new messages.ExportedChatInvite({ invite: inviteView(one), users });
}

/** @throws RpcFault `CHAT_INVITE_PERMANENT`, `INVITE_REVOKED_MISSING` */
function editInvite(
  request: messages.EditExportedChatInviteRequest,
  context: RequestContext,
): messages.TypeExportedChatInvite {
  const { world, user } = context;
  const one = known(context, request);
  const users = usersFor(world, user, [one.adminId]);
  const permanent = isPermanent(one);
  if (request.revoked) {
    one.revoked = true;
    const invite = inviteView(one);
    if (!permanent) return new messages.ExportedChatInvite({ invite, users });
    const newInvite = inviteView(make(world, one.peer, one.adminId, UNLIMITED));
    return new messages.ExportedChatInviteReplaced({ invite, newInvite, users });
  }
  if (permanent) throw badRequest('CHAT_INVITE_PERMANENT');
  checkLimits(world, request);
  const { expireDate, usageLimit, requestNeeded, title } = request;
  if (expireDate !== undefined) one.expireDate = expireDate || null;
  if (usageLimit !== undefined) one.usageLimit = usageLimit || null;
  if (requestNeeded !== undefined) one.requestNeeded = requestNeeded;
  if (title !== undefined) one.title = title || undefined;
  return new messages.ExportedChatInvite({ invite: inviteView(one), users });
}
