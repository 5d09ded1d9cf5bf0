import * as tl from '@tlgen/telegram';
import { help } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { CHAT_SIZE_MAX } from '../world/groups.js';
import { CAPTION_LENGTH_MAX, MESSAGE_LENGTH_MAX } from '../world/texts.js';

/** What clients ask when they start. */
export const helpMethods: readonly BuiltIn[] = [
  method(help.GetConfigRequest, getConfig, { anonymous: true }),
  method(help.GetNearestDcRequest, getNearestDc, { anonymous: true }),
  method(help.GetAppConfigRequest, getAppConfig, { anonymous: true }),
  method(help.GetCdnConfigRequest, getCdnConfig, { anonymous: true }),
  method(help.GetTermsOfServiceUpdateRequest, (_, { world }) => {
    return new help.TermsOfServiceUpdateEmpty({ expires: world.now() + 86_400 });
  }),
  method(help.AcceptTermsOfServiceRequest, () => true),
  method(help.GetPromoDataRequest, (_, { world }) => {
    return new help.PromoDataEmpty({ expires: world.now() + 86_400 });
  }),
  method(help.GetCountriesListRequest, () => new help.CountriesList({ countries: [], hash: 0 }), {
    anonymous: true,
  }),
];

function getConfig(_: help.GetConfigRequest, { world, dcId }: RequestContext): tl.TypeConfig {
  const now = world.now();
  const dcOptions = world.addresses.map(
    ({ id, host, port, cdn }) =>
      new tl.DcOption({ id, ipAddress: host, port, ipv6: host.includes(':'), cdn, static: true }),
  );
  return new tl.Config({
    date: now,
    expires: now + 3600,
    testMode: false,
    thisDc: dcId,
    dcOptions,
    dcTxtDomainName: '',
    chatSizeMax: CHAT_SIZE_MAX,
    megagroupSizeMax: 200_000,
    forwardedCountMax: 100,
    onlineUpdatePeriodMs: 210_000,
    offlineBlurTimeoutMs: 5000,
    offlineIdleTimeoutMs: 30_000,
    onlineCloudTimeoutMs: 300_000,
    notifyCloudDelayMs: 30_000,
    notifyDefaultDelayMs: 1500,
    pushChatPeriodMs: 60_000,
    pushChatLimit: 2,
    editTimeLimit: 172_800,
    revokeTimeLimit: 0x7fffffff,
    revokePmTimeLimit: 0x7fffffff,
    ratingEDecay: 2_419_200,
    stickersRecentLimit: 200,
    channelsReadMediaPeriod: 604_800,
    callReceiveTimeoutMs: 20_000,
    callRingTimeoutMs: 90_000,
    callConnectTimeoutMs: 30_000,
    callPacketTimeoutMs: 10_000,
    meUrlPrefix: 'https://t.me/',
    captionLengthMax: CAPTION_LENGTH_MAX,
    messageLengthMax: MESSAGE_LENGTH_MAX,
    webfileDcId: dcId,
  });
}

/** The keys to be used with data centers of the CDN, and with nothing else. */
function getCdnConfig(_: help.GetCdnConfigRequest, { world }: RequestContext): tl.TypeCdnConfig {
  const { cdnDataCenters = [], cdnKey: publicKey } = world.options;
  const publicKeys = cdnDataCenters.flatMap((dcId) =>
    publicKey === undefined ? [] : [new tl.CdnPublicKey({ dcId, publicKey })],
  );
  return new tl.CdnConfig({ publicKeys });
}

function getNearestDc(_: help.GetNearestDcRequest, { dcId }: RequestContext): tl.TypeNearestDc {
  return new tl.NearestDc({ country: 'XX', thisDc: dcId, nearestDc: dcId });
}

function getAppConfig({ hash }: help.GetAppConfigRequest): help.TypeAppConfig {
  if (hash === 1) return new help.AppConfigNotModified();
  return new help.AppConfig({ hash: 1, config: new tl.JsonObject({ value: [] }) });
}
